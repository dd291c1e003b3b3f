import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";
import { verifyRecording } from "../verify/verify_recording.ts";

const FRAMES = 12;

/** Ids at a frame: numbers that come behind a text, so that the number of one is the id of another. */
const idsAt = (frame: number) => frame < 4 ? ["host", 2] : frame < 8 ? ["host", 1, 4] : [1, 4, 3];

async function recorded(): Promise<Uint8Array> {
  const sink = new MemorySink();
  const names = new EntityNames();
  // The world's own: it stands in the first block already, and has no other name.
  const own = names.entity(0);
  const writer = await RecordingWriter.open(sink, { names, rateHz: 20 });
  for (let frame = 0; frame < FRAMES; frame++) {
    const entities = [
      { id: own, kind: "u", fields: { x: -1 } },
      ...idsAt(frame).map((id, i) => ({
        id: names.entity(id),
        kind: "u",
        fields: { x: frame * 10 + i },
      })),
    ];
    await writer.write({ frame, timeMs: frame * 50, entities });
    if (frame % 4 === 3) await writer.flush();
  }
  await writer.close();
  return sink.bytes();
}

const whole = await recorded();

/** Places of the chunks whose records begin with a message of a channel. */
function chunksOf(channel: number): { start: number; end: number; indexEnd: number }[] {
  const view = new DataView(whole.buffer, whole.byteOffset);
  const lengthAt = (at: number) => 9 + Number(view.getBigUint64(at + 1, true));
  const found = [];
  for (let at = 8; whole[at] !== 0x0f; at += lengthAt(at)) {
    const end = at + lengthAt(at);
    // Its message index stands behind it.
    if (whole[at] !== 0x06 || view.getUint16(end + 9, true) !== channel) continue;
    found.push({ start: at, end, indexEnd: end + lengthAt(end) });
  }
  return found;
}

const concat = (...pieces: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(pieces));

describe("RecordingReader.open() of a file that lacks a chunk of ids", () => {
  const chunks = chunksOf(65535);
  const stateEnd = chunksOf(3).at(-1)!.end;

  test("the model has ids that are the numbers of others", async () => {
    assert.ok(chunks.length >= 2);
    const reader = await RecordingReader.open(new MemorySource(whole));
    assert.ok(reader.names.list.some(({ id }) => typeof id === "number"));
  });

  for (const [n, { start, end, indexEnd }] of chunks.entries()) {
    for (
      const [how, bytes] of [
        ["removed", concat(whole.subarray(0, start), whole.subarray(end))],
        [
          "zeroed",
          concat(whole.subarray(0, start), new Uint8Array(end - start), whole.subarray(end)),
        ],
        [
          "zeroed with its index, of a cut file",
          concat(
            whole.subarray(0, start),
            new Uint8Array(indexEnd - start),
            whole.subarray(indexEnd, stateEnd),
          ),
        ],
      ] as const
    ) {
      test(`gives no entity the id of another: chunk ${n} ${how}`, async () => {
        const reader = await RecordingReader.open(new MemorySource(bytes), { damage: "leave-out" });
        let lost = 0;
        for await (const snapshot of reader.snapshots()) {
          const { frame, entities } = snapshot.toFrame();
          const ids = idsAt(frame);
          assert.equal(entities.length, ids.length + 1);
          for (const { id, fields } of entities) {
            const x = Number(fields["x"]);
            const expected = x < 0 ? 0 : ids[x - frame * 10]!;
            const actual = reader.names.idOf(id);
            if (actual === expected) continue;
            assert.equal(actual, `lost id ${id}`);
            lost++;
          }
        }
        assert.ok(lost > 0);
        assert.ok(reader.damage!.lostIds > 0);
        assert.ok(reader.damage!.faults.some(({ section }) => section === "names"));
        const found = await verifyRecording(new MemorySource(bytes));
        assert.equal(found.damage!.lostIds, reader.damage!.lostIds);
      });
    }
  }
});
