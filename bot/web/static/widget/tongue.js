// The language: the person's choice goes first, then what the assistant has found.

import { Refused } from "./api.js";
import { LANGUAGES } from "./panel.js";
import { Words } from "./words.js";

export class Tongue {
  /**
   * @param {import("./chat.js").Chat} chat
   * @param {string} language
   */
  constructor(chat, language) {
    this.chat = chat;
    this.language = language;
    /** @type {string | null} what the person has chosen and the door has not been told yet */
    this.wanted = null;
  }

  /**
   * The person chooses; it is told to the door now, or once there is a connection.
   * @param {string} language
   */
  async choose(language) {
    const { api } = this.chat;
    this.wanted = api.session ? language : null;
    await this.#use(language);
    await this.retry();
  }

  /** Tell the door what was chosen, where it does not know yet. */
  async retry() {
    const { chat, wanted } = this;
    if (!wanted || !chat.api.session) return void (this.wanted = null);
    try {
      await chat.api.language(wanted);
      if (this.wanted === wanted) this.wanted = null;
    } catch (error) {
      if (error instanceof Refused && !error.passing) this.wanted = null;
      else chat.connection("posts", false);
    }
  }

  /**
   * The conversation has gone on in another language.
   * @param {string} language
   */
  follow(language) {
    if (!this.wanted && language !== this.language && LANGUAGES.includes(language)) this.#use(language);
  }

  /** @param {string} language */
  async #use(language) {
    const { chat } = this;
    this.language = language;
    try {
      chat.setWords(await Words.load(chat.settings.door, language), language);
    } catch {
      return; // the words of before stay
    }
    if (!chat.api.session) return;
    chat.api.session.language = language;
    chat.store.write({ session: chat.api.session });
  }
}
