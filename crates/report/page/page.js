// The page: its parts, and what each asks of the others.

import { make } from "./dom.js";
import { Grid } from "./grid.js";
import { head } from "./head.js";
import { sections } from "./sections.js";
import { tools } from "./tools.js";
import { unread } from "./unread.js";

/** @import { Shown } from "./shown.js" */
/** @import { Language } from "./words.js" */

export class Page {
  /**
   * @param {Shown} shown
   * @param {HTMLElement} root Where it is drawn.
   */
  constructor(shown, root) {
    this.shown = shown;
    this.root = root;
    this.counted = make("output", { "aria-live": "polite" });
    this.grid = this.newGrid();
  }

  newGrid() {
    const asked = {
      chosen: () => this.paint(),
      sorted: (/** @type {string} */ name) => {
        this.drawTable();
        this.grid.focus(name);
      },
    };
    return new Grid(this.shown, asked, this.counted);
  }

  /** Draws everything. */
  draw() {
    const { shown } = this;
    document.documentElement.lang = shown.state.language;
    this.grid = this.newGrid();
    const asked = { chosen: () => this.paint(), columns: () => this.drawTable(), all: () => this.draw() };
    const parts = [
      head(shown, (language) => this.speak(language)),
      ...sections(shown, (filters) => this.lead(filters)),
      tools(shown, asked, this.counted),
      this.grid.view,
      unread(shown),
    ];
    this.root.replaceChildren(...parts.filter((part) => part !== null));
    this.paint();
  }

  /** Draws the table again, where its head has changed. */
  drawTable() {
    const old = this.grid;
    this.grid = this.newGrid();
    old.view.replaceWith(this.grid.view);
    this.paint();
  }

  /** Shows the rows, and writes the view into the address. */
  paint() {
    this.grid.paint();
    const { address } = this.shown;
    history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
  }

  /** @param {Language} language */
  speak(language) {
    this.shown.state.language = language;
    this.draw();
  }

  /** @param {Record<string, string>} filters */
  lead(filters) {
    this.shown.filter(filters);
    this.paint();
    this.grid.lead();
  }
}
