// Cards: a Cité, an event, the hours of a week, or what opens the form for a callback.

import { make } from "./dom.js";
import { phoneLink, webLink } from "./links.js";
import { weekTable } from "./week.js";

/**
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 * @param {string} language  of the numbers
 * @param {string} door
 */
export function cardElement(card, words, language, door) {
  if (card.kind === "week") return make("li", { class: "card" }, weekTable(card));
  if (card.kind === "callback") return make("li", {}, callbackButton(card, words));
  const lines = card.kind === "event" ? eventLines(card, words, door) : citeLines(card, words, language);
  const name = card.kind === "event" ? card.title : card.name;
  return make("li", { class: "card" }, make("p", { class: "card-name", lang: card.language }, name ?? ""), ...lines);
}

/**
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 * @param {string} language
 */
function citeLines(card, words, language) {
  const links = [];
  if (card.phone) links.push(make("li", {}, `${words.say("call")} `, phoneLink(card.phone)));
  if (card.address) links.push(make("li", {}, webLink(directions(card.address), words.say("directions"), words)));
  if (card.map) links.push(make("li", {}, webLink(card.map, words.say("map"), words)));
  if (card.website) links.push(make("li", {}, webLink(card.website, words.say("website"), words)));
  return [
    place(card, words, language),
    line(card.address),
    line(card.hours),
    links.length > 0 ? make("ul", { class: "card-links", role: "list", lang: words.language }, ...links) : null,
  ];
}

/**
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 * @param {string} door
 */
function eventLines(card, words, door) {
  const calendar = card.calendar ? new URL(card.calendar, door).href : null;
  const links = [
    webLink(card.booking, words.say("booking"), words),
    webLink(card.url, words.say("more"), words),
    webLink(calendar, words.say("calendar"), words),
  ].filter((link) => link instanceof HTMLElement); // an address that is not http(s) is not shown at all
  return [
    line(card.when),
    line(card.cite),
    line(card.place),
    line(card.details),
    links.length > 0 ? make("ul", { class: "card-links", role: "list", lang: words.language }, ...links.map((link) => make("li", {}, link))) : null,
  ];
}

/**
 * The city, and how far it is.
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 * @param {string} language
 */
function place(card, words, language) {
  const far = card.distance || distance(card, words, language);
  if (!card.city || !far) return far ? make("p", {}, far) : line(card.city);
  return make("p", {}, `${card.city} · `, far);
}

/**
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 * @param {string} language
 */
function distance(card, words, language) {
  if (typeof card.distance_km !== "number") return "";
  const digits = card.distance_km < 10 ? 1 : 0;
  const number = card.distance_km.toLocaleString(language, { maximumFractionDigits: digits });
  return make("span", { class: "far", lang: words.language }, words.say("distance", { distance: number }));
}

/**
 * Tells the chat that the form is wanted, by an event that carries the card.
 * @param {import("./types.js").Card} card
 * @param {import("./words.js").Words} words
 */
function callbackButton(card, words) {
  const button = make("button", { type: "button", class: "callback-open", lang: words.language }, words.say("callback"));
  button.addEventListener("click", () => button.dispatchEvent(new CustomEvent("callback", { bubbles: true, detail: card })));
  return button;
}

/** @param {string} address */
function directions(address) {
  return `https://www.openstreetmap.org/directions?to=${encodeURIComponent(address)}`;
}

/** @param {string | null | undefined} text */
function line(text) {
  return text ? make("p", {}, text) : null;
}
