// The log of the conversation: lines are only ever added at its end.

import { cardElement } from "./cards.js";
import { make } from "./dom.js";
import { feedbackElement } from "./feedback.js";
import { linked } from "./links.js";

export class Transcript {
  /**
   * @param {HTMLElement} log
   * @param {(choice: import("./types.js").Choice) => void} onChoice
   * @param {(seq: number, useful: boolean, reason: import("./api.js").Reason | null) => Promise<boolean>} onFeedback
   * @param {string} door  address of the door, to which the addresses of calendar files are relative
   */
  constructor(log, onChoice, onFeedback, door) {
    this.log = log;
    this.onChoice = onChoice;
    this.onFeedback = onFeedback;
    this.door = door;
    /** @type {import("./words.js").Words} */
    this.words = /** @type {any} */ (null);
    this.language = "fr";
    /** @type {Map<string, HTMLElement>} lines by the id this browser chose */
    this.own = new Map();
    /** @type {Set<number>} */
    this.shown = new Set();
    this.atEnd = true;
    this.height = 0; // for which `atEnd` holds
    log.addEventListener("scroll", () => log.clientHeight === this.height && this.#mark());
    new ResizeObserver(() => this.#resized()).observe(log);
  }

  /** The seq of the last line shown. */
  get last() {
    return Math.max(0, ...this.shown);
  }

  /**
   * Show one message; one that is shown already changes nothing. Whether it is new.
   * @param {import("./types.js").Message} message
   */
  add(message) {
    if (this.shown.has(message.seq)) return false;
    this.shown.add(message.seq);
    const own = message.id ? this.own.get(message.id) : undefined;
    if (own) {
      this.#settle(own, message);
      return true;
    }
    const line = this.#line(message);
    if (message.id) this.own.set(message.id, line);
    if (message.author === "bot" && !this.log.querySelector(".bot")) line.classList.add("greeting");
    this.#append(line);
    if (message.author === "bot") this.#rate(line, message);
    return true;
  }

  /**
   * Show what the person has just said, before the door has it.
   * @param {import("./types.js").Unsent} unsent
   */
  addOwn(unsent) {
    if (this.own.has(unsent.id)) return;
    const now = new Date().toISOString();
    /** @type {import("./types.js").Message} */
    const message = {
      seq: 0, author: "person", name: null, language: this.language, text: unsent.title, time: now, choices: [], cards: [],
    };
    const line = this.#line(message);
    line.classList.add("sending");
    line.append(make("p", { class: "progress", lang: this.words.language }, this.words.say("sending")));
    this.own.set(unsent.id, line);
    this.#append(line);
  }

  /** @param {string} id */
  sent(id) {
    const line = this.own.get(id);
    line?.classList.remove("sending");
    line?.querySelector(".progress")?.remove();
  }

  /**
   * @param {string} id
   * @param {string} reason
   */
  refused(id, reason) {
    const line = this.own.get(id);
    if (!line) return;
    this.sent(id);
    line.classList.add("refused");
    line.append(make("p", { class: "progress", lang: this.words.language }, this.words.say("not_sent", { reason })));
  }

  /**
   * Mark the last of the person's lines that the advisor has read; it is seen, and not read out.
   * @param {number} seq  the last message read, 0 for none
   */
  read(seq) {
    const own = /** @type {HTMLElement[]} */ ([...this.log.querySelectorAll(".line.person")]);
    const last = own.filter((line) => Number(line.dataset.seq) > 0 && Number(line.dataset.seq) <= seq).pop();
    const mark = this.log.querySelector(".read");
    if (mark && mark.parentElement === last) return;
    mark?.remove();
    last?.append(make("p", { class: "progress read", lang: this.words.language, "aria-live": "off" }, this.words.say("read")));
  }

  /** @param {number} [upTo]  remove lines up to this seq; all when left out */
  clear(upTo = Infinity) {
    for (const line of [...this.log.children]) {
      if (Number(/** @type {HTMLElement} */ (line).dataset.seq ?? 0) <= upTo) line.remove();
    }
    for (const [id, line] of this.own) if (!line.isConnected) this.own.delete(id);
    if (upTo === Infinity) this.shown.clear();
  }

  /**
   * Do something to the log without screen readers reading it out.
   * @param {() => void} change
   */
  quietly(change) {
    this.log.setAttribute("aria-live", "off");
    change();
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
  }

  /**
   * The door's own version of what the person said: personal data are masked in it.
   * @param {HTMLElement} line
   * @param {import("./types.js").Message} message
   */
  #settle(line, message) {
    this.sent(message.id ?? "");
    line.dataset.seq = String(message.seq);
    const text = line.querySelector(".text");
    const now = linked(message.text, this.words);
    if (text?.textContent === now.map((node) => node.textContent).join("")) return; // what has not changed is not read out again
    text?.replaceChildren(...now);
    line.append(...this.#masked(message));
    if (line === this.log.lastElementChild) this.#show(line);
  }

  /**
   * What the door hid in the person's words, and why.
   * @param {import("./types.js").Message} message
   */
  #masked({ masked, language }) {
    return masked ? [make("p", { class: "masked", lang: language }, masked)] : [];
  }

  /**
   * Ask whether an answer was useful, at its end; not of the greeting.
   * @param {HTMLElement} line
   * @param {import("./types.js").Message} message
   */
  #rate(line, message) {
    if (line.classList.contains("greeting")) return;
    setTimeout(() => {
      if (!message.feedback && line.nextElementSibling?.classList.contains("bot")) return; // the answer goes on
      const before = line.previousElementSibling;
      if (before?.classList.contains("bot")) before.querySelector(".feedback:not(.given)")?.remove();
      line.append(feedbackElement(message, this.words, this.onFeedback));
      const last = this.log.lastElementChild;
      if (this.atEnd && last instanceof HTMLElement) this.#show(last); // what came meanwhile is not pushed out of sight
    }, 100); // apart from the line itself, which is read out
  }

