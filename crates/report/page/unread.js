// What could not be read: a table below the other.

import { foreign, make, scrolling } from "./dom.js";

/** @import { Shown } from "./shown.js" */

/** @param {Shown} shown */
export function unread({ facts, failures, words }) {
  if (!failures.length) return null;
  const columns = facts.not_read?.columns ?? [];
  const head = columns.map((name) => make("th", { scope: "col" }, foreign(name)));
  const rows = failures.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, foreign(cell)))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
  return make("section", { class: "unread" }, make("h2", {}, words.gaps), scrolling(words.gaps, table));
}
