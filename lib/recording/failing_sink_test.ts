import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { Schema } from "../core/state/schema.ts";
import { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { MemorySource } from "./container/memory_file.ts";
import { FailingSink, type Fault } from "./failing_sink_test_helper.ts";
import { eventsOf, framesOf } from "./memory_recording_test_helper.ts";
import { Recorder } from "./recorder/recorder.ts";
import { RecordingReader } from "./recording_reader.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { refuseUnhandled } from "./unhandled_test_helper.ts";

const SCHEMA: Schema = {
  kinds: [{ name: "a", fields: [{ name: "x", type: "f64" }, { name: "said", type: "text" }] }],
};

refuseUnhandled();

const fault: fc.Arbitrary<Fault> = fc.record({
  how: fc.constantFrom("short", "none", "power"),
  at: fc.integer({ min: 2, max: 30 }),
  part: fc.double({ min: 0, max: 1, noNaN: true }),
  isPassing: fc.boolean(),
  isAsync: fc.boolean(),
});

/** What is done with a recording: that many frames, each with an event, then all made durable. */
const plan = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 8 });

/** Some 10 frames a second, so that blocks fill up by themselves as well. */
function frameOf(frame: number): StateFrame {
  const fields = { x: Math.sin(frame), said: `words ${frame % 7} of ${frame >> 3}` };
  const entities = [{ id: 1, kind: "a", fields }, { id: 2 + (frame % 3), kind: "a", fields }];
  return { frame, timeMs: frame * 100, entities: entities };
}

function eventOf(frame: number): StateEvent {
  return { name: "shot", frame, timeMs: frame * 100, data: { ev: "shot", n: frame } };
}

/**
 * Reads what a disk has and compares it with what was recorded.
 *
 * @param durable frames, from the first, that were made durable with their events
 */
async function assertHolds(bytes: Uint8Array, durable: number, isWhole: boolean): Promise<void> {
  let reader: RecordingReader;
  try {
    reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
  } catch (error) {
    assert.equal(durable, 0, `${durable} frames are lost: ${error}`);
    return;
  }
  const frames = await framesOf(reader);
  assert.ok(frames.length >= durable, `${frames.length} of ${durable} frames are there`);
  frames.forEach((frame, i) => assert.deepEqual(frame, frameOf(i)));
  const events = await eventsOf(reader);
  assert.ok(events.length >= durable, `${events.length} of ${durable} events are there`);
  events.forEach((event, i) => assert.deepEqual(event, eventOf(i)));
  assert.equal(reader.damage === undefined, isWhole);
}

for (const offThread of [false, true]) {
  test(
    `RecordingWriter leaves what was made durable readable when the disk fails, offThread ${offThread}`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fault, plan, async (fault, plan) => {
          const sink = new FailingSink(fault);
          let durable = 0;
          let frame = 0;
          let errors = 0;
          const failed = (error: unknown) => {
            assert.match(String(error), /the disk fails/);
            errors++;
          };
          const writer = await RecordingWriter.open(sink, { schema: SCHEMA, level: 1, offThread });
          for (const count of plan) {
            for (let i = 0; i < count; i++, frame++) {
              await writer.write(frameOf(frame)).catch(failed);
              await writer.writeEvent(eventOf(frame)).catch(failed);
            }
            const before = errors;
            await writer.flush().catch(failed);
            if (errors > 0) assert.ok(errors > before, "a call after the failure says nothing");
            else {
              await sink.sync();
              durable = frame;
            }
          }
          const { writes } = sink;
          const hadFailed = sink.hasFailed;
          await writer.close().catch(failed);
          assert.equal(errors > 0, sink.hasFailed);
          if (hadFailed) assert.equal(sink.writes, writes, "something follows a torn record");
          await assertHolds(sink.bytes(), durable, !sink.hasFailed);
        }),
        { numRuns: 60 },
      );
    },
  );
}

