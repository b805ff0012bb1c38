// The message being written: Enter sends, Shift+Enter breaks the line, and what is left is counted near the limit.

export const LIMIT = 2000; // characters of a message
const COUNT_FROM = 1800; // from here on, the person is told how many are left

export class Composer {
  /**
   * @param {import("./panel.js").Panel} view
   * @param {import("./words.js").Words} words
   * @param {(text: string) => void} onText
   */
  constructor(view, words, onText) {
    this.view = view;
    this.words = words;
    this.onText = onText;
    view.text.addEventListener("keydown", (event) => this.#key(event));
    view.text.addEventListener("input", () => this.#count());
    view.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.view.text.value.trim();
    if (text.length > LIMIT) return this.#refuse();
    if (!text) return;
    this.view.text.value = "";
    this.#count();
    this.onText(text);
  }

  /** Too long: what was counted in a low voice is said aloud in its place, until something changes. */
  #refuse() {
    const { text, count, problem } = this.view;
    count.textContent = "";
    problem.textContent = this.words.say("too_long", { count: text.value.length - LIMIT });
    text.focus();
  }

  #count() {
    const { text, count, problem } = this.view;
    const left = LIMIT - text.value.length;
    const told = left < 0 ? this.words.say("too_long", { count: -left }) : this.words.say("left", { count: left });
    count.textContent = text.value.length < COUNT_FROM ? "" : told;
    problem.textContent = "";
    text.setAttribute("aria-invalid", String(left < 0));
  }
}
