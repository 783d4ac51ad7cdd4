// The table itself. Of its rows only those in sight are there, however many fit.

import { button, checkbox, foreign, make, scrolling } from "./dom.js";
import { plain } from "./text.js";

/** @import { Shown } from "./shown.js" */

/** How high a row is, in pixels; the stylesheet says the same. */
const HEIGHT = 34;

/** So many rows are there above those in sight, and twice as many below, so that scrolling shows no gap. */
const AROUND = 20;

/** So many rows are printed. */
const PRINTED = 500;

/**
 * What the table asks of the page.
 *
 * @typedef {object} Asked
 * @property {() => void} chosen Other rows are to be shown.
 * @property {(name: string) => void} sorted The head of this column was used: the order is another one.
 */

export class Grid {
  /**
   * @param {Shown} shown
   * @param {Asked} asked
   * @param {HTMLOutputElement} counted Where it is said how many rows there are.
   */
  constructor(shown, asked, counted) {
    this.shown = shown;
    this.asked = asked;
    this.counted = counted;
    this.body = make("tbody", {});
    const title = plain(shown.said.title);
    const caption = make("caption", { class: "unseen" }, title);
    this.table = make("table", { "aria-rowcount": "0" }, caption, make("thead", {}, this.head()), this.body);
    this.view = scrolling(title, this.table);
    this.view.addEventListener("scroll", () => this.paint());
  }

  head() {
    const { state, words } = this.shown;
    const act = make("th", { scope: "col", class: "act" }, make("span", { class: "unseen" }, words.copy));
    return make("tr", {}, act, ...state.columns.map((name) => this.columnHead(name)));
  }

  /** @param {string} name */
  columnHead(name) {
    const { state, words } = this.shown;
    const isSorted = state.sorted === name;
    const order = isSorted ? (state.down ? "descending" : "ascending") : "none";
    const arrow = isSorted ? (state.down ? " ▼" : " ▲") : "";
    const sort = () => {
      this.shown.sortBy(name);
      this.asked.sorted(name);
    };
    return make("th", { scope: "col", "aria-sort": order },
      button(name + arrow, sort, { title: `${words.sort} ${name}` }), this.filter(name));
  }

  /** @param {string} name */
  filter(name) {
    const { state, words } = this.shown;
    const input = make("input", {
      value: state.filters.get(name) ?? "",
      "aria-label": `${words.filter}: ${name}`,
      "data-column": name,
      oninput: () => {
        this.shown.filter({ [name]: input.value });
        this.asked.chosen();
      },
    });
    return input;
  }

  /**
   * Moves the keyboard to the head of a column.
   *
   * @param {string} name
   */
  focus(name) {
    const heads = this.view.querySelectorAll("th button");
    const head = heads[this.shown.state.columns.indexOf(name)];
    if (head instanceof HTMLElement) head.focus();
  }

  /** Leads the eye to the first row, after filters were set elsewhere. */
  lead() {
    this.view.scrollTop = 0;
    for (const input of this.view.querySelectorAll("input")) {
      if (input.dataset.column) input.value = this.shown.state.filters.get(input.dataset.column) ?? "";
    }
    this.view.scrollIntoView({ block: "nearest" });
  }

  /** Puts the rows in sight into the table, with as much room as the others would take. */
  paint() {
    const { rows } = this.shown;
    const from = Math.max(0, Math.floor(this.view.scrollTop / HEIGHT) - AROUND);
    const inSight = Math.ceil(this.view.clientHeight / HEIGHT);
    const to = Math.min(rows.length, from + inSight + 2 * AROUND);
    this.put([this.gap(from), ...this.between(from, to), this.gap(rows.length - to)]);
    this.count();
  }

  /** Puts the first rows into the table, for paper. */
  print() {
    const { rows, words } = this.shown;
    const to = Math.min(rows.length, PRINTED);
    this.put(this.between(0, to));
    this.count(to < rows.length ? words.printed(to, rows.length) : "");
  }

  /** @param {(HTMLTableRowElement | null)[]} elements */
  put(elements) {
    const { rows, words } = this.shown;
    const empty = make("tr", {}, make("td", { colspan: this.width }, words.empty));
    this.body.replaceChildren(...(rows.length ? elements.filter((one) => one !== null) : [empty]));
    this.table.setAttribute("aria-rowcount", String(rows.length + 1));
  }

  get width() {
    return String(this.shown.state.columns.length + 1);
  }

  /**
   * The room that so many rows take; nothing for none.
   *
   * @param {number} rows
   */
  gap(rows) {
    if (rows <= 0) return null;
    const cell = make("td", { colspan: this.width });
    cell.style.height = `${rows * HEIGHT}px`;
    return make("tr", { "aria-hidden": "true", class: "gap-row" }, cell);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  between(from, to) {
    return this.shown.rows.slice(from, to).map((row, index) => this.row(row, from + index));
  }

  /**
   * @param {number} row
   * @param {number} place Where it stands among those that fit.
   */
  row(row, place) {
    const { overview, state, table } = this.shown;
    const mark = overview ? this.mark(row, place) : null;
    const cells = state.columns.map((name) => make("td", {}, foreign(table.text(row, name))));
    return make("tr", { "aria-rowindex": String(place + 2) },
      make("td", { class: "act" }, mark, this.copy(row, place)), ...cells);
  }

  /**
   * @param {number} row
   * @param {number} place
   */
  mark(row, place) {
    const { marked, words } = this.shown;
    const change = (/** @type {boolean} */ wanted) => {
      this.shown.mark(row, wanted);
      this.count();
    };
    return checkbox(marked.has(row), change, { "aria-label": `${words.marked} ${place + 1}` });
  }

  /**
   * @param {number} row
   * @param {number} place
   */
  copy(row, place) {
    const { table, words } = this.shown;
    const say = (/** @type {string} */ what) => {
      this.counted.textContent = what;
    };
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(table.texts(row).join("\t"));
        say(words.copied);
      } catch {
        // Not every browser lets a page copy.
        say(words.refused);
      }
    };
    return button(words.short, copy, {
      class: "copy", title: words.copy, "aria-label": `${words.copy} ${place + 1}`,
    });
  }

  /**
   * Says how many rows fit, and how many are marked.
   *
   * @param {string} [more]
   */
  count(more = "") {
    const { marked, overview, rows, table, words } = this.shown;
    const marks = overview && marked.size ? `, ${marked.size} ${words.marked}` : "";
    const counts = `${rows.length} ${words.of} ${table.count} ${words.rows}`;
    this.counted.textContent = `${counts}${marks} ${more}`.trim();
  }
}
