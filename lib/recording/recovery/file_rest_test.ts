import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MemorySource } from "../container/memory_file.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { readAll, smallModel } from "./damage_model_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

const model = await smallModel();
const whole = model.bytes;

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Sections and bytes of what is at fault, and what a check of all finds. */
async function faultsOf(bytes: Uint8Array) {
  const { events, frames, reader } = await readAll(bytes);
  const found = await verifyRecording(new MemorySource(bytes));
  assert.equal(found.isWhole, false);
  const of = (faults: readonly { section: string; offset: number }[]) =>
    faults.map(({ section, offset }) => [section, offset]);
  return { events, frames, damage: reader.damage!, faults: of(reader.damage!.faults), found };
}

describe("RecordingReader.open() of a file with more than a recording", () => {
  for (const [name, rest] of [["text", "garbage".repeat(99)], ["zeros", "\0".repeat(4096)]]) {
    test(`reads all before ${name} behind its end, and tells of it once`, SLOW, async () => {
      const bytes = joined(whole, new TextEncoder().encode(rest));
      const { damage, events, faults, found, frames } = await faultsOf(bytes);
      assert.deepEqual([frames, events], [model.frames, model.events]);
      assert.deepEqual(faults, [["end", whole.length]]);
      assert.deepEqual([damage.isCut, damage.lostFrames, damage.lostEvents], [false, 0, 0]);
      assert.deepEqual([found.faultCount, found.faults[0]!.cost], [1, "nothing"]);
    });
  }

  test(
    "reads the first of two recordings, no event twice, and tells of the second",
    SLOW,
    async () => {
      const { damage, events, faults, frames } = await faultsOf(joined(whole, whole));
      assert.deepEqual([frames, events], [model.frames, model.events]);
      assert.ok(faults.some(([section, at]) => section === "recording" && at === whole.length));
      assert.equal(damage.isCut, false);
    },
  );

  for (
    const [name, cut] of [["its index", 60], ["its last 8 bytes", 3], ["its footer", 20]] as const
  ) {
    test(`tells of the second of two, where the first is cut in ${name}`, SLOW, async () => {
      const first = whole.subarray(0, -cut);
      for (const rest of [whole, whole.subarray(0, -9)]) {
        const { events, faults, frames, found } = await faultsOf(joined(first, rest));
        assert.deepEqual([frames, events], [model.frames, model.events]);
        assert.ok(faults.some(([section, at]) => section === "recording" && at === first.length));
        assert.ok(found.faults.some(({ section }) => section === "recording"));
      }
    });
  }

  const second = model.parts.filter(({ topic }) => topic === "state")[1]!;
  for (
    const [name, end] of [["in a record", second.start + 40], [
      "between two",
      second.start,
    ]] as const
  ) {
    test(`reads the first that was cut ${name}, and none of the second`, SLOW, async () => {
      const { damage, events, faults, frames } = await faultsOf(
        joined(whole.subarray(0, end), whole),
      );
      assert.deepEqual(frames, model.frames.slice(0, 2));
      const before = model.parts.filter((part) => part.topic === "event" && part.end <= end);
      assert.deepEqual(events, model.events.slice(0, 2 * before.length));
      assert.ok(faults.some(([section, at]) => section === "recording" && at === end));
      assert.equal(damage.isCut, true);
      const isTorn = end > second.start;
      assert.equal(damage.lostFrames, isTorn ? undefined : 0);
    });
  }
});
