// Links marked data-sheet open over the page that is being read; forms sent from there answer there.
import { mainOf } from "./loading.js";

const sheet = document.querySelector("dialog.sheet");

function fill({ main }) {
  const body = sheet.querySelector(".body");
  body.replaceChildren(...main.childNodes);
  sheet.setAttribute("aria-label", body.querySelector("h1")?.textContent ?? "");
  if (!sheet.open) sheet.showModal();
  sheet.scrollTop = 0;
  body.querySelector("[role=status]")?.scrollIntoView({ block: "center" });
}

function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }) {
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey);
}

document.addEventListener("click", (event) => {
  if (event.target === sheet) sheet.close(); // on the ground around it
  const link = event.target.closest?.("a[data-sheet]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  const address = link.getAttribute("href"); // `href` of a link in a drawing is no text
  mainOf(address).then(fill, () => location.assign(address));
});

sheet.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  event.preventDefault();
  mainOf(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(fill, () => form.submit());
});
