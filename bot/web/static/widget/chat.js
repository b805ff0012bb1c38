// What happens in the chat: opening and closing, saying, hearing, ending.

import { Api } from "./api.js";
import { Beginning } from "./begin.js";
import { Callback } from "./callback.js";
import { Composer, LIMIT } from "./composer.js";
import { Connection } from "./connection.js";
import { setText } from "./dom.js";
import { Menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { Panel } from "./panel.js";
import { Signs } from "./signs.js";
import { speaking, typing } from "./speaker.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { Tongue } from "./tongue.js";
import { Transcript } from "./transcript.js";
import { Ending, onWake } from "./wake.js";

const NARROW = matchMedia("(max-width: 480px)"); // the panel then takes the whole screen

export class Chat {
  /**
   * @param {import("./element.js").CiteChat} host  the element on the page
   * @param {import("./main.js").Settings} settings
   * @param {import("./words.js").Words} words
   * @param {string} language  of the words
   */
  constructor(host, settings, words, language) {
    this.host = host;
    this.settings = settings;
    this.words = words;
    this.ended = false;
    this.door = new Connection((lost) => {
      setText(this.view.back, lost ? "" : this.words.say("online"));
      this.tell();
    });
    /** @type {import("./types.js").State | null} */
    this.speaker = null;
    this.api = new Api(settings.door);
    this.store = new Store(settings.door);
    this.view = new Panel(settings);
    this.transcript = new Transcript(
      this.view.log,
      ({ key, title }) => this.#say({ choice: key, title }),
      (seq, useful, reason) => this.#rate(seq, useful, reason),
      settings.door,
    );
    this.outbox = new Outbox(this.api, this.store, {
      sent: (id) => {
        this.transcript.sent(id);
        this.connection("posts", true);
      },
      refused: (id, reason) => this.transcript.refused(id, reason),
      waiting: () => this.connection("posts", false),
      gone: () => this.gone("gone"),
    });
    this.stream = new Stream(this.api, (name, data) => this.#event(name, data), (up) => this.connection("stream", up));
    this.ending = new Ending((minutes) => this.view.warn(this.words.say("ending", { minutes })));
    this.composer = new Composer(this.view, words, (text) => this.#say({ text, title: text }));
    this.menu = new Menu(this);
    this.callback = new Callback(this);
    this.signs = new Signs(this);
    this.beginning = new Beginning(this);
    this.tongue = new Tongue(this, language);
    this.setWords(words, language);
    this.#listen();
  }

  /** A page change leaves the chat open, without taking the focus; on a phone it would hide the new page. */
  reopen() {
    const { session, open } = this.store.read();
    if (session && open && !NARROW.matches) this.open({ focus: false });
  }

  /** Show the panel to somebody who has not closed it yet: nothing is asked of the door, no focus taken. */
  offer() {
    const { session, closed } = this.store.read();
    if (!session && !closed && !NARROW.matches) this.open({ focus: false, connect: false });
  }

  /** @param {{focus?: boolean, connect?: boolean}} [options]  the focus goes to the message, unless told not to */
  open({ focus = true, connect = true } = {}) {
    const { view } = this;
    const was = !view.panel.hidden;
    view.show(view.launcher, view.panel, true);
    view.unread = 0;
    view.tellOutside("");
    view.wordLauncher(this.words);
    this.#modal();
    this.host.classList.add("open");
    if (focus) (this.callback.form.hidden ? view.text : this.callback.fields[0])?.focus();
    view.log.scrollTop = view.log.scrollHeight;
    this.signs.read();
    if (this.api.session) this.store.write({ open: true });
    else if (connect) this.beginning.begin();
    if (!was) this.host.emit("open");
  }

  /** Close the panel; the focus goes back to the button that opens it, unless told not to. @param {{focus?: boolean}} [options] */
  close({ focus = true } = {}) {
    const { view } = this;
    if (view.panel.hidden) return;
    view.show(view.launcher, view.panel, false);
    view.wordLauncher(this.words);
    this.host.classList.remove("open");
    if (focus) view.launcher.focus();
    this.store.write(this.api.session ? { open: false } : { closed: true });
    this.host.emit("close");
  }

  /**
   * Say something for the person, as if they had typed it. Whether it could be said.
   * @param {string} text
   */
  ask(text) {
    const said = String(text).trim();
    if (!said || said.length > LIMIT || this.ended) return false;
    this.callback.close(); // what is said is seen
    this.open();
    this.#say({ text: said, title: said });
    return true;
  }

  #listen() {
    const { view } = this;
    view.launcher.addEventListener("click", () => (view.panel.hidden ? this.open() : this.close()));
    view.closeButton.addEventListener("click", () => this.close());
    view.panel.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("keydown", (event) => this.#pageKey(event)); // after all that the page has to say of it
    view.form.addEventListener("focusin", () => !this.api.session && !this.ended && view.anew.hidden && this.beginning.begin());
    view.concern.addEventListener("click", () => this.ask(this.settings.concern ?? ""));
    view.anew.addEventListener("click", () => this.anew());
    NARROW.addEventListener("change", () => this.#modal());
    onWake(() => this.#wake());
  }

  /** On a phone the rest of the page is out of reach while the panel is open. */
  #modal() {
    if (NARROW.matches) this.view.panel.setAttribute("aria-modal", "true");
    else this.view.panel.removeAttribute("aria-modal");
  }

  #wake() {
    if (!this.api.session || this.ended) return;
    this.stream.start(this.stream.after);
    this.outbox.pump();
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  #event(name, data) {
    if (name === "message" && this.transcript.add(data)) {
      this.host.emit("message", { author: data.author, time: data.time });
      if (data.author !== "person") for (const part of [this.view, this.callback]) part.unseen(this.words);
      this.signs.read();
    } else if (name === "state") this.state(data);
    else if (name === "gone") this.gone("gone");
  }

  /** @param {import("./types.js").State} state */
  state(state) {
    const before = this.speaker?.speaker ?? "bot";
    this.speaker = state;
    setText(this.view.typing, typing(state, this.words));
    this.transcript.read(state.advisor_read_seq ?? 0);
    this.callback.allow(state.callback === true);
    this.signs.read();
    this.tell();
    if (state.speaker !== before) this.host.emit("handoff", { speaker: state.speaker, advisor: state.advisor });
    this.tongue.follow(state.language);
  }

  /**
   * @param {"stream" | "posts"} way
   * @param {boolean} up
   */
  connection(way, up) {
    this.door.set(way, up);
    if (up && way === "stream") {
      this.outbox.pump();
      this.tongue.retry();
    }
    this.tell();
  }

  /** Say what is to be known now: no connection, waiting for an advisor, or talking with one. */
  tell() {
    const { who, what } = speaking(this.speaker, this.words);
    setText(this.view.speaker, who);
    if (!this.ended) setText(this.view.status, this.door.lost ? this.words.say("offline") : this.callback.tells ? "" : what);
  }

  /**
   * @param {import("./words.js").Words} words
   * @param {string} language
   */
  setWords(words, language) {
    this.words = this.transcript.words = this.composer.words = words;
    this.transcript.language = this.api.spoken = language;
    this.view.word(words, language);
    this.callback.word(words);
    this.tell();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      return this.menu.back() || this.callback.close() || this.close();
    }
    if (event.key !== "Tab" || !NARROW.matches) return;
    const [first, last] = this.view.ends();
    const leaving = event.shiftKey ? [first, this.view.panel] : [last];
    if (leaving.some((one) => one === this.host.shadowRoot?.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? last : first)?.focus();
    }
  }

  /** Escape on the page, which the panel may hide in part; who reads there keeps the focus. @param {KeyboardEvent} event */
  #pageKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || document.querySelector("dialog:modal")) return;
    this.close({ focus: NARROW.matches });
  }

  /** @param {{text?: string, choice?: string, title: string}} said */
  #say(said) {
    if (this.ended) return;
    this.view.opening.hidden = true;
    for (const told of [this.view.news, this.view.back]) setText(told, "");
    const message = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`, ...said };
    this.transcript.addOwn(message);
    if (this.api.session) return this.outbox.add(message);
    this.outbox.unsent.push(message); // it leaves as soon as there is a conversation
    this.beginning.begin();
  }

  /**
   * @param {number} seq
   * @param {boolean} useful
   * @param {import("./api.js").Reason | null} reason
   */
  async #rate(seq, useful, reason) {
    const kept = await this.api.feedback(seq, useful, reason).then(() => true, () => false);
    const thanks = useful || reason ? "thanks" : "thanks_why";
    setText(this.view.news, this.words.say(kept ? thanks : "feedback_failed"));
    return kept;
  }

  /** The conversation is no more. @param {string} why  a key of the words */
  gone(why) {
    if (this.ended) return;
    this.ended = true;
    this.stream.stop();
    this.outbox.clear();
    this.store.clear();
    this.ending.watch(undefined);
    this.api.session = this.speaker = null;
    this.door.clear();
    if (why === "erased") this.transcript.clear();
    const { view } = this;
    const busy = [view.menu, this.callback.form, view.form].some((part) => part.contains(this.host.shadowRoot?.activeElement ?? null));
    this.menu.show(false);
    this.callback.close();
    view.form.hidden = true;
    view.anew.hidden = false;
    view.anew.textContent = this.words.say("begin");
    if (busy) view.anew.focus(); // what had the focus is no more
    setText(view.typing, "");
    setText(view.news, "");
    setText(view.back, "");
    this.tell();
    setText(view.status, this.words.say(why));
  }

  /** Begin anew after an end or a failure. */
  anew() {
    if (this.ended) this.transcript.clear();
    this.ended = false;
    this.view.form.hidden = false;
    this.view.anew.hidden = true;
    setText(this.view.status, "");
    this.view.text.focus();
    this.beginning.begin();
  }

  /** It could not be opened: say so, and offer to try again. */
  failed() {
    const { view, words } = this;
    setText(view.status, words.say("failed"));
    view.anew.textContent = words.say("retry");
    view.anew.hidden = false;
  }
}
