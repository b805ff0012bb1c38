// The desk without this script works too: it only saves the advisor a few moves.
"use strict";

const log = document.getElementById("log");
const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("text"));

function showLast() {
  if (log) log.scrollTop = log.scrollHeight;
}

text?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    text.form?.requestSubmit();
  }
});

// The focus stays where it was when the lists of the queue are renewed.
let focused = "";
document.addEventListener("htmx:beforeSwap", () => {
  focused = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSettle", () => {
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
});
document.addEventListener("htmx:oobAfterSwap", showLast);
showLast();
