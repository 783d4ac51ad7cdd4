// What is handed on as CSV: what is shown, and the plan of what is to be taken back.

/** @import { Overview } from "./shapes.d.ts" */
/** @import { Table } from "./table.js" */

/** The columns that a plan has after those of the table; `orglib exposure revoke --from-csv` takes it. */
const PLAN = ["decision", "reason", "by", "date", "report_org", "report_accesses"];

/**
 * @param {string[]} header
 * @param {string[][]} rows
 */
export function csv(header, rows) {
  return [header, ...rows].map((row) => row.map(quoted).join(",")).join("\n") + "\n";
}

/** @param {string} text */
function quoted(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Marked rows, in the order of the table, with what was decided and of which report.
 *
 * @param {Table} table
 * @param {Iterable<number>} marked
 * @param {Overview} overview
 * @param {{ reason: string, by: string, date: string }} decided
 */
export function plan(table, marked, overview, { reason, by, date }) {
  const more = ["revoke", reason, by, date, String(overview.org.id), String(overview.accesses)];
  const rows = [...marked].sort((one, other) => one - other);
  return csv([...table.names, ...PLAN], rows.map((row) => [...table.texts(row), ...more]));
}
