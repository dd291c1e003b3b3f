import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { caseFile, check, recordBothWays, recordCase, refusal } from "./recorded_test_helper.ts";

const IDS: readonly [file: string, id: string][] = [
  ["uuid", "3f1f9a1e-7c55-4a53-8a0f-aa31f1c0de01"],
  ["session", "kJ8a_Qz1P"],
  ["u64", "76561198000000123"],
  ["numeric-text", "17"],
];

for (const [file, id] of IDS) {
  test(`record takes ids like those of ${file}.ndjson, and at names them`, () =>
    inFolder(async (cwd) => {
      const recorded = await recordCase(cwd, `06-ids/${file}.ndjson`);
      const entities = [{ id, kind: "player", x: 1 }];
      assert.deepEqual(await recorded.at(0), entities);
      assert.deepEqual(await recorded.at(0, "--entity", id), entities);
      assert.deepEqual(await recorded.lines(), [{ f: 0, t: 0, ...entities[0] }]);
    }));
}

/** Ids as a line spells them, and as they are printed. */
const SPELT: readonly [line: string, printed: string | number][] = [
  ["7", 7],
  ['"8"', "8"],
  ["4294967295", 4294967295],
  ["4294967296", 4294967296],
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", "9007199254740993"],
  ["18446744073709551615", "18446744073709551615"],
  ['"18446744073709551614"', "18446744073709551614"],
  ["-5", -5],
  ["-9223372036854775808", "-9223372036854775808"],
  ["2.5", 2.5],
  ['"007"', "007"],
  ['"+9"', "+9"],
  ['"1e3"', "1e3"],
  ['"true"', "true"],
  ['"__proto__"', "__proto__"],
  ['"a b"', "a b"],
  ['"a\\"b\\\\c,d"', 'a"b\\c,d'],
  ['"\\u0001\\u001b[31m"', "\u0001\u001b[31m"],
  ['"日本語😀"', "日本語😀"],
  ['"{3F2504E0-4F89-11D3-9A0C-0305E82C3301}"', "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}"],
  ['"wolf:3"', "wolf:3"],
];

test("record keeps ids of every spelling through frames in any order, from a file and a pipe", () => {
  const rows = (f: number) =>
    SPELT.map(([line], x) => `{"f":${f},"t":${f * 50},"id":${line},"x":${x}}`);
  const lines = [...rows(0), ...rows(1).toReversed()];
  return recordBothWays(lines, [], async (recorded) => {
    for (const frame of [0, 1]) {
      const entities = await recorded.at(frame);
      const printed = new Map(entities.map(({ id, x }) => [x, id]));
      assert.deepEqual(SPELT.map((_, x) => printed.get(x)), SPELT.map(([, id]) => id));
      assert.equal(entities.length, SPELT.length);
    }
    for (const [x, [, id]] of SPELT.entries()) {
      const entities = await recorded.at(0, "--entity=" + id);
      assert.deepEqual(entities, [{ id, kind: "entity", x }]);
    }
  });
});

test('record takes 17 and "17" for one entity, printed as it was spelt first', () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"17","x":1}',
      '{"f":0,"t":0,"id":18,"x":2}',
      '{"f":1,"t":50,"id":17,"x":3}',
      '{"f":1,"t":50,"id":"18","x":4}',
      '{"f":1,"t":50,"id":19000000000000000000,"x":5}',
      '{"f":2,"t":100,"id":"19000000000000000000","x":6}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: "17", kind: "entity", x: 1 },
        { f: 0, t: 0, id: 18, kind: "entity", x: 2 },
        { f: 1, t: 50, id: "17", kind: "entity", x: 3 },
        { f: 1, t: 50, id: 18, kind: "entity", x: 4 },
        { f: 1, t: 50, id: "19000000000000000000", kind: "entity", x: 5 },
        { f: 2, t: 100, id: "19000000000000000000", kind: "entity", x: 6 },
      ]);
    },
  ));

test("record takes an id for another entity in each kind with --ids-by-kind, and names it where it is needed", () =>
  inFolder(async (cwd) => {
    const path = caseFile("06-ids/per-kind.ndjson");
    assert.match(
      await refusal(path),
      /per-kind\.ndjson:2:19: .*two rows in frame 0.*--ids-by-kind/,
    );
    const { code, faults, command } = await check(path);
    assert.deepEqual([code, faults.length, faults[0]?.code], [1, 1, "id-twice"]);
    assert.match(command!, /--ids-by-kind/);
    const recorded = await recordCase(cwd, "06-ids/per-kind.ndjson", "--ids-by-kind");
    const [player, rocket] = [
      { id: 1, kind: "player", x: 1 },
      { id: 1, kind: "rocket", x: 1 },
    ];
    assert.deepEqual(await recorded.at(0), [player, rocket]);
    assert.deepEqual(await recorded.at(0, "--entity", "rocket:1"), [rocket]);
    assert.deepEqual(await recorded.at(0, "--entity", "player:1"), [player]);
  }));

test("record keeps an id of several kinds apart through kinds that come and go", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"a","kind":"wolf","hp":3}',
      '{"f":1,"t":50,"id":"a","kind":"wolf","hp":2}',
      '{"f":1,"t":50,"id":"a","kind":"sheep","wool":1.5}',
      '{"f":2,"t":100,"id":"a","kind":"sheep","wool":1.25}',
      '{"f":2,"t":100,"id":5,"kind":"sheep","wool":1}',
      '{"f":2,"t":100,"id":5,"kind":"wolf","hp":9}',
    ],
    ["--ids-by-kind"],
    async (recorded) => {
      assert.deepEqual(await recorded.at(1), [
        { id: "a", kind: "sheep", wool: 1.5 },
        { id: "a", kind: "wolf", hp: 2 },
      ]);
      assert.deepEqual(await recorded.at(2, "--entity", "a"), [
        { id: "a", kind: "sheep", wool: 1.25 },
      ]);
      assert.deepEqual(await recorded.at(2, "--entity", "wolf:5"), [
        { id: 5, kind: "wolf", hp: 9 },
      ]);
    },
  ));

test("record names entities in events as their rows do", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":76561198000000123,"x":1}',
      '{"f":0,"t":0,"id":"kJ8a_Qz1P","x":1}',
      '{"f":0,"ev":"shot","by":76561198000000123,"at":"kJ8a_Qz1P"}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.events(), [
        { f: 0, ev: "shot", by: "76561198000000123", at: "kJ8a_Qz1P" },
      ]);
    },
  ));

test("record refuses ids that name nothing, with the place", () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "bad.ndjson");
    for (const id of ["null", "true", "[1]", '{"a":1}', "1e400"]) {
      writeFileSync(path, `{"f":0,"t":0,"id":1,"x":1}\n{"f":1,"t":50,"id":${id},"x":1}\n`);
      assert.match(await refusal(path), /bad\.ndjson:2(:\d+)?: .*"id"|1e400/, id);
    }
  }));
