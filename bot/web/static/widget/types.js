// The shapes that the modules share (JSDoc only).

/** @typedef {{key: string, title: string}} Choice */

/**
 * @typedef {object} Card
 * @property {"cite" | "event" | "week" | "callback"} kind
 * @property {string | null} [name]
 * @property {string | null} [city]
 * @property {number | null} [distance_km]
 * @property {string | null} [distance]  the same in words ("about 12 km away")
 * @property {string | null} [address]
 * @property {string | null} [phone]
 * @property {string | null} [website]
 * @property {string | null} [map]
 * @property {string | null} [hours]
 * @property {string | null} [title]
 * @property {string | null} [language]  of the title, where it is not that of the message
 * @property {string | null} [when]
 * @property {string | null} [place]
 * @property {string | null} [cite]
 * @property {string | null} [details]
 * @property {string | null} [url]
 * @property {string | null} [booking]
 * @property {string | null} [calendar]  address of a calendar file, relative to the door
 * @property {string} [caption]
 * @property {string[]} [columns]  the first is that of the days
 * @property {DayRow[]} [rows]
 * @property {string} [consent]  what is agreed to by asking to be called back
 */

/** @typedef {{day: string, hours: string[], today: boolean}} DayRow  one row: as many hours as columns after the first */

/**
 * @typedef {object} Message
 * @property {number} seq
 * @property {"person" | "bot" | "advisor" | "house"} author
 * @property {string | null} name
 * @property {string} language
 * @property {string} text
 * @property {string | null} [masked]  of a person's own: what was hidden in it and why
 * @property {string} time
 * @property {Choice[]} choices
 * @property {Card[]} cards
 * @property {string | null} [id]   the id this browser chose, on a person's own messages
 * @property {Feedback | null} [feedback]   what the person thought of it, on the assistant's messages
 */

/** @typedef {{useful: boolean, reason: import("./api.js").Reason | null}} Feedback */

/**
 * @typedef {object} State
 * @property {"bot" | "waiting" | "advisor"} speaker
 * @property {string | null} advisor   first name
 * @property {number | null} [position]  the place in the queue of who waits, from 1
 * @property {boolean} typing
 * @property {string} language
 * @property {boolean} [advisor_typing]
 * @property {number} [advisor_read_seq]  up to which message the advisor has read
 * @property {boolean} [callback]  whether a callback may be asked for now
 */

/** @typedef {{conversation: string, token: string, language: string, expires: string}} Session */

/** @typedef {{id: string, text?: string, choice?: string, title: string}} Unsent */

export {};
