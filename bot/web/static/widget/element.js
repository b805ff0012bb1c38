// <cite-chat>: the element on the page, with its shadow root, and what a site can do with it.

import { Appearance } from "./appearance.js";
import { Chat } from "./chat.js";
import { LANGUAGES } from "./panel.js";
import { Store } from "./store.js";
import { loadStyle } from "./style.js";
import { Words } from "./words.js";

export class CiteChat extends HTMLElement {
  /** @type {Chat | null} */
  chat = null;

  /**
   * Load words and style, and show the button that opens the chat. Once.
   * @param {import("./main.js").Settings} settings
   */
  async begin(settings) {
    if (this.chat) return;
    const language = chosenLanguage(settings);
    const [words, style] = await Promise.all([Words.load(settings.door, language), loadStyle()]);
    this.chat = new Chat(this, settings, words, language);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [style, new Appearance(settings.color).sheet];
    shadow.append(this.chat.view.root);
  }

  /** Now that it is on the page: take up what was open, or open by itself where the site asks. */
  ready() {
    this.emit("ready");
    this.chat?.reopen();
    if (this.chat?.settings.once && arriving()) this.chat.offer();
  }

  /** Open the panel and put the focus into it. */
  open() {
    this.chat?.open();
  }

  /** Close the panel. */
  close() {
    this.chat?.close();
  }

  /**
   * Open the panel and say something for the person, who sees it as their own message. Whether it could be said.
   * @param {string} text
   */
  ask(text) {
    return this.chat?.ask(text) ?? false;
  }

  /** The language of the widget, as two letters. */
  get language() {
    return this.chat?.tongue.language ?? "";
  }

  set language(language) {
    if (LANGUAGES.includes(language)) this.chat?.tongue.choose(language);
  }

  /**
   * Tell the page that something has happened. What was said is not told.
   * @param {"ready" | "open" | "close" | "message" | "handoff"} name
   * @param {object} [detail]
   */
  emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`cite-chat:${name}`, { bubbles: true, composed: true, detail }));
  }
}

/**
 * The conversation's language, else the one the page asks for, else the page's own, else French.
 * @param {import("./main.js").Settings} settings
 */
function chosenLanguage(settings) {
  const kept = new Store(settings.door).read().session?.language;
  const wanted = kept ?? settings.language ?? document.documentElement.lang.slice(0, 2);
  return LANGUAGES.includes(wanted) ? wanted : "fr";
}

/** Whether the visit of the site begins with this page, as far as the browser tells. */
function arriving() {
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const inside = document.referrer.startsWith(`${location.origin}/`);
  return !inside && (navigation?.type ?? "navigate") === "navigate";
}
