// What it comes to: tiles, and lists of owners, departments and who is outside. Each leads to its rows.

import { button, foreign, make } from "./dom.js";
import { plain } from "./text.js";

/** @import { Change, Said, Overview, OutsideShare, Stale, Tile } from "./shapes.d.ts" */
/** @import { Shown } from "./shown.js" */
/** @import { Words } from "./words.js" */
/** @typedef {(filters: Record<string, string>) => void} Lead Shows the rows that fit these filters. */

/** So many of each are listed. */
const LISTED = 10;

/** How the overview names an organisation outside. */
const ORGANIZATION = "organization ";

/** What nobody looks after, in the order in which it is told. @type {(keyof Stale)[]} */
const STALE = ["owner_blocked", "owner_dismissed", "unchanged_for_a_year", "without_end"];

/** What a row may be, beside the same as before. @type {("new" | "gone" | "changed")[]} */
const CHANGES = ["new", "gone", "changed"];

/**
 * @param {Shown} shown
 * @param {Lead} lead
 * @returns {HTMLElement[]}
 */
export function sections(shown, lead) {
  const { overview, said, words } = shown;
  if (!overview) return totals(said);
  return [
    make("section", {}, make("h2", {}, words.risk),
      make("div", { class: "tiles" }, ...overview.tiles.map((one) => tile(one, words, lead)))),
    make("div", { class: "lists" },
      list(words.since, overview.change ? changes(overview.change, words, lead) : []),
      list(words.owners, owners(overview, lead)),
      list(words.departments, departments(overview, words, lead)),
      list(words.outside, overview.outside.slice(0, LISTED).map((one) => outside(one, lead))),
      list(words.stale, stale(overview.stale, words))),
  ];
}

/** @param {Said} said */
function totals(said) {
  const items = said.totals.map(([name, count]) => make("li", {}, make("b", {}, count), ` ${plain(name)}`));
  return items.length ? [make("ul", { class: "totals" }, ...items)] : [];
}

/**
 * @param {Tile} tile
 * @param {Words} words
 * @param {Lead} lead
 */
function tile({ reach, right, accesses }, words, lead) {
  const filters = { reach: `=${reach}`, rights: right === "other" ? "" : right };
  return make("button", { type: "button", class: `tile ${reach} ${right}`, onclick: () => lead(filters) },
    make("b", {}, String(accesses)), ` ${words[reach]}, ${words[right]}`);
}

/**
 * @param {string} title
 * @param {HTMLLIElement[]} items
 */
function list(title, items) {
  return items.length ? make("section", {}, make("h2", {}, title), make("ul", {}, ...items)) : null;
}

/**
 * A line of a list that leads to the rows with this text in a column.
 *
 * @param {{ column: string, text: string, name?: string, count: number }} what
 * @param {Lead} lead
 */
function leading({ column, text, name = text, count }, lead) {
  const link = button("", () => lead({ [column]: `=${text}` }), { class: "link" });
  link.append(foreign(name));
  return make("li", {}, link, make("b", {}, String(count)));
}

/**
 * @param {Overview} overview
 * @param {Lead} lead
 */
function owners(overview, lead) {
  return overview.owners.slice(0, LISTED)
    .map((one) => leading({ column: "email", text: one.email, count: one.public + one.external }, lead));
}

/**
 * @param {Overview} overview
 * @param {Words} words
 * @param {Lead} lead
 */
function departments(overview, words, lead) {
  const open = overview.departments.slice(0, LISTED).filter((one) => one.public + one.external);
  return open.map(({ name, ...one }) => leading({
    column: "department",
    text: name ?? "",
    name: name ?? words.none,
    count: one.public + one.external,
  }, lead));
}

/**
 * What is new, gone and changed leads to its rows; of the changed, how many reach wider or allow more.
 *
 * @param {Change} change
 * @param {Words} words
 * @param {Lead} lead
 */
function changes(change, words, lead) {
  const kinds = CHANGES.filter((name) => change[name]);
  const items = kinds.map((name) => leading({
    column: "change", text: name, name: words[name], count: change[name],
  }, lead));
  if (change.widened) items.push(make("li", {}, words.widened, make("b", {}, String(change.widened))));
  return items;
}

/**
 * @param {OutsideShare} share
 * @param {Lead} lead
 */
function outside({ who, accesses }, lead) {
  const what = who.startsWith(ORGANIZATION)
    ? { column: "org_id", text: who.slice(ORGANIZATION.length), name: who }
    : { column: "recipient", text: who };
  return leading({ ...what, count: accesses }, lead);
}

/**
 * @param {Stale} counts
 * @param {Words} words
 */
function stale(counts, words) {
  return STALE.filter((name) => counts[name])
    .map((name) => make("li", {}, words[name], make("b", {}, String(counts[name]))));
}
