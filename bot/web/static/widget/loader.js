// The one line of a page loads this file; it loads the widget of today's build from the same door.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const settings = {
    door: new URL(".", script.src).href,
    cite: script.dataset.cite || null,
    language: script.dataset.lang || null,
    color: script.dataset.color || null,
    side: script.dataset.side || null,
    greeting: script.dataset.greeting || null,
    concern: script.dataset.concern || null,
    once: script.dataset.open === "once",
  };
  const main = new URL("files/BUILD/built/main.js", script.src).href;
  import(main).then((widget) => widget.mount(settings)).catch((error) => console.error("cite-chat:", error));
})();
