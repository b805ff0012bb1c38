// The queue: how long each has waited goes on by itself, and the lists and the count can be held still.
"use strict";

(() => {
  const button = document.getElementById("renew");
  const said = document.getElementById("renew-said");
  if (!button || !said) return;
  const AGES = 10_000; // ms between two looks at the clock
  let shown = performance.now();
  let still = false;

  function ages() {
    const passed = Math.floor((performance.now() - shown) / 60_000);
    const { age, ages: long } = document.getElementById("lists")?.dataset ?? {};
    if (still || !age || !long) return;
    for (const one of document.querySelectorAll("#lists time[data-minutes]")) {
      const minutes = Number(one.dataset.minutes) + passed;
      const hours = Math.floor(minutes / 60);
      const told = hours ? long.replace("%h", String(hours)).replace("%m", String(minutes % 60).padStart(2, "0")) : age.replace("%m", String(minutes));
      if (one.textContent !== told) one.textContent = told;
    }
  }

  function hold(on) {
    still = on;
    sessionStorage.setItem("desk.still", on ? "on" : "off");
    button.textContent = (on ? button.dataset.resume : button.dataset.pause) ?? "";
  }

  function tell() {
    const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    said.textContent = still ? (said.dataset.off ?? "").replace("%", now) : (said.dataset.on ?? "");
  }

  button.addEventListener("click", () => {
    hold(!still);
    tell();
    if (still) return;
    for (const id of ["lists", "waiting-count"]) window.htmx.trigger(document.getElementById(id), "soon");
  });
  document.addEventListener("htmx:beforeRequest", (event) => { if (still && event.detail.elt.id === "lists") event.preventDefault(); });
  // The count is still asked for, since that tells people that somebody is there, and since a sound or a notification
  // that was asked for comes all the same; what is read stays as it is.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr } = event.detail;
    if (!still || target.id !== "waiting-count" || xhr.status !== 200) return;
    event.detail.shouldSwap = false;
    const come = new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById("waiting-count");
    for (const name of ["count", "passed", "calls"]) target.dataset[name] = come?.dataset[name] ?? target.dataset[name];
    document.dispatchEvent(new CustomEvent("desk:count"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "lists") shown = performance.now();
  });
  setInterval(ages, AGES);

  button.hidden = false;
  hold(sessionStorage.getItem("desk.still") === "on");
  if (still) tell();
})();
