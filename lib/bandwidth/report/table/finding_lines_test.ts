import assert from "node:assert/strict";
import { test } from "node:test";
import type { Finding } from "../finding.ts";
import { findingLines } from "./finding_lines.ts";
import { COLORED, PLAIN } from "../table_text.ts";

const FINDING: Finding = {
  code: "over-mtu",
  severity: "error",
  runs: ["strict varint 4g"],
  text: "packets are larger than the MTU",
  evidence: "3 % of the datagrams lost became 11.3 % of the packets",
  remedy: "codec varint",
};

test("findingLines() gives each finding its severity, code, figures and remedy", () => {
  assert.equal(
    findingLines([FINDING], 1, PLAIN),
    `findings
error    over-mtu  packets are larger than the MTU
         3 % of the datagrams lost became 11.3 % of the packets
         -> codec varint`,
  );
  const of = findingLines([FINDING], 3, PLAIN).split("\n")[1];
  assert.equal(of, "error    over-mtu  packets are larger than the MTU (1 of 3 runs)");
});

test("findingLines() says where nothing stands out", () => {
  assert.equal(findingLines([], 2, PLAIN), "findings  nothing stands out");
});

test("findingLines() shows ten, and how many more there are", () => {
  const many = Array.from({ length: 13 }, (_, i) => ({ ...FINDING, code: `code-${i}` }));
  const lines = findingLines(many, 1, PLAIN).split("\n");
  assert.equal(lines.filter((line) => line.startsWith("error")).length, 10);
  assert.equal(lines.at(-1), "3 more in the JSON");
});

test("findingLines() keeps within 80 columns, and escapes what steers a terminal", () => {
  const text = "a long sentence that goes on ".repeat(9);
  const hostile = { ...FINDING, text, evidence: `\u001b[2J${"x".repeat(900)}`, remedy: "a\nb" };
  const lines = findingLines([hostile], 1, PLAIN).split("\n");
  assert.ok(lines.every((line) => line.length <= 80));
  assert.ok(lines.length < 20);
  assert.ok(!lines.join("").includes("\u001b"));
  assert.ok(lines.at(-1)!.endsWith("-> a\\u{a}b"));
});

test("findingLines() colours severities apart", () => {
  const heads = (["error", "warning", "note"] as const).map((severity) =>
    findingLines([{ ...FINDING, severity }], 1, COLORED).split("\n")[1]!.split(severity)[0]
  );
  assert.equal(new Set(heads).size, 3);
});

test("findingLines() does not part a number from its percent sign", () => {
  const evidence = `${"x".repeat(63)} 11.3 % of ${"y".repeat(68)} 3 %`;
  const lines = findingLines([{ ...FINDING, evidence }], 1, PLAIN).split("\n").slice(2, -1);
  assert.ok(lines.length > 1);
  assert.ok(lines.every((line) => !/^ *%/.test(line) && line.length <= 80));
  assert.equal(lines.map((line) => line.trim()).join(" "), evidence);
});
