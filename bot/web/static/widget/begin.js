// Taking the conversation up again, or beginning one.

import { Refused } from "./api.js";

export class Beginning {
  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.busy = false;
  }

  /** Have a conversation, unless that is being done. */
  async begin() {
    const { chat } = this;
    if (this.busy || chat.api.session) return;
    this.busy = true;
    const { session, unsent } = chat.store.read();
    try {
      if (session) await this.#resume(session, unsent ?? []);
      else await this.#create();
    } catch (error) {
      if (session && error instanceof Refused && error.gone) return chat.gone("gone");
      return chat.failed();
    } finally {
      this.busy = false;
    }
    chat.view.anew.hidden = true;
    chat.tell();
    chat.store.write({ open: !chat.view.panel.hidden });
  }

  async #create() {
    const { api, store, stream, outbox, settings, tongue, ending } = this.chat;
    api.session = await api.create(settings.cite, tongue.language);
    store.write({ session: api.session });
    ending.watch(api.session.expires);
    stream.start(0);
    outbox.pump();
  }

  /**
   * @param {import("./types.js").Session} session
   * @param {import("./types.js").Unsent[]} unsent
   */
  async #resume(session, unsent) {
    const { chat } = this;
    const { api, outbox, stream, transcript, view } = chat;
    api.session = session;
    try {
      const { messages, state } = await api.history();
      transcript.quietly(() => {
        messages.forEach((message) => transcript.add(message));
        unsent.forEach((message) => transcript.addOwn(message));
      });
      if (messages.some(({ author }) => author === "person")) view.opening.hidden = true;
      chat.state(state);
    } catch (error) {
      api.session = null;
      throw error;
    }
    chat.ending.watch(session.expires);
    stream.start(transcript.last);
    outbox.restore([...unsent, ...outbox.unsent]);
  }
}
