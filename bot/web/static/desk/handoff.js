// One request: the last lines in sight, answers sent without leaving the page, texts at hand put into the answer.
"use strict";

(() => {
  const log = document.getElementById("log");
  const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("text"));
  const TYPING = 4000; // ms after the last key during which somebody counts as typing
  let typed = 0;
  let atEnd = true;
  let overdue = Boolean(document.getElementById("overdue"));

  function showLast() {
    if (log) log.scrollTop = log.scrollHeight;
  }

  // Who reads further up is not torn away when something comes.
  log?.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80; });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target.id === "signs") {
      const now = Boolean(document.getElementById("overdue"));
      if (now && !overdue) document.dispatchEvent(new CustomEvent("desk:overdue"));
      overdue = now;
    }
    if (event.detail.target !== log) return;
    if (atEnd) showLast();
    const last = log?.lastElementChild;
    if (last instanceof HTMLElement && last.dataset.author === "person" && last.dataset.seq !== log?.dataset.told) {
      if (log) log.dataset.told = last.dataset.seq;
      document.dispatchEvent(new CustomEvent("desk:message"));
    }
  });
  showLast();

  text?.addEventListener("input", () => { typed = text.value ? Date.now() : 0; });
  text?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      text.form?.requestSubmit();
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id === "poller" && Date.now() - typed < TYPING) event.detail.parameters.typing = "1";
  });
  // An answer that was taken leaves the box; one that was not stays there.
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr } = event.detail;
    if (!text || elt.id !== "answer" || xhr.status !== 204) return;
    text.value = "";
    elt.elements.namedItem("form_id").value = fresh();
    typed = 0;
    text.dispatchEvent(new CustomEvent("desk:sent", { bubbles: true }));
    text.removeAttribute("aria-invalid");
    document.getElementById("problem")?.replaceChildren();
    text.focus();
    const poller = document.getElementById("poller");
    if (poller) window.htmx.trigger(poller, "soon");
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "problem") tellRefused();
  });
  // Nor is one taken that the door refuses outright, or that never reached it.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      const problem = document.getElementById("problem");
      if (event.detail.elt.id !== "answer" || !problem) return;
      problem.textContent = problem.dataset.failed ?? "";
      tellRefused();
    });
  }

  function tellRefused() {
    text?.setAttribute("aria-invalid", "true");
    text?.focus();
  }

  // The id of the next answer: sent twice, since a reply was lost, it is one. (`randomUUID` is for https alone.)
  function fresh() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function insert(words) {
    if (!text) return;
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    const gap = before && !/\s$/.test(before) ? "\n" : "";
    text.value = before + gap + words + after;
    const end = (before + gap + words).length;
    text.focus();
    text.setSelectionRange(end, end);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-insert]") : null;
    if (button instanceof HTMLElement) insert(button.dataset.insert ?? "");
  });

  // Looking among the answers ready to send: Enter takes the first that is left.
  const left = () => [...document.querySelectorAll("#ready > li:not([hidden])")];
  document.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.id !== "ready-search") return;
    const wanted = event.target.value.trim().toLowerCase();
    for (const item of document.querySelectorAll("#ready > li")) {
      item.hidden = !(item.textContent ?? "").toLowerCase().includes(wanted);
    }
    const found = document.getElementById("ready-found");
    const number = left().length;
    if (found) found.textContent = number ? (found.dataset.found ?? "").replace("%", String(number)) : (found.dataset.none ?? "");
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.id !== "ready-search" || event.key !== "Enter") return;
    event.preventDefault();
    const first = left().map((item) => item.querySelector("button")).find(Boolean);
    first?.click();
  });
})();
