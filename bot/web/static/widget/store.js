// What the browser remembers: the conversation's token, what is not sent yet, whether the panel is open.
// Written only once the person has opened or closed the chat; gone with the tab, but for the token where they ask to keep it.

export class Store {
  /** @param {string} door */
  constructor(door) {
    this.name = `cite-chat ${door}`;
  }

  /**
   * `closed`: the person has closed a chat that had opened by itself.
   * @returns {{session?: import("./types.js").Session, unsent?: import("./types.js").Unsent[], open?: boolean, closed?: boolean}}
   */
  read() {
    const session = this.#kept();
    return { ...(session ? { session } : {}), ...read(tab(), this.name) };
  }

  /** @param {object} changes */
  write(changes) {
    const { name } = this;
    const { session, ...all } = { ...this.read(), ...changes };
    write(tab(), name, { ...all, session });
    if (this.kept) write(device(), name, { session });
  }

  /** Whether the conversation is kept on this device, for all its tabs. */
  get kept() {
    return Boolean(this.#kept());
  }

  /** @param {boolean} wanted  until its token ends, or in this tab only */
  keep(wanted) {
    const { session } = this.read();
    if (wanted && session) write(device(), this.name, { session });
    else device()?.removeItem(this.name);
  }

  /** Forget the conversation of this tab; another one that another tab keeps stays. */
  clear() {
    const mine = read(tab(), this.name).session?.conversation;
    tab()?.removeItem(this.name);
    if (!mine || this.#kept()?.conversation === mine) device()?.removeItem(this.name);
  }

  #kept() {
    const { session } = read(device(), this.name);
    if (!session || Date.parse(session.expires) > Date.now()) return session;
    device()?.removeItem(this.name);
    return undefined;
  }
}

// A browser may refuse its storage: the conversation then lives as long as the page.

function tab() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function device() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * @param {Storage | null} storage
 * @param {string} name
 */
function read(storage, name) {
  try {
    return JSON.parse(storage?.getItem(name) ?? "{}") ?? {};
  } catch {
    return {}; // it holds something else
  }
}

/**
 * @param {Storage | null} storage
 * @param {string} name
 * @param {object} value
 */
function write(storage, name, value) {
  try {
    storage?.setItem(name, JSON.stringify(value));
  } catch {
    // It is full.
  }
}
