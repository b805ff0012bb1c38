// Who answers the person now, in words.

/**
 * `who` is shown all the time; `what` is told, and read out, when it changes.
 * @param {import("./types.js").State | null} state
 * @param {import("./words.js").Words} words
 */
export function speaking(state, words) {
  if (state?.speaker === "waiting") {
    const { position } = state;
    return { who: words.say("speaker_waiting"), what: position ? words.say("waiting_nth", { position }) : words.say("waiting") };
  }
  if (state?.speaker === "advisor") {
    const advisor = state.advisor ?? "";
    return { who: words.say("by_advisor", { advisor }), what: words.say("advisor", { advisor }) };
  }
  return { who: words.say("speaker_bot"), what: "" };
}
