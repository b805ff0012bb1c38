// Puts the widget on the page. Nothing is asked of the door, and nothing stored, before the person opens it.

import { CiteChat } from "./element.js";

/**
 * @typedef {object} Settings
 * @property {string} door      address of the door, with a slash at the end
 * @property {string | null} cite      id of the page's Cité
 * @property {string | null} language  two letters
 * @property {string | null} color     of the button and the panel's head: "#rgb" or "#rrggbb"
 * @property {string | null} side      "left", else right
 * @property {string | null} greeting  the site's own first words
 * @property {string | null} concern   what the page is about, in words that a person could say
 * @property {boolean} once      whether the panel opens by itself, once
 */

/**
 * Add the widget to the page, once; returns the element.
 * @param {Settings} settings
 * @returns {Promise<CiteChat>}
 */
export async function mount(settings) {
  if (!customElements.get("cite-chat")) customElements.define("cite-chat", CiteChat);
  const present = document.querySelector("cite-chat");
  const chat = /** @type {CiteChat} */ (present ?? document.createElement("cite-chat"));
  if (settings.side === "left") chat.setAttribute("side", "left");
  await chat.begin(settings);
  if (!present) document.body.append(chat);
  chat.ready();
  return chat;
}
