// Put together by `cargo xtask page` from crates/report/page; do not edit.
"use strict";
(() => {

// == text.js ==
// Texts that others chose, names of files above all, made safe to look at.

const UNSEEN = new RegExp(
  "[" +
    "\\u0000-\\u001f\\u007f-\\u009f" + // control characters
    "\\u200b-\\u200f" + // no width, and marks of direction
    "\\u202a-\\u202e\\u2060-\\u2069" + // what turns the order of others
    "\\ufeff" +
    "\\ud800-\\udfff" + // halves of a letter
    "]",
  "gu",
);

/**
 * Letters that a reader does not see, or that turn the order of others, are shown by their numbers.
 *
 * @param {string} text
 */
function plain(text) {
  return text.replace(UNSEEN, (one) => `⟨U+${number(one)}⟩`);
}

/** @param {string} letter */
function number(letter) {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}

// == dom.js ==
// Elements, made without markup: text is only ever set as text.

/** An attribute; a function listens to the event that the name has after `on`. */
/** @typedef {string | boolean | null | undefined | ((event: Event) => void)} Attribute */
/** @typedef {Node | string | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Attribute>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, Attribute>} [more]
 */
function button(text, onclick, more = {}) {
  return make("button", { type: "button", ...more, onclick }, text);
}

/**
 * A box to tick; `onchange` is told whether it is.
 *
 * @param {boolean} checked
 * @param {(checked: boolean) => void} onchange
 * @param {Record<string, Attribute>} [more]
 */
function checkbox(checked, onchange, more = {}) {
  const box = make("input", { type: "checkbox", ...more, onchange: () => onchange(box.checked) });
  box.checked = checked;
  return box;
}

/**
 * A field to write into that says what it is for.
 *
 * @param {string} id
 * @param {string} label
 * @param {Record<string, Attribute>} [more]
 */
function field(id, label, more = {}) {
  return make("input", { id, placeholder: label, "aria-label": label, ...more });
}

/**
 * A text of others: it turns the order of nothing beside it.
 *
 * @param {string} text
 */
function foreign(text) {
  return make("bdi", {}, plain(text));
}

/**
 * What scrolls by itself, and is reached by the keyboard.
 *
 * @param {string} label
 * @param {HTMLElement} content
 */
function scrolling(label, content) {
  return make("div", { class: "view", tabindex: "0", role: "region", "aria-label": label }, content);
}

/**
 * Gives a text to the reader as a file.
 *
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const file = new Blob([text], { type: "text/csv;charset=utf-8" });
  const link = make("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// == grid.js ==
// The table itself. Of its rows only those in sight are there, however many fit.

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

class Grid {
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

// == head.js ==
// What a reader reads first: what it is, what it comes to, and whether anything is missing.

/** @import { Begins, Facts, Overview } from "./shapes.d.ts" */
/** @import { Shown } from "./shown.js" */
/** @import { Language, Words } from "./words.js" */

/**
 * @param {Shown} shown
 * @param {(language: Language) => void} speak Called with the language that the reader changes to.
 */
function head(shown, speak) {
  const { failures, said, words } = shown;
  const [first, ...rest] = lines({ ...shown.facts, ...said }, shown.overview, words, shown.state.language);
  return make("header", {},
    languageSwitch(shown.state.language, speak),
    make("h1", {}, plain(shown.overview ? words.title : said.title)),
    first ? make("p", { class: failures.length > 0 ? "verdict gap" : "verdict" }, plain(first)) : null,
    ...rest.map((line) => make("p", {}, plain(line))));
}

/**
 * @param {Language} language
 * @param {(language: Language) => void} speak
 */
function languageSwitch(language, speak) {
  const other = language === "ru" ? "en" : "ru";
  const name = other === "ru" ? "Русский" : "English";
  return button(name, () => speak(other), { class: "language", lang: other });
}

/**
 * The verdict and whether all was read, then the rest. What is missing comes first: it makes the verdict another.
 *
 * @param {Facts} facts
 * @param {Overview | null} overview
 * @param {Words} words
 * @param {Language} language
 */
function lines(facts, overview, words, language) {
  const isCut = facts.rows_in_page < facts.rows_of;
  const cut = isCut ? [words.cut(facts.rows_in_page, facts.rows_of)] : [];
  if (!overview) return [...cut, ...facts.lines];
  const { open_to_everybody: open, selection, change } = overview;
  const failures = facts.not_read?.rows.length ?? 0;
  const verdict = words.verdict(open.resources, open.for_writing);
  return [
    ...(failures ? [words.incomplete(failures), verdict] : [verdict, words.complete]),
    ...(selection ? [words.filtered(selection.rows, selection.of)] : []),
    ...cut,
    ...(change ? [words.change(change), ...(change.translations[language] ?? change.warnings)] : []),
    ...beginnings(overview.begins, words),
  ];
}

/**
 * Of what, of when and of whom it is.
 *
 * @param {Begins} begins
 * @param {Words} words
 */
function beginnings(begins, words) {
  const { robots, resumed } = begins;
  return [
    words.organized(begins),
    ...(robots ? [words.robots(robots)] : []),
    ...(resumed ? [words.resumed(resumed.people, resumed.from)] : []),
  ];
}

// == sections.js ==
// What it comes to: tiles, and lists of owners, departments and who is outside. Each leads to its rows.

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
function sections(shown, lead) {
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

// == csv.js ==
// What is handed on as CSV: what is shown, and the plan of what is to be taken back.

/** @import { Overview } from "./shapes.d.ts" */
/** @import { Table } from "./table.js" */

/** The columns that a plan has after those of the table; `orglib exposure revoke --from-csv` takes it. */
const PLAN = ["decision", "reason", "by", "date", "report_org", "report_accesses"];

/**
 * @param {string[]} header
 * @param {string[][]} rows
 */
function csv(header, rows) {
  return [header, ...rows].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}

/** @param {string} text */
function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Marked rows, in the order of the table, with what was decided and of which report.
 *
 * @param {Table} table
 * @param {Iterable<number>} marked
 * @param {Overview} overview
 * @param {{ reason: string, by: string, date: string }} decided
 */
function plan(table, marked, overview, { reason, by, date }) {
  const more = ["revoke", reason, by, date, String(overview.org.id), String(overview.accesses)];
  const rows = [...marked].sort((one, other) => one - other);
  return csv([...table.names, ...PLAN], rows.map((row) => [...table.texts(row), ...more]));
}

// == tools.js ==
// What is done with the table: search, export, columns, and marking rows for a plan.

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
function tools(shown, asked, counted) {
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

// == unread.js ==
// What could not be read: a table below the other.

/** @import { Shown } from "./shown.js" */

/** @param {Shown} shown */
function unread({ facts, failures, words }) {
  if (!failures.length) return null;
  const columns = facts.not_read?.columns ?? [];
  const head = columns.map((name) => make("th", { scope: "col" }, foreign(name)));
  const rows = failures.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, foreign(cell)))));
  const table = make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
  return make("section", { class: "unread" }, make("h2", {}, words.gaps), scrolling(words.gaps, table));
}

