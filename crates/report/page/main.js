// The beginning: what is in the file is unpacked and shown. Nothing is asked for from anywhere.

import { Page } from "./page.js";
import { Shown } from "./shown.js";
import { Table } from "./table.js";

/** @import { Facts, Packed } from "./shapes.d.ts" */

/** @param {string} id */
function content(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no ${id}`);
  return element;
}

/**
 * @param {string} packed
 * @returns {Promise<Packed>}
 */
function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed.trim()), (one) => one.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function begin() {
  /** @type {Facts} */
  const facts = JSON.parse(content("facts").textContent ?? "");
  const table = new Table(await unpack(content("rows").textContent ?? ""));
  const address = () => location.hash.slice(1);
  const shown = new Shown(facts, table, { address: address(), language: navigator.language ?? "en" });
  const page = new Page(shown, content("page"));
  page.draw();
  addEventListener("hashchange", () => {
    shown.address = address();
    page.draw();
  });
  addEventListener("resize", () => page.grid.paint());
  addEventListener("beforeprint", () => page.grid.print());
  addEventListener("afterprint", () => page.grid.paint());
  document.documentElement.dataset.ready = "";
}

begin();
