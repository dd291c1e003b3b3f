import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { zstdDecompressSync } from "node:zlib";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import { MemorySource } from "../container/memory_file.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { type Model, type Part, readAll, smallModel } from "./damage_model_test_helper.ts";

const SLOW = { timeout: 300_000 };
const model = await smallModel();
/** Byte behind what says that it is a recording; the name of the program that wrote it follows. */
const HEADER_END = 8 + 9 + 4 + "x-hindcast/2".length + 4;

/** Numbers of the frames or events that are left when parts are not there. */
function left(count: number, topic: Part["topic"], lost: readonly Part[]): number[] {
  const gone = new Set(lost.filter((part) => part.topic === topic).flatMap(({ holds }) => holds));
  return Array.from({ length: count }, (_, i) => i).filter((i) => !gone.has(i));
}

function expectedOf({ events, frames }: Model, lost: readonly Part[]) {
  // An entity whose name is lost says so with the number that it was given: 0, 1, 2 ...
  const nameless = new Set(
    lost.filter(({ topic }) => topic === "names").flatMap(({ holds }) => holds),
  );
  return {
    frames: left(frames.length, "state", lost).map((i) => {
      if (!nameless.has(i)) return frames[i]!;
      const entities = frames[i]!.entities.map((state) => ({ ...state, id: `lost id ${i >> 1}` }));
      return { ...frames[i]!, entities };
    }),
    events: left(events.length, "event", lost).map((i) => events[i]!),
  };
}

/** Bytes of a chunk before its compressed records. */
const CHUNK_HEAD = 9 + 8 + 8 + 8 + 4 + 8 + 8;

/** True when a bit in a byte costs a part: some bits of zstd change nothing of what comes out. */
function isLost({ start, end }: Part, at: number, bytes: Uint8Array): boolean {
  if (at < start || at >= end) return false;
  // The index has the length of the record as well, and nobody needs the times of its head.
  if (at < start + CHUNK_HEAD) return at === start || at >= start + 9 + 16;
  try {
    const after = zstdDecompressSync(bytes.subarray(start + CHUNK_HEAD, end));
    return !after.equals(RAW.get(start)!);
  } catch {
    return true;
  }
}

/** Records of each part, by the byte at which it starts. */
const RAW = new Map(
  model.parts.map(({ start, end }) => [
    start,
    zstdDecompressSync(model.bytes.subarray(start + CHUNK_HEAD, end)),
  ]),
);

/** Frames that a recording lacks between its first and last, counted without it. */
function missingOf(frames: readonly { readonly frame: number }[]): number[] {
  const there = new Set(frames.map(({ frame }) => frame));
  const [first, last] = [frames[0]!.frame, frames.at(-1)!.frame];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .filter((frame) => !there.has(frame));
}