// == page.js ==
// The page: its parts, and what each asks of the others.

/** @import { Shown } from "./shown.js" */
/** @import { Language } from "./words.js" */

class Page {
  /**
   * @param {Shown} shown
   * @param {HTMLElement} root Where it is drawn.
   */
  constructor(shown, root) {
    this.shown = shown;
    this.root = root;
    this.counted = make("output", { "aria-live": "polite" });
    this.grid = this.newGrid();
  }

  newGrid() {
    const asked = {
      chosen: () => this.paint(),
      sorted: (/** @type {string} */ name) => {
        this.drawTable();
        this.grid.focus(name);
      },
    };
    return new Grid(this.shown, asked, this.counted);
  }

  /** Draws everything. */
  draw() {
    const { shown } = this;
    document.documentElement.lang = shown.state.language;
    this.grid = this.newGrid();
    const asked = { chosen: () => this.paint(), columns: () => this.drawTable(), all: () => this.draw() };
    const parts = [
      head(shown, (language) => this.speak(language)),
      ...sections(shown, (filters) => this.lead(filters)),
      tools(shown, asked, this.counted),
      this.grid.view,
      unread(shown),
    ];
    this.root.replaceChildren(...parts.filter((part) => part !== null));
    this.paint();
  }

  /** Draws the table again, where its head has changed. */
  drawTable() {
    const old = this.grid;
    this.grid = this.newGrid();
    old.view.replaceWith(this.grid.view);
    this.paint();
  }

  /** Shows the rows, and writes the view into the address. */
  paint() {
    this.grid.paint();
    const { address } = this.shown;
    history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
  }

  /** @param {Language} language */
  speak(language) {
    this.shown.state.language = language;
    this.draw();
  }

