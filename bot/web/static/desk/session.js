// A session ends when nobody is there, and after a day's work. Whoever is there is warned in time, and stays by one button;
// typing counts as being there. Each answer of the desk tells how long there is, so that what is done in another tab counts.
"use strict";

(() => {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("session"));
  const stay = /** @type {HTMLFormElement | null} */ (document.getElementById("session-stay"));
  const anew = /** @type {HTMLFormElement | null} */ (document.getElementById("session-anew"));
  const shut = /** @type {HTMLFormElement | null} */ (document.getElementById("session-close"));
  const told = document.getElementById("session-in");
  const problem = document.getElementById("session-problem");
  if (!dialog || !stay || !anew || !shut || !told || !problem) return;

  const WARN = 120; // seconds before the end
  const EACH = 60_000; // ms between two signs that somebody is there
  let ends = 0;
  let last = false; // it ends whoever is there
  let putOff = false;
  let signed = Date.now(); // opening the page was a sign

  // "118", or "118 last".
  function read(left) {
    if (!left) return;
    ends = Date.now() + Number.parseInt(left, 10) * 1000;
    last = left.endsWith(" last");
    look();
  }

  function look() {
    const left = Math.round((ends - Date.now()) / 1000);
    if (left > WARN) {
      putOff = false;
      if (dialog.open) dialog.close();
    } else if (left > 0 && !dialog.open && !putOff) warn();
    const words = (last ? told.dataset.last : told.dataset.idle) ?? "";
    told.textContent = words.replace("%", String(Math.max(0, left)));
  }

  function warn() {
    stay.hidden = last;
    anew.hidden = shut.hidden = !last;
    problem.replaceChildren();
    if (document.querySelector("dialog[open]")) document.querySelector("dialog[open]").close();
    dialog.showModal();
    document.dispatchEvent(new CustomEvent("desk:ending")); // to who works in another window
  }

  // Closed by Escape: somebody is there.
  dialog.addEventListener("close", () => {
    if (ends - Date.now() > WARN * 1000) return;
    putOff = true;
    if (!last) sign();
  });

  function sign() {
    signed = Date.now();
    window.htmx?.trigger(stay, "here");
  }

  for (const act of ["keydown", "pointerdown", "input"]) {
    document.addEventListener(act, () => {
      if (!last && !dialog.open && Date.now() - signed >= EACH) sign();
    }, { capture: true, passive: true });
  }

  document.addEventListener("htmx:beforeOnLoad", (event) => read(event.detail.xhr.getResponseHeader("Desk-Session")));
  for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.elt === stay && dialog.open) problem.textContent = problem.dataset.failed ?? "";
    });
  }
  read(dialog.dataset.left);
  setInterval(look, 1000);
})();
