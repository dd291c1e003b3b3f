import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Schema } from "../../core/state/schema.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { MemorySink } from "../container/memory_file.ts";
import type { RecordingSink } from "../container/sink.ts";
import { refuseUnhandled } from "../unhandled_test_helper.ts";
import { Recorder } from "./recorder.ts";

const SCHEMA: Schema = {
  kinds: [{ name: "a", fields: [{ name: "x", type: "i32" }, { name: "said", type: "text" }] }],
};
const LAYOUT = new SnapshotLayout(SCHEMA);
const ENTITIES_MAX = 50;
const TEXT_MAX = 100;

/**
 * More than a frame or an event of these worlds can take: a block, and for each entity a track, a
 * sample, two words, a text of its own, all with as much again to grow into.
 */
const ONE_MAX = 32_768 + ENTITIES_MAX * (300 + 24 + 16 + 4 * (64 + 2 * TEXT_MAX)) + 16;

refuseUnhandled();

function frameOf(frame: number, entities: number, length: number): StateFrame {
  return {
    frame,
    timeMs: frame * 10,
    entities: Array.from({ length: entities }, (_, id) => {
      return { id, kind: "a", fields: { x: frame, said: `${frame} ${id}`.padEnd(length, "-") } };
    }),
  };
}

const handed = fc.record({
  act: fc.constantFrom("write", "writeSnapshot", "event", "turn"),
  count: fc.integer({ min: 1, max: 30 }),
  entities: fc.nat(ENTITIES_MAX),
  length: fc.integer({ min: 10, max: TEXT_MAX }),
});

describe("Recorder.waitingBytes", () => {
  test("is at most queueBytes and what was taken last, and what comes then is dropped", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(handed, { maxLength: 30 }),
        fc.integer({ min: 1, max: 300_000 }),
        fc.constantFrom(0, 5, 10_000),
        async (steps, queueBytes, flushMs) => {
          const gates: (() => void)[] = [];
          let writes = 0;
          const sink: RecordingSink = {
            write: () => ++writes > 3 ? new Promise((resolve) => gates.push(resolve)) : undefined,
          };
          const recorder = await Recorder.open(sink, { schema: SCHEMA, queueBytes, flushMs });
          let frame = 0;
          for (const { act, count, entities, length } of steps) {
            for (let i = 0; i < count; i++) {
              const isFull = recorder.waitingBytes >= queueBytes;
              const before = recorder.dropped;
              if (act === "turn") {
                gates.shift()?.();
                await nextTurn();
                continue;
              }
              const next = frameOf(frame++, entities, length);
              if (act === "write") recorder.write(next);
              else if (act === "writeSnapshot") recorder.writeSnapshot(Snapshot.of(LAYOUT, next));
              else recorder.event({ name: "e", frame, timeMs: undefined, data: { next } });
              const { frames, events } = recorder.dropped;
              const dropped = frames + events - before.frames - before.events;
              assert.equal(dropped, isFull ? 1 : 0);
              const text = act === "event" ? 4 * JSON.stringify(next).length + 400 : 0;
              const most = queueBytes + Math.max(text, ONE_MAX);
              assert.ok(recorder.waitingBytes < most, `${recorder.waitingBytes} of ${most} bytes`);
            }
          }
          const open = setInterval(() => gates.splice(0).forEach((resolve) => resolve()), 1);
          await recorder.close();
          clearInterval(open);
          assert.equal(recorder.waitingBytes, 0);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("has the block that fills up, the events and the frames without a schema", async () => {
    const recorder = await Recorder.open(new MemorySink(), { schema: SCHEMA, flushMs: 10_000 });
    const grows = (act: () => void, least: number) => {
      const before = recorder.waitingBytes;
      act();
      assert.ok(recorder.waitingBytes >= before + least, `${recorder.waitingBytes} - ${before}`);
    };
    grows(() => recorder.write(frameOf(0, 50, 100)), 50 * (2 * 4 + 100));
    grows(() => recorder.write(frameOf(1, 50, 100)), 50 * (2 * 4 + 100));
    grows(
      () => recorder.event({ name: "e", frame: 1, timeMs: 0, data: { t: "x".repeat(500) } }),
      500,
    );
    await recorder.flush();
    assert.equal(recorder.waitingBytes, 0);
    await recorder.close();

    const without = await Recorder.open(new MemorySink(), { flushMs: 10_000, preview: true });
    without.write(frameOf(0, 50, 100));
    assert.ok(without.waitingBytes >= 50 * (2 * 4 + 100));
    await without.close();
    assert.equal(without.waitingBytes, 0);
  });

  test("of what waits for more leaves half of the queue to what the sink is to get", {
    timeout: 60_000,
  }, async () => {
    const sink = new MemorySink();
    const options = { schema: SCHEMA, queueBytes: 100_000, flushMs: 3_600_000 };
    const recorder = await Recorder.open(sink, options);
    // It never ends where what waits for more keeps that half.
    const untilRoom = async () => {
      await nextTurn();
      while (recorder.waitingBytes >= options.queueBytes / 2) await sleep(1);
    };
    // Without a frame nobody knows where they stand, and some time they have to go.
    for (let i = 0; i < 500; i++) {
      recorder.event({ name: "e", frame: 0, timeMs: undefined, data: { i } });
      await untilRoom();
    }
    for (let i = 0; i < 500; i++) {
      recorder.write(frameOf(i, 10, 20));
      await untilRoom();
    }
    assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
    const { frames, events } = await recorder.close();
    assert.deepEqual([frames, events], [500, 500]);
  });
});
