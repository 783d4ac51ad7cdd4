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
export function plain(text) {
  return text.replace(UNSEEN, (one) => `⟨U+${number(one)}⟩`);
}

/** @param {string} letter */
function number(letter) {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
