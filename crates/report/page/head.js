// What a reader reads first: what it is, what it comes to, and whether anything is missing.

import { button, make } from "./dom.js";
import { plain } from "./text.js";

/** @import { Begins, Facts, Overview } from "./shapes.d.ts" */
/** @import { Shown } from "./shown.js" */
/** @import { Language, Words } from "./words.js" */

/**
 * @param {Shown} shown
 * @param {(language: Language) => void} speak Called with the language that the reader changes to.
 */
export function head(shown, speak) {
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
export function lines(facts, overview, words, language) {
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