describe("RecordingReader.open() of a damaged file", () => {
  test("the model has blocks under two revisions, events, names and previews", SLOW, async () => {
    const { events, frames, reader } = await readAll(model.bytes);
    assert.deepEqual([frames, events], [model.frames, model.events]);
    assert.equal(reader.damage, undefined);
    assert.equal(reader.revisions, 2);
    const counts = (topic: string) => model.parts.filter((part) => part.topic === topic).length;
    assert.deepEqual(["state", "event", "names", "preview"].map(counts), [3, 3, 3, 3]);
  });

  test("with a bit flipped in any byte gives all but the part that it hit", SLOW, async () => {
    for (let at = 0; at < model.bytes.length; at++) {
      const bytes = model.bytes.slice();
      bytes[at]! ^= 1 << (at % 8);
      const where = `byte ${at}`;
      const lost = model.parts.filter((part) => isLost(part, at, bytes));
      const { events, frames, reader } = await readAll(bytes);
      const expected = expectedOf(model, lost);
      assert.deepEqual(frames, expected.frames, where);
      assert.deepEqual(events, expected.events, where);
      assert.equal(reader.frameCount, expected.frames.length, where);
      assert.deepEqual(
        Object.fromEntries(reader.eventCounts),
        { hit: expected.events.length },
        where,
      );
      const missing = missingOf(expected.frames);
      assert.equal(reader.missingFrames, missing.length, where);
      const gaps: number[] = [];
      for await (const { from, to } of reader.gaps()) {
        for (let frame = from; frame <= to; frame++) gaps.push(frame);
      }
      assert.deepEqual(gaps, missing, where);
      const isTold = at < HEADER_END || lost.some(({ topic }) => topic !== "preview") ||
        at >= model.dataEnd;
      if (isTold) assert.ok(reader.damage !== undefined, where);
      if (reader.damage === undefined) continue;
      assert.equal(reader.damage.isCut, false, where);
      assert.equal(reader.damage.lostFrames, model.frames.length - expected.frames.length, where);
      assert.equal(reader.damage.lostEvents, model.events.length - expected.events.length, where);
      for (const part of lost.filter(({ topic }) => topic === "state")) {
        const frame = model.frames[part.holds[0]!]!.frame;
        assert.deepEqual(reader.damage.lost[0]?.known, { from: frame, to: frame + 1, frames: 2 });
        const answer = await reader.at(frame);
        assert.equal(answer.found, false, where);
      }
    }
  });

  test(
    "cut at any byte gives all parts that are whole, and says how many bytes are left",
    SLOW,
    async () => {
      for (let length = 0; length < model.bytes.length; length++) {
        const lost = model.parts.filter(({ end }) => end > length);
        const expected = expectedOf(model, lost);
        const where = `${length} bytes`;
        let all: Awaited<ReturnType<typeof readAll>>;
        try {
          all = await readAll(model.bytes.subarray(0, length));
        } catch (error) {
          assert.ok(error instanceof RecordingSyntaxError, where);
          assert.match(error.message, /was cut or is still being written|is empty/);
          assert.equal(expected.frames.length, 0, where);
          continue;
        }
        assert.deepEqual([all.frames, all.events], [expected.frames, expected.events], where);
        const { damage } = all.reader;
        assert.equal(damage?.isCut, true, where);
        assert.equal(damage!.hasAllData, length >= model.countsEnd, where);
        const isTorn = damage!.unfinishedBytes > 0 && length < model.countsEnd;
        const lostFrames = length >= model.countsEnd || !isTorn ? 0 : undefined;
        assert.deepEqual([damage!.lostFrames, damage!.lostEvents], [lostFrames, lostFrames], where);
        const end = { known: undefined, after: expected.frames.at(-1)?.frame, before: undefined };
        assert.deepEqual(damage!.lost, isTorn ? [end] : [], where);
        const whole = model.parts.filter(({ end }) => end <= length).at(-1)?.end ?? 0;
        assert.ok(damage!.unfinishedBytes <= length - whole, where);
      }
    },
  );

  test(
    "says between which frames others are lost when the table is lost as well",
    SLOW,
    async () => {
      const states = model.parts.filter(({ topic }) => topic === "state");
      const bytes = model.bytes.slice(0, model.parts.at(-1)!.end);
      bytes[states[1]!.start + 60]! ^= 1;
      const { frames, reader } = await readAll(bytes);
      assert.deepEqual(frames.map(({ frame }) => frame), [10, 11, 14, 15]);
      assert.deepEqual(reader.damage!.lost, [{ known: undefined, after: 11, before: 14 }]);
      assert.equal(reader.damage!.lostFrames, undefined);
    },
  );
});

describe("verifyRecording()", () => {
  test("finds nothing in a whole file", SLOW, async () => {
    const { damage, faults, isWhole, ...rest } = await verify(model.bytes) ?? assert.fail();
    assert.deepEqual([isWhole, faults, damage], [true, [], undefined]);
    const bytes = model.bytes.length;
    assert.deepEqual(rest, {
      rewrittenBy: undefined,
      bytes,
      frames: 6,
      blocks: 3,
      events: 6,
      faultCount: 0,
    });
  });

  test("notices a bit flipped in any byte, and a cut at any", SLOW, async () => {
    for (let at = 0; at < model.bytes.length; at++) {
      const bytes = model.bytes.slice();
      bytes[at]! ^= 1 << ((at * 5) % 8);
      const flipped = await verify(bytes);
      assert.ok(flipped === undefined || !flipped.isWhole, `bit in byte ${at}`);
      if (flipped !== undefined) assert.ok(flipped.faultCount > 0, `bit in byte ${at}`);
      if (at % 7 > 0) continue;
      const cut = await verify(model.bytes.subarray(0, at));
      assert.ok(cut === undefined || !cut.isWhole, `${at} bytes`);
    }
  });
});

/** What is found; undefined where nothing can be read. */
async function verify(bytes: Uint8Array) {
  try {
    return await verifyRecording(new MemorySource(bytes));
  } catch (error) {
    assert.ok(error instanceof RecordingSyntaxError);
    return undefined;
  }
}
