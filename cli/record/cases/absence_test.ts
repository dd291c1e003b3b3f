import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { caseFile, check, recordBothWays, recordCase } from "./recorded_test_helper.ts";

const SCHEMA = ["--schema", caseFile("08-null-and-skip-bad/schema.json")];

for (const options of [[], SCHEMA]) {
  test(`record takes null for absence ${options.length === 0 ? "by itself" : "as the schema allows it"}`, () =>
    inFolder(async (cwd) => {
      const recorded = await recordCase(cwd, "08-null-and-skip-bad/state.ndjson", ...options);
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: 1, kind: "entity", x: 1, aim: 5 },
        { f: 0, t: 0, id: 2, kind: "entity", x: 1, aim: 5 },
        { f: 1, t: 50, id: 1, kind: "entity", x: 2 },
        { f: 1, t: 50, id: 2, kind: "entity", x: 2, aim: 6 },
        { f: 2, t: 100, id: 1, kind: "entity", x: 3, aim: 7 },
        { f: 2, t: 100, id: 2, kind: "entity", x: 3, aim: 7 },
      ]);
      assert.equal(recorded.notes.length, options.length === 0 ? 1 : 0, recorded.stderr);
      if (options.length === 0) assert.match(recorded.notes[0]!, /\baim\b/);
    }));
}

test("record makes a field optional wherever some rows lack it, and notes it once a kind", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":1,"kind":"tank","x":1,"ammo":null}',
      '{"f":0,"t":0,"id":2,"kind":"plane","x":1,"alt":900.5}',
      '{"f":1,"t":50,"id":1,"kind":"tank","x":2,"ammo":31,"driver":"ada"}',
      '{"f":1,"t":50,"id":2,"kind":"plane","x":2}',
      '{"f":2,"t":100,"id":1,"kind":"tank","x":3,"driver":null,"isOnFire":true}',
      '{"f":2,"t":100,"id":2,"kind":"plane","x":null,"alt":-0.5}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: 1, kind: "tank", x: 1 },
        { f: 0, t: 0, id: 2, kind: "plane", x: 1, alt: 900.5 },
        { f: 1, t: 50, id: 1, kind: "tank", x: 2, ammo: 31, driver: "ada" },
        { f: 1, t: 50, id: 2, kind: "plane", x: 2 },
        { f: 2, t: 100, id: 1, kind: "tank", x: 3, isOnFire: true },
        { f: 2, t: 100, id: 2, kind: "plane", alt: -0.5 },
      ]);
      const [tank, plane] = ["tank", "plane"].map((kind) =>
        recorded.notes.filter((note) => note.includes(kind))
      );
      assert.deepEqual([tank!.length, plane!.length], [1, 1], recorded.stderr);
      assert.match(tank![0]!, /ammo/);
      assert.match(plane![0]!, /alt/);
    },
  ));

test("record ends a field by null in sparse input, and keeps one that is left out", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":"a","x":1,"aim":5}',
      '{"f":1,"t":50,"id":"a","x":2}',
      '{"f":2,"t":100,"id":"a","aim":null}',
      '{"f":3,"t":150,"id":"a","x":4}',
      '{"f":4,"t":200,"id":"a","aim":9}',
    ],
    ["--sparse"],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: "a", kind: "entity", x: 1, aim: 5 },
        { f: 1, t: 50, id: "a", kind: "entity", x: 2, aim: 5 },
        { f: 2, t: 100, id: "a", kind: "entity", x: 2 },
        { f: 3, t: 150, id: "a", kind: "entity", x: 4 },
        { f: 4, t: 200, id: "a", kind: "entity", x: 4, aim: 9 },
      ]);
    },
  ));

test("record takes null where an object, a list or a map stands in other rows", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":1,"x":1,"pos":{"x":1,"y":2},"inv":[4,5],"buffs":{"haste":2}}',
      '{"f":1,"t":50,"id":1,"x":1,"pos":null,"inv":null,"buffs":null}',
      '{"f":2,"t":100,"id":1,"x":1,"pos":{"x":3,"y":null},"inv":[4,null],"buffs":{"haste":null}}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        {
          f: 0,
          t: 0,
          id: 1,
          kind: "entity",
          x: 1,
          "pos.x": 1,
          "pos.y": 2,
          "inv.0": 4,
          "inv.1": 5,
          "buffs.haste": 2,
        },
        { f: 1, t: 50, id: 1, kind: "entity", x: 1 },
        { f: 2, t: 100, id: 1, kind: "entity", x: 1, "pos.x": 3, "inv.0": 4 },
      ]);
    },
  ));

test("record --check has nothing to say of rows that lack fields, but for a schema that forbids it", () =>
  inFolder(async () => {
    const fine = await check(caseFile("08-null-and-skip-bad/state.ndjson"));
    assert.deepEqual([fine.code, fine.faults], [0, []]);
  }));
