// What happens in the chat: opening and closing, saying, hearing, starting anew, ending.

import { Api, Refused } from "./api.js";
import { Composer } from "./composer.js";
import { setText } from "./dom.js";
import { Outbox } from "./outbox.js";
import { LANGUAGES, Panel } from "./panel.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { Transcript } from "./transcript.js";
import { Words } from "./words.js";

const NARROW = matchMedia("(max-width: 480px)"); // the panel then takes the whole screen

export class Chat {
  /**
   * @param {HTMLElement} host  the element on the page
   * @param {import("./main.js").Settings} settings
   * @param {Words} words
   * @param {string} language  of the words
   */
  constructor(host, settings, words, language) {
    this.host = host;
    this.settings = settings;
    this.language = language;
    this.words = words;
    this.ended = false;
    /** @type {Set<"stream" | "posts">} what does not reach the door at the moment */
    this.down = new Set();
    /** @type {import("./types.js").State | null} */
    this.speaker = null;
    this.api = new Api(settings.door);
    this.store = new Store(settings.door);
    this.view = new Panel(settings);
    const onChoice = (/** @type {import("./types.js").Choice} */ choice) => this.#say({ choice: choice.key, title: choice.title });
    this.transcript = new Transcript(this.view.log, onChoice, settings.door);
    this.outbox = new Outbox(this.api, this.store, {
      sent: (id) => {
        this.transcript.sent(id);
        this.#connection("posts", true);
      },
      refused: (id, reason) => this.transcript.refused(id, reason),
      waiting: () => this.#connection("posts", false),
      gone: () => this.#gone("gone"),
    });
    this.stream = new Stream(this.api, (name, data) => this.#event(name, data), (up) => this.#connection("stream", up));
    this.composer = new Composer(this.view, words, (text) => this.#say({ text, title: text }));
    this.#setWords(words);
    this.#listen();
  }

  /** A page change leaves the chat open, without taking the focus; on a phone it would hide the new page. */
  reopen() {
    const { session, open } = this.store.read();
    if (session && open && !NARROW.matches) this.open({ focus: false });
  }

  /** @param {{focus?: boolean}} [options]  open the panel; the focus goes to the message, unless told not to */
  open({ focus = true } = {}) {
    const { view } = this;
    view.show(view.launcher, view.panel, true);
    view.wordLauncher(this.words);
    if (NARROW.matches) view.panel.setAttribute("aria-modal", "true");
    else view.panel.removeAttribute("aria-modal");
    this.host.classList.add("open");
    if (focus) view.text.focus();
    view.log.scrollTop = view.log.scrollHeight;
    if (!this.api.session) this.#connect();
    else this.store.write({ open: true });
  }

  /** Close the panel; the focus goes back to the button that opens it. */
  close() {
    const { view } = this;
    view.show(view.launcher, view.panel, false);
    view.wordLauncher(this.words);
    this.host.classList.remove("open");
    view.launcher.focus();
    if (this.api.session) this.store.write({ open: false });
  }

  #listen() {
    const { view } = this;
    view.launcher.addEventListener("click", () => (view.panel.hidden ? this.open() : this.close()));
    view.closeButton.addEventListener("click", () => this.close());
    view.menuButton.addEventListener("click", () => view.show(view.menuButton, view.menu, view.menu.hidden));
    view.panel.addEventListener("keydown", (event) => this.#key(event));
    view.language.addEventListener("change", () => this.#chooseLanguage(view.language.value));
    view.restart.addEventListener("click", () => this.#restart());
    view.erase.addEventListener("click", () => this.#askSure(true));
    view.sureNo.addEventListener("click", () => this.#askSure(false));
    view.sureYes.addEventListener("click", () => this.#erase());
    view.anew.addEventListener("click", () => this.#anew());
  }

  /** Take the conversation up again, or begin one. */
  async #connect() {
    const { session, unsent } = this.store.read();
    try {
      if (session) await this.#resume(session, unsent ?? []);
      else await this.#create();
    } catch (error) {
      if (session && error instanceof Refused && error.gone) return this.#gone("gone");
      return this.#failed();
    }
    this.store.write({ open: true });
  }

  async #create() {
    this.api.session = await this.api.create(this.settings.cite, this.language);
    this.store.write({ session: this.api.session });
    this.stream.start(0);
    this.outbox.pump();
  }

  /**
   * @param {import("./types.js").Session} session
   * @param {import("./types.js").Unsent[]} unsent
   */
  async #resume(session, unsent) {
    this.api.session = session;
    try {
      const { messages, state } = await this.api.history();
      this.transcript.quietly(() => {
        messages.forEach((message) => this.transcript.add(message));
        unsent.forEach((message) => this.transcript.addOwn(message));
      });
      this.#state(state);
    } catch (error) {
      this.api.session = null;
      throw error;
    }
    this.stream.start(this.transcript.last);
    this.outbox.restore(unsent);
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  #event(name, data) {
    if (name === "message") this.transcript.add(data);
    else if (name === "state") this.#state(data);
    else if (name === "gone") this.#gone("gone");
  }

  /** @param {import("./types.js").State} state */
  #state(state) {
    this.speaker = state;
    setText(this.view.typing, state.typing ? this.words.say("typing") : "");
    this.#tell();
    if (state.language !== this.language && LANGUAGES.includes(state.language)) this.#useLanguage(state.language);
  }

  /**
   * @param {"stream" | "posts"} way
   * @param {boolean} up
   */
  #connection(way, up) {
    if (up) this.down.delete(way);
    else this.down.add(way);
    if (up && way === "stream") this.outbox.pump();
    this.#tell();
  }

  /** Say what is to be known now: no connection, waiting for an advisor, or talking with one. */
  #tell() {
    const { speaker, words } = this;
    let text = "";
    if (speaker?.speaker === "waiting") text = words.say("waiting");
    if (speaker?.speaker === "advisor") text = words.say("advisor", { advisor: speaker.advisor ?? "" });
    setText(this.view.status, this.down.size > 0 ? words.say("offline") : text);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      return this.close();
    }
    if (event.key !== "Tab" || !NARROW.matches) return;
    const [first, last] = this.view.ends();
    const leaving = event.shiftKey ? first : last;
    if (this.host.shadowRoot?.activeElement === leaving) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  }

  /** @param {{text?: string, choice?: string, title: string}} said */
  #say(said) {
    if (this.ended) return;
    const message = { id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`, ...said };
    this.transcript.addOwn(message);
    if (this.api.session) this.outbox.add(message);
    else this.outbox.unsent.push(message); // it leaves as soon as there is a conversation
  }

  /** @param {string} language */
  async #chooseLanguage(language) {
    await this.#useLanguage(language);
    if (this.api.session) await this.api.language(language).catch(() => this.#connection("posts", false));
  }

  /** @param {string} language */
  async #useLanguage(language) {
    this.language = language;
    try {
      this.#setWords(await Words.load(this.settings.door, language));
    } catch {
      return; // the words of before stay
    }
    if (this.api.session) {
      this.api.session.language = language;
      this.store.write({ session: this.api.session });
    }
    this.#tell();
  }

  /** @param {Words} words */
  #setWords(words) {
    this.words = this.transcript.words = this.composer.words = words;
    this.transcript.language = this.language;
    this.view.word(words, this.language);
  }

  async #restart() {
    this.view.show(this.view.menuButton, this.view.menu, false);
    this.view.text.focus();
    if (this.ended) return this.#anew();
    try {
      const { after } = await this.api.restart();
      this.transcript.clear(after);
    } catch {
      this.#connection("posts", false);
    }
  }

  /** @param {boolean} asking */
  #askSure(asking) {
    this.view.sure.hidden = !asking;
    (asking ? this.view.sureNo : this.view.erase).focus();
  }

  async #erase() {
    this.stream.stop(); // it would tell of the end before the answer does
    try {
      await this.api.erase();
    } catch (error) {
      if (!(error instanceof Refused && error.gone)) {
        this.stream.start(this.stream.after);
        return this.#connection("posts", false);
      }
    }
    this.#gone("erased");
    this.view.anew.focus();
  }

  /** The conversation is no more. @param {string} why  a key of the words */
  #gone(why) {
    if (this.ended) return;
    this.ended = true;
    this.stream.stop();
    this.outbox.clear();
    this.store.clear();
    this.api.session = null;
    this.speaker = null;
    this.down.clear();
    if (why === "erased") this.transcript.clear();
    const { view } = this;
    view.sure.hidden = true;
    view.show(view.menuButton, view.menu, false);
    view.form.hidden = true;
    view.anew.hidden = false;
    view.anew.textContent = this.words.say("begin");
    setText(view.typing, "");
    setText(view.status, this.words.say(why));
  }

  /** Begin anew after an end or a failure. */
  #anew() {
    if (this.ended) this.transcript.clear();
    this.ended = false;
    this.view.form.hidden = false;
    this.view.anew.hidden = true;
    setText(this.view.status, "");
    this.view.text.focus();
    this.#connect();
  }

  /** It could not be opened: say so, and offer to try again. */
  #failed() {
    const { view, words } = this;
    setText(view.status, words.say("failed"));
    view.anew.textContent = words.say("retry");
    view.anew.hidden = false;
  }
}
