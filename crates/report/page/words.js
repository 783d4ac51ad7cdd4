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
export const WORDS = { en: ENGLISH, ru: RUSSIAN };

/**
 * The language of the page for a reader of this one: English where the page has it not.
 *
 * @param {string} wanted
 * @returns {Language}
 */
export function spoken(wanted) {
  return wanted.slice(0, 2) === "ru" ? "ru" : "en";
}
