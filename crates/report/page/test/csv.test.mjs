import assert from "node:assert/strict";
import { test } from "node:test";
import { csv, plan } from "../csv.js";
import { ACCESSES, OVERVIEW } from "./tables.mjs";

test("a cell is quoted where a comma, a quote or a line's end stands in it, and nowhere else", () => {
  for (const cell of ["plain", "", " spaces ", "=1+1", "a;b", "it's", "план"]) {
    assert.equal(csv(["h"], [[cell]]), `h\n${cell}\n`);
  }
  assert.equal(csv(["h"], [["a,b"]]), 'h\n"a,b"\n');
  assert.equal(csv(["h"], [['say "no"']]), 'h\n"say ""no"""\n');
  for (const cell of ["one\ntwo", "one\rtwo", "one\r\ntwo"]) {
    assert.equal(csv(["h"], [[cell]]), `h\n"${cell}"\n`);
  }
});

test("names of columns are quoted too, and every line ends", () => {
  assert.equal(csv(["a,b", "c"], []), '"a,b",c\n');
  assert.equal(csv(["a", "b"], [["1", "2"], ["3", "4"]]), "a,b\n1,2\n3,4\n");
});

test("a plan has marked rows in the order of the table, with what was decided and of which report", () => {
  const decided = { reason: "nobody, knows", by: "clara", date: "2026-11-27" };
  const lines = plan(ACCESSES, new Set([3, 1]), OVERVIEW, decided).split("\n");
  const more = ',revoke,"nobody, knows",clara,2026-11-27,7,5';
  assert.deepEqual(lines, [
    "email,path,rights,reach,name,recipient,decision,reason,by,date,report_org,report_accesses",
    "boris@example.org,/disk/Plan 9.xlsx,read|write,public,Plan 9.xlsx," + more,
    "clara@example.org,/disk/Бюджет,write,external,Бюджет,guest@elsewhere.example" + more,
    "",
  ]);
});

test("a plan of nothing has its columns only", () => {
  const decided = { reason: "", by: "", date: "2026-11-27" };
  assert.equal(plan(ACCESSES, [], OVERVIEW, decided).trim().split("\n").length, 1);
});
