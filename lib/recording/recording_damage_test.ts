import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { McapRecordBuilder, McapWriter, TempBuffer } from "@mcap/core";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { eventsOf, framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { RecordingSyntaxError } from "./container/recording_error.ts";
import { RecordingReader } from "./recording_reader.ts";
import { checksum } from "./container/zstd.ts";

const frames: StateFrame[] = [0, 1, 2].map((i) => ({
  frame: i * 2,
  timeMs: i * 700,
  entities: [{ id: 1, kind: "ball", fields: { x: i * 100, on: i === 1 } }],
}));
const events: StateEvent[] = [{
  frame: 2,
  timeMs: 700,
  name: "hit",
  data: { f: 2, t: 700, ev: "hit" },
}];
const file = await record(frames, { rateHz: 60, source: { game: "test" } }, events);

/** All that a reader says of a file. */
async function readAll(bytes: Uint8Array): Promise<unknown> {
  const reader = await openBytes(bytes);
  return {
    frames: await framesOf(reader),
    events: await eventsOf(reader),
    schema: reader.schema,
    rate: reader.rateHz,
    source: [...reader.source],
    blocks: reader.blocks,
    counts: [...reader.eventCounts],
    gap: await reader.at(3),
  };
}

async function errorOf(bytes: Uint8Array): Promise<RecordingSyntaxError> {
  try {
    await readAll(bytes);
  } catch (error) {
    assert.ok(error instanceof RecordingSyntaxError, `${error} is no RecordingSyntaxError`);
    assert.ok(!error.message.includes("\n"));
    return error;
  }
  return assert.fail("the file was read");
}

function patched(at: number, ...replacement: number[]): Uint8Array {
  const copy = file.slice();
  copy.set(replacement, at);
  return copy;
}

function find(text: string, from = 0): number {
  const at = Buffer.from(file).indexOf(text, from);
  assert.ok(at >= 0, `${text} is in the file`);
  return at;
}

describe("A damaged recording", () => {
  test("cut at any byte is refused at the opening", async () => {
    const whole = await readAll(file);
    assert.ok(whole);
    for (let length = 0; length < file.length; length++) {
      const error = await errorOf(file.subarray(0, length));
      assert.ok(
        length === 0 || /was cut or is still being written/.test(error.message),
        `${length}: ${error.message}`,
      );
    }
  });

  test("with any bit flipped gives an error or the same answers", async () => {
    const whole = await readAll(file);
    for (let at = 0; at < file.length; at++) {
      for (let bit = 1; bit < 256; bit <<= 1) {
        const bytes = patched(at, file[at]! ^ bit);
        try {
          assert.deepStrictEqual(await readAll(bytes), whole, `byte ${at}, bit ${bit}`);
        } catch (error) {
          assert.ok(error instanceof RecordingSyntaxError, `byte ${at}, bit ${bit}: ${error}`);
        }
      }
    }
  });

  test("with bytes after its end is refused", async () => {
    const longer = new Uint8Array(file.length + 3);
    longer.set(file);
    assert.match((await errorOf(longer)).message, /Cannot read footer at byte \d+/);
  });

  test("names section, byte, both checksums and the file", async () => {
    const reader = await openBytes(file);
    const { offset, length } = reader.blocks[1]!;
    // The raw CRC of a chunk: after opcode, length, two times and the raw size.
    const error = await errorOf(patched(offset + 9 + 24, file[offset + 9 + 24]! ^ 1));
    assert.match(
      error.message,
      /^Cannot read block at byte \d+: CRC is 0x[0-9a-f]{8}, expected 0x[0-9a-f]{8} \(test\.mcap\)$/,
    );
    assert.equal(error.offset, offset);
    assert.equal(error.section, "block");
    assert.ok(length > 0);
  });

  test("keeps its other blocks readable", async () => {
    const whole = await openBytes(file);
    const { offset, length } = whole.blocks[0]!;
    const reader = await openBytes(patched(offset + length - 6, 1, 2, 3));
    await assert.rejects(reader.at(0), RecordingSyntaxError);
    assert.ok((await reader.at(4)).found);
    assert.equal((await eventsOf(reader)).length, 1);
  });

  test("that shrinks while it is read is refused", async () => {
    let size = file.length;
    const source = {
      size: file.length,
      read: (at: number, length: number) => file.subarray(at, Math.min(at + length, size)),
    };
    const reader = await RecordingReader.open(source);
    size = 100;
    await assert.rejects(reader.at(0), /bytes come/);
  });
});

describe("What is no recording is refused in one line:", () => {
  const text = (value: string) => new TextEncoder().encode(value);

  test("an empty file", async () => {
    assert.equal(
      (await errorOf(new Uint8Array())).message,
      "Cannot read header at byte 0: the file is empty (test.mcap)",
    );
  });

  test("a text", async () => {
    const { message } = await errorOf(text('{"f":0,"id":1}\n'));
    assert.match(message, /^Cannot read header at byte 0: this is no MCAP file/);
  });

  test("an MCAP file of somebody else", async () => {
    const buffer = new TempBuffer();
    const writer = new McapWriter({ writable: buffer });
    await writer.start({ profile: "ros2", library: "other" });
    await writer.end();
    const { message } = await errorOf(buffer.get());
    assert.match(message, /it is an MCAP file of profile "ros2", not of hindcast/);
  });

  test("a recording of a later format version", async () => {
    const { message } = await errorOf(patched(find("x-hindcast/2") + 11, 0x33));
    assert.match(message, /its format version is 3, this hindcast reads up to 2; use a newer one/);
  });
});

describe("Lengths of a hostile file", () => {
  /** The file with a summary that was changed and given a fitting CRC. */
  function withSummary(change: (view: DataView, summaryStart: number) => void): Uint8Array {
    const copy = file.slice();
    const view = new DataView(copy.buffer);
    const footer = copy.length - 37;
    const start = Number(view.getBigUint64(footer + 9, true));
    change(view, start);
    view.setUint32(footer + 25, checksum(copy.subarray(start, footer + 25)), true);
    return copy;
  }

  /** Byte of the first chunk index's content. */
  function chunkIndexAt(view: DataView, start: number): number {
    let at = start;
    while (view.getUint8(at) !== 0x08) at += 9 + Number(view.getBigUint64(at + 1, true));
    return at + 9;
  }

  test("of a record in the summary are bounded by the file", async () => {
    const bytes = withSummary((view, start) => view.setBigUint64(start + 1, 1n << 50n, true));
    assert.match((await errorOf(bytes)).message, /Cannot read summary .* bytes, \d+ are left/);
  });

  test("of a chunk are bounded by the file", async () => {
    const bytes = withSummary((view, start) => {
      view.setBigUint64(chunkIndexAt(view, start) + 24, 1n << 40n, true);
    });
    assert.match((await errorOf(bytes)).message, /Cannot read summary .*: a chunk lies at byte/);
  });

  test("of a chunk's raw bytes are bounded before anything is decompressed", async () => {
    const bytes = withSummary((view, start) => {
      const at = chunkIndexAt(view, start);
      const length = Number(view.getBigUint64(at - 8, true));
      view.setBigUint64(at + length - 8, 1n << 40n, true);
      const chunk = Number(view.getBigUint64(at + 16, true));
      view.setBigUint64(chunk + 9 + 16, 1n << 40n, true);
    });
    assert.match((await errorOf(bytes)).message, /at most 134217728 are read/);
  });

  test("beyond 2^53 are refused", async () => {
    const bytes = withSummary((view, start) => view.setBigUint64(start + 1, ~0n, true));
    assert.match((await errorOf(bytes)).message, /exceeds 2\^53 - 1/);
  });

  test("of the header are bounded by what a header needs", async () => {
    const builder = new McapRecordBuilder();
    builder.writeMagic();
    builder.writeHeader({ profile: "x-hindcast/2", library: "x".repeat(10_000) });
    const bytes = new Uint8Array(builder.length + 100);
    bytes.set(builder.buffer);
    await errorOf(bytes);
  });
});
