// What this tab remembers: the conversation's token, what is not sent yet, whether the panel is open.
// Written only once the person has opened the chat; gone with the tab.

export class Store {
  /** @param {string} door */
  constructor(door) {
    this.name = `cite-chat ${door}`;
  }

  /** @returns {{session?: import("./types.js").Session, unsent?: import("./types.js").Unsent[], open?: boolean}} */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "{}");
    } catch {
      return {}; // storage is refused, or holds something else
    }
  }

  /** @param {object} changes */
  write(changes) {
    try {
      sessionStorage.setItem(this.name, JSON.stringify({ ...this.read(), ...changes }));
    } catch {
      // Without storage the conversation lives as long as the page.
    }
  }

  clear() {
    try {
      sessionStorage.removeItem(this.name);
    } catch {
      // Nothing was stored then.
    }
  }
}