  /** @param {Record<string, string>} filters */
  lead(filters) {
    this.shown.filter(filters);
    this.paint();
    this.grid.lead();
  }
}

// == words.js ==
// Every word that the page itself says, by language. Names of columns, and what stands in them, are the
// report's own.

/** @import { Begins, Counts } from "./shapes.d.ts" */
/** @typedef {typeof ENGLISH} Words */
/** @typedef {"en" | "ru"} Language */

const ENGLISH = {
  search: "Search all columns",
  rows: "rows",
  of: "of",
  columns: "Columns",
  export: "Export as CSV",
  plan: "Download plan",
  mark: "Mark what is shown",
  unmark: "Unmark all",
  marked: "marked",
  copy: "Copy row",
  short: "Copy",
  copied: "Copied",
  refused: "Not copied: the browser does not let this page",
  clear: "Clear filters",
  filter: "Filter",
  sort: "Sort by",
  risk: "By reach and right",
  owners: "Owners with the most open",
  departments: "Departments",
  outside: "Outside",
  stale: "Nobody looks after",
  gaps: "Could not be read",
  complete: "Everything was read.",
  public: "public",
  external: "external",
  organization: "organization",
  internal: "internal",
  unknown: "unknown",
  write: "write",
  read: "read",
  other: "other",
  none: "(not known)",
  owner_blocked: "open, the owner is blocked",
  owner_dismissed: "open, the owner was dismissed",
  unchanged_for_a_year: "open, not changed for a year",
  without_end: "links without an end",
  empty: "Nothing is shown: no row fits.",
  reason: "Reason",
  by: "By",
  title: "What is shared from Disk, and with whom",
  since: "Since the earlier report",
  new: "new",
  gone: "gone",
  changed: "changed",
  widened: "wider than before",
  /** @type {(begins: Begins) => string} */
  organized: (begins) => `Organization ${begins.org}, read on ${begins.read_at}`,
  /** @type {(robots: number) => string} */
  robots: (robots) => `${robots} robots are left out`,
  /** @type {(people: number, from: string) => string} */
  resumed: (people, from) => `${people} of the people were read earlier, from ${from} on`,
  /** @type {(resources: number, forWriting: number) => string} */
  verdict: (resources, forWriting) =>
    `${resources} files and folders are open to everybody; ${forWriting} of them for writing.`,
  /** @type {(failures: number) => string} */
  incomplete: (failures) => `NOT COMPLETE: ${failures} could not be read; they are named below.`,
  /** @type {(rows: number, all: number) => string} */
  filtered: (rows, all) => `This table has ${rows} of ${all} accesses: a filter left the others out.`,
  /** @type {(rows: number, all: number) => string} */
  cut: (rows, all) =>
    `NOT ALL ROWS: this table has ${rows} of ${all}, the riskiest first; the counts are of all.`,
  /** @type {(counts: Counts) => string} */
  change: (counts) =>
    `Since the earlier report: ${counts.new} new, ${counts.gone} gone, ` +
    `${counts.changed} changed, ${counts.widened} of these wider.`,
  /** @type {(rows: number, all: number) => string} */
  printed: (rows, all) => `Printed are the first ${rows} of ${all} rows.`,
};

