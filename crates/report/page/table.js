// The rows: searched, filtered and sorted by the words of their columns, each of which stands once.

/** @import { Packed, PackedColumn } from "./shapes.d.ts" */

/** How far an access reaches, the riskiest first. */
const REACHES = ["public", "external", "unknown", "organization", "internal"];

/** What a row is tried with: its cells in a column, and which words of that column fit. */
/** @typedef {{ cells: number[], fits: boolean[] }} Trial */

export class Table {
  /** @param {Packed} packed */
  constructor(packed) {
    this.columns = packed.columns;
    this.count = packed.count;
    this.names = packed.columns.map((column) => column.name);
    /** Where each column stands. */
    this.places = new Map(this.names.map((name, place) => [name, place]));
    /** Words in lower case, of those columns that were searched. @type {Map<PackedColumn, string[]>} */
    this.lower = new Map();
  }

  /**
   * The text of a row in a column; nothing where there is no such column.
   *
   * @param {number} row
   * @param {string} name
   */
  text(row, name) {
    const column = this.column(name);
    return column ? column.words[column.cells[row]] : "";
  }

  /**
   * All texts of a row.
   *
   * @param {number} row
   */
  texts(row) {
    return this.columns.map((column) => column.words[column.cells[row]]);
  }

  /** @param {string} name */
  column(name) {
    const place = this.places.get(name);
    return place === undefined ? undefined : this.columns[place];
  }

  /**
   * The rows that have every word of the query in some column, and fit every filter. A filter that begins
   * with `=` wants the whole text, any other a part of it. What is no column filters nothing.
   *
   * @param {string} query
   * @param {ReadonlyMap<string, string>} filters
   */
  chosen(query, filters) {
    const all = this.filtering(filters);
    const any = query.toLowerCase().split(/\s+/).filter(Boolean)
      .map((word) => this.columns.map((column) => this.trial(column, word, false)));
    const rows = [];
    for (let row = 0; row < this.count; row += 1) {
      const fits = (/** @type {Trial} */ one) => one.fits[one.cells[row]];
      if (all.every(fits) && any.every((columns) => columns.some(fits))) rows.push(row);
    }
    return rows;
  }

  /** @param {ReadonlyMap<string, string>} filters */
  filtering(filters) {
    return [...filters].flatMap(([name, text]) => {
      const column = this.column(name);
      const exact = text.startsWith("=");
      return column ? [this.trial(column, (exact ? text.slice(1) : text).toLowerCase(), exact)] : [];
    });
  }

  /**
   * Looks at each word of a column once, however many rows have it.
   *
   * @param {PackedColumn} column
   * @param {string} text
   * @param {boolean} exact
   * @returns {Trial}
   */
  trial(column, text, exact) {
    const lower = this.lower.get(column) ?? column.words.map((word) => word.toLowerCase());
    this.lower.set(column, lower);
    return { cells: column.cells, fits: lower.map((word) => (exact ? word === text : word.includes(text))) };
  }

  /**
   * Sorts rows by a column, numbers in texts as numbers; what is equal stays in the order of the table.
   *
   * @param {number[]} rows
   * @param {string} name
   * @param {boolean} down
   */
  sort(rows, name, down) {
    const column = this.column(name);
    if (!column) return;
    const rank = ranks(column.words);
    const sign = down ? -1 : 1;
    rows.sort((one, other) => sign * (rank[column.cells[one]] - rank[column.cells[other]]) || one - other);
  }

  /**
   * Sorts rows by risk, the worst first; what is equal stays in the order of the table.
   *
   * @param {number[]} rows
   */
  sortByRisk(rows) {
    const risk = new Int8Array(this.count);
    for (const row of rows) risk[row] = this.risk(row);
    rows.sort((one, other) => risk[one] - risk[other] || one - other);
  }

  /**
   * The risk of a row, of which 0 is the worst: reach first, then the right.
   *
   * @param {number} row
   */
  risk(row) {
    const rights = this.text(row, "rights").split("|");
    const level = rights.includes("write") ? 0 : rights.some((one) => one.startsWith("read")) ? 1 : 2;
    return REACHES.indexOf(this.text(row, "reach")) * 3 + level;
  }
}

/**
 * The place of each word among all, as its readers sort them.
 *
 * @param {string[]} words
 */
function ranks(words) {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const order = words.map((_, index) => index).sort((one, other) => compare(words[one], words[other]));
  const rank = new Uint32Array(words.length);
  order.forEach((word, index) => {
    rank[word] = index;
  });
  return rank;
}