test("Recorder leaves what was made durable readable when the disk fails, and throws nothing", async () => {
  await fc.assert(
    fc.asyncProperty(fault, plan, async (fault, plan) => {
      const sink = new FailingSink(fault);
      const told: Error[] = [];
      const recorder = await Recorder.open(sink, {
        schema: SCHEMA,
        level: 1,
        fsync: true,
        flushMs: 3,
        onFailure: (error) => void told.push(error),
      });
      let durable = 0;
      let frame = 0;
      for (const count of plan) {
        for (let i = 0; i < count; i++, frame++) {
          recorder.write(frameOf(frame));
          recorder.event(eventOf(frame));
        }
        await recorder.flush().then(() => durable = frame, () => {});
      }
      const isClosed = await recorder.close().then(() => true, () => false);
      await sleep(0);
      assert.equal(isClosed, !sink.hasFailed);
      assert.equal(told.length, sink.hasFailed ? 1 : 0);
      assert.equal(recorder.failure, told[0]);
      assert.ok(sink.writes <= fault.at, "something follows a torn record");
      if (!sink.hasFailed) assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
      await assertHolds(sink.bytes(), durable, !sink.hasFailed);
    }),
    { numRuns: 60 },
  );
});

/** What is done with a recorder: frames, rows or objects, events, waiting, a flush. */
const step = fc.oneof(
  fc.record({ act: fc.constantFrom("frames", "rows", "events"), count: fc.nat(40) }),
  fc.record({ act: fc.constantFrom("wait", "flush"), count: fc.nat(3) }),
);

test("Recorder counts everything that it was handed as recorded or as dropped, whatever fails", async () => {
  const layout = new SnapshotLayout(SCHEMA);
  await fc.assert(
    fc.asyncProperty(
      fault,
      fc.array(step, { maxLength: 12 }),
      fc.record({
        schema: fc.constantFrom(SCHEMA, undefined),
        queueBytes: fc.constantFrom(1, 90_000, 1 << 26),
        flushMs: fc.constantFrom(0, 1, 10_000),
        fsync: fc.boolean(),
      }),
      async (fault, steps, options) => {
        const sink = new FailingSink(fault);
        const recorder = await Recorder.open(sink, { ...options, level: 1 });
        const handed = { frames: 0, events: 0 };
        for (const { act, count } of steps) {
          if (act === "flush") await recorder.flush().catch(() => {});
          for (let i = 0; i < count; i++) {
            if (act === "wait") await sleep(1);
            if (act === "frames") recorder.write(frameOf(handed.frames++));
            if (act === "rows") {
              recorder.writeSnapshot(Snapshot.of(layout, frameOf(handed.frames++)));
            }
            if (act === "events") recorder.event(eventOf(handed.events++));
          }
        }
        const summary = await recorder.close().catch(() => undefined);
        const { recorded, dropped } = recorder;
        assert.deepEqual({
          frames: recorded.frames + dropped.frames,
          events: recorded.events + dropped.events,
        }, handed);
        assert.equal(summary === undefined, sink.hasFailed);
        assert.equal(recorder.waitingBytes, 0);
        if (summary !== undefined) {
          assert.deepEqual({ frames: summary.frames, events: summary.events }, recorded);
        }
        // The disk has what it took; what it took in part may be whole as well.
        if (fault.how === "power" && sink.hasFailed) return;
        const read = await countsOf(sink.bytes());
        if (fault.how === "none" || !sink.hasFailed) assert.deepEqual(read, recorded);
        assert.ok(read.frames >= recorded.frames && read.events >= recorded.events);
      },
    ),
    { numRuns: 200 },
  );
});

/** What a disk has of frames and events. */
async function countsOf(bytes: Uint8Array): Promise<{ frames: number; events: number }> {
  let reader: RecordingReader;
  try {
    reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
  } catch {
    return { frames: 0, events: 0 };
  }
  const frames = (await framesOf(reader)).length;
  return { frames, events: (await eventsOf(reader)).length };
}
