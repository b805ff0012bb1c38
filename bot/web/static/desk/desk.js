// The desk without this script works too: it only saves the advisor a few moves. Here: focus and the connection.
"use strict";

// The focus stays where it was when a part of the page is renewed; where that is gone, it goes to the part's heading.
let focused = "";
let part = "";
document.addEventListener("htmx:beforeSwap", (event) => {
  const active = document.activeElement;
  focused = active && event.detail.target.contains(active) ? active.id || "title" : "";
  part = event.detail.target.id;
});
document.addEventListener("htmx:afterSettle", () => {
  if (!focused || document.activeElement !== document.body) return;
  const heading = document.getElementById(part)?.querySelector("h2[tabindex]");
  (document.getElementById(focused) ?? heading ?? document.getElementById("title"))?.focus({ preventScroll: true });
  focused = "";
});

// So it is when the whole page comes anew, since the request has changed hands.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const address = event.detail.xhr.getResponseHeader("HX-Redirect");
  const active = document.activeElement;
  if (leaving || !address || !active || active === document.body || new URL(address, location.href).pathname !== location.pathname) return;
  sessionStorage.setItem("desk.focus", active.id || "title");
});
window.addEventListener("load", () => {
  const id = sessionStorage.getItem("desk.focus");
  sessionStorage.removeItem("desk.focus");
  if (id) (document.getElementById(id) ?? document.getElementById("title"))?.focus();
});

// A sign that says the same as before is not said again.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target, fragment } = event.detail;
  if (target.hasAttribute("data-sign") && fragment.innerHTML === target.innerHTML) event.detail.shouldSwap = false;
});

// Good news at the top of a page is read out too, though it was there when the page came up; a fault is an alert anyway.
setTimeout(() => {
  const told = document.querySelector("main > .notice[role=status]");
  const spoken = document.getElementById("spoken");
  if (told && spoken) spoken.textContent = told.textContent;
}, 300);

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
