import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { costList } from "./cost_list.ts";
import { entityList, kindList } from "./dearest_lists.ts";
import type { RunReport } from "./run_report.ts";
import { sampleRun } from "./sample_report_test_helper.ts";
import { PLAIN } from "./table_text.ts";
import { textWidth } from "./text_width.ts";

const HOSTILE = `\u001b[2J${"速".repeat(90)}\u202e`;

type Parts = Pick<RunReport, "costs" | "fields">;

/** Fields of a kind with so many bits each, of a wire of 1000 bits, sent twice each. */
function partsOf(kind: string, ...bits: number[]): Parts {
  const fields = bits.map((bits, i) => ({
    ...{ kind, field: `f${i}`, bits, share: 0, changes: 2, bitsPerChange: bits / 2 },
  }));
  const costs = fields.map(({ field }, i) => ({
    ...{ part: "field" as const, kind, field, bits: bits[i]!, share: bits[i]! / 1000 },
  }));
  return { fields, costs };
}

function kind(name: string, bits: number, framingBits: number, records: number) {
  const bitsPerRecord = bits / Math.max(1, records);
  return { kind: name, bits, share: bits / 1000, framingBits, records, bitsPerRecord };
}

describe("costList()", () => {
  test("has ten lines and the rest, with the bits of a send where there are sends", () => {
    const parts = partsOf("k", 120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20);
    const costs: RunReport["costs"] = [
      ...parts.costs,
      { part: "udp", bits: 60, share: 0.06 },
      { part: "ip", bits: 150, share: 0.15 },
      { part: "tables", bits: 10, share: 0.01 },
      { part: "pieces", bits: 10, share: 0.01 },
    ];
    const lines = costList([sampleRun({ ...parts, costs })], PLAIN).split("\n");
    assert.equal(lines.length, 12);
    assert.equal(lines[0], "where the bytes go, share of the wire");
    assert.equal(lines[1], `IP and UDP headers  21.0 % ${"█".repeat(30)}`);
    assert.equal(lines[2], `k.f0                12.0 % ${"█".repeat(17)} 60 bits a send`);
    assert.equal(lines[10], `k.f8                 4.0 % ${"█".repeat(6)} 20 bits a send`);
    // f9, f10, tables, pieces: 30 + 20 + 10 + 10.
    assert.equal(lines[11], "the other 4          7.0 %");
  });

  test("takes the mean of the shares over runs, and of the bits over all changes", () => {
    const runs = [sampleRun(partsOf("k", 300, 600)), sampleRun(partsOf("k", 100))];
    assert.equal(
      costList(runs, PLAIN),
      `where the bytes go, mean share over 2 runs
k.f1  30.0 % ${"█".repeat(30)} 300 bits a send
k.f0  20.0 % ${"█".repeat(20)} 100 bits a send`,
    );
  });

  test("keeps long names of fields apart", () => {
    const fields = ["left", "right"].map((side) => `${"u".repeat(60)}${side}${"v".repeat(60)}`);
    const costs = fields.map((field) => ({
      ...{ part: "field" as const, kind: "k", field, bits: 100, share: 0.5 },
    }));
    const [, first, second] = costList([sampleRun({ costs, fields: [] })], PLAIN).split("\n");
    assert.match(first!, /^k\.u+…leftv+…v+ +50\.0 %/);
    assert.match(second!, /^k\.u+…rightv+…v+ +50\.0 %/);
  });

  test("is empty where nothing was sent, and no line exceeds 80 columns", () => {
    assert.equal(costList([], PLAIN), "");
    assert.equal(costList([sampleRun({ costs: [] })], PLAIN), "");
    const text = costList([sampleRun(partsOf(HOSTILE, 1000))], PLAIN);
    assert.match(text, /\\u\{1b\}\[2J速速/);
    for (const line of text.split("\n")) assert.ok(textWidth(line) <= 80, line);
  });
});

describe("kindList()", () => {
  test("tells share, record and framing of each kind, means over runs", () => {
    const runs = [
      sampleRun({ kinds: [kind("player", 800, 100, 10), kind("door", 200, 200, 100)] }),
      sampleRun({ kinds: [kind("door", 400, 100, 20), kind("player", 200, 50, 10)] }),
    ];
    assert.equal(
      kindList(runs, PLAIN),
      `2 kinds, mean share over 2 runs
player  50.0 %  50 bits a record (15.0 % ids and masks)
door    30.0 %  5 bits a record (50.0 % ids and masks)`,
    );
  });

  test("has nothing to say of one kind, nor of kinds that were never sent", () => {
    const kinds = [kind("player", 800, 100, 10), kind("door", 0, 0, 0)];
    assert.equal(kindList([sampleRun({ kinds })], PLAIN), "");
    assert.equal(kindList([], PLAIN), "");
  });

  test("lists the five dearest of many, in lines of 80 columns", () => {
    const kinds = Array.from({ length: 9 }, (_, i) => kind(`${i}${HOSTILE}`, 900 - i, 3, 1));
    const lines = kindList([sampleRun({ kinds })], PLAIN).split("\n");
    assert.equal(lines[0], "dearest 5 of 9 kinds, share of the payload");
    assert.equal(lines.length, 6);
    for (const line of lines) {
      assert.ok(textWidth(line) <= 80, line);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe("entityList()", () => {
  const entities = (...bits: number[]) =>
    bits.map((bits, i) => ({ id: `e${i}`, kind: "player", bits, share: bits / 1000 }));
  const kinds = [kind("player", 800, 100, 10)];

  test("lists who costs more than others", () => {
    // The mean of 8 entities is 100 bits.
    const given = { kinds, entities: entities(150, 140, 130, 120, 110, 50), entityCount: 8 };
    assert.equal(
      entityList([sampleRun(given)], PLAIN),
      `dearest 5 of 8 entities, share of the payload
e0 player  15.0 %
e1 player  14.0 %
e2 player  13.0 %
e3 player  12.0 %
e4 player  11.0 %`,
    );
    const [title] = entityList([sampleRun(given), sampleRun()], PLAIN).split("\n");
    assert.equal(title, "dearest 5 of 8 entities, share of the payload of the first run");
  });

  test("has nothing to say where all cost about the same, or nothing was sent", () => {
    const given = { kinds, entities: entities(149, 140, 130), entityCount: 8 };
    assert.equal(entityList([sampleRun(given)], PLAIN), "");
    assert.equal(entityList([sampleRun({ entities: [], entityCount: 0 })], PLAIN), "");
    assert.equal(entityList([], PLAIN), "");
  });

  test("keeps long ids and kinds apart, and shows an empty id", () => {
    const far = (end: string) => `${"n".repeat(50)}${end}${"m".repeat(50)}`;
    const entities = [far("1"), far("2"), ""].map((id, i) => ({
      ...{ id, kind: far(i === 2 ? "x" : "y"), bits: 300 - i, share: 0.3 },
    }));
    const text = entityList([sampleRun({ kinds, entities, entityCount: 9 })], PLAIN);
    assert.match(text, /\nn+…1m+…m+ n+…ym+…m+ .*\nn+…2m+…m+ n+…ym+…m+ .*\n"" +n+…xm+…m+ /);
  });

  test("shows ids and kinds as text, in lines of 80 columns", () => {
    const hostile = [{ id: HOSTILE, kind: HOSTILE, bits: 700, share: 0.7 }];
    const text = entityList([sampleRun({ kinds, entities: hostile, entityCount: 4 })], PLAIN);
    for (const line of text.split("\n")) {
      assert.ok(textWidth(line) <= 80, line);
      assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
    }
  });
});
