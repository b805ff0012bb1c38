// Somebody more waits or is to be called back, a colleague has passed a request on, the person has written while nobody looked, the session is
// about to end: the title, a sound, a notification.
// A sound and a notification come only when asked for by a button, and say nothing of anybody.
"use strict";

(() => {
  const title = document.title;
  const spoken = document.getElementById("spoken");
  const kept = (name) => localStorage.getItem(`desk.${name}`) === "on";
  let audio = null;

  // Browsers let a page sound only once somebody has done something on it.
  function listen() {
    audio ??= new AudioContext();
    void audio.resume();
  }

  function sound() {
    if (!kept("sound") || !audio || audio.state !== "running") return;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = 660;
    volume.gain.setValueAtTime(0.15, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.6);
  }

  function notify(words) {
    if (!kept("notify") || !("Notification" in window) || Notification.permission !== "granted") return;
    const shown = new Notification(words, { tag: "desk", silent: true });
    shown.onclick = () => { window.focus(); shown.close(); };
  }

  function alert(words) {
    sound();
    if (document.hidden) notify(words);
  }

  function look() {
    const found = document.getElementById("waiting-count")?.dataset ?? {};
    document.title = Number(found.count) ? `(${found.count}) ${title}` : title;
    const news = [];
    for (const [name, words] of [["count", "more"], ["passed", "passed"], ["calls", "call"]]) {
      const now = Number(found[name] ?? 0);
      if (now > Number(sessionStorage.getItem(`desk.${name}`) ?? now)) news.push(spoken?.dataset[words] ?? "");
      sessionStorage.setItem(`desk.${name}`, String(now));
    }
    if (!news.length || !spoken) return;
    spoken.textContent = news.join(" ");
    alert(spoken.textContent);
  }

  document.addEventListener("desk:message", () => { if (document.hidden) alert(spoken?.dataset.message ?? ""); });
  document.addEventListener("desk:ending", () => alert(spoken?.dataset.ending ?? ""));
  document.addEventListener("desk:overdue", () => alert(spoken?.dataset.overdue ?? ""));
  for (const sign of ["htmx:afterSettle", "desk:count"]) document.addEventListener(sign, look);
  if (document.getElementById("waiting-count")) look();
  for (const sign of ["pointerdown", "keydown"]) {
    document.addEventListener(sign, () => { if (kept("sound")) listen(); }, { once: true });
  }

  const buttons = document.getElementById("alerts");
  if (!buttons) return;
  buttons.hidden = false;
  const said = document.getElementById("alerts-said");

  function toggled(name, on) {
    localStorage.setItem(`desk.${name}`, on ? "on" : "off");
    document.getElementById(name)?.setAttribute("aria-pressed", String(on));
    if (said) said.textContent = "";
  }

  toggled("sound", kept("sound"));
  toggled("notify", kept("notify") && "Notification" in window && Notification.permission === "granted");
  document.getElementById("sound")?.addEventListener("click", () => {
    listen();
    toggled("sound", !kept("sound"));
    void audio?.resume().then(sound);
  });
  document.getElementById("notify")?.addEventListener("click", async (event) => {
    if (kept("notify")) return toggled("notify", false);
    const button = event.currentTarget;
    const allowed = "Notification" in window && (await Notification.requestPermission()) === "granted";
    toggled("notify", allowed);
    if (!allowed && said) said.textContent = button.dataset.refused ?? "";
  });
})();
