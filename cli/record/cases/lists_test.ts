import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { recordBothWays, recordCase } from "./recorded_test_helper.ts";

const ROW_0 = { f: 0, t: 0, id: 1, kind: "entity" };
const ROW_1 = { f: 1, t: 50, id: 1, kind: "entity" };

const CASES: readonly [file: string, lines: readonly object[]][] = [
  ["grow", [
    { ...ROW_0, "inv.0": 3, "inv.length": 1 },
    { ...ROW_1, "inv.0": 3, "inv.1": 8, "inv.length": 2 },
  ]],
  ["shrink", [
    { ...ROW_0, "inv.0": 3, "inv.1": 8, "inv.length": 2 },
    { ...ROW_1, "inv.0": 8, "inv.length": 1 },
  ]],
  ["map", [{ ...ROW_0, "ammo.rifle": 30 }, { ...ROW_1, "ammo.rifle": 29, "ammo.rocket": 1 }]],
  ["empty", [{ ...ROW_0, x: 1, "inv.length": 0 }, { ...ROW_1, x: 2, "inv.length": 0 }]],
];

for (const [file, lines] of CASES) {
  test(`record keeps the lists and maps of ${file}.ndjson`, () =>
    inFolder(async (cwd) => {
      const recorded = await recordCase(cwd, `09-lists/${file}.ndjson`);
      assert.deepEqual(await recorded.lines(), lines);
    }));
}

test("record keeps the length of a list that varies in every row of a file, of a pipe from the first that differs", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":1,"kind":"p","cards":["ace","ten"],"pos":[1,2,3]}',
      '{"f":0,"t":0,"id":2,"kind":"p","cards":["six","two"],"pos":[4,5,6]}',
      '{"f":1,"t":50,"id":1,"kind":"p","cards":["ace","ten"],"pos":[1,2,4]}',
      '{"f":1,"t":50,"id":2,"kind":"p","cards":["six"],"pos":[4,5,7]}',
      '{"f":2,"t":100,"id":1,"kind":"p","cards":["ace","ten"],"pos":[1,2,5]}',
      '{"f":2,"t":100,"id":2,"kind":"p","cards":[],"pos":[4,5,8]}',
    ],
    [],
    async (recorded) => {
      const early = recorded.way === "file" ? { "cards.length": 2 } : {};
      const [one, two] = [{ id: 1, kind: "p" }, { id: 2, kind: "p" }];
      const hand = { "cards.0": "ace", "cards.1": "ten" };
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, ...one, ...hand, ...early, "pos.0": 1, "pos.1": 2, "pos.2": 3 },
        {
          f: 0,
          t: 0,
          ...two,
          "cards.0": "six",
          "cards.1": "two",
          ...early,
          "pos.0": 4,
          "pos.1": 5,
          "pos.2": 6,
        },
        { f: 1, t: 50, ...one, ...hand, ...early, "pos.0": 1, "pos.1": 2, "pos.2": 4 },
        {
          f: 1,
          t: 50,
          ...two,
          "cards.0": "six",
          "cards.length": 1,
          "pos.0": 4,
          "pos.1": 5,
          "pos.2": 7,
        },
        { f: 2, t: 100, ...one, ...hand, "cards.length": 2, "pos.0": 1, "pos.1": 2, "pos.2": 5 },
        { f: 2, t: 100, ...two, "cards.length": 0, "pos.0": 4, "pos.1": 5, "pos.2": 8 },
      ]);
    },
  ));

test("record keeps lists of objects and of lists, each with the lengths that vary", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"a","inv":[],"grid":[[1,2],[3,4]]}',
      '{"f":1,"t":50,"id":"a","inv":[{"item":"bow","n":1}],"grid":[[1,2],[3,5]]}',
      '{"f":2,"t":100,"id":"a","inv":[{"item":"bow","n":1},{"item":"arrow","n":20}],"grid":[[1,2],[3,6]]}',
    ],
    [],
    async (recorded) => {
      const grid = { "grid.0.0": 1, "grid.0.1": 2, "grid.1.0": 3 };
      assert.deepEqual(await recorded.at(0), [
        { id: "a", kind: "entity", "inv.length": 0, ...grid, "grid.1.1": 4 },
      ]);
      assert.deepEqual(await recorded.at(2), [
        {
          id: "a",
          kind: "entity",
          "inv.0.item": "bow",
          "inv.0.n": 1,
          "inv.1.item": "arrow",
          "inv.1.n": 20,
          "inv.length": 2,
          ...grid,
          "grid.1.1": 6,
        },
      ]);
    },
  ));

test("record keeps an empty map, which one with members is none of", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"a","buffs":{}}',
      '{"f":1,"t":50,"id":"a","buffs":{"haste":3,"shield":{"hp":20}}}',
      '{"f":2,"t":100,"id":"a","buffs":{"shield":{}}}',
      '{"f":3,"t":150,"id":"a"}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: "a", kind: "entity", "buffs.length": 0 },
        { f: 1, t: 50, id: "a", kind: "entity", "buffs.haste": 3, "buffs.shield.hp": 20 },
        { f: 2, t: 100, id: "a", kind: "entity", "buffs.shield.length": 0 },
        { f: 3, t: 150, id: "a", kind: "entity" },
      ]);
    },
  ));

test("record ends the slots of a list and the entries of a map that sparse input empties", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"a","x":1,"inv":[7,8],"buffs":{"haste":3}}',
      '{"f":1,"t":50,"id":"a","inv":[9]}',
      '{"f":2,"t":100,"id":"a","inv":[],"buffs":{}}',
      '{"f":3,"t":150,"id":"a","x":2}',
      '{"f":4,"t":200,"id":"a","inv":[1,2,3],"buffs":{"slow":1}}',
    ],
    ["--sparse"],
    async (recorded) => {
      const early = recorded.way === "file" ? { "inv.length": 2 } : {};
      assert.deepEqual(await recorded.lines(), [
        {
          f: 0,
          t: 0,
          id: "a",
          kind: "entity",
          x: 1,
          "inv.0": 7,
          "inv.1": 8,
          ...early,
          "buffs.haste": 3,
        },
        {
          f: 1,
          t: 50,
          id: "a",
          kind: "entity",
          x: 1,
          "inv.0": 9,
          "inv.length": 1,
          "buffs.haste": 3,
        },
        { f: 2, t: 100, id: "a", kind: "entity", x: 1, "inv.length": 0, "buffs.length": 0 },
        { f: 3, t: 150, id: "a", kind: "entity", x: 2, "inv.length": 0, "buffs.length": 0 },
        {
          f: 4,
          t: 200,
          id: "a",
          kind: "entity",
          x: 2,
          "inv.0": 1,
          "inv.1": 2,
          "inv.2": 3,
          "inv.length": 3,
          "buffs.slow": 1,
        },
      ]);
    },
  ));

test("record gives a list of fixed length no length, nulls in it or not", () =>
  recordBothWays(
    ['{"f":0,"t":0,"id":1,"aim":[1,null]}', '{"f":1,"t":50,"id":1,"aim":[2,3]}'],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { ...ROW_0, "aim.0": 1 },
        { ...ROW_1, "aim.0": 2, "aim.1": 3 },
      ]);
    },
  ));
