import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Snapshot } from "../core/state/snapshot.ts";
import type { Schema } from "../core/state/schema.ts";
import type { EntityState, StateEvent, StateFrame } from "../core/state/state.ts";
import { eventsOf, framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "./random_world_test_helper.ts";

const ball = (x: number, id = 7): EntityState => ({ id, kind: "ball", fields: { x } });
const BALLS: Schema = { kinds: [{ name: "ball", fields: [{ name: "x", type: "i32" }] }] };

/** One ball per frame, whose x is the frame. */
function ballsAt(frames: readonly number[], intervalMs = 16): StateFrame[] {
  return frames.map((frame, i) => ({ frame, timeMs: i * intervalMs, entities: [ball(frame | 0)] }));
}

/** Equal values, where NaN equals NaN and -0 differs from 0. */
function assertSame(actual: readonly StateFrame[], expected: readonly StateFrame[]): void {
  assert.deepStrictEqual(actual, expected);
}

describe("A recording", () => {
  test("gives back random worlds of every type", async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async (frames) => {
        const reader = await openBytes(await record(frames, { schema: WORLD_SCHEMA, level: 1 }));
        assert.equal(reader.frameCount, frames.length);
        assertSame(await framesOf(reader), frames);
        for (const frame of frames) {
          const answer = await reader.at(frame.frame);
          assert.ok(answer.found);
          assertSame([answer.state.toFrame()], [frame]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("gives back random worlds without a schema, widening it as they go", async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, async (frames) => {
        const reader = await openBytes(await record(frames, { level: 1 }));
        const read = await framesOf(reader);
        const sorted = (world: readonly StateFrame[]) =>
          world.map((frame) => ({
            ...frame,
            entities: frame.entities.map((state) => ({
              ...state,
              fields: Object.fromEntries(
                Object.entries(state.fields).sort(([a], [b]) => a < b ? -1 : 1),
              ) as EntityState["fields"],
            })),
          }));
        assertSame(sorted(read), sorted(frames));
      }),
      { numRuns: 60 },
    );
  });

  test("of a real duel gives back every row and event", async () => {
    const lines = (what: string) =>
      readFileSync(
        new URL(
          `../../testdata/recording/qw-duel-povdmm4-f690-789.${what}.ndjson`,
          import.meta.url,
        ),
        "utf8",
      ).trim().split("\n").map((line) => JSON.parse(line));
    const frames: { frame: number; timeMs: number; entities: EntityState[] }[] = [];
    for (const { f, t, id, kind, ...fields } of lines("state")) {
      if (frames.at(-1)?.frame !== f) frames.push({ frame: f, timeMs: t, entities: [] });
      frames.at(-1)!.entities.push({ id, kind, fields });
    }
    const events: StateEvent[] = lines("events").map((data) => (
      { frame: data.f, timeMs: data.t, name: data.ev, data }
    ));
    const bytes = await record(frames, {}, events);
    const reader = await openBytes(bytes);
    assert.equal(reader.frameCount, 100);
    assert.equal(reader.blocks.length, 2);
    assertSame(await framesOf(reader), frames);
    assert.deepStrictEqual(await eventsOf(reader), events);
    assert.equal(
      reader.eventCounts.get("lg_shot"),
      events.filter((e) => e.name === "lg_shot").length,
    );
    assert.ok(bytes.length < 16_000, `${bytes.length} bytes`);
  });

  test("without frames or events can be read", async () => {
    const reader = await openBytes(await record([]));
    assert.equal(reader.frameCount, 0);
    assert.equal(reader.firstFrame, undefined);
    assert.equal(reader.rateHz, undefined);
    assert.equal(reader.missingFrames, 0);
    assert.deepEqual(await framesOf(reader), []);
    assert.deepEqual(await reader.at(0), { found: false, frame: 0, reason: "future" });
    assert.equal(await reader.frameAt(0), undefined);
  });

  test("keeps the facts that it was given", async () => {
    const source = { game: "qw", "map\0": "povdmm4 é" };
    const reader = await openBytes(await record(ballsAt([5]), { rateHz: 77.5, source }));
    assert.equal(reader.declaredRateHz, 77.5);
    assert.equal(reader.rateHz, 77.5);
    assert.deepEqual(Object.fromEntries(reader.source), source);
    assert.equal(reader.schema.kinds[0]!.name, "ball");
  });

  test("takes up the mean rate when none was declared", async () => {
    const reader = await openBytes(await record(ballsAt([0, 1, 2, 4], 20)));
    assert.equal(reader.durationMs, 60);
    assert.equal(reader.rateHz, 4 / 0.06);
  });
});

describe("RecordingReader.at()", () => {
  const frames = [10, 11, 14, 200, 201, 300];

  test("tells a gap from the time before and after", async () => {
    const reader = await openBytes(await record(ballsAt(frames, 400), { schema: BALLS }));
    assert.ok(reader.blocks.length > 1);
    for (let frame = 0; frame < 320; frame++) {
      const answer = await reader.at(frame);
      if (frames.includes(frame)) {
        assert.ok(answer.found);
        assert.deepEqual(answer.state.toFrame().entities, [ball(frame)]);
      } else {
        const reason = frame > 300 ? "future" : "never";
        assert.deepEqual(answer, { found: false, frame, reason });
      }
    }
    const farthest = await reader.at(0xffffffff);
    assert.equal(!farthest.found && farthest.reason, "future");
  });

  test("finds frames across 2^32", async () => {
    const around = [0xfffffffe, 0xffffffff, 0, 1, 3];
    const reader = await openBytes(await record(ballsAt(around, 700), { schema: BALLS }));
    for (const frame of around) assert.ok((await reader.at(frame)).found, `frame ${frame}`);
    for (const [frame, reason] of [[0xfffffffd, "never"], [2, "never"], [4, "future"]] as const) {
      assert.deepEqual(await reader.at(frame), { found: false, frame, reason });
    }
    assert.equal(reader.missingFrames, 1);
    assertSame(await framesOf(reader), ballsAt(around, 700));
  });

  test("refuses what is no frame", async () => {
    const reader = await openBytes(await record(ballsAt([1])));
    await assert.rejects(reader.at(1.5), RangeError);
    await assert.rejects(reader.at(-1), RangeError);
  });

  test("gives a snapshot of its own to each caller", async () => {
    const reader = await openBytes(await record(ballsAt([1, 2])));
    const [one, two] = await Promise.all([reader.at(1), reader.at(2)]);
    assert.ok(one.found && two.found);
    assert.deepEqual(one.state.toFrame().entities, [ball(1)]);
    assert.deepEqual(two.state.toFrame().entities, [ball(2)]);
  });
});

describe("RecordingReader.frameAt()", () => {
  test("finds the newest frame that is not later", async () => {
    const reader = await openBytes(await record(ballsAt([10, 11, 12, 13], 600)));
    for (
      const [timeMs, frame] of [
        [-1, undefined],
        [0, 10],
        [599.999, 10],
        [600, 11],
        [1799, 12],
        [1800, 13],
        [Infinity, 13],
      ] as const
    ) {
      assert.equal(await reader.frameAt(timeMs), frame, `at ${timeMs} ms`);
    }
    await assert.rejects(reader.frameAt(NaN), RangeError);
  });

  test("holds its promise when time jumps back", async () => {
    const times = [0, 500, 5000, 100, 200, 9000, 40];
    const frames = times.map((timeMs, i) => ({ frame: i, timeMs, entities: [ball(i)] }));
    const reader = await openBytes(await record(frames));
    for (const wanted of [-5, 0, 30, 40, 150, 600, 5000, 9000]) {
      const newest = times.findLastIndex((timeMs) => timeMs <= wanted);
      assert.equal(await reader.frameAt(wanted), newest < 0 ? undefined : newest);
    }
  });
});

describe("RecordingReader", () => {
  test("snapshots() reads a range, both ends included", async () => {
    const reader = await openBytes(await record(ballsAt([10, 11, 14, 200, 201], 400)));
    const read = async (from?: number, to?: number) => {
      const frames: number[] = [];
      const range = {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      };
      for await (const { frame } of reader.snapshots(range)) frames.push(frame);
      return frames;
    };
    assert.deepEqual(await read(), [10, 11, 14, 200, 201]);
    assert.deepEqual(await read(11, 200), [11, 14, 200]);
    assert.deepEqual(await read(0, 12), [10, 11]);
    assert.deepEqual(await read(15, 15), []);
    assert.deepEqual(await read(201), [201]);
    assert.deepEqual(await read(undefined, 0xffffffff), [10, 11, 14, 200, 201]);
    assert.deepEqual(await read(300), []);
    assert.deepEqual(await read(undefined, 3), []);
  });

  test("gaps() lists the runs of missing frames, in blocks and between them", async () => {
    const reader = await openBytes(await record(ballsAt([10, 11, 14, 15, 200, 203], 300)));
    const gaps = [];
    for await (const gap of reader.gaps()) gaps.push(gap);
    assert.deepEqual(gaps, [{ from: 12, to: 13 }, { from: 16, to: 199 }, { from: 201, to: 202 }]);
    assert.equal(reader.missingFrames, 2 + 184 + 2);
  });

  test("readBlock() reads frames in any order into one snapshot", async () => {
    const frames = ballsAt([0, 1, 2, 3, 4, 5]);
    const reader = await openBytes(await record(frames, { schema: BALLS }));
    const block = await reader.readBlock(0);
    const into = new Snapshot(reader.layout);
    for (const i of [5, 0, 3, 2, 4, 1, 1, 5]) {
      assert.equal(block.read(i, into), into);
      assert.deepEqual(into.toFrame(), frames[i]);
    }
    assert.throws(() => block.read(6, into), RangeError);
    await assert.rejects(reader.readBlock(1), RangeError);
  });
});
