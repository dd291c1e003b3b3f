import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MemorySource } from "../container/memory_file.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { type Part, readAll, smallModel } from "./damage_model_test_helper.ts";

const model = await smallModel();
const { bytes: whole, parts } = model;

/** One thing that happens to a file. */
type Damage =
  | { readonly type: "overwritten"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: "inserted"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly type: "zeroed"; readonly at: number; readonly length: number }
  | { readonly type: "removed"; readonly at: number; readonly length: number }
  | { readonly type: "cut"; readonly at: number };

const at = fc.integer({ min: 60, max: whole.length - 1 });
const length = fc.integer({ min: 1, max: 400 });
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 });
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ type: fc.constant("overwritten" as const), at, bytes }),
  fc.record({ type: fc.constant("inserted" as const), at, bytes }),
  fc.record({ type: fc.constant("zeroed" as const), at, length }),
  fc.record({ type: fc.constant("removed" as const), at, length }),
  fc.record({ type: fc.constant("cut" as const), at }),
);

/** The file after a damage, whose places are those of the file before. */
function damaged(file: Uint8Array, one: Damage): Uint8Array {
  const start = Math.min(one.at, file.length);
  const [before, after] = [file.subarray(0, start), file.subarray(start)];
  if (one.type === "cut") return before;
  if (one.type === "removed") return concat(before, after.subarray(one.length));
  if (one.type === "inserted") return concat(before, one.bytes, after);
  const middle = one.type === "zeroed" ? new Uint8Array(one.length) : one.bytes;
  const kept = middle.subarray(0, after.length);
  return concat(before, kept, after.subarray(kept.length));
}

function concat(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Parts that none of the damages touched, by the bytes that were written. */
function untouched(damages: readonly Damage[]): readonly Part[] {
  // What was removed behind another damage brings what follows into its reach.
  const removed = damages.reduce(
    (sum, one) => sum + (one.type === "removed" ? one.length : 0),
    0,
  );
  return parts.filter(({ start, end }) =>
    damages.every((one) => {
      if (one.type === "cut") return end <= one.at;
      const reach = one.type === "inserted"
        ? 1
        : one.type === "overwritten"
        ? one.bytes.length
        : one.length;
      return end <= one.at || start >= one.at + reach + removed;
    })
  );
}

/** Bytes at which schemas and channels stand, without which their messages mean nothing. */
const definitions = definitionsOf();

function definitionsOf(): readonly { readonly start: number; readonly end: number }[] {
  const view = new DataView(whole.buffer, whole.byteOffset);
  const found: { start: number; end: number }[] = [];
  for (let at = 8; at < model.dataEnd;) {
    const end = at + 9 + Number(view.getBigUint64(at + 1, true));
    if (whole[at] === 0x03 || whole[at] === 0x04) found.push({ start: at, end });
    at = end;
  }
  return found;
}

test("RecordingReader.open() of a file with several damages reads what none of them hit", {
  timeout: 300_000,
}, async () => {
  let runs = 0;
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      // From the back, so that places of the ones before stay.
      const sorted = damages.toSorted((a, b) => b.at - a.at);
      const file = sorted.reduce(damaged, whole);
      let all: Awaited<ReturnType<typeof readAll>>;
      try {
        all = await readAll(file);
      } catch (error) {
        assert.ok(error instanceof RecordingSyntaxError, String(error));
        assert.ok(!error.message.includes("\n"));
        return;
      }
      runs++;
      const { events, frames, reader } = all;
      const given = new Map(model.frames.map((frame) => [frame.frame, frame]));
      for (const { frame, timeMs, entities } of frames) {
        const expected = given.get(frame)!;
        assert.deepEqual([timeMs, entities.map(({ fields }) => fields)], [
          expected.timeMs,
          expected.entities.map(({ fields }) => fields),
        ]);
      }
      const numbers = new Set(model.events.map(({ data }) => data["i"]));
      for (const { data } of events) assert.ok(numbers.delete(data["i"]));
      const isSame = frames.length === model.frames.length && events.length === model.events.length;
      if (!isSame) assert.ok(reader.damage !== undefined);
      const { lostFrames } = reader.damage ?? {};
      // What was cut off is not known to have been there.
      if (reader.damage?.isCut === false && lostFrames !== undefined) {
        assert.equal(frames.length + lostFrames, model.frames.length);
      }
      const isKnown = definitions.every(({ start, end }) =>
        sorted.every((one) => one.type === "cut" || end <= one.at || start > one.at + 1600)
      );
      if (isKnown) {
        const there = new Set(frames.map(({ frame }) => frame - 10));
        for (const part of untouched(sorted)) {
          if (part.topic !== "state") continue;
          for (const frame of part.holds) assert.ok(there.has(frame), `frame ${frame} is read`);
          read++;
        }
      }
      const found = await verifyRecording(new MemorySource(file));
      if (!Buffer.from(file).equals(whole)) assert.ok(!found.isWhole);
    }),
    { numRuns: 1500 },
  );
  assert.ok(runs > 700, `${runs} files were read`);
  assert.ok(read > 200, `${read} blocks were sure`);
});
