// Elements, made without markup: text is only ever set as text.

import { plain } from "./text.js";

/** An attribute; a function listens to the event that the name has after `on`. */
/** @typedef {string | boolean | null | undefined | ((event: Event) => void)} Attribute */
/** @typedef {Node | string | null | undefined} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, Attribute>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onclick
 * @param {Record<string, Attribute>} [more]
 */
export function button(text, onclick, more = {}) {
  return make("button", { type: "button", ...more, onclick }, text);
}

/**
 * A box to tick; `onchange` is told whether it is.
 *
 * @param {boolean} checked
 * @param {(checked: boolean) => void} onchange
 * @param {Record<string, Attribute>} [more]
 */
export function checkbox(checked, onchange, more = {}) {
  const box = make("input", { type: "checkbox", ...more, onchange: () => onchange(box.checked) });
  box.checked = checked;
  return box;
}

/**
 * A field to write into that says what it is for.
 *
 * @param {string} id
 * @param {string} label
 * @param {Record<string, Attribute>} [more]
 */
export function field(id, label, more = {}) {
  return make("input", { id, placeholder: label, "aria-label": label, ...more });
}

/**
 * A text of others: it turns the order of nothing beside it.
 *
 * @param {string} text
 */
export function foreign(text) {
  return make("bdi", {}, plain(text));
}

/**
 * What scrolls by itself, and is reached by the keyboard.
 *
 * @param {string} label
 * @param {HTMLElement} content
 */
export function scrolling(label, content) {
  return make("div", { class: "view", tabindex: "0", role: "region", "aria-label": label }, content);
}

/**
 * Gives a text to the reader as a file.
 *
 * @param {string} name
 * @param {string} text
 */
export function save(name, text) {
  const file = new Blob([text], { type: "text/csv;charset=utf-8" });
  const link = make("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
