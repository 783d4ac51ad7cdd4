// Tables for tests, packed as the report packs them.
import { Table } from "../table.js";

/**
 * @param {string[]} names
 * @param {string[][]} rows
 */
export function table(names, rows) {
  const columns = names.map((name, place) => {
    const words = [...new Set(rows.map((row) => row[place]))];
    return { name, words, cells: rows.map((row) => words.indexOf(row[place])) };
  });
  return new Table({ count: rows.length, columns });
}

export const ACCESSES = table(["email", "path", "rights", "reach", "name", "recipient"], [
  ["anna@example.org", "/disk/Plan 10.xlsx", "read", "internal", "Plan 10.xlsx", "boris@example.org"],
  ["boris@example.org", "/disk/Plan 9.xlsx", "read|write", "public", "Plan 9.xlsx", ""],
  ["Anna@example.org", "/disk/=1+1", "read_without_download", "public", "=1+1", ""],
  ["clara@example.org", "/disk/Бюджет", "write", "external", "Бюджет", "guest@elsewhere.example"],
  ["clara@example.org", "/disk/a,\"b\"", "comment", "unknown", "a,\"b\"", ""],
]);

export const FACTS = {
  title: "What is shared", lines: [], begins: ["Organization 7"], totals: [], not_read: null, translations: {},
  overview: null, language: null, rows_in_page: 5, rows_of: 5,
};

export const OVERVIEW = {
  org: { id: 7 }, begins: { org: 7, read_at: "2026-11-27 10:00 UTC", robots: 0, resumed: null }, accesses: 5, open_to_everybody: { resources: 2, for_writing: 1 },
  tiles: [], owners: [], departments: [], outside: [], change: null,
  stale: { owner_blocked: 0, owner_dismissed: 0, unchanged_for_a_year: 0, without_end: 0 },
};
