/** <pesut-live data-stream>: puts each tile that the stream brings in the place of the one before; rests while hidden. */
class Live extends HTMLElement {
  connectedCallback() {
    this.watch = () => (document.hidden ? this.stop() : this.start());
    document.addEventListener("visibilitychange", this.watch);
    this.watch();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.watch);
    this.stop();
  }

  start() {
    this.stream ??= new EventSource(this.dataset.stream);
    this.stream.onopen = () => this.lost(false);
    this.stream.onerror = () => this.lost(true);
    this.stream.addEventListener("tile", ({ data }) => this.put(data));
  }

  stop() {
    this.stream?.close();
    this.stream = undefined;
  }

  lost(is) {
    this.querySelector("[role=status]").hidden = !is;
  }

  put(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const tile = template.content.firstElementChild;
    const before = document.getElementById(tile.id);
    if (!before) this.querySelector("ul").append(tile);
    else if (!before.isEqualNode(tile)) {
      const focused = before.contains(document.activeElement);
      tile.classList.add("fresh");
      before.replaceWith(tile);
      if (focused) tile.querySelector("a").focus();
    }
  }
}

customElements.define("pesut-live", Live);
