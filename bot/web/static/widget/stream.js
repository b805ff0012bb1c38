// The conversation's stream, kept open: it comes back by itself, from where it was.

import { Refused } from "./api.js";

const SILENCE = 40_000; // ms without a heartbeat after which the connection is taken for dead (a laptop that slept)
const LONGEST_PAUSE = 15_000; // ms between two tries

export class Stream {
  /**
   * @param {import("./api.js").Api} api
   * @param {(name: string, data: any) => void} onEvent  names: message, state, gone
   * @param {(connected: boolean) => void} onConnection
   */
  constructor(api, onEvent, onConnection) {
    this.api = api;
    this.onEvent = onEvent;
    this.onConnection = onConnection;
    this.after = 0;
    /** @type {AbortController | null} */
    this.stopping = null;
    this.hurry = () => {};
    addEventListener("online", () => this.hurry());
  }

  /** @param {number} after  the last message that is shown already */
  start(after) {
    this.stop();
    this.after = after;
    this.stopping = new AbortController();
    this.#run(this.stopping.signal);
  }

  stop() {
    this.stopping?.abort();
    this.stopping = null;
    this.hurry();
  }

  /** @param {AbortSignal} signal */
  async #run(signal) {
    let pause = 1000;
    while (!signal.aborted) {
      try {
        await this.#read(signal, () => (pause = 1000));
      } catch (error) {
        if (error instanceof Refused && error.gone) return this.onEvent("gone", {});
      }
      if (signal.aborted) return;
      this.onConnection(false);
      await this.#wait(pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /**
   * Read one connection to its end.
   * @param {AbortSignal} signal
   * @param {() => void} onOpen
   */
  async #read(signal, onOpen) {
    const own = new AbortController();
    const end = () => own.abort();
    signal.addEventListener("abort", end);
    let watchdog = setTimeout(end, SILENCE);
    try {
      const reader = (await this.api.stream(this.after, own.signal)).getReader();
      onOpen();
      this.onConnection(true);
      const decoder = new TextDecoder();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(end, SILENCE);
        const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
        rest = blocks.pop() ?? "";
        if (!signal.aborted) blocks.forEach((block) => this.#take(block));
      }
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", end);
    }
  }

  /** @param {string} block */
  #take(block) {
    const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
    const name = fields.get("event");
    if (!name) return; // a heartbeat
    if (fields.has("id")) this.after = Number(fields.get("id"));
    this.onEvent(name, JSON.parse(fields.get("data") ?? "{}"));
  }

  /** @param {number} ms */
  #wait(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.hurry = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
