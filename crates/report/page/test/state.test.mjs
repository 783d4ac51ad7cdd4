import assert from "node:assert/strict";
import { test } from "node:test";
import { readState, writeState } from "../state.js";

const USUAL = { known: ["email", "path", "owner_id"], columns: ["email", "path"], language: "en" };

const read = (written) => readState(written, USUAL);

test("an address that says nothing is the usual view, and the other way round", () => {
  assert.deepEqual(read(""), {
    query: "", sorted: "", down: false, filters: new Map(), columns: ["email", "path"], language: "en",
  });
  assert.equal(writeState(read(""), USUAL), "");
});

test("what is written is read again as it was", () => {
  const state = {
    query: "отчёт & план=1 + 2 #3",
    sorted: "path",
    down: true,
    filters: new Map([["email", "=a&b@example.org"], ["path", "100% \u202e ✓"], ["recipient", "+7"]]),
    columns: ["email", "owner_id"],
    language: "ru",
  };
  const written = writeState(state, USUAL);
  assert.deepEqual(read(written), state);
  assert.match(written, /^[\w.%+=&*-]+$/, "nothing in it has to be escaped in a letter");
  assert.equal(writeState(read(written), USUAL), written);
});

test("an address says only what is not usual", () => {
  assert.equal(writeState({ ...read(""), query: "x" }, USUAL), "q=x");
  assert.equal(writeState({ ...read(""), columns: ["path"] }, USUAL), "columns=path");
  const filters = new Map([["reach", "=public"]]);
  assert.equal(writeState({ ...read(""), filters }, USUAL), "f.reach=%3Dpublic");
  assert.equal(writeState({ ...read(""), language: "ru" }, USUAL), "lang=ru");
});

test("columns that are not there are left out, and none that is said is the usual ones", () => {
  assert.deepEqual(read("columns=path,secret,email").columns, ["path", "email"]);
  assert.deepEqual(read("columns=").columns, ["email", "path"]);
});

test("a language that the page has not is English", () => {
  assert.equal(read("lang=de").language, "en");
  assert.equal(read("lang=ru-RU").language, "ru");
  assert.equal(readState("", { ...USUAL, language: "ru" }).language, "ru");
  assert.equal(readState("lang=en", { ...USUAL, language: "ru" }).language, "en");
});

test("what is no view is none, and breaks nothing", () => {
  for (const written of ["%", "=&=&", "f.=x", "__proto__=1&f.__proto__=2", "down=yes&sort=", "&&&"]) {
    const state = read(written);
    assert.deepEqual([state.query, state.sorted, state.down], ["", "", false], written);
  }
});

test("the usual columns are not changed with those of a view", () => {
  read("").columns.pop();
  assert.deepEqual(USUAL.columns, ["email", "path"]);
});
