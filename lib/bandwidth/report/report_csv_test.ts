import assert from "node:assert/strict";
import { test } from "node:test";
import { csvHeader, csvRow } from "./report_csv.ts";
import type { WindowRow } from "./window_row.ts";

function row(given: Partial<WindowRow>): WindowRow {
  const texts = { run: "r", ack: "strict", codec: "varint", net: "lan" };
  return { ...texts, seed: 1, second: 2, consumer: 3, wireBytes: 4000, kbps: 32.5, ...given };
}

test("csvHeader() names the columns", () => {
  assert.equal(csvHeader(), "run,ack,codec,net,seed,second,consumer,wire_bytes,kbps\r\n");
});

test("csvRow() writes texts as they are and quotes by RFC 4180", () => {
  assert.equal(csvRow(row({})), "r,strict,varint,lan,1,2,3,4000,32.5\r\n");
  const pairs: [net: string, cell: string][] = [
    ["delay=50,loss=2%", '"delay=50,loss=2%"'],
    ['the "good" one', '"the ""good"" one"'],
    ["two\nlines", '"two\nlines"'],
    ["a\rb", '"a\rb"'],
    ["größe", "größe"],
    ["", ""],
  ];
  for (const [net, cell] of pairs) {
    assert.equal(csvRow(row({ net })), `r,strict,varint,${cell},1,2,3,4000,32.5\r\n`);
  }
});

test("csvRow() keeps a text from being a formula", () => {
  const pairs: [net: string, cell: string][] = [
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", `"'\r=1"`],
    [`=HYPERLINK("x","y")`, `"'=HYPERLINK(""x"",""y"")"`],
    ["a=1", "a=1"],
  ];
  for (const [net, cell] of pairs) {
    assert.equal(csvRow(row({ net })), `r,strict,varint,${cell},1,2,3,4000,32.5\r\n`);
  }
});
