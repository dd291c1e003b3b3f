import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 120_000 };

/** Texts of the seconds of a recording, each of which adds to the table of the one before. */
const TEXTS = ["a", "bc", "d", "efg", "hi"];

test(
  "RecordingReader.open() reads no block by a revision that adds to a lost one",
  SLOW,
  async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink, { level: 1 });
    for (let frame = 0; frame < TEXTS.length * 10; frame++) {
      const second = TEXTS[Math.floor(frame / 10)]!;
      const fields = { said: second[frame % second.length]! };
      const entities = [{ id: 1, kind: "p", fields }];
      await writer.write({ frame, timeMs: frame * 100, entities });
      if (frame % 10 === 9) await writer.flush();
    }
    const live = sink.bytes().slice();
    const lost = Buffer.from(live).indexOf('{"after"');
    assert.ok(lost > 0);
    // A single bit that is wrong could be set right.
    live[lost + 2]! ^= 1;
    live[lost + 20]! ^= 1;
    const source = new MemorySource(live);
    const reader = await RecordingReader.open(source, { damage: "leave-out" });
    const said: unknown[] = [];
    for await (const snapshot of reader.snapshots()) said.push(snapshot.entity(0).fields["said"]);
    assert.deepEqual(said, Array.from({ length: 10 }, () => "a"));
    assert.ok(reader.damage!.lost.length > 0);
  },
);
