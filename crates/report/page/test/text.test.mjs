import assert from "node:assert/strict";
import { test } from "node:test";
import { plain } from "../text.js";

test("what turns the order of letters is shown by its number", () => {
  assert.equal(plain("a\u202efdp.exe"), "a⟨U+202E⟩fdp.exe");
  for (const code of [0x200e, 0x200f, 0x202a, 0x202d, 0x2066, 0x2069]) {
    assert.equal(plain(String.fromCodePoint(code)), `⟨U+${code.toString(16).toUpperCase()}⟩`);
  }
});

test("what has no width is shown by its number", () => {
  assert.equal(plain("pay\u200bpal"), "pay⟨U+200B⟩pal");
  assert.equal(plain("\ufeffa\u2060b"), "⟨U+FEFF⟩a⟨U+2060⟩b");
});

test("half a letter is shown by its number, and a whole one as it is", () => {
  assert.equal(plain("\ud83d!"), "⟨U+D83D⟩!");
  assert.equal(plain("\ude00"), "⟨U+DE00⟩");
  assert.equal(plain("😀"), "😀");
});

test("control characters are shown by numbers of at least four digits", () => {
  assert.equal(plain("a\u0000b\nc\td\u007fe\u0085"), "a⟨U+0000⟩b⟨U+000A⟩c⟨U+0009⟩d⟨U+007F⟩e⟨U+0085⟩");
});

test("every letter of a text is looked at, each time", () => {
  assert.equal(plain("\u202e\u202e"), "⟨U+202E⟩⟨U+202E⟩");
  assert.equal(plain("\u202e"), plain("\u202e"), "nothing is kept from the call before");
});

test("what people write stays", () => {
  const texts = ["", "naïve café", "Отчёт №1 — ё", "<img src=x onerror=alert(1)>", "日本語", "\u05e9\u05dc"];
  for (const text of texts) assert.equal(plain(text), text);
});
