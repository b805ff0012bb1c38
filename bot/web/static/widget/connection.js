// Whether the door is reached. A connection that comes back at once was not lost: a stream ends in its time, and another follows.

const PATIENCE = 3000; // ms after which a connection that has not come back is said to be lost

export class Connection {
  /** @param {(lost: boolean) => void} tell  that it is lost, or is back */
  constructor(tell) {
    this.tell = tell;
    /** @type {Set<"stream" | "posts">} what does not reach the door at the moment */
    this.down = new Set();
    this.lost = false; // whether that was told
    this.timer = 0;
  }

  /**
   * @param {"stream" | "posts"} way
   * @param {boolean} up
   */
  set(way, up) {
    if (up) this.down.delete(way);
    else this.down.add(way);
    if (this.down.size === 0) this.#back();
    else this.timer ||= setTimeout(() => this.tell((this.lost = true)), PATIENCE);
  }

  /** There is nothing to be reached any more. */
  clear() {
    this.down.clear();
    this.#back();
  }

  #back() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.lost) this.tell((this.lost = false));
  }
}
