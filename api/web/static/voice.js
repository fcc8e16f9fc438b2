const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

/** <pesut-voice data-lang>: writes what is said into the question; its button shows where the browser can listen. */
class Voice extends HTMLElement {
  connectedCallback() {
    if (!Recognition) return;
    this.button = this.querySelector("button");
    this.status = this.querySelector("[role=status]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.heard ? this.heard.stop() : this.listen()));
  }

  disconnectedCallback() {
    this.heard?.abort();
  }

  listen() {
    const question = this.closest("form").elements.namedItem("question");
    const before = question.value.trim();
    this.heard = new Recognition();
    this.heard.lang = this.dataset.lang;
    this.heard.interimResults = true;
    this.heard.onresult = ({ results }) => {
      const said = [...results].map(([first]) => first.transcript).join("");
      question.value = [before, said].filter(Boolean).join(" ").slice(0, question.maxLength);
    };
    this.heard.onerror = () => this.tell(this.status.dataset.failed);
    this.heard.onend = () => this.end(question);
    this.tell(this.status.dataset.heard);
    this.button.setAttribute("aria-pressed", "true");
    this.heard.start();
  }

  end(question) {
    this.heard = undefined;
    this.button.setAttribute("aria-pressed", "false");
    if (this.status.textContent === this.status.dataset.heard) this.tell("");
    question.focus();
  }

  tell(text) {
    this.status.textContent = text;
  }
}

customElements.define("pesut-voice", Voice);