  /** @param {HTMLElement} line */
  #append(line) {
    this.log.append(line);
    this.#show(line);
  }

  /**
   * Down to a new line, but never past the beginning of the answer: it is read from its start, all its lines included.
   * @param {HTMLElement} line
   */
  #show(line) {
    this.log.scrollTop = answerStart(line).offsetTop - this.log.offsetTop - 8;
    this.#mark();
  }

  /** Remember whether the last line is in sight, to its end. */
  #mark() {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    this.atEnd = scrollTop + clientHeight > scrollHeight - 8;
    this.height = clientHeight;
  }

  /** What takes room from the log (a status, a phone's keyboard) does not hide its last line from who was reading it. */
  #resized() {
    if (this.atEnd) this.log.scrollTop = this.log.scrollHeight;
    this.#mark();
  }

  /** @param {import("./types.js").Message} message */
  #line(message) {
    const { words } = this;
    const time = new Date(message.time);
    const clock = time.toLocaleTimeString(this.language, { hour: "2-digit", minute: "2-digit" });
    const who = make("p", { class: "who" }, make("span", {}, this.#author(message)), " ", make("time", { datetime: message.time }, clock));
    const text = message.text
      ? make("p", { class: "text", lang: message.language, dir: "auto" }, ...linked(message.text, words))
      : null;
    const cards = message.cards.map((card) => cardElement(card, words, this.language, this.door));
    const list = cards.length > 0 ? make("ul", { class: "cards", role: "list", lang: message.language }, ...cards) : null;
    const attributes = { class: `line ${message.author}`, "data-seq": message.seq, lang: this.language };
    return make("div", attributes, who, text, ...this.#masked(message), list, this.#choices(message));
  }

  /** @param {import("./types.js").Message} message */
  #author({ author, name }) {
    if (author === "advisor") return this.words.say("by_advisor", { advisor: name ?? "" });
    return this.words.say(author === "person" ? "you" : author);
  }

  /** @param {import("./types.js").Message} message */
  #choices(message) {
    if (message.choices.length === 0) return null;
    const items = message.choices.map((choice) => {
      const button = make("button", { type: "button", class: "choice" }, choice.title);
      button.addEventListener("click", () => this.onChoice(choice));
      return make("li", { lang: message.language }, button);
    });
    return make("ul", { class: "choices", role: "list", "aria-label": this.words.say("choices") }, ...items);
  }
}

/**
 * The first of the assistant's lines that follow each other up to this one; an advisor's line stands alone, and so does
 * the greeting: where somebody writes at once, it may come just before the answer.
 * @param {HTMLElement} line
 * @returns {HTMLElement}
 */
function answerStart(line) {
  const before = line.previousElementSibling;
  const sameAnswer = line.matches(".bot") && before instanceof HTMLElement && before.matches(".bot:not(.greeting)");
  return sameAnswer ? answerStart(before) : line;
}
