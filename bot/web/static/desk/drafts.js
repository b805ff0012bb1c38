// What an advisor has begun to write stays, in this tab alone, over a reload and a new sign-in: until it is sent, the request
// ends, or somebody signs out, in whichever tab. It is of one advisor and one request, and goes with the tab.
"use strict";

(() => {
  const PREFIX = "desk.draft:"; // then the account, the request, and what it is: "answer" or "note"
  const OUT = "desk.out"; // when somebody signed out in this browser; the only thing that outlives the tab
  const me = document.body.dataset.me ?? "";
  const said = document.getElementById("draft-said");
  const kept = document.getElementById("kept");
  let out = false;

  const keyOf = (name) => `${PREFIX}${me}:${name}`;
  const fields = () => /** @type {HTMLTextAreaElement[]} */ ([...document.querySelectorAll("textarea[data-draft]")]);
  const signedOut = () => Number(localStorage.getItem(OUT) ?? 0);

  // A moment later: what is already there when a page comes up is read out by nobody.
  function tell(what) {
    setTimeout(() => { if (said) said.textContent = said.dataset[what] ?? ""; }, 300);
  }

  function read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function forget(those) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) && those(key)) sessionStorage.removeItem(key);
    }
  }

  function keep(field) {
    if (out || !me) return;
    const key = keyOf(field.dataset.draft);
    if (!field.value) return sessionStorage.removeItem(key);
    // With the id of the form: sent twice, since a reply was lost, it is one.
    const form = field.form?.elements.namedItem("form_id")?.value;
    sessionStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now(), form }));
  }

  function restore(field) {
    const draft = read(keyOf(field.dataset.draft));
    if (!draft || field.value) return false;
    field.value = draft.text;
    field.setSelectionRange(draft.text.length, draft.text.length);
    const form = field.form?.elements.namedItem("form_id");
    if (form && draft.form) form.value = draft.form;
    return true;
  }

  function signOut() {
    out = true;
    forget(() => true);
  }

  // Nobody finds another's words, nor their own from before a sign-out.
  forget((key) => (me && !key.startsWith(keyOf(""))) || !((read(key)?.at ?? 0) > signedOut()));

  // In the queue stand all requests that go on: an answer to any other has nowhere to go.
  const all = document.querySelector("#lists[data-whole]");
  const gone = ["gone", "taken"].includes(new URLSearchParams(location.search).get("notice"));
  if (all && me) {
    forget((key) => {
      const [, , request, what] = key.split(":");
      return (what === "answer" || gone) && !document.getElementById(`open-${request}`);
    });
  }

  // One's own answer goes back into its box; where one can't answer any more, it stands there to be read.
  let ended = false;
  if (kept) {
    const key = keyOf(`${kept.dataset.request}:answer`);
    const draft = read(key);
    const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("kept-text"));
    if (draft && "over" in kept.dataset) {
      ended = true;
      sessionStorage.removeItem(key);
      tell("over");
    } else if (draft) {
      text.value = draft.text;
      kept.hidden = false;
      tell("aside");
    }
    document.getElementById("kept-forget")?.addEventListener("click", () => {
      sessionStorage.removeItem(key);
      kept.hidden = true;
      tell("erased");
      document.getElementById("title")?.focus();
    });
  }
  if (fields().map(restore).some(Boolean) && !ended) tell("back");

  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLTextAreaElement && event.target.dataset.draft) keep(event.target);
  });
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement)) return;
    if (event.target.hasAttribute("data-sign-out")) {
      localStorage.setItem(OUT, String(Date.now()));
      signOut();
    }
    const sent = event.target.querySelector("[data-draft]");
    if (sent && !window.htmx) sessionStorage.removeItem(keyOf(sent.dataset.draft)); // nobody will tell whether it was taken
  });
  window.addEventListener("storage", (event) => { if (event.key === OUT) signOut(); });

  // An answer that was taken is empty in its box; a note that was taken comes back as an empty box. One that is only drawn anew,
  // since another was removed, is put back.
  document.addEventListener("desk:sent", (event) => {
    keep(event.target);
    said?.replaceChildren();
  });
  let taken = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    const written = event.detail.requestConfig?.elt?.querySelector("[data-draft]");
    taken = written && event.detail.xhr.status === 200 ? written.dataset.draft : "";
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const field of fields()) {
      if (field.dataset.draft === taken) keep(field);
      else restore(field);
    }
    taken = "";
  });
})();
