// The page of a table: everything is in the file, nothing is asked for from anywhere. Text is only ever set as text.
"use strict";

const WORDS = {
  en: {
    search: "Search all columns", rows: "rows", of: "of", columns: "Columns", export: "Export as CSV", plan: "Download plan",
    mark: "Mark what is shown", unmark: "Unmark all", marked: "marked", copy: "Copy row", short: "Copy", copied: "Copied", clear: "Clear filters",
    filter: "Filter", sort: "Sort by", summary: "Summary", risk: "By reach and right", owners: "Owners with the most open",
    departments: "Departments", outside: "Outside", stale: "Nobody looks after", gaps: "Could not be read",
    verdict: (n, w) => `${n} files and folders are open to everybody; ${w} of them for writing.`,
    complete: "Everything was read.", incomplete: (n) => `NOT COMPLETE: ${n} could not be read; they are named below.`,
    filtered: (n, all) => `This table has ${n} of ${all} accesses: a filter left the others out.`,
    cut: (n, all) => `NOT ALL ROWS: this table has ${n} of ${all}, the riskiest first; the counts are of all.`,
    change: (c) => `Since the earlier report: ${c.new} new, ${c.gone} gone, ${c.changed} changed, ${c.widened} of these wider.`,
    public: "public", external: "external", organization: "organization", internal: "internal", unknown: "unknown",
    write: "write", read: "read", other: "other", accesses: "accesses", none: "(not known)",
    owner_blocked: "open, the owner is blocked", owner_dismissed: "open, the owner was dismissed",
    unchanged_for_a_year: "open, not changed for a year", without_end: "links without an end", empty: "Nothing is shown: no row fits.",
    printed: (n, all) => `Printed are the first ${n} of ${all} rows.`, reason: "Reason", by: "By",
  },
  ru: {
    search: "Поиск по всем столбцам", rows: "строк", of: "из", columns: "Столбцы", export: "Выгрузить CSV", plan: "Скачать план",
    mark: "Отметить показанное", unmark: "Снять отметки", marked: "отмечено", copy: "Скопировать строку", short: "Копия", copied: "Скопировано",
    clear: "Сбросить фильтры", filter: "Фильтр", sort: "Сортировать", summary: "Итог", risk: "По охвату и правам",
    owners: "Владельцы, у которых открыто больше всего", departments: "Подразделения", outside: "Снаружи",
    stale: "Без присмотра", gaps: "Не удалось прочитать",
    verdict: (n, w) => `Файлов и папок, открытых всем: ${n}; из них на запись: ${w}.`,
    complete: "Прочитано всё.", incomplete: (n) => `НЕ ПОЛНО: не прочитано ${n}; перечислено ниже.`,
    filtered: (n, all) => `В таблице ${n} из ${all} доступов: остальные отсеял фильтр.`,
    cut: (n, all) => `НЕ ВСЕ СТРОКИ: в таблице ${n} из ${all}, самые опасные; счёт ведётся по всем.`,
    change: (c) => `С прошлого отчёта: новых ${c.new}, исчезло ${c.gone}, изменилось ${c.changed}, из них расширилось ${c.widened}.`,
    public: "всем", external: "наружу", organization: "организации", internal: "внутри", unknown: "неизвестно",
    write: "запись", read: "чтение", other: "другое", accesses: "доступов", none: "(неизвестно)",
    owner_blocked: "открыто, владелец заблокирован", owner_dismissed: "открыто, владелец уволен",
    unchanged_for_a_year: "открыто, не менялось год", without_end: "ссылки без срока", empty: "Показать нечего: нет подходящих строк.",
    printed: (n, all) => `Напечатаны первые ${n} строк из ${all}.`, reason: "Причина", by: "Кто решил",
  },
};

const ROW = 34;
const PRINTED = 500;
const HIDDEN = new Set(["owner_id", "org_id", "user_id", "public_hash", "shared_email", "external_user", "name", "created_at"]);
const PLAN = ["decision", "reason", "by", "date", "report_org", "report_accesses"];
const REACHES = ["public", "external", "unknown", "organization", "internal"];

