// What a reader looks at: the table, what is said of it, the view, the rows that it leaves, and those marked.

import { readState, writeState } from "./state.js";
import { WORDS } from "./words.js";

/** @import { Facts, Said } from "./shapes.d.ts" */
/** @import { Table } from "./table.js" */

/** Columns of an exposure report that are for programs, and that people see when they ask for them. */
const HIDDEN = new Set([
  "owner_id", "org_id", "user_id", "public_hash", "shared_email", "external_user", "name", "created_at",
]);

export class Shown {
  /**
   * @param {Facts} facts
   * @param {Table} table
   * @param {object} reader
   * @param {string} reader.address What the address says after its `#`.
   * @param {string} reader.language The reader's own.
   */
  constructor(facts, table, { address, language }) {
    this.facts = facts;
    this.table = table;
    this.overview = facts.overview;
    const shown = table.names.filter((name) => !(this.overview && HIDDEN.has(name)));
    this.usual = { known: table.names, columns: shown, language: (facts.language ?? language).slice(0, 2) };
    this.state = readState(address, this.usual);
    /** The rows that fit, in the order in which they are shown. @type {number[]} */
    this.rows = [];
    /** @type {Set<number>} */
    this.marked = new Set();
    this.choose();
  }

  get words() {
    return WORDS[this.state.language];
  }

  /** What is said of the table, in the reader's language where it is. @type {Said} */
  get said() {
    return this.facts.translations[this.state.language] ?? this.facts;
  }

  /** What could not be read. */
  get failures() {
    return this.facts.not_read?.rows ?? [];
  }

  /** The view as the address has it after its `#`. */
  get address() {
    return writeState(this.state, this.usual);
  }

  set address(written) {
    this.state = readState(written, this.usual);
    this.choose();
  }

  /** Chooses and sorts the rows: by what the view says, else those of most risk first. */
  choose() {
    const { query, filters, sorted, down } = this.state;
    this.rows = this.table.chosen(query, filters);
    if (this.table.places.has(sorted)) this.table.sort(this.rows, sorted, down);
    else if (this.overview) this.table.sortByRisk(this.rows);
  }

  /** @param {string} query */
  search(query) {
    this.state.query = query;
    this.choose();
  }

  /**
   * Filters by columns; one without a text is filtered by no more.
   *
   * @param {Record<string, string>} filters
   */
  filter(filters) {
    for (const [name, text] of Object.entries(filters)) {
      if (text) this.state.filters.set(name, text);
      else this.state.filters.delete(name);
    }
    this.choose();
  }

  /**
   * Sorts by a column; a second time the other way round.
   *
   * @param {string} name
   */
  sortBy(name) {
    this.state.down = this.state.sorted === name && !this.state.down;
    this.state.sorted = name;
    this.choose();
  }

  /** Shows all rows in the usual order. */
  clear() {
    Object.assign(this.state, { query: "", sorted: "", down: false, filters: new Map() });
    this.choose();
  }

  /**
   * Shows or hides a column, in the order of the table.
   *
   * @param {string} name
   * @param {boolean} wanted
   */
  showColumn(name, wanted) {
    const { columns } = this.state;
    this.state.columns = this.table.names.filter((one) => (one === name ? wanted : columns.includes(one)));
  }

  /**
   * @param {number} row
   * @param {boolean} wanted
   */
  mark(row, wanted) {
    if (wanted) this.marked.add(row);
    else this.marked.delete(row);
  }

  markAll() {
    for (const row of this.rows) this.marked.add(row);
  }
}
