import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, test } from "node:test";
import { record } from "../memory_recording_test_helper.ts";
import { readAll, smallModel } from "./damage_model_test_helper.ts";

/** Some runtimes stop a test after 5 s, and a machine may be busy. */
const SLOW = { timeout: 300_000 };
const model = await smallModel();
const cut = model.bytes.subarray(0, model.parts.at(-1)!.end);

/** Bytes of records of schemas and channels. */
function definitionBytes(): number[] {
  const view = new DataView(cut.buffer, cut.byteOffset);
  const found: number[] = [];
  for (let at = 8; at < cut.length;) {
    const end = at + 9 + Number(view.getBigUint64(at + 1, true));
    if (cut[at] === 0x03 || cut[at] === 0x04) { for (let i = at; i < end; i++) found.push(i); }
    at = end;
  }
  return found;
}

function flipped(at: number, mask: number, bytes = cut): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= mask;
  return copy;
}

describe("RecordingReader.open() of a file without an index", () => {
  test("loses nothing to a bit in any byte of schemas and channels", SLOW, async () => {
    const places = definitionBytes();
    assert.ok(places.length > 800);
    for (const at of places) {
      const { events, frames } = await readAll(flipped(at, 1 << (at % 8)));
      assert.deepEqual(frames, model.frames, `byte ${at}`);
      assert.deepEqual(events, model.events, `byte ${at}`);
    }
  });

  test("sets a wrong bit of a schema right, and tells at which byte it was", async () => {
    const at = Buffer.from(cut).indexOf('"kinds"') + 3;
    for (const mask of [0x80, 0x40, 0x01]) {
      const { frames, reader } = await readAll(flipped(at, mask));
      assert.deepEqual(frames, model.frames);
      const { faults, lostEvents, lostFrames } = reader.damage!;
      assert.deepEqual([lostFrames, lostEvents], [0, 0]);
      assert.deepEqual(faults.map(({ section, offset }) => [section, offset]), [
        ["mended schema", at],
      ]);
    }
  });

  test("names the schema's place where more than a bit is wrong, and what it costs", async () => {
    const start = Buffer.from(cut).indexOf("hindcast.State") - 4 - 2 - 9;
    const bytes = flipped(start + 60, 1, flipped(start + 70, 1));
    const { events, frames, reader } = await readAll(bytes);
    assert.deepEqual(frames.map(({ frame }) => frame), []);
    assert.deepEqual(events, model.events);
    const told = reader.damage!.faults.find(({ section }) => section === "schema");
    assert.deepEqual([told?.offset, told?.problem], [start, "its schema is damaged"]);
  });

  test("takes a schema from what is left of the summary", async () => {
    const start = Buffer.from(model.bytes).indexOf("hindcast.State") - 4 - 2 - 9;
    const lacksFooter = model.bytes.subarray(0, model.bytes.length - 20);
    const { frames } = await readAll(
      flipped(start + 60, 1, flipped(start + 70, 1, lacksFooter)),
    );
    assert.deepEqual(frames, model.frames);
  });

  test("ends its search for a wrong bit of a large schema", SLOW, async () => {
    const fields = Array.from({ length: 60 }, (_, i) => ({ name: `f${i}`, type: "i16" as const }));
    const kinds = Array.from({ length: 20 }, (_, i) => ({ name: `k${i}`, fields }));
    const frame = { frame: 0, timeMs: 0, entities: [] };
    const bytes = await record([frame], { schema: { kinds } });
    const at = Buffer.from(bytes).indexOf('{"kinds"');
    const lacksEnd = bytes.subarray(0, bytes.length - 60);
    const wrong = Buffer.from(lacksEnd);
    // More than a bit is wrong, so that everything is tried; the summary repeats it as well.
    for (let from = at; from >= 0; from = wrong.indexOf('{"kinds"', from)) {
      wrong[from + 3]! ^= 1;
      wrong[from + 9]! ^= 1;
    }
    await assert.rejects(readAll(new Uint8Array(wrong)), /its schema is damaged, and nothing/);
  });
});
