import assert from "node:assert/strict";
import { test } from "node:test";
import { lines } from "../head.js";
import { WORDS } from "../words.js";
import { FACTS, OVERVIEW } from "./tables.mjs";

const said = (facts, overview = null) => lines({ ...FACTS, ...facts }, overview, WORDS.en, "en");
const not_read = { columns: ["email"], rows: [["anna@example.org"], ["boris@example.org"]] };

test("a report begins with its verdict, and says that all was read", () => {
  assert.deepEqual(said({}, OVERVIEW), [
    "2 files and folders are open to everybody; 1 of them for writing.",
    "Everything was read.",
    "Organization 7, read on 2026-11-27 10:00 UTC",
  ]);
});

test("whoever is left out, and what is older, is said in the language of the reader", () => {
  const begins = { org: 7, read_at: "today", robots: 9, resumed: { people: 11, from: "yesterday" } };
  const of = (language) => lines(FACTS, { ...OVERVIEW, begins }, WORDS[language], language).slice(2);
  assert.deepEqual(of("en"), [
    "Organization 7, read on today", "9 robots are left out", "11 of the people were read earlier, from yesterday on",
  ]);
  const [, robots, resumed] = of("ru");
  assert.match(robots, /роботы: 9$/);
  assert.match(resumed, /yesterday: 11 /);
});

test("what is missing comes first", () => {
  const overview = { ...OVERVIEW, selection: { rows: 5, of: 9 } };
  const [first, second, third, fourth] = said({ not_read, rows_of: 9 }, overview);
  assert.match(first, /^NOT COMPLETE: 2 /);
  assert.match(second, /are open to everybody/);
  assert.match(third, /5 of 9 accesses: a filter/);
  assert.match(fourth, /^NOT ALL ROWS: this table has 5 of 9/);
});

test("what has changed is said with its warnings", () => {
  const warning = "The earlier report is of another filter.";
  const change = { new: 1, gone: 2, changed: 3, widened: 4, warnings: [warning], translations: { ru: ["фильтр"] } };
  assert.deepEqual(said({}, { ...OVERVIEW, change }).slice(2, 4), [WORDS.en.change(change), warning]);
  const russian = lines(FACTS, { ...OVERVIEW, change }, WORDS.ru, "ru");
  assert.deepEqual(russian.slice(2, 4), [WORDS.ru.change(change), "фильтр"]);
});

test("any other table says its own lines, after what its page has not", () => {
  assert.deepEqual(said({ lines: ["3 people"] }), ["3 people"]);
  assert.match(said({ lines: ["3 people"], rows_of: 9 })[0], /^NOT ALL ROWS/);
});
