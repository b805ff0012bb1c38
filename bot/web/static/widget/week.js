// A table of opening hours: one row a day, a column for each kind of hours.

import { make } from "./dom.js";

/**
 * @param {import("./types.js").Card} card  of kind "week"
 */
export function weekTable(card) {
  const [day = "", ...kinds] = card.columns ?? [];
  const heads = [day, ...kinds].map((name) => make("th", { scope: "col" }, name));
  const rows = (card.rows ?? []).map((row) => {
    const cells = row.hours.map((hours) => make("td", {}, hours));
    const name = make("th", { scope: "row" }, row.day);
    return make("tr", { "aria-current": row.today ? "date" : null }, name, ...cells);
  });
  return make(
    "table",
    {},
    make("caption", { class: "card-name" }, card.caption ?? ""),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...rows),
  );
}
