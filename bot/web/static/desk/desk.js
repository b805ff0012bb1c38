// The desk without this script works too: it only saves the advisor a few moves. Here: focus and the connection.
"use strict";

// The focus stays where it was when a part of the page is renewed; where that is gone, it goes to the part's heading.
let focused = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  focused = active && event.detail.target.contains(active) ? active.id || "title" : "";
});
document.addEventListener("htmx:afterSettle", () => {
  if (!focused || document.activeElement !== document.body) return;
  (document.getElementById(focused) ?? document.getElementById("title"))?.focus({ preventScroll: true });
  focused = "";
});

// A page that is being left for another by a form asks for no more news: a reload would come in between.
let leaving = false;
document.addEventListener("submit", (event) => {
  if (event.target instanceof HTMLFormElement && !event.target.hasAttribute("hx-post")) leaving = event.target.method === "post";
});
window.addEventListener("pageshow", () => { leaving = false; });
for (const moment of ["htmx:beforeRequest", "htmx:beforeOnLoad"]) {
  document.addEventListener(moment, (event) => { if (leaving) event.preventDefault(); });
}

// Polling goes on while the connection is away: the first answer tells that it is back.
const connection = document.getElementById("connection");
let lost = false;

function tellLost() {
  if (!connection || lost) return;
  lost = true;
  connection.classList.remove("good");
  connection.textContent = connection.dataset.lost ?? "";
  connection.hidden = false;
}

function tellBack() {
  if (!connection || !lost) return;
  lost = false;
  connection.classList.add("good");
  connection.textContent = connection.dataset.back ?? "";
  setTimeout(() => { if (!lost) connection.hidden = true; }, 10_000);
}

document.addEventListener("htmx:sendError", tellLost);
document.addEventListener("htmx:timeout", tellLost);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) tellLost();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) tellBack();
});
