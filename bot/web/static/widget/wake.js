// A page that slept: its connections are dead without having been told so.

const LOOK = 5000; // ms between two looks at the clock
const SLEPT = 100_000; // ms; a page in the background may be woken once a minute only

/**
 * Call back when the machine or the page has slept.
 * @param {() => void} callback
 */
export function onWake(callback) {
  let seen = Date.now();
  setInterval(() => {
    const now = Date.now();
    if (now - seen > SLEPT) callback();
    seen = now;
  }, LOOK);
  addEventListener("pageshow", (event) => {
    if (event.persisted) callback(); // back from the browser's own memory of pages
  });
}

const WARNING = 10 * 60_000; // ms before the end

/** Warns before a conversation's token ends. */
export class Ending {
  /** @param {(minutes: number) => void} warn  minutes left, 1 or more */
  constructor(warn) {
    this.warn = warn;
    this.timer = 0;
  }

  /** @param {string | undefined} expires  a date; undefined where there is no conversation */
  watch(expires) {
    clearTimeout(this.timer);
    if (!expires) return;
    const left = () => Date.parse(expires) - Date.now();
    this.timer = setTimeout(() => left() > 0 && this.warn(Math.ceil(left() / 60_000)), Math.max(0, left() - WARNING));
  }
}