/** Letters that a reader does not see, or that turn the order of others, are shown by their numbers. */
function plain(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu,
    (one) => `⟨U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

function csv(header, rows) {
  const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows].map((row) => row.map(cell).join(",")).join("\n") + "\n";
}

function save(name, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

class Table {
  constructor(packed) {
    this.columns = packed.columns.map((column) => ({ ...column, lower: null }));
    this.count = packed.count;
    this.places = new Map(this.columns.map((column, place) => [column.name, place]));
  }

  text(row, place) {
    const column = this.columns[place];
    return column.words[column.cells[row]];
  }

  /** The words of a column that hold this text, so that each is looked at once, however many rows have it. */
  holding(place, text, exact) {
    const column = this.columns[place];
    column.lower ??= column.words.map((word) => word.toLowerCase());
    return column.lower.map((word) => (exact ? word === text : word.includes(text)));
  }

  chosen(query, filters) {
    let tests = [...filters].filter(([name]) => this.places.has(name)).map(([name, text]) => {
      const exact = text.startsWith("=");
      const place = this.places.get(name);
      return [this.columns[place].cells, this.holding(place, (exact ? text.slice(1) : text).toLowerCase(), exact)];
    });
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const any = words.map((word) => this.columns.map((column, place) => [column.cells, this.holding(place, word, false)]));
    const rows = [];
    for (let row = 0; row < this.count; row += 1) {
      if (tests.every(([cells, fits]) => fits[cells[row]]) &&
        any.every((columns) => columns.some(([cells, fits]) => fits[cells[row]]))) rows.push(row);
    }
    return rows;
  }

  sort(rows, name, down) {
    const column = this.columns[this.places.get(name)];
    const order = column.words.map((word, index) => index);
    const compare = new Intl.Collator(undefined, { numeric: true }).compare;
    order.sort((one, other) => compare(column.words[one], column.words[other]));
    const rank = new Uint32Array(order.length);
    order.forEach((word, index) => { rank[word] = index; });
    const sign = down ? -1 : 1;
    rows.sort((one, other) => sign * (rank[column.cells[one]] - rank[column.cells[other]]) || one - other);
  }

  risk(row) {
    const reach = this.places.get("reach");
    const rights = this.places.get("rights");
    const right = this.text(row, rights).split("|");
    const level = right.includes("write") ? 0 : right.some((one) => one.startsWith("read")) ? 1 : 2;
    return REACHES.indexOf(this.text(row, reach)) * 3 + level;
  }
}

class Page {
  constructor(facts, table) {
    this.facts = facts;
    this.table = table;
    this.overview = facts.overview ?? null;
    this.marked = new Set();
    this.root = document.getElementById("page");
    this.read();
  }

  /** The view stands in the address, so that a link leads to it. */
  read() {
    const state = new URLSearchParams(location.hash.slice(1));
    this.query = state.get("q") ?? "";
    this.sorted = state.get("sort") ?? "";
    this.down = state.get("down") === "1";
    this.filters = new Map([...state].filter(([name]) => name.startsWith("f.")).map(([name, text]) => [name.slice(2), text]));
    const shown = state.get("columns");
    const known = this.table.columns.map((column) => column.name);
    this.shown = shown ? shown.split(",").filter((name) => known.includes(name)) : known.filter((name) => !(this.overview && HIDDEN.has(name)));
    const own = (state.get("lang") ?? this.facts.language ?? navigator.language ?? "en").slice(0, 2);
    this.language = own === "ru" ? "ru" : "en";
    this.words = WORDS[this.language];
    document.documentElement.lang = this.language;
  }

  write() {
    const state = new URLSearchParams();
    if (this.query) state.set("q", this.query);
    if (this.sorted) state.set("sort", this.sorted);
    if (this.down) state.set("down", "1");
    for (const [name, text] of this.filters) state.set(`f.${name}`, text);
    const usual = this.table.columns.map((column) => column.name).filter((name) => !(this.overview && HIDDEN.has(name)));
    if (usual.join() !== this.shown.join()) state.set("columns", this.shown.join(","));
    if (this.language !== (this.facts.language ?? navigator.language ?? "en").slice(0, 2)) state.set("lang", this.language);
    const hash = state.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  choose() {
    this.rows = this.table.chosen(this.query, this.filters);
    if (this.sorted && this.table.places.has(this.sorted)) this.table.sort(this.rows, this.sorted, this.down);
    else if (this.overview) {
      const risks = this.rows.map((row) => [this.table.risk(row), row]);
      this.rows = risks.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, row]) => row);
    }
    this.write();
  }

  set(name, text) {
    if (text) this.filters.set(name, text); else this.filters.delete(name);
    this.choose();
    this.paint();
  }

  draw() {
    this.root.replaceChildren(this.head(), ...this.sections(), this.tools(), this.grid(), this.unread());
    this.choose();
    this.paint();
  }

  lines() {
    const { overview, facts, words } = this;
    if (!overview) return facts.rows_in_page < facts.rows_of ? [words.cut(facts.rows_in_page, facts.rows_of), ...facts.lines] : facts.lines;
    const lines = [words.verdict(overview.open_to_everybody.resources, overview.open_to_everybody.for_writing)];
    const failures = facts.not_read?.rows.length ?? 0;
    lines.push(failures ? words.incomplete(failures) : words.complete);
    if (overview.selection) lines.push(words.filtered(overview.selection.rows, overview.selection.of));
    if (facts.rows_in_page < facts.rows_of) lines.push(words.cut(facts.rows_in_page, facts.rows_of));
    if (overview.change) lines.push(words.change(overview.change), ...overview.change.warnings);
    return [...lines, ...facts.begins];
  }

  head() {
    const incomplete = (this.facts.not_read?.rows.length ?? 0) > 0;
    const other = this.language === "ru" ? "en" : "ru";
    const change = () => { this.language = other; this.words = WORDS[other]; document.documentElement.lang = other; this.draw(); };
    const [first, ...rest] = this.lines();
    return make("header", {},
      make("button", { type: "button", class: "language", lang: other, onclick: change }, other === "ru" ? "Русский" : "English"),
      make("h1", {}, plain(this.facts.title)),
      first ? make("p", { class: "verdict" }, plain(first)) : null,
      ...rest.map((line, place) => make("p", { class: incomplete && place === 0 ? "gap" : "" }, plain(line))));
  }

  sections() {
    const { overview, words } = this;
    if (!overview) {
      const totals = this.facts.totals.map(([name, count]) => make("li", {}, make("b", {}, count), ` ${plain(name)}`));
      return totals.length ? [make("ul", { class: "totals" }, ...totals)] : [];
    }
    const tiles = overview.tiles.map((tile) => make("button", {
      type: "button", class: `tile ${tile.reach} ${tile.right}`,
      onclick: () => { this.filters.set("reach", `=${tile.reach}`); this.set("rights", tile.right === "other" ? "" : tile.right); this.scroll(); },
    }, make("b", {}, String(tile.accesses)), ` ${words[tile.reach]}, ${words[tile.right]}`));
    const list = (title, items) => items.length ? make("section", {}, make("h2", {}, title), make("ul", {}, ...items)) : null;
    const filter = (column, text, shown, count) => make("li", {}, make("button", {
      type: "button", class: "link", onclick: () => { this.set(column, `=${text}`); this.scroll(); },
    }, make("bdi", {}, plain(shown))), make("b", {}, String(count)));
    const stale = ["owner_blocked", "owner_dismissed", "unchanged_for_a_year", "without_end"].filter((name) => overview.stale[name])
      .map((name) => make("li", {}, words[name], make("b", {}, String(overview.stale[name]))));
    return [
      make("section", {}, make("h2", {}, words.risk), make("div", { class: "tiles" }, ...tiles)),
      make("div", { class: "lists" },
        list(words.owners, overview.owners.slice(0, 10).map((one) => filter("email", one.email, one.email, one.public + one.external))),
        list(words.departments, overview.departments.slice(0, 10).filter((one) => one.public + one.external)
          .map((one) => filter("department", one.name ?? "", one.name ?? words.none, one.public + one.external))),
        list(words.outside, overview.outside.slice(0, 10).map((one) => one.who.startsWith("organization ")
          ? filter("org_id", one.who.slice(13), one.who, one.accesses) : filter("recipient", one.who, one.who, one.accesses))),
        list(words.stale, stale)),
    ];
  }

  tools() {
    const { words } = this;
    const search = make("input", { type: "search", id: "search", value: this.query, placeholder: words.search, "aria-label": words.search });
    search.addEventListener("input", () => { this.query = search.value; this.choose(); this.paint(); });
    this.counted = make("output", { "aria-live": "polite" });
    const columns = this.table.columns.map(({ name }) => make("label", {}, make("input", {
      type: "checkbox", checked: this.shown.includes(name), onchange: (event) => {
        const all = this.table.columns.map((column) => column.name);
        const wanted = new Set(this.shown);
        if (event.target.checked) wanted.add(name); else wanted.delete(name);
        this.shown = all.filter((one) => wanted.has(one));
        this.write();
        this.redraw();
      },
    }), ` ${name}`));
    const button = (text, action) => make("button", { type: "button", onclick: action }, text);
    const all = this.table.columns.map((column, place) => place);
    const names = this.table.columns.map((column) => column.name);
    const texts = (row) => all.map((place) => this.table.text(row, place));
    const reason = make("input", { id: "reason", placeholder: words.reason, "aria-label": words.reason });
    const by = make("input", { id: "by", placeholder: words.by, "aria-label": words.by });
    const plan = () => {
      const today = new Date().toISOString().slice(0, 10);
      const more = ["revoke", reason.value, by.value, today, String(this.overview.org.id), String(this.overview.accesses)];
      save("plan.csv", csv([...names, ...PLAN], [...this.marked].sort((one, other) => one - other).map((row) => [...texts(row), ...more])));
    };
    return make("div", { class: "tools", role: "search" }, search,
      button(words.clear, () => { this.query = ""; this.filters.clear(); this.sorted = ""; this.down = false; this.draw(); }),
      button(words.export, () => save("rows.csv", csv(names, this.rows.map(texts)))),
      make("details", {}, make("summary", {}, words.columns), make("div", { class: "choice" }, ...columns)),
      ...(this.overview ? [
        button(words.mark, () => { this.rows.forEach((row) => this.marked.add(row)); this.paint(); }),
        button(words.unmark, () => { this.marked.clear(); this.paint(); }),
        reason, by, button(words.plan, plan),
      ] : []), this.counted);
  }

  /** The head of the table, and what holds the rows that are in sight. */
  grid() {
    const { words } = this;
    const head = this.shown.map((name) => make("th", { scope: "col", "aria-sort": this.sorted === name ? (this.down ? "descending" : "ascending") : "none" },
      make("button", { type: "button", title: `${words.sort} ${name}`, onclick: () => {
        this.down = this.sorted === name && !this.down;
        this.sorted = name;
        this.write();
        this.redraw(name);
      } }, name, this.sorted === name ? (this.down ? " ▼" : " ▲") : ""),
      make("input", { value: this.filters.get(name) ?? "", "aria-label": `${words.filter}: ${name}`, "data-column": name,
        oninput: (event) => this.set(name, event.target.value) })));
    this.body = make("tbody", {});
    const caption = make("caption", { class: "unseen" }, plain(this.facts.title));
    this.view = make("div", { class: "view", tabindex: "0", role: "region", "aria-label": plain(this.facts.title), onscroll: () => this.paint() },
      make("table", { "aria-rowcount": "0" }, caption, make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "act" }, make("span", { class: "unseen" }, words.copy)), ...head)), this.body));
    return this.view;
  }

  redraw(focused) {
    const old = this.view;
    old.replaceWith(this.grid());
    this.choose();
    this.paint();
    if (focused) this.view.querySelectorAll("th button")[this.shown.indexOf(focused)]?.focus();
  }

  scroll() {
    this.view.scrollTop = 0;
    for (const input of this.view.querySelectorAll("th input")) input.value = this.filters.get(input.dataset.column) ?? "";
    this.view.scrollIntoView({ block: "nearest" });
  }

  row(place) {
    const { words, table } = this;
    const row = this.rows[place];
    const mark = this.overview ? make("input", { type: "checkbox", "aria-label": `${words.marked} ${place + 1}`, onchange: (event) => {
      if (event.target.checked) this.marked.add(row); else this.marked.delete(row);
      this.count();
    } }) : null;
    if (mark) mark.checked = this.marked.has(row);
    const copy = make("button", { type: "button", class: "copy", title: words.copy, "aria-label": `${words.copy} ${place + 1}`, onclick: () => {
      const text = table.columns.map((column, index) => table.text(row, index)).join("\t");
      navigator.clipboard?.writeText(text).then(() => { this.counted.textContent = words.copied; }, () => {});
    } }, words.short);
    const cells = this.shown.map((name) => make("td", {}, make("bdi", {}, plain(table.text(row, table.places.get(name))))));
    return make("tr", { "aria-rowindex": String(place + 2) }, make("td", { class: "act" }, mark, copy), ...cells);
  }

  paint(printed) {
    const from = printed ? 0 : Math.max(0, Math.floor(this.view.scrollTop / ROW) - 20);
    const to = printed ? Math.min(this.rows.length, PRINTED) : Math.min(this.rows.length, from + Math.ceil(this.view.clientHeight / ROW) + 40);
    const gap = (rows) => { const cell = make("td", { colspan: String(this.shown.length + 1) }); cell.style.height = `${rows * ROW}px`; return make("tr", { "aria-hidden": "true", class: "gap-row" }, cell); };
    const rows = [];
    if (from > 0) rows.push(gap(from));
    for (let place = from; place < to; place += 1) rows.push(this.row(place));
    if (to < this.rows.length && !printed) rows.push(gap(this.rows.length - to));
    if (!this.rows.length) rows.push(make("tr", {}, make("td", { colspan: String(this.shown.length + 1) }, this.words.empty)));
    this.body.replaceChildren(...rows);
    this.view.firstChild.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.count(printed && to < this.rows.length ? this.words.printed(to, this.rows.length) : "");
  }

  count(more) {
    const { words } = this;
    const marked = this.overview && this.marked.size ? `, ${this.marked.size} ${words.marked}` : "";
    this.counted.textContent = `${this.rows.length} ${words.of} ${this.table.count} ${words.rows}${marked} ${more ?? ""}`.trim();
  }

  unread() {
    const gaps = this.facts.not_read;
    if (!gaps?.rows.length) return "";
    const row = (cells, name) => make("tr", {}, ...cells.map((cell) => make(name, name === "th" ? { scope: "col" } : {}, make("bdi", {}, plain(cell)))));
    return make("section", { class: "unread" }, make("h2", {}, this.words.gaps),
      make("div", { class: "view", tabindex: "0", role: "region", "aria-label": this.words.gaps },
        make("table", {}, make("thead", {}, row(gaps.columns, "th")), make("tbody", {}, ...gaps.rows.map((cells) => row(cells, "td"))))));
  }
}

async function begin() {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const bytes = Uint8Array.from(atob(document.getElementById("rows").textContent.trim()), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const page = new Page(facts, new Table(await new Response(stream).json()));
  page.draw();
  addEventListener("hashchange", () => { page.read(); page.draw(); });
  addEventListener("resize", () => page.paint());
  addEventListener("beforeprint", () => page.paint(true));
  addEventListener("afterprint", () => page.paint());
  document.documentElement.dataset.ready = "";
}

begin();
