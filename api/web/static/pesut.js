// What scripts add to the pages: steps as they happen, sources without leaving the answer, copying and sharing.
import "./live.js";
import "./run.js";
import "./share.js";
import "./sheet.js";
import "./voice.js";

// A question that is sent while scripts run need not be waited for: <pesut-run> follows it.
document.addEventListener("submit", (event) => {
  const follow = event.target.elements.namedItem("follow");
  if (follow) follow.value = "1";
});
