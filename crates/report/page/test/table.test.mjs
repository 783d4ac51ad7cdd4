import assert from "node:assert/strict";
import { test } from "node:test";
import { ACCESSES, table } from "./tables.mjs";

const chosen = (query, filters = {}) => ACCESSES.chosen(query, new Map(Object.entries(filters)));

const sorted = (one, name, down = false) => {
  const rows = Array.from({ length: one.count }, (_, row) => row);
  one.sort(rows, name, down);
  return rows;
};

test("texts of a row are found by the names of columns", () => {
  assert.equal(ACCESSES.text(1, "rights"), "read|write");
  assert.equal(ACCESSES.text(1, "no such column"), "");
  assert.deepEqual(ACCESSES.texts(0).slice(0, 3), ["anna@example.org", "/disk/Plan 10.xlsx", "read"]);
});

test("nothing that is asked for leaves every row", () => {
  assert.deepEqual(chosen(""), [0, 1, 2, 3, 4]);
  assert.deepEqual(chosen("   "), [0, 1, 2, 3, 4]);
});

test("every word of a query stands in some column, in whatever case and order", () => {
  assert.deepEqual(chosen("ANNA"), [0, 2]);
  assert.deepEqual(chosen("plan boris"), [0, 1], "a recipient counts like an owner");
  assert.deepEqual(chosen("xlsx anna internal"), [0]);
  assert.deepEqual(chosen("бЮДЖЕТ"), [3]);
  assert.deepEqual(chosen("anna write"), []);
  assert.deepEqual(chosen(".*"), [], "a query is no pattern");
});

test("a filter wants a part of its column, or with = the whole text", () => {
  assert.deepEqual(chosen("", { rights: "read" }), [0, 1, 2]);
  assert.deepEqual(chosen("", { rights: "=read" }), [0]);
  assert.deepEqual(chosen("", { email: "=ANNA@example.org" }), [0, 2]);
  assert.deepEqual(chosen("", { path: "==1+1" }), []);
  assert.deepEqual(chosen("", { name: "==1+1" }), [2], "a text that begins with = is found by a second one");
  assert.deepEqual(chosen("", { recipient: "=" }), [1, 2, 4], "nothing is a whole text too");
});

test("filters and the query hold at once; a filter of what is no column filters nothing", () => {
  assert.deepEqual(chosen("clara", { reach: "=external" }), [3]);
  assert.deepEqual(chosen("", { reach: "=public", rights: "write" }), [1]);
  assert.deepEqual(chosen("", { "no such column": "x", reach: "=public" }), [1, 2]);
});

test("numbers in texts are sorted as numbers", () => {
  const rows = sorted(ACCESSES, "path").map((row) => ACCESSES.text(row, "path"));
  assert.ok(rows.indexOf("/disk/Plan 9.xlsx") < rows.indexOf("/disk/Plan 10.xlsx"), String(rows));
  const numbers = table(["n"], [["10"], ["9"], ["100"], ["1"]]);
  assert.deepEqual(sorted(numbers, "n"), [3, 1, 0, 2]);
  assert.deepEqual(sorted(numbers, "n", true), [2, 0, 1, 3]);
});

test("what is equal stays in the order of the table, both ways round", () => {
  const equal = table(["n"], [["b"], ["a"], ["b"], ["a"]]);
  assert.deepEqual(sorted(equal, "n"), [1, 3, 0, 2]);
  assert.deepEqual(sorted(equal, "n", true), [0, 2, 1, 3]);
  assert.deepEqual(sorted(equal, "no such column"), [0, 1, 2, 3]);
});

test("risk is reach first, then the right; public with writing is the worst", () => {
  assert.deepEqual([0, 1, 2, 3, 4].map((row) => ACCESSES.risk(row)), [13, 0, 1, 3, 8]);
  const rows = [0, 1, 2, 3, 4];
  ACCESSES.sortByRisk(rows);
  assert.deepEqual(rows, [1, 2, 3, 4, 0]);
});

test("every reach with every right has a risk of its own, in one order", () => {
  const reaches = ["public", "external", "unknown", "organization", "internal"];
  const all = reaches.flatMap((reach) => ["write", "read", "comment"].map((right) => [reach, right]));
  const one = table(["reach", "rights"], all);
  assert.deepEqual(all.map((_, row) => one.risk(row)), all.map((_, row) => row));
});

test("rows of equal risk stay in the order of the table", () => {
  const rows = [2, 1, 0];
  const equal = [["public", "write"], ["public", "read|write"], ["public", "write"]];
  table(["reach", "rights"], equal).sortByRisk(rows);
  assert.deepEqual(rows, [0, 1, 2]);
});

test("a table of nothing is searched and sorted as well", () => {
  const empty = table(["a"], []);
  assert.deepEqual(empty.chosen("x", new Map([["a", "y"]])), []);
  assert.deepEqual(sorted(empty, "a"), []);
});
