// What the menu offers: another language, a copy of the conversation, keeping it, starting anew, erasing it.

import { Refused } from "./api.js";
import { make, setText } from "./dom.js";

export class Menu {
  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    const { view } = chat;
    view.menuButton.addEventListener("click", () => this.show(view.menu.hidden === true));
    view.language.addEventListener("change", () => chat.tongue.choose(view.language.value));
    view.save.addEventListener("click", () => this.#save());
    view.keep.addEventListener("change", () => chat.store.keep(view.keep.checked));
    view.restart.addEventListener("click", () => this.#restart());
    view.erase.addEventListener("click", () => this.#askSure(true));
    view.sureNo.addEventListener("click", () => this.#askSure(false));
    view.sureYes.addEventListener("click", () => this.#erase());
  }

  /** @param {boolean} open */
  show(open) {
    const { view, store } = this.chat;
    view.keep.checked = store.kept;
    view.show(view.menuButton, view.menu, open);
    this.#ask(false);
  }

  /** Close what is open of the menu, the focus going back to where it came from; whether there was something to close. */
  back() {
    const { view } = this.chat;
    if (!view.sure.hidden) this.#askSure(false);
    else if (!view.menu.hidden) {
      this.show(false);
      view.menuButton.focus();
    } else return false;
    return true;
  }

  async #save() {
    const { api, view, words } = this.chat;
    if (!api.session) return;
    try {
      const { name, content } = await api.save();
      const address = URL.createObjectURL(content);
      make("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      setText(view.news, words.say("saved", { name }));
    } catch {
      setText(view.news, words.say("not_saved"));
    }
  }

  async #restart() {
    const { chat } = this;
    this.show(false);
    chat.callback.close();
    chat.view.text.focus();
    if (chat.ended) return chat.anew();
    try {
      const { after } = await chat.api.restart();
      chat.transcript.clear(after);
    } catch {
      chat.connection("posts", false);
    }
  }

  /** @param {boolean} asking */
  #askSure(asking) {
    const { view } = this.chat;
    this.#ask(asking);
    (asking ? view.sureNo : view.erase).focus();
  }

  /** @param {boolean} asking  the question then stands in the place of the menu */
  #ask(asking) {
    const { view } = this.chat;
    view.sure.hidden = !asking;
    view.menu.classList.toggle("asking", asking);
  }

  async #erase() {
    const { chat } = this;
    chat.stream.stop(); // it would tell of the end before the answer does
    try {
      await chat.api.erase();
    } catch (error) {
      if (!(error instanceof Refused && error.gone)) {
        chat.stream.start(chat.stream.after);
        return chat.connection("posts", false);
      }
    }
    chat.gone("erased");
    chat.view.anew.focus();
  }
}
