// The view: what is searched, filtered, sorted and shown. It stands in the address: a link leads to it.

import { spoken } from "./words.js";

/** @import { Language } from "./words.js" */

/**
 * A view.
 *
 * @typedef {object} State
 * @property {string} query
 * @property {string} sorted The column that is sorted by; empty where none is.
 * @property {boolean} down
 * @property {Map<string, string>} filters By column.
 * @property {string[]} columns Those that are shown.
 * @property {Language} language
 */

/**
 * What a view is where the address says nothing. The address says only what differs from it.
 *
 * @typedef {object} Usual
 * @property {readonly string[]} known All columns that there are.
 * @property {readonly string[]} columns Those that are shown.
 * @property {string} language The first two letters of the reader's.
 */

/** What a filter's name in the address begins with. */
const FILTER = "f.";

/**
 * The view that an address has after its `#`.
 *
 * @param {string} written
 * @param {Usual} usual
 * @returns {State}
 */
export function readState(written, usual) {
  const said = new URLSearchParams(written);
  const filters = [...said].filter(([name]) => name.startsWith(FILTER));
  const columns = said.get("columns");
  return {
    query: said.get("q") ?? "",
    sorted: said.get("sort") ?? "",
    down: said.get("down") === "1",
    filters: new Map(filters.map(([name, text]) => [name.slice(FILTER.length), text])),
    columns: columns ? columns.split(",").filter((name) => usual.known.includes(name)) : [...usual.columns],
    language: spoken(said.get("lang") ?? usual.language),
  };
}

/**
 * A view as an address has it after its `#`; nothing where it is the usual one.
 *
 * @param {State} state
 * @param {Usual} usual
 */
export function writeState(state, usual) {
  const said = new URLSearchParams();
  if (state.query) said.set("q", state.query);
  if (state.sorted) said.set("sort", state.sorted);
  if (state.down) said.set("down", "1");
  for (const [name, text] of state.filters) said.set(FILTER + name, text);
  if (state.columns.join() !== usual.columns.join()) said.set("columns", state.columns.join(","));
  if (state.language !== usual.language) said.set("lang", state.language);
  return said.toString();
}
