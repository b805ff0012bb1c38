// Signs to the advisor while one answers: that the person types, and what they have read. A sign that is lost does no harm.

const AGAIN = 4000; // ms between two signs of typing; each holds for eight seconds

export class Signs {
  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.typed = 0;
    this.told = 0;
    chat.view.text.addEventListener("input", () => this.#typing());
    document.addEventListener("visibilitychange", () => this.read());
  }

  /** Tell what stands before the person's eyes. */
  read() {
    const { transcript, view } = this.chat;
    const last = transcript.last;
    const away = view.panel.hidden || view.panel.classList.contains("calling") || document.visibilityState !== "visible";
    if (!this.#live() || last <= this.told || away) return;
    this.told = last;
    this.chat.api.read(last).catch(() => {});
  }

  #typing() {
    const now = Date.now();
    if (!this.#live() || now - this.typed < AGAIN) return;
    this.typed = now;
    this.chat.api.typing(true).catch(() => {});
  }

  #live() {
    return this.chat.speaker?.speaker === "advisor" && this.chat.api.session !== null;
  }
}
