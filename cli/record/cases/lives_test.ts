import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { FileSource, RecordingReader } from "../../../lib/recording.ts";
import { recordBothWays, recordCase } from "./recorded_test_helper.ts";

/** Entities of a recording's frames, and the ids that name them. */
async function tracks(path: string, ...frames: readonly number[]) {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    const entities: number[][] = [];
    for (const frame of frames) {
      const answer = await reader.at(frame);
      assert.ok(answer.found);
      entities.push(answer.state.toFrame().entities.map(({ id }) => id));
    }
    return { entities, ids: entities.flat().map((entity) => reader.names.idOf(entity)) };
  } finally {
    source.close();
  }
}

test("record makes another track of an id that is freed and taken again in one frame", () =>
  inFolder(async (cwd) => {
    const options = ["--sparse", "--despawn-key", "gone"];
    const recorded = await recordCase(cwd, "14-replaced-in-one-tick/sparse.ndjson", ...options);
    assert.deepEqual(await recorded.at(0), [{ id: 4, kind: "entity", x: 1, hp: 3 }]);
    const [{ id, kind, x, hp }, ...others] = await recorded.at(1) as [Record<string, unknown>];
    assert.deepEqual([id, kind, x, hp, others.length], [4, "entity", 70, 100, 0]);
    const { entities, ids } = await tracks(join(cwd, "out.mcap"), 0, 1);
    assert.deepEqual(entities.map((list) => list.length), [1, 1]);
    assert.notEqual(entities[0]![0], entities[1]![0]);
    assert.deepEqual(ids, [4, 4]);
  }));

const LIVES = [
  '{"f":0,"t":0,"id":"slot 4","gen":1,"x":1}',
  '{"f":0,"t":0,"id":9,"gen":1,"x":5}',
  '{"f":1,"t":50,"id":"slot 4","gen":1,"x":2}',
  '{"f":1,"t":50,"id":9,"gen":1,"x":6}',
  '{"f":2,"t":100,"id":"slot 4","gen":2,"x":70}',
  '{"f":2,"t":100,"id":9,"gen":1,"x":7}',
];

test("record makes another track where the generation of an id changes, and keeps the field", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await hindcast(
      ["record", "-", "--generation-key", "gen", "-o", "out.mcap"],
      { cwd, input: ndjson(LIVES) },
    );
    assert.equal(code, 0, stderr);
    const { entities, ids } = await tracks(join(cwd, "out.mcap"), 0, 1, 2);
    assert.deepEqual(entities[0], entities[1]);
    const [before, after] = [entities[1]!, entities[2]!];
    assert.equal(before.filter((entity) => after.includes(entity)).length, 1);
    assert.deepEqual(ids.map(String).sort(), ["9", "9", "9", "slot 4", "slot 4", "slot 4"]);
  }));

test("record gives back the rows of several lives of an id", () =>
  recordBothWays(LIVES, ["--generation-key", "gen"], async (recorded) => {
    const rows = (await recorded.lines()).map(({ f, id, gen, x }) => [f, id, gen, x]);
    assert.deepEqual(rows.toSorted(([, a], [, b]) => Number(a === 9) - Number(b === 9)), [
      [0, "slot 4", 1, 1],
      [1, "slot 4", 1, 2],
      [2, "slot 4", 2, 70],
      [0, 9, 1, 5],
      [1, 9, 1, 6],
      [2, 9, 1, 7],
    ]);
    assert.deepEqual((await recorded.at(2, "--entity", "slot 4")).map(({ x }) => x), [70]);
    assert.deepEqual((await recorded.at(0, "--entity", "slot 4")).map(({ x }) => x), [1]);
  }));
