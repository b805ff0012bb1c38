// Who answers the person now, in words.

/**
 * Who is writing at the moment, in words; "" for nobody.
 * @param {import("./types.js").State} state
 * @param {import("./words.js").Words} words
 */
export function typing(state, words) {
  if (state.advisor_typing) return words.say("advisor_typing", { advisor: state.advisor ?? "" });
  return state.typing ? words.say("typing") : "";
}

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
