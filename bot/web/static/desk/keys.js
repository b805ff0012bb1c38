// Keyboard shortcuts: single letters, never while somebody writes; they can be switched off, and a list of them is shown by "?".
"use strict";

(() => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"));
  const open = document.getElementById("keys-open");
  const on = /** @type {HTMLInputElement | null} */ (document.getElementById("keys-on"));
  if (!dialog || !open || !on) return;

  open.hidden = false;
  open.addEventListener("click", () => dialog.showModal());
  on.checked = localStorage.getItem("desk.keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("desk.keys", on.checked ? "on" : "off"));

  const writes = (element) =>
    element instanceof HTMLElement && (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox])"));

  function focus(id) {
    const found = document.getElementById(id);
    found?.focus();
    found?.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
    const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const start = by > 0 ? 0 : all.length - 1;
    all[at < 0 ? start : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  }

  const deeds = {
    "?": () => dialog.showModal(),
    g: () => document.getElementById("brand")?.click(),
    j: () => step(1),
    k: () => step(-1),
    c: () => document.getElementById("claim")?.click(),
    r: () => focus("text"),
    n: () => focus("note"),
    "/": () => focus("ready-search"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && writes(event.target)) return focus("title");
    if (!on.checked || writes(event.target)) return;
    const deed = /^[1-9]$/.test(event.key)
      ? () => document.querySelector(`[data-number="${event.key}"]`)?.click()
      : deeds[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
})();
