import assert from "node:assert/strict";
import { test } from "node:test";
import { WORDS, spoken } from "../words.js";

/** @param {string} word */
const example = (word) => (typeof word === "function" ? word(...Array(word.length).fill({})) : word);

test("English and Russian have words for the same", () => {
  assert.deepEqual(Object.keys(WORDS.ru).sort(), Object.keys(WORDS.en).sort());
  for (const [key, word] of Object.entries(WORDS.en)) {
    assert.equal(typeof WORDS.ru[key], typeof word, key);
    if (typeof word === "function") assert.equal(WORDS.ru[key].length, word.length, key);
  }
});

test("every word is in its own letters", () => {
  for (const [key, word] of Object.entries(WORDS.en)) assert.match(example(word), /^[ -~]+$/, key);
  for (const [key, word] of Object.entries(WORDS.ru)) assert.match(example(word), /[а-яё]|CSV/i, key);
});

test("every number that a sentence is given is said, in both languages", () => {
  const change = { new: 11, gone: 22, changed: 33, widened: 44 };
  for (const words of Object.values(WORDS)) {
    for (const key of ["verdict", "filtered", "cut", "printed"]) {
      assert.match(words[key](123, 456), /123.*456/, key);
    }
    assert.match(words.incomplete(789), /789/);
    assert.match(words.change(change), /11.*22.*33.*44/);
  }
});

test("a report that is not complete says so in capitals", () => {
  assert.match(WORDS.en.incomplete(3), /^NOT COMPLETE: 3 /);
  assert.match(WORDS.ru.incomplete(3), /^НЕ ПОЛНО: .* 3;/);
  assert.match(WORDS.en.cut(1, 2), /^NOT ALL ROWS/);
  assert.match(WORDS.ru.cut(1, 2), /^НЕ ВСЕ СТРОКИ/);
});

test("Russian is for readers of Russian, English for all others", () => {
  assert.deepEqual(["ru", "ru-RU", "en-GB", "de", ""].map(spoken), ["ru", "ru", "en", "en", "en"]);
});
