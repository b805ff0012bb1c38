// What the person said and the door has not taken yet: sent one at a time, in order, each under one id for ever.

import { Refused } from "./api.js";

const PAUSE = 1000; // ms before the first try again; twice as long before each that follows
const LONGEST_PAUSE = 15_000; // ms

export class Outbox {
  /**
   * @param {import("./api.js").Api} api
   * @param {import("./store.js").Store} store
   * @param {{sent: (id: string, seq: number) => void, refused: (id: string, reason: string) => void,
   *          waiting: () => void, gone: () => void}} tell
   */
  constructor(api, store, tell) {
    this.api = api;
    this.store = store;
    this.tell = tell;
    /** @type {import("./types.js").Unsent[]} */
    this.unsent = [];
    this.busy = false;
    this.failures = 0;
    this.timer = 0;
    addEventListener("online", () => this.pump());
  }

  /** @param {import("./types.js").Unsent[]} unsent  what an earlier page left */
  restore(unsent) {
    this.unsent = unsent;
    this.pump();
  }

  /** @param {import("./types.js").Unsent} message */
  add(message) {
    this.unsent.push(message);
    this.#keep();
    this.pump();
  }

  clear() {
    clearTimeout(this.timer);
    this.unsent = [];
    this.failures = 0;
  }

  /** Send what there is, unless that is being done. */
  async pump() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let [next] = this.unsent; next && (await this.#send(next)); [next] = this.unsent);
    } finally {
      this.busy = false;
    }
  }

  /**
   * Whether the next one may follow at once.
   * @param {import("./types.js").Unsent} message
   */
  async #send(message) {
    try {
      const { seq } = await this.api.post(message);
      this.#settled(message);
      this.tell.sent(message.id, seq);
      return true;
    } catch (error) {
      return this.#failed(message, error);
    }
  }

  /**
   * @param {import("./types.js").Unsent} message
   * @param {unknown} error
   */
  #failed(message, error) {
    if (error instanceof Refused && error.gone) {
      this.tell.gone();
      return false;
    }
    if (error instanceof Refused && !error.passing) {
      this.#settled(message);
      this.tell.refused(message.id, error.message);
      return true;
    }
    this.tell.waiting();
    const pause = Math.min(PAUSE * 2 ** this.failures, LONGEST_PAUSE);
    this.failures += 1;
    this.timer = setTimeout(() => this.pump(), Math.max(pause, error instanceof Refused ? error.wait * 1000 : 0));
    return false;
  }

  /** @param {import("./types.js").Unsent} message */
  #settled(message) {
    this.failures = 0;
    this.unsent = this.unsent.filter((other) => other !== message);
    this.#keep();
  }

  #keep() {
    this.store.write({ unsent: this.unsent });
  }
}
