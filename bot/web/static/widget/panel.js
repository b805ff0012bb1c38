// The widget's elements, and their words. What happens when they are used is decided in chat.js and menu.js.

import { make, setText } from "./dom.js";
import { webLink } from "./links.js";

export const LANGUAGES = ["fr", "en", "es", "it", "pt"];

/** All elements that have a name, and the two ways to change their words. */
export class Panel {
  /** @param {import("./main.js").Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.launcher = make("button", { type: "button", class: "launcher", "aria-expanded": "false", "aria-controls": "panel" });
    this.title = make("h2", { id: "title" });
    this.speaker = make("p", { class: "speaker" });
    this.menuButton = make("button", { type: "button", class: "plain", "aria-expanded": "false", "aria-controls": "menu" });
    this.closeButton = make("button", { type: "button", class: "plain" }, make("span", { "aria-hidden": "true" }, "×"));
    this.languageLabel = make("label", { for: "language" });
    this.language = make("select", { id: "language" }, ...LANGUAGES.map((code) => make("option", { value: code, lang: code })));
    this.save = make("button", { type: "button" });
    this.keep = make("input", { type: "checkbox", id: "keep", "aria-describedby": "keep-hint" });
    this.keepLabel = make("label", { for: "keep" });
    this.keepHint = make("p", { id: "keep-hint", class: "hint" });
    this.restart = make("button", { type: "button" });
    this.erase = make("button", { type: "button" });
    this.sureText = make("p", { id: "sure-text" });
    this.sureYes = make("button", { type: "button" });
    this.sureNo = make("button", { type: "button" });
    this.sure = make("div", { class: "sure", role: "group", "aria-labelledby": "sure-text", hidden: true },
      this.sureText, this.sureNo, this.sureYes);
    this.menu = make("div", { id: "menu", class: "menu", hidden: true },
      this.sure, make("p", {}, this.languageLabel, " ", this.language), this.save, this.restart, this.erase,
      make("p", { class: "keep" }, this.keep, this.keepLabel), this.keepHint);
    this.noticeText = make("span");
    this.privacy = make("span");
    this.notice = make("p", { class: "notice" }, this.noticeText, " ", this.privacy);
    this.greeting = make("p", {}, settings.greeting);
    this.concern = make("button", { type: "button", class: "choice", hidden: !settings.concern }, settings.concern);
    this.opening = make("div", { class: "opening", hidden: !settings.greeting && !settings.concern }, this.greeting, this.concern);
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
    this.typing = make("p", { class: "status typing", role: "status" });
    this.status = make("p", { class: "status", role: "status" });
    this.back = make("p", { class: "status back", role: "status" }); // the connection
    this.news = make("p", { class: "status news", role: "status" });
    this.anew = make("button", { type: "button", class: "anew", hidden: true });
    this.label = make("label", { for: "text" });
    this.text = make("textarea", { id: "text", rows: "2", "aria-describedby": "hint count problem", autocomplete: "off" });
    this.send = make("button", { type: "submit" });
    this.hint = make("p", { id: "hint", class: "hint" });
    this.count = make("p", { id: "count", class: "hint" });
    this.problem = make("p", { id: "problem", class: "problem", role: "alert" });
    this.form = make("form", { novalidate: true }, this.label, this.text, this.send, this.hint, this.count, this.problem);
    // It takes the focus where a browser gives none to what is clicked, so that Escape is still heard.
    this.panel = make("section", { id: "panel", role: "dialog", "aria-labelledby": "title", tabindex: "-1", hidden: true },
      make("div", { class: "head" }, make("div", {}, this.title, this.speaker), this.menuButton, this.closeButton),
      this.menu, this.notice, this.opening, this.log, this.typing, this.back, this.news, this.status, this.anew, this.form);
    this.outside = make("p", { class: "outside hidden", role: "status" }); // while the panel is closed
    this.unread = 0;
    this.root = make("div", { class: "root" }, this.panel, this.outside, this.launcher);
  }

  /**
   * Put all words in.
   * @param {import("./words.js").Words} words
   * @param {string} language
   */
  word(words, language) {
    this.root.lang = language;
    const plain = /** @type {[HTMLElement, string][]} */ ([
      [this.title, "title"], [this.menuButton, "menu"], [this.languageLabel, "language"], [this.restart, "restart"],
      [this.save, "save"], [this.keepLabel, "keep"], [this.keepHint, "keep_hint"],
      [this.erase, "erase"], [this.sureText, "erase_sure"], [this.sureYes, "erase_yes"], [this.sureNo, "erase_no"],
      [this.noticeText, "notice"], [this.label, "message"], [this.send, "send"], [this.hint, "hint"], [this.anew, "begin"],
    ]);
    for (const [element, key] of plain) element.textContent = words.say(key);
    for (const option of this.language.options) option.textContent = words.say(`name_${option.value}`);
    this.language.value = language;
    this.privacy.replaceChildren(webLink(this.#privacyPage(language), words.say("privacy"), words));
    this.closeButton.setAttribute("aria-label", words.say("close"));
    this.log.setAttribute("aria-label", words.say("log"));
    this.text.placeholder = words.say("placeholder");
    this.wordLauncher(words);
  }

  /**
   * Where it is told what is kept of a conversation begun on this page.
   * @param {string} language
   */
  #privacyPage(language) {
    const page = new URL("privacy/", this.settings.door);
    page.searchParams.set("lang", language);
    if (this.settings.cite) page.searchParams.set("cite", this.settings.cite);
    return page.href;
  }

  /** @param {import("./words.js").Words} words */
  wordLauncher(words) {
    const unread = this.unread > 0 ? words.say("unread", { count: this.unread }) : "";
    setText(this.launcher, this.panel.hidden ? unread || words.say("launcher") : words.say("launcher_close"));
    if (unread) this.tellOutside(unread, true);
  }

  /** A message that came while the panel is closed is counted on the button. @param {import("./words.js").Words} words */
  unseen(words) {
    if (!this.panel.hidden) return;
    this.unread += 1;
    this.wordLauncher(words);
  }

  /** @param {string} text  of the coming end */
  warn(text) {
    setText(this.news, text);
    if (this.panel.hidden) this.tellOutside(text);
  }

  /**
   * Say something to somebody who has closed the panel.
   * @param {string} text
   * @param {boolean} [seen]  whether it is seen elsewhere, and only to be read out
   */
  tellOutside(text, seen = false) {
    setText(this.outside, text);
    this.outside.classList.toggle("hidden", seen || !text); // it takes no room then
  }

  /**
   * Open or close a part that a button controls.
   * @param {HTMLElement} button
   * @param {HTMLElement} part
   * @param {boolean} open
   */
  show(button, part, open) {
    part.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  /**
   * The first and the last element that the Tab key reaches.
   * @returns {[HTMLElement | undefined, HTMLElement | undefined]}
   */
  ends() {
    const all = this.panel.querySelectorAll("button, select, input, textarea, a[href], [tabindex='0']");
    const reached = /** @type {HTMLElement[]} */ ([...all]).filter((element) => element.getClientRects().length > 0);
    return [reached.at(0), reached.at(-1)];
  }
}
