// <cite-chat>: the element on the page, with its shadow root.

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
    shadow.adoptedStyleSheets = [style];
    shadow.append(this.chat.view.root);
    this.chat.reopen();
  }

  /** Open the panel and put the focus into it. */
  open() {
    this.chat?.open();
  }

  /** Close the panel. */
  close() {
    this.chat?.close();
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