/** @type {Words} */
const RUSSIAN = {
  search: "Поиск по всем столбцам",
  rows: "строк",
  of: "из",
  columns: "Столбцы",
  export: "Выгрузить CSV",
  plan: "Скачать план",
  mark: "Отметить показанное",
  unmark: "Снять отметки",
  marked: "отмечено",
  copy: "Скопировать строку",
  short: "Копия",
  copied: "Скопировано",
  refused: "Не скопировано: браузер не позволяет",
  clear: "Сбросить фильтры",
  filter: "Фильтр",
  sort: "Сортировать",
  risk: "По охвату и правам",
  owners: "Владельцы, у которых открыто больше всего",
  departments: "Подразделения",
  outside: "Снаружи",
  stale: "Без присмотра",
  gaps: "Не удалось прочитать",
  complete: "Прочитано всё.",
  public: "всем",
  external: "наружу",
  organization: "организации",
  internal: "внутри",
  unknown: "неизвестно",
  write: "запись",
  read: "чтение",
  other: "другое",
  none: "(неизвестно)",
  owner_blocked: "открыто, владелец заблокирован",
  owner_dismissed: "открыто, владелец уволен",
  unchanged_for_a_year: "открыто, не менялось год",
  without_end: "ссылки без срока",
  empty: "Показать нечего: нет подходящих строк.",
  reason: "Причина",
  by: "Кто решил",
  title: "Что открыто на Диске и кому",
  since: "С прошлого отчёта",
  new: "новое",
  gone: "исчезло",
  changed: "изменилось",
  widened: "расширилось",
  organized: (begins) => `Организация ${begins.org}, прочитано ${begins.read_at}`,
  robots: (robots) => `Не включены роботы: ${robots}`,
  resumed: (people, from) => `Прочитаны раньше, начиная с ${from}: ${people} человек`,
  verdict: (resources, forWriting) =>
    `Файлов и папок, открытых всем: ${resources}; из них на запись: ${forWriting}.`,
  incomplete: (failures) => `НЕ ПОЛНО: не прочитано ${failures}; перечислено ниже.`,
  filtered: (rows, all) => `В таблице ${rows} из ${all} доступов: остальные отсеял фильтр.`,
  cut: (rows, all) => `НЕ ВСЕ СТРОКИ: в таблице ${rows} из ${all}, самые опасные; счёт ведётся по всем.`,
  change: (counts) =>
    `С прошлого отчёта: новых ${counts.new}, исчезло ${counts.gone}, ` +
    `изменилось ${counts.changed}, из них расширилось ${counts.widened}.`,
  printed: (rows, all) => `Напечатаны первые ${rows} строк из ${all}.`,
};

/** @type {Record<Language, Words>} */
const WORDS = { en: ENGLISH, ru: RUSSIAN };

/**
 * The language of the page for a reader of this one: English where the page has it not.
 *
 * @param {string} wanted
 * @returns {Language}
 */
function spoken(wanted) {
  return wanted.slice(0, 2) === "ru" ? "ru" : "en";
}

// == state.js ==
// The view: what is searched, filtered, sorted and shown. It stands in the address: a link leads to it.

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
function readState(written, usual) {
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
function writeState(state, usual) {
  const said = new URLSearchParams();
  if (state.query) said.set("q", state.query);
  if (state.sorted) said.set("sort", state.sorted);
  if (state.down) said.set("down", "1");
  for (const [name, text] of state.filters) said.set(FILTER + name, text);
  if (state.columns.join() !== usual.columns.join()) said.set("columns", state.columns.join(","));
  if (state.language !== usual.language) said.set("lang", state.language);
  return said.toString();
}

// == shown.js ==
// What a reader looks at: the table, what is said of it, the view, the rows that it leaves, and those marked.

/** @import { Facts, Said } from "./shapes.d.ts" */
/** @import { Table } from "./table.js" */

/** Columns of an exposure report that are for programs, and that people see when they ask for them. */
const HIDDEN = new Set([
  "owner_id", "org_id", "user_id", "public_hash", "shared_email", "external_user", "name", "created_at",
]);

class Shown {
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

// == table.js ==
// The rows: searched, filtered and sorted by the words of their columns, each of which stands once.

/** @import { Packed, PackedColumn } from "./shapes.d.ts" */

/** How far an access reaches, the riskiest first. */
const REACHES = ["public", "external", "unknown", "organization", "internal"];

/** What a row is tried with: its cells in a column, and which words of that column fit. */
/** @typedef {{ cells: number[], fits: boolean[] }} Trial */

class Table {
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

// == main.js ==
// The beginning: what is in the file is unpacked and shown. Nothing is asked for from anywhere.

/** @import { Facts, Packed } from "./shapes.d.ts" */

/** @param {string} id */
function content(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element;
}

/**
 * @param {string} packed
 * @returns {Promise<Packed>}
 */
function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (one) => one.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function begin() {
  /** @type {Facts} */
  const facts = JSON.parse(content("facts").textContent ?? "");
  const table = new Table(await unpack(content("rows").textContent ?? ""));
  const address = () => location.hash.slice(1);
  const shown = new Shown(facts, table, { address: address(), language: navigator.language ?? "en" });
  const page = new Page(shown, content("page"));
  page.draw();
  addEventListener("hashchange", () => {
    shown.address = address();
    page.draw();
  });
  addEventListener("resize", () => page.grid.paint());
  addEventListener("beforeprint", () => page.grid.print());
  addEventListener("afterprint", () => page.grid.paint());
  document.documentElement.dataset.ready = "";
}

begin();

})();
