// What is done with the table: search, export, columns, and marking rows for a plan.

import { csv, plan } from "./csv.js";
import { button, checkbox, field, make, save } from "./dom.js";

/** @import { Overview } from "./shapes.d.ts" */
/** @import { Shown } from "./shown.js" */

/**
 * What the tools ask of the page.
 *
 * @typedef {object} Asked
 * @property {() => void} chosen Other rows are to be shown, or they are marked otherwise.
 * @property {() => void} columns Other columns are to be shown.
 * @property {() => void} all Everything is to be drawn again.
 */

/**
 * @param {Shown} shown
 * @param {Asked} asked
 * @param {HTMLOutputElement} counted Where it is said how many rows there are.
 */
export function tools(shown, asked, counted) {
  const { overview, words } = shown;
  return make("div", { class: "tools", role: "search" },
    search(shown, asked),
    button(words.clear, () => {
      shown.clear();
      asked.all();
    }),
    button(words.export, () => save("rows.csv", exported(shown))),
    make("details", {}, make("summary", {}, words.columns), choice(shown, asked)),
    ...(overview ? planning(shown, overview, asked) : []),
    counted);
}

/**
 * @param {Shown} shown
 * @param {Asked} asked
 */
function search(shown, asked) {
  const input = field("search", shown.words.search, {
    type: "search",
    value: shown.state.query,
    oninput: () => {
      shown.search(input.value);
      asked.chosen();
    },
  });
  return input;
}

/**
 * The rows that are shown, with all columns.
 *
 * @param {Shown} shown
 */
function exported({ table, rows }) {
  return csv(table.names, rows.map((row) => table.texts(row)));
}

/**
 * @param {Shown} shown
 * @param {Asked} asked
 */
function choice(shown, asked) {
  const labels = shown.table.names.map((name) => {
    const box = checkbox(shown.state.columns.includes(name), (wanted) => {
      shown.showColumn(name, wanted);
      asked.columns();
    });
    return make("label", {}, box, ` ${name}`);
  });
  return make("div", { class: "choice" }, ...labels);
}

/**
 * @param {Shown} shown
 * @param {Overview} overview
 * @param {Asked} asked
 */
function planning(shown, overview, asked) {
  const { marked, table, words } = shown;
  const reason = field("reason", words.reason);
  const by = field("by", words.by);
  const decided = () => ({ reason: reason.value, by: by.value, date: new Date().toISOString().slice(0, 10) });
  return [
    button(words.mark, () => {
      shown.markAll();
      asked.chosen();
    }),
    button(words.unmark, () => {
      marked.clear();
      asked.chosen();
    }),
    reason,
    by,
    button(words.plan, () => save("plan.csv", plan(table, marked, overview, decided()))),
  ];
}
