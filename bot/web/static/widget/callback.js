// The form in which somebody who waits asks to be called back: it stands in the place of the conversation, of which it is
// no part.

import { Refused } from "./api.js";
import { make, setText } from "./dom.js";

const FIELDS = /** @type {["name", "contact", "moment"]} */ (["name", "contact", "moment"]);
/** Who must be known, and what a browser may fill in; it cannot know which kind of contact is meant. */
const ASKED = [{ required: true, autocomplete: "name" }, { required: true }, { autocomplete: "off" }];
const LABELS = ["callback_name", "callback_contact", "callback_moment"];
const LONGEST = "120"; // characters
const WRONG = /** @type {Record<string, "name" | "contact">} */ ({ no_name: "name", bad_contact: "contact" });

export class Callback {
  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.title = make("h3", { id: "callback-title" });
    this.consent = make("p", { id: "callback-consent", class: "hint" });
    this.notice = make("p", { class: "hint", role: "status" });
    this.missed = make("p", { class: "hint", role: "status" });
    this.problem = make("p", { id: "callback-problem", class: "problem", role: "alert" });
    this.labels = FIELDS.map((name) => make("label", { for: `callback-${name}` }));
    this.fields = FIELDS.map((name, number) => make("input", { id: `callback-${name}`, type: "text", maxlength: LONGEST, ...ASKED[number] }));
    this.send = make("button", { type: "submit", "aria-describedby": "callback-consent" });
    this.cancel = make("button", { type: "button", class: "quiet" });
    this.form = make("form", { class: "callback", novalidate: true, "aria-labelledby": "callback-title", hidden: true },
      this.title, ...this.fields.flatMap((field, number) => [this.labels[number] ?? "", field]), this.consent,
      this.problem, this.notice, this.missed, this.send, this.cancel);
    this.possible = false;
    this.came = 0; // messages, while the form hides the conversation
    chat.view.panel.append(this.form);
    chat.view.log.addEventListener("callback", (event) => this.#open(/** @type {CustomEvent} */ (event)));
    this.cancel.addEventListener("click", () => this.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  /** @param {import("./words.js").Words} words */
  word(words) {
    setText(this.title, words.say("callback_title"));
    this.labels.forEach((label, number) => setText(label, words.say(LABELS[number] ?? "")));
    setText(this.send, words.say("callback_send"));
    this.#tellPossible();
  }

  /**
   * Whether it may be asked for now: the buttons that open the form. The form itself stays under who is filling it in,
   * and says so: the request may have been taken, and may be put back.
   * @param {boolean} possible
   */
  allow(possible) {
    const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (this.chat.view.log.querySelectorAll("button.callback-open"));
    for (const button of buttons) button.disabled = !possible;
    this.possible = possible;
    this.#tellPossible();
  }

  /** Whether the form stands before the conversation, and is the one that tells who answers now. */
  get tells() {
    return !this.form.hidden && this.notice.textContent !== "";
  }

  /** A message that came meanwhile is counted. @param {import("./words.js").Words} words */
  unseen(words) {
    if (this.form.hidden) return;
    this.came += 1;
    setText(this.missed, words.say("unread", { count: this.came }));
  }

  /** Go back to the conversation, whatever was typed forgotten; whether the form was open. */
  close() {
    if (this.form.hidden) return false;
    this.#show(false);
    this.form.reset();
    this.chat.tell();
    this.chat.signs.read();
    this.chat.view.text.focus();
    return true;
  }

  /** @param {CustomEvent} event  from the button on a card, with the card; what is agreed to is in the card's language */
  #open({ detail, target }) {
    setText(this.consent, detail.consent ?? "");
    this.consent.lang = target instanceof Element ? target.closest(".cards")?.getAttribute("lang") ?? "" : "";
    this.#tell("", null);
    this.came = 0;
    setText(this.missed, "");
    this.#show(true);
    this.fields[0]?.focus();
  }

  /** @param {boolean} open */
  #show(open) {
    this.form.hidden = !open;
    this.chat.view.panel.classList.toggle("calling", open);
    this.#tellPossible();
  }

  /** Say it where the form can no longer be sent, and what there is to do; who was at its button is led to the other. */
  #tellPossible() {
    const { words, speaker, host } = this.chat;
    const off = !this.form.hidden && !this.possible && !this.send.disabled; // while it is being sent, its answer tells
    const why = speaker?.speaker === "advisor" ? "callback_joined" : "callback_off";
    const before = this.notice.textContent;
    setText(this.notice, off ? words.say(why, { advisor: speaker?.advisor ?? "" }) : "");
    setText(this.cancel, words.say(off ? "callback_back" : "callback_cancel"));
    const held = host.shadowRoot?.activeElement === this.send;
    this.send.hidden = off;
    if (!off || this.notice.textContent === before) return;
    this.#tell("", null);
    if (held) this.cancel.focus();
    else this.notice.scrollIntoView({ block: "nearest" });
  }

  async #send() {
    if (!this.possible) return;
    const { api, words, view } = this.chat;
    const [name = "", contact = "", moment = ""] = this.fields.map((field) => field.value);
    this.send.disabled = true;
    try {
      await api.callback(name, contact, moment);
      this.close();
      setText(view.news, words.say("callback_sent"));
    } catch (error) {
      const code = error instanceof Refused ? error.code : "";
      this.#tell(error instanceof Refused && error.message ? error.message : words.say("callback_failed"), WRONG[code] ?? null);
    } finally {
      this.send.disabled = false;
      this.#tellPossible();
      this.chat.tell();
    }
  }

  /**
   * Say what is wrong, above the field it is about, else above the button.
   * @param {string} problem
   * @param {"name" | "contact" | null} where
   */
  #tell(problem, where) {
    (this.fields[FIELDS.findIndex((name) => name === where)] ?? this.notice).before(this.problem);
    setText(this.problem, problem);
    this.fields.forEach((field, number) => {
      const wrong = FIELDS[number] === where;
      field.setAttribute("aria-invalid", String(wrong));
      if (wrong) field.setAttribute("aria-describedby", "callback-problem");
      else field.removeAttribute("aria-describedby");
      if (wrong) field.focus();
    });
  }
}
