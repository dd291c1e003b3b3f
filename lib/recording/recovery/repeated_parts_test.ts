import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { longestChain } from "./longest_chain.ts";
import { type Part, readAll, smallModel } from "./damage_model_test_helper.ts";
import { rewritten } from "./rescued_file_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

const model = await smallModel();
const whole = model.bytes;
const lastPart = model.parts.at(-1)!.end;

/** The file with a piece of it once more at a byte; its end is left out when it is cut. */
function repeated({ start, end }: Pick<Part, "start" | "end">, at: number, isCut: boolean) {
  const rest = whole.subarray(at, isCut ? lastPart : undefined);
  const pieces = [whole.subarray(0, at), whole.subarray(start, end), rest];
  return new Uint8Array(Buffer.concat(pieces));
}

const partsOf = (topic: Part["topic"]) => model.parts.filter((part) => part.topic === topic);

describe("RecordingReader.open() of a file in which a part stands twice", () => {
  for (const topic of ["state", "event", "names"] as const) {
    for (const isCut of [false, true]) {
      test(`reads ${topic} once${isCut ? " without an index" : ""}`, SLOW, async () => {
        for (const [i, part] of partsOf(topic).entries()) {
          for (const { end: at } of model.parts) {
            // Where nothing counts them and no frame lies between, equal events are two.
            const isUnclear = topic === "event" && isCut && at === part.end;
            if (at < part.end || isUnclear) continue;
            const where = `${topic} ${i} at byte ${at}`;
            const { events, frames, reader } = await readAll(repeated(part, at, isCut));
            assert.deepEqual(frames, model.frames, where);
            const isBetween = partsOf("state").some(({ start }) => start >= part.end && start < at);
            if (topic === "event" && isCut && !isBetween) continue;
            assert.deepEqual(events, model.events, where);
            const { damage } = reader;
            assert.deepEqual([damage!.lostFrames, damage!.lostEvents], [0, 0], where);
            const told = damage!.faults.filter(({ section }) => section === "duplicate");
            assert.deepEqual(told.map(({ offset }) => offset), [at], where);
          }
        }
      });
    }
  }

  test("loses no block to one that stands too early as well", SLOW, async () => {
    const [first, , last] = partsOf("state");
    for (const isCut of [false, true]) {
      const { frames, reader } = await readAll(repeated(last!, first!.end, isCut));
      // The revision of the last is announced behind the place.
      assert.deepEqual(frames, model.frames);
      assert.ok(reader.damage!.faultCount > 0);
    }
  });

  test("is not whole for verifyRecording(), which names the copy", SLOW, async () => {
    for (const topic of ["state", "event", "names"] as const) {
      const part = partsOf(topic)[0]!;
      const { faults, isWhole } = await verifyRecording(
        new MemorySource(repeated(part, lastPart, false)),
      );
      assert.equal(isWhole, false);
      const told = faults.find(({ section }) => section === "duplicate");
      assert.deepEqual([told?.offset, told?.cost], [lastPart, "nothing"]);
    }
  });

  test("reads them once as well where another program wrote it anew", SLOW, async () => {
    for (const topic of ["state", "event"] as const) {
      const bytes = repeated(partsOf(topic)[1]!, lastPart, false);
      const anew = await rewritten(bytes, { compression: "zstd", chunkSize: 1 });
      const { events, frames, reader } = await readAll(anew);
      assert.deepEqual([frames, events], [model.frames, model.events]);
      assert.ok(reader.damage!.faults.some(({ section }) => section === "duplicate"));
    }
  });
});

test(
  "RecordingReader gives equal events of a world that stands still as often as they came",
  SLOW,
  async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink);
    await writer.write({ frame: 0, timeMs: 0, entities: [] });
    for (let i = 0; i < 3; i++) {
      const ping = { frame: undefined, timeMs: undefined, name: "ping", data: { ev: "ping" } };
      await writer.writeEvent(ping);
      await writer.flush();
    }
    const open = sink.bytes().slice();
    await writer.close();
    for (const bytes of [open, sink.bytes()]) {
      const { events } = await readAll(bytes);
      assert.equal(events.length, 3);
    }
    assert.equal((await readAll(sink.bytes())).reader.damage, undefined);
  },
);

test(
  "longestChain() takes the most frames that follow each other, as trying all does",
  SLOW,
  () => {
    let state = 1;
    const random = (n: number) => (state = (state * 48271) % 2147483647) % n;
    for (let round = 0; round < 300; round++) {
      const runs = Array.from({ length: 1 + random(9) }, () => {
        const first = random(20);
        return { first, last: first + random(5), frames: 1 + random(4) };
      });
      let most = 0;
      for (let set = 1; set < 1 << runs.length; set++) {
        const some = runs.filter((_, i) => set & (1 << i));
        const isChain = some.every((run, i) => i === 0 || run.first > some[i - 1]!.last);
        if (isChain) most = Math.max(most, some.reduce((sum, { frames }) => sum + frames, 0));
      }
      const chain = longestChain(runs).map((i) => runs[i]!);
      assert.ok(chain.every((run, i) => i === 0 || run.first > chain[i - 1]!.last));
      assert.equal(chain.reduce((sum, { frames }) => sum + frames, 0), most);
    }
  },
);
