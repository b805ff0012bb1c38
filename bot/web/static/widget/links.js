// Addresses within a text become links: http(s), e-mail, phone, and nothing else.

import { make } from "./dom.js";
import { together } from "./typography.js";

const FOUND = new RegExp(
  [
    String.raw`https?:\/\/[^\s<>"'()]+[^\s<>"'().,;:!?»]`,
    String.raw`(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.[a-zA-Z]{2,24}`,
    String.raw`(?:tel:)?\+\d(?:[ .-]?\d){7,14}(?!\d)`,
    String.raw`(?<![\d+])0[1-9](?:[ .-]?\d{2}){4}(?!\d)`,
  ].join("|"),
  "g",
);

/**
 * The text as nodes, its addresses as links.
 * @param {string} text
 * @param {import("./words.js").Words} words  which tell that a link opens a new tab
 * @returns {Node[]}
 */
export function linked(text, words) {
  /** @type {Node[]} */
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    nodes.push(plain(text.slice(at, match.index)), link(match[0], match[0], words));
    at = match.index + match[0].length;
  }
  nodes.push(plain(text.slice(at)));
  return nodes;
}

/** @param {string} text */
function plain(text) {
  return document.createTextNode(together(text));
}

/**
 * A link to a web address, or its label as plain text where the address is not http(s).
 * @param {string | null | undefined} address
 * @param {string} label
 * @param {import("./words.js").Words} words
 * @returns {Node}
 */
export function webLink(address, label, words) {
  const url = webAddress(address);
  if (!url) return document.createTextNode(label);
  const told = make("span", { class: "hidden", lang: words.language }, ` ${words.say("new_tab")}`);
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label, told);
}

/**
 * A link that calls a number.
 * @param {string} number
 */
export function phoneLink(number) {
  return make("a", { href: `tel:${number.replace(/[^\d+]/g, "")}` }, number.replace(/^tel:/, ""));
}

/**
 * @param {string} found
 * @param {string} label
 * @param {import("./words.js").Words} words
 */
function link(found, label, words) {
  if (found.startsWith("http")) return webLink(found, label, words);
  if (!found.includes("@")) return phoneLink(found);
  const address = found.replace(/^mailto:/, "");
  return make("a", { href: `mailto:${address}` }, address);
}

/** @param {string | null | undefined} address */
function webAddress(address) {
  if (!address) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
