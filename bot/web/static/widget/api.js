// Calls to the door's API.

/** A call that the door refused: its HTTP status, code, sentence, and seconds to wait where told. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} text
   * @param {number} wait
   */
  constructor(status, code, text, wait) {
    super(text);
    this.status = status;
    this.code = code;
    this.wait = wait;
  }

  /** Whether the same call may succeed later. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }

  /** Whether the conversation is no more. */
  get gone() {
    return this.status === 401 || this.status === 404;
  }
}

/** @typedef {"misunderstood" | "wrong_fact" | "stale" | "incomplete" | "tone" | "other"} Reason */

export class Api {
  /** @param {string} door */
  constructor(door) {
    this.base = new URL("api/v1/conversations", door).href;
    /** @type {import("./types.js").Session | null} */
    this.session = null;
    this.spoken = "fr"; // the language of what the door says when it refuses
  }

  /**
   * @param {string | null} cite
   * @param {string | null} language
   * @returns {Promise<import("./types.js").Session>}
   */
  create(cite, language) {
    return this.call("POST", "", { cite, language }, false);
  }

  /**
   * @param {import("./types.js").Unsent} message
   * @returns {Promise<{seq: number}>}
   */
  post({ id, text, choice }) {
    return this.call("POST", "/messages", choice ? { id, choice } : { id, text });
  }

  /** @returns {Promise<{messages: import("./types.js").Message[], state: import("./types.js").State}>} */
  history() {
    return this.call("GET", "/messages?after=0");
  }

  /**
   * What comes after a message, as soon as something does: for where streams do not pass.
   * @param {number} after
   * @param {string} tag  that of the state which is known, or ""
   * @param {number} wait  seconds; 0 asks what there is now
   * @param {AbortSignal} signal
   * @returns {Promise<{messages: import("./types.js").Message[], state: import("./types.js").State, tag: string}>}
   */
  poll(after, tag, wait, signal) {
    return this.call("GET", `/messages?after=${after}&wait=${wait}&tag=${tag}`, undefined, true, signal);
  }

  /**
   * Tell whether a message of the assistant was useful; a later word replaces an earlier one.
   * @param {number} seq
   * @param {boolean} useful
   * @param {Reason | null} [reason]  for what was not
   */
  feedback(seq, useful, reason = null) {
    return this.call("PUT", `/messages/${seq}/feedback`, { useful, reason });
  }

  /**
   * The conversation as a text file. The token goes in a header: a plain link would put it into the address.
   * @returns {Promise<{name: string, content: Blob}>}
   */
  async save() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    const address = this.#address(`/transcript?timezone=${encodeURIComponent(zone)}`);
    const response = await fetch(address, { headers: this.#token(), cache: "no-store" });
    if (!response.ok) throw await refusal(response);
    const named = /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
    return { name: named?.[1] ?? "conversation.txt", content: await response.blob() };
  }

  /** @param {boolean} typing */
  typing(typing) {
    return this.call("POST", "/typing", { typing });
  }

  /** @param {number} seq  the last message that was read */
  read(seq) {
    return this.call("POST", "/read", { seq });
  }

  /**
   * Ask to be called back.
   * @param {string} name
   * @param {string} contact  phone or e-mail
   * @param {string} moment
   */
  callback(name, contact, moment) {
    return this.call("POST", "/callback", { name, contact, moment });
  }

  /** @param {string} language */
  language(language) {
    return this.call("POST", "/language", { language });
  }

  /** @returns {Promise<{after: number}>} */
  restart() {
    return this.call("POST", "/restart");
  }

  erase() {
    return this.call("DELETE", "");
  }

  /**
   * The stream of what comes after a message.
   * @param {number} after
   * @param {AbortSignal} signal
   * @returns {Promise<ReadableStream<Uint8Array>>}
   */
  async stream(after, signal) {
    const headers = { ...this.#token(), "Last-Event-ID": String(after) };
    const response = await fetch(this.#address("/stream"), { headers, signal, cache: "no-store" });
    if (!response.ok || !response.body) throw await refusal(response);
    return response.body;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {boolean} [known]  whether there is a conversation yet
   * @param {AbortSignal} [signal]
   */
  async call(method, path, body, known = true, signal = undefined) {
    /** @type {Record<string, string>} */
    const headers = known ? this.#token() : this.#tongue();
    if (body) headers["Content-Type"] = "application/json";
    const address = known ? this.#address(path) : this.base;
    const content = body ? JSON.stringify(body) : undefined;
    const response = await fetch(address, { method, headers, body: content, cache: "no-store", signal });
    if (!response.ok) throw await refusal(response);
    return response.json();
  }

  #token() {
    return { ...this.#tongue(), Authorization: `Bearer ${this.session?.token}` };
  }

  /** The person's choice, which the browser does not know. */
  #tongue() {
    return { "Accept-Language": this.spoken };
  }

  /** @param {string} path */
  #address(path) {
    return `${this.base}/${this.session?.conversation}${path}`;
  }
}

/** @param {Response} response */
async function refusal(response) {
  const wait = Number(response.headers.get("Retry-After")) || 0;
  const body = await response.json().catch(() => null);
  return new Refused(response.status, body?.error?.code ?? "", body?.error?.text ?? "", wait);
}
