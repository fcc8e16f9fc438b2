import { mainOf } from "./loading.js";

/** <pesut-run data-events data-answer>: follows a run's AG-UI events, then puts its answer in the place of the page. */
class Run extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.list.replaceChildren(); // the stream tells everything from the start
    this.stream = new EventSource(this.dataset.events);
    this.on("STEP_STARTED", ({ stepName, metadata }) => this.tell(metadata.message, stepName));
    this.on("STEP_FINISHED", ({ stepName }) => this.step(stepName)?.classList.add("done"));
    this.on("CUSTOM", ({ name, value }) => name === "evidence" && value.message && this.tell(value.message));
    this.on("RUN_FINISHED", () => this.finish());
    this.on("RUN_ERROR", () => this.finish());
  }

  disconnectedCallback() {
    this.stream.close();
  }

  on(kind, act) {
    this.stream.addEventListener(kind, (event) => act(JSON.parse(event.data)));
  }

  step(name) {
    return [...this.list.children].findLast((each) => each.dataset.step === name);
  }

  tell(message, step) {
    const line = document.createElement("li");
    line.textContent = message;
    if (step) line.dataset.step = step;
    else line.className = "found";
    this.list.append(line);
  }

  async finish() {
    this.stream.close();
    try {
      const { main, title } = await mainOf(this.dataset.answer);
      history.replaceState(null, "", this.dataset.answer);
      document.title = title;
      document.querySelector("main").replaceWith(main);
      main.focus({ preventScroll: true });
    } catch {
      location.replace(this.dataset.answer);
    }
  }
}

customElements.define("pesut-run", Run);
