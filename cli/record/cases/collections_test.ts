import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { recordBothWays, recordCase, refusal } from "./recorded_test_helper.ts";

test("record takes a map of entities, and collections by kind", () =>
  inFolder(async (cwd) => {
    const map = await recordCase(cwd, "21-entities-as-map/map.ndjson");
    const [seven, nine] = await map.at(0);
    assert.deepEqual([String(seven!["id"]), seven!["kind"], seven!["x"]], ["7", "entity", 1]);
    assert.deepEqual([String(nine!["id"]), nine!["kind"], nine!["x"]], ["9", "entity", 2]);
    const two = await recordCase(cwd, "21-entities-as-map/two.ndjson");
    const entities = [{ id: 1, kind: "players", x: 1 }, { id: 5, kind: "rockets", x: 2 }];
    assert.deepEqual(await two.at(0), entities);
    const named = ["--entities", "players,rockets"];
    assert.deepEqual(
      await (await recordCase(cwd, "21-entities-as-map/two.ndjson", ...named)).at(0),
      entities,
    );
    const frames = ["--format", "frames"];
    assert.deepEqual(
      await (await recordCase(cwd, "21-entities-as-map/two.ndjson", ...frames)).at(0),
      entities,
    );
  }));

test("record takes what a Colyseus room prints in one run", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(
      cwd,
      "34-colyseus-room/raw.ndjson",
      "--frame-key",
      "tick",
      "--time-key",
      "time",
    );
    const [one, two] = [
      { id: "q8Zk2LmA1", kind: "players" },
      { id: "Tt0_9xWcP", kind: "players" },
    ];
    assert.deepEqual(await recorded.at(0), [
      { ...two, x: 10.22, hp: 100, "inv.0": 1, "inv.length": 1, "buffs.length": 0 },
      {
        ...one,
        x: 0.54,
        hp: 100,
        "inv.0": 1,
        "inv.length": 1,
        target: "Tt0_9xWcP",
        "buffs.length": 0,
      },
    ]);
    assert.deepEqual(await recorded.at(3), [
      { ...two, x: 11.98, hp: 100, "inv.0": 1, "inv.length": 1, "buffs.length": 0 },
      {
        ...one,
        x: 2.13,
        hp: 100,
        "inv.0": 1,
        "inv.1": 303,
        "inv.length": 2,
        target: "Tt0_9xWcP",
        "buffs.length": 0,
      },
    ]);
    assert.deepEqual(await recorded.at(6), [
      { ...two, x: 13.45, hp: 100, "inv.length": 0, "buffs.haste": 50 },
      { ...one, x: 3.91, hp: 100, "inv.length": 0, target: "Tt0_9xWcP", "buffs.haste": 50 },
    ]);
    const { frames, rateHz, kinds } = await recorded.info();
    assert.deepEqual([frames, rateHz, kinds.length], [8, 20, 1]);
    assert.deepEqual([kinds[0]!.name, kinds[0]!.rows], ["players", 16]);
    assert.deepEqual((await recorded.frames())[7], [7, 1763812800350]);
  }));

test("record takes the same room as rows in one run", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(cwd, "34-colyseus-room/rows.ndjson");
    assert.deepEqual(await recorded.at(0), [
      {
        id: 1,
        kind: "player",
        x: 0.54,
        hp: 100,
        "inv.0": 1,
        "inv.length": 1,
        target: "Tt0_9xWcP",
        "buffs.length": 0,
      },
      { id: 2, kind: "player", x: 10.22, hp: 100, "inv.0": 1, "inv.length": 1, "buffs.length": 0 },
    ]);
    assert.deepEqual(await recorded.at(6), [
      {
        id: 1,
        kind: "player",
        x: 3.91,
        hp: 100,
        "inv.length": 0,
        target: "Tt0_9xWcP",
        "buffs.haste": 50,
      },
      { id: 2, kind: "player", x: 13.45, hp: 100, "inv.length": 0, "buffs.haste": 50 },
    ]);
  }));

