// Puts the widget on the page. Nothing is asked of the door, and nothing stored, before the person opens it.

import { CiteChat } from "./element.js";

/**
 * @typedef {object} Settings
 * @property {string} door      address of the door, with a slash at the end
 * @property {string | null} cite      id of the page's Cité
 * @property {string | null} language  two letters
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
  await chat.begin(settings);
  if (!present) document.body.append(chat);
  return chat;
}
