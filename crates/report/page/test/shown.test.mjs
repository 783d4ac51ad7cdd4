import assert from "node:assert/strict";
import { test } from "node:test";
import { Shown } from "../shown.js";
import { ACCESSES, FACTS, OVERVIEW } from "./tables.mjs";

const shown = ({ facts = {}, address = "", language = "en-GB" } = {}) =>
  new Shown({ ...FACTS, ...facts }, ACCESSES, { address, language });

const report = (more = {}) => shown({ facts: { overview: OVERVIEW }, ...more });

test("a report shows the riskiest rows first, any other table its own order", () => {
  assert.deepEqual(report().rows, [1, 2, 3, 4, 0]);
  assert.deepEqual(shown().rows, [0, 1, 2, 3, 4]);
});

test("a report hides what is for programs until it is asked for; any other table hides nothing", () => {
  assert.deepEqual(report().state.columns, ["email", "path", "rights", "reach", "recipient"]);
  assert.deepEqual(shown().state.columns, ACCESSES.names);
  const one = report();
  one.showColumn("name", true);
  assert.deepEqual(one.state.columns, ACCESSES.names, "in the order of the table");
  one.showColumn("name", false);
  assert.equal(one.address, "", "as usual again");
  one.showColumn("email", false);
  assert.equal(one.address, "columns=path%2Crights%2Creach%2Crecipient");
});

test("the view that a link leads to is the one that it was copied from", () => {
  const one = report();
  one.search("disk");
  one.filter({ reach: "=public" });
  one.sortBy("path");
  const other = report({ address: one.address });
  assert.deepEqual(other.rows, one.rows);
  assert.deepEqual(other.state, one.state);
  other.address = "";
  assert.deepEqual(other.rows, [1, 2, 3, 4, 0]);
});

test("a column is sorted by, and a second time the other way round", () => {
  const one = report();
  one.sortBy("email");
  assert.deepEqual([one.state.sorted, one.state.down, one.rows[0]], ["email", false, 0]);
  one.sortBy("email");
  assert.deepEqual([one.state.down, one.rows[0]], [true, 3]);
  one.sortBy("path");
  assert.equal(one.state.down, false, "another column begins anew");
});

test("a filter without a text is none, and clearing shows all rows", () => {
  const one = report();
  one.filter({ reach: "=public", rights: "write" });
  assert.deepEqual(one.rows, [1]);
  one.filter({ rights: "" });
  assert.deepEqual(one.rows, [1, 2]);
  one.search("nothing has this");
  assert.deepEqual(one.rows, []);
  one.clear();
  assert.deepEqual([one.rows.length, one.address], [5, ""]);
});

test("what is marked stays marked whatever is shown", () => {
  const one = report();
  one.filter({ reach: "=public" });
  one.markAll();
  one.filter({ reach: "=external" });
  one.mark(3, true);
  one.clear();
  one.mark(1, false);
  assert.deepEqual([...one.marked].sort(), [2, 3]);
});

test("the language is that of the address, else of the report, else of the reader", () => {
  assert.equal(report({ language: "ru-RU" }).words.of, "из");
  assert.equal(shown({ facts: { language: "en" }, language: "ru-RU" }).words.of, "of");
  assert.equal(shown({ facts: { language: "en" }, address: "lang=ru" }).words.of, "из");
});

test("what is said is in the reader's language where it is translated", () => {
  const ru = { title: "Люди", lines: ["Прочитано всё"], totals: [["человек", "3"]] };
  const facts = { lines: ["Everything was read"], translations: { ru } };
  assert.deepEqual(shown({ facts, language: "ru-RU" }).said, ru);
  assert.deepEqual(shown({ facts }).said.lines, ["Everything was read"]);
  assert.equal(shown({ language: "ru" }).said.title, FACTS.title, "where there is none, as it is");
});