/** A room that nests its collections, of every form, beside a state of its own. */
const NESTED = [
  '{"f":0,"t":0,"state":{"phase":"warmup","players":{"ada":{"x":1,"hp":9}},"rockets":[]}}',
  '{"f":1,"t":50,"state":{"phase":"play","players":{"ada":{"x":2,"hp":9},"bob":{"x":0,"hp":7}},' +
  '"rockets":[{"id":70,"x":5.5,"owner":"ada"}]},"winner":null}',
  '{"f":2,"t":100,"state":{"phase":"play","players":{},"rockets":[]},"winner":"ada"}',
];
const NESTED_LINES = [
  { f: 0, t: 0, id: "ada", kind: "players", x: 1, hp: 9 },
  { f: 1, t: 50, id: "ada", kind: "players", x: 2, hp: 9 },
  { f: 1, t: 50, id: "bob", kind: "players", x: 0, hp: 7 },
  { f: 1, t: 50, id: 70, kind: "rockets", x: 5.5, owner: "ada" },
];

for (const options of [[], ["--entities", "state.players,state.rockets"]]) {
  test(`record takes nested collections ${options.length === 0 ? "by itself" : "as named"}, and what else a frame holds as one entity`, () =>
    recordBothWays(NESTED, options, async (recorded) => {
      const lines = await recorded.lines();
      const ofEntities = lines.filter(({ kind }) => kind !== "frame");
      assert.deepEqual(ofEntities, NESTED_LINES);
      const ofFrames = lines.filter(({ kind }) => kind === "frame");
      assert.deepEqual(ofFrames, [
        { f: 0, t: 0, id: "frame", kind: "frame", "state.phase": "warmup" },
        { f: 1, t: 50, id: "frame", kind: "frame", "state.phase": "play" },
        { f: 2, t: 100, id: "frame", kind: "frame", "state.phase": "play", winner: "ada" },
      ]);
      assert.ok(recorded.notes.some((note) => note.includes("frame")), recorded.stderr);
    }));
}

test("record takes the kind that an entity has itself, and the whole path where two collections end alike", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"red":{"units":{"a":{"hp":1}}},"blue":{"units":{"b":{"hp":2},"c":{"hp":3,"kind":"boss"}}}}',
    ],
    ["--entities", "red.units,blue.units"],
    async (recorded) => {
      assert.deepEqual(await recorded.at(0), [
        { id: "a", kind: "red.units", hp: 1 },
        { id: "b", kind: "blue.units", hp: 2 },
        { id: "c", kind: "boss", hp: 3 },
      ]);
    },
  ));

test("record takes a list of events in a frame, and frames without any entity", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"players":{"ada":{"x":1}},"events":[{"ev":"shot","by":"ada"},{"ev":"hit","dmg":3}]}',
      '{"f":1,"t":50,"players":{},"events":[]}',
      '{"f":2,"t":100,"players":{"ada":{"x":2}},"events":[{"ev":"shot","by":"ada"}]}',
    ],
    [],
    async (recorded) => {
      const events = (await recorded.events()).map(({ f, ev, by, dmg }) => [f, ev, by, dmg]);
      assert.deepEqual(events, [
        [0, "shot", "ada", undefined],
        [0, "hit", undefined, 3],
        [2, "shot", "ada", undefined],
      ]);
      assert.deepEqual(await recorded.at(1), []);
    },
  ));

test("record names the key that a frame has where the frame's is missing", () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "in.ndjson");
    writeFileSync(path, '{"serverTick":5,"t":0,"players":{"ada":{"x":1}}}\n');
    assert.match(await refusal(path), /--frame-key serverTick/);
  }));

test("record says which collections may be meant where there are two ways to see them, and takes either", () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "in.ndjson");
    const rooms = '{"r1":{"a":{"x":1},"b":{"x":2}},"r2":{"a":{"x":3},"b":{"x":4}}}';
    writeFileSync(path, `{"f":0,"t":0,"rooms":${rooms}}\n`);
    assert.match(await refusal(path), /--entities rooms\b.*--entities rooms\.r1,rooms\.r2/);
  }));
