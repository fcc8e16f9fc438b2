/** <pesut-share data-text>: copies, shares and prints; each button shows where the browser can do it. */
class Share extends HTMLElement {
  connectedCallback() {
    this.offer("copy", navigator.clipboard, () => this.copy());
    this.offer("share", navigator.share, async () => navigator.share({ text: await this.text() }));
    this.offer("print", true, () => window.print());
  }

  offer(act, can, does) {
    const button = this.querySelector(`[data-act=${act}]`);
    button.hidden = !can;
    button.addEventListener("click", does);
  }

  async text() {
    return (await fetch(this.dataset.text)).text();
  }

  async copy() {
    // Handed over as a promise, so that Safari still sees the press of the button behind it.
    const text = this.text().then((each) => new Blob([each], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    this.querySelector("[role=status]").textContent = this.querySelector("[data-act=copy]").dataset.done;
  }
}

customElements.define("pesut-share", Share);
