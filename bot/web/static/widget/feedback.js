// "Was this useful?" under an answer, with a reason when it was not.

import { make } from "./dom.js";

/** The reasons that the door knows, and the words for each. */
const REASONS = /** @type {[import("./api.js").Reason, string][]} */ ([
  ["misunderstood", "reason_misunderstood"], ["wrong_fact", "reason_wrong"], ["stale", "reason_stale"],
  ["incomplete", "reason_incomplete"], ["tone", "reason_tone"], ["other", "reason_other"],
]);

/**
 * Two quiet buttons, and the reasons once the answer is "no". Its own changes are not read out with the log.
 * @param {import("./types.js").Message} message  one of the assistant's
 * @param {import("./words.js").Words} words
 * @param {(seq: number, useful: boolean, reason: import("./api.js").Reason | null) => Promise<boolean>} give  whether the door has it
 */
export function feedbackElement(message, words, give) {
  const id = `why-${message.seq}`;
  const yes = make("button", { type: "button", class: "small" }, words.say("useful_yes"));
  const no = make("button", { type: "button", class: "small", "aria-controls": id }, words.say("useful_no"));
  const reasons = REASONS.map(([reason, key]) => /** @type {const} */ ([reason, reasonButton(words.say(key))]));
  const why = make("div", { id, role: "group", "aria-label": words.say("why") },
    make("p", {}, words.say("why")), ...reasons.map(([, button]) => button));
  /** @param {import("./types.js").Feedback | null | undefined} given */
  const show = (given) => {
    yes.setAttribute("aria-pressed", String(given?.useful === true));
    no.setAttribute("aria-pressed", String(given?.useful === false));
    no.setAttribute("aria-expanded", String(given?.useful === false));
    why.hidden = given?.useful !== false;
    for (const [reason, button] of reasons) button.setAttribute("aria-pressed", String(given?.reason === reason));
    group.classList.toggle("given", Boolean(given));
  };
  /** @param {boolean} useful @param {import("./api.js").Reason | null} reason */
  const say = async (useful, reason) => {
    if (!(await give(message.seq, useful, reason))) return;
    show({ useful, reason });
    const log = group.closest(".log");
    const below = group.getBoundingClientRect().bottom - (log?.getBoundingClientRect().bottom ?? Infinity);
    if (log && below > 0) log.scrollTop += below + 8;
  };
  yes.addEventListener("click", () => say(true, null));
  no.addEventListener("click", () => say(false, null));
  for (const [reason, button] of reasons) button.addEventListener("click", () => say(false, reason));
  const group = make("div", { class: "feedback", role: "group", lang: words.language, "aria-label": words.say("useful"), "aria-live": "off" }, yes, no, why);
  show(message.feedback);
  return group;
}

/** @param {string} text */
function reasonButton(text) {
  return make("button", { type: "button", class: "small" }, text);
}
