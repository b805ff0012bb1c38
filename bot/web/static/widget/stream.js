// What comes from the door: a stream, kept open, which comes back by itself from where it was; or long polls, where
// something on the way (a proxy, a filter) keeps streams back.

import { Refused } from "./api.js";

const SILENCE = 40_000; // ms without a heartbeat after which the connection is taken for dead (a laptop that slept)
const FIRST_WORD = 8_000; // ms within which a stream says who speaks; else it does not pass here
const WAIT = 25; // seconds of a long poll
const PATIENCE = 20_000; // ms that an answer may take longer than it waits
const POLLS = 4; // long polls before a stream is tried again, at first
const MOST_POLLS = 64; // and when it failed time and again
const FAILURES = 2; // of streams, after which a long poll is tried
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
    this.blocked = false; // whether long polls are to be tried in the place of a stream
    this.failures = 0; // of streams, one after the other
    this.polls = POLLS;
    this.tag = "";
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
    const onOpen = () => {
      pause = 1000;
      this.onConnection(true);
    };
    while (!signal.aborted) {
      let wait = 0;
      try {
        if (this.blocked) await this.#poll(signal, onOpen);
        else await this.#read(signal, onOpen);
        if (signal.aborted) return;
        if (this.blocked || this.failures > 0) continue; // from streams to polls or back: no connection was lost
      } catch (error) {
        if (error instanceof Refused && error.gone) return this.onEvent("gone", {});
        if (error instanceof Refused) wait = error.wait * 1000;
        this.failures += 1;
        this.blocked = !this.blocked && this.failures >= FAILURES;
      }
      if (signal.aborted) return;
      this.onConnection(false);
      await this.#wait(Math.max(pause, wait));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /**
   * Read one connection to its end. One that says nothing in time is ended, and long polls follow.
   * @param {AbortSignal} signal
   * @param {() => void} onOpen
   */
  async #read(signal, onOpen) {
    const own = new AbortController();
    const end = () => own.abort();
    signal.addEventListener("abort", end);
    let spoken = false;
    let watchdog = setTimeout(() => {
      this.blocked = true;
      end();
    }, FIRST_WORD);
    try {
      const reader = (await this.api.stream(this.after, own.signal)).getReader();
      const decoder = new TextDecoder();
      for (let rest = ""; ; ) {
        const { value, done } = await reader.read();
        if (done && !spoken) throw new Error("a stream without a word");
        if (done) return;
        const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
        rest = blocks.pop() ?? "";
        if (signal.aborted) return;
        blocks.forEach((block) => this.#take(block));
        if (!spoken && !blocks.some((block) => block.includes("event: "))) continue;
        if (!spoken) this.#passes(onOpen);
        spoken = true;
        clearTimeout(watchdog);
        watchdog = setTimeout(end, SILENCE);
      }
    } catch (error) {
      if (!this.blocked || signal.aborted) throw error;
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener("abort", end);
    }
  }

  /** @param {() => void} onOpen */
  #passes(onOpen) {
    this.failures = 0;
    this.polls = POLLS;
    onOpen();
  }

  /**
   * Ask again and again what is new; then a stream is tried once more.
   * @param {AbortSignal} signal
   * @param {() => void} onOpen
   */
  async #poll(signal, onOpen) {
    this.tag = "";
    for (let times = 0; times <= this.polls && !signal.aborted; times += 1) {
      const wait = times === 0 ? 0 : WAIT; // the first tells at once who speaks, and that the door is there
      await this.#ask(wait, signal);
      if (!signal.aborted) onOpen();
    }
    this.polls = Math.min(this.polls * 2, MOST_POLLS);
    this.blocked = false;
    this.failures = FAILURES - 1; // one more, and polls follow again
  }

  /**
   * @param {number} wait
   * @param {AbortSignal} signal
   */
  async #ask(wait, signal) {
    const own = new AbortController();
    const end = () => own.abort();
    signal.addEventListener("abort", end);
    const watchdog = setTimeout(end, wait * 1000 + PATIENCE);
    try {
      const { messages, state, tag } = await this.api.poll(this.after, this.tag, wait, own.signal);
      if (signal.aborted) return;
      for (const message of messages) {
        this.after = message.seq;
        this.onEvent("message", message);
      }
      if (tag !== this.tag) this.onEvent("state", state);
      this.tag = tag;
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
