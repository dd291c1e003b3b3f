import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import type { StateFrame } from "../../core/state/state.ts";
import { SchemaInference } from "../../schema/infer.ts";
import { describeRecording, type RecordingDescription } from "../describe_recording.ts";
import { openBytes, record } from "../memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../random_world_test_helper.ts";
import { StateTally } from "./state_tally.ts";
import { storedFactsBytes } from "./stored_facts.ts";

/** What is said of a recording, and of how many frames it was read for it. */
async function describeBytes(bytes: Uint8Array): Promise<[RecordingDescription, number]> {
  let frames = 0;
  const description = await describeRecording(await openBytes(bytes), () => frames++);
  return [description, frames];
}

const NAME = new TextEncoder().encode("hindcast.states");

/** Place of the attachment with what the states hold: its record, its data, and its CRC. */
function attachmentOf(bytes: Uint8Array): { start: number; data: number; end: number } {
  const name = bytes.findIndex((_, i) => NAME.every((byte, n) => bytes[i + n] === byte));
  assert.ok(name > 0);
  // Opcode, length, two times and the length of the name stand before it.
  const start = name - 29;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = start + 9 + view.getUint32(start + 1, true);
  const media = name + NAME.length;
  return { start, data: media + 4 + view.getUint32(media, true) + 8, end };
}

/** The recording with one text of the attachment replaced, and its CRC set right if asked. */
function forged(bytes: Uint8Array, from: string, to: string, isSealed = true): Uint8Array {
  const copy = bytes.slice();
  const { start, data, end } = attachmentOf(copy);
  const text = new TextDecoder().decode(copy.subarray(data, end - 4));
  assert.ok(text.includes(from), `${from} of ${text}`);
  const written = new TextEncoder().encode(text.replace(from, to));
  assert.equal(written.length, end - 4 - data);
  copy.set(written, data);
  const crc = crc32(copy.subarray(start + 9, end - 4));
  if (isSealed) new DataView(copy.buffer, copy.byteOffset).setUint32(end - 4, crc, true);
  return copy;
}

/** What inference says of frames as they were given. */
function observed(frames: readonly StateFrame[], kinds: readonly { name: string }[]) {
  const inference = new SchemaInference();
  for (const frame of frames) inference.observe(frame);
  const facts = new Map(inference.facts().map((kind) => [kind.name, kind]));
  return kinds.map(({ name }) => {
    const { entities = 0, rows = 0, fields = [] } = facts.get(name) ?? {};
    return {
      name,
      entities,
      rows,
      fields: fields.map(({ name, optional, min, max, distinct, isDistinctExact, step }) => ({
        name,
        ...(optional ? { optional } : {}),
        min: min ?? null,
        max: max ?? null,
        distinct,
        ...(isDistinctExact ? {} : { distinctIsLowerBound: true }),
        step: step ?? null,
      })),
    };
  });
}

function gapsOf(frames: readonly StateFrame[]): number {
  return frames.filter(({ frame }, i) => i > 0 && ((frame - frames[i - 1]!.frame) >>> 0) > 1)
    .length;
}

describe("describeRecording()", () => {
  for (const [how, schema] of [["a declared", WORLD_SCHEMA], ["an inferred", undefined]] as const) {
    test(`says by what the writer left what the frames hold, as by reading, with ${how} schema`, () =>
      fc.assert(
        fc.asyncProperty(randomWorld, async (frames) => {
          const bytes = await record(frames, { level: 1, ...(schema && { schema }) });
          const [left, none] = await describeBytes(bytes);
          const [read, all] = await describeBytes(forged(bytes, `"version"`, `"vorsion"`));
          assert.deepEqual([none, all], [0, frames.length]);
          assert.deepEqual(left, read);
          assert.equal(left.gaps, gapsOf(frames));
          const kinds = left.kinds.map(({ fields, ...kind }) => {
            return { ...kind, fields: fields.map(({ type: _, ...field }) => field) };
          });
          assert.deepEqual(kinds, observed(frames, left.kinds));
        }),
        { numRuns: 40 },
      ));
  }

  const fields = (x: number) => ({ x, on: true, arm: "axe" });
  const frames = [1, 2, 5].map((frame, i) => ({
    frame,
    timeMs: frame * 16,
    entities: [{ id: 7, kind: "ball", fields: fields([0.5, 2, 0.5][i]!) }],
  }));

  test("reads the blocks where what the writer left is damaged, of other blocks, or makes no sense", async () => {
    const bytes = await record(frames);
    const [truth] = await describeBytes(bytes);
    assert.deepEqual(truth.kinds[0]!.fields[0], {
      name: "x",
      type: "fixed",
      min: 0.5,
      max: 2,
      distinct: 2,
      step: 0.5,
    });
    const { blocks } = JSON.parse(storedText(bytes));
    assert.match(blocks, /^[0-9a-f]{16}$/);
    const lies: [from: string, to: string][] = [
      [`"version":1`, `"version":2`],
      [blocks, `${blocks.slice(0, -1)}${blocks.endsWith("0") ? "1" : "0"}`],
      [`"name":"ball"`, `"name":"boll"`],
      [`"name":"on"`, `"name":"in"`],
      [`"name":"on"`, `"name":"x" `],
      [`"entities":1`, `"entities":x`],
      [`"rows":3`, `"rows":[`],
      [`"rows":3`, `"rows":"`],
      [`"gaps":1`, `"gaps":{`],
      [`"min":0.5`, `"min":"a"`],
      [`"distinct":2`, `"distinct":-`],
      [`"distinct":2`, `"distinct":0`],
      [`"distinct":2`, `"distinct":4`],
      [`"entities":1`, `"entities":4`],
      [`"min":0.5`, `"min":3.5`],
      [`"min":0.5`, `"mon":0.5`],
      [`"step":0.5`, `"step":0.0`],
    ];
    for (const [from, to] of lies) {
      assert.deepEqual(await describeBytes(forged(bytes, from, to)), [truth, 3], `${from} ${to}`);
    }
    const flipped = forged(bytes, `"max":2`, `"max":3`, false);
    assert.deepEqual(await describeBytes(flipped), [truth, 3]);
    // It is read at all: a lie that is sealed as well is believed.
    const [lie, read] = await describeBytes(forged(bytes, `"max":2`, `"max":3`));
    assert.deepEqual([lie.kinds[0]!.fields[0]!.max, read], [3, 0]);
  });

  test("knows the blocks that were meant: other values, times or types have another seal", async () => {
    const [a, b, c] = [frames[0]!, frames[1]!, frames[2]!];
    const ball = { id: 7, kind: "ball", fields: fields(1e9) };
    const others = [frames, [a, b, { ...c, timeMs: 81 }], [a, b, { ...c, entities: [ball] }], [
      a,
      b,
    ]];
    const typed = { kinds: [{ name: "ball", fields: [{ name: "x", type: "f64" as const }] }] };
    const only = frames.map((frame) => ({
      ...frame,
      entities: frame.entities.map((state) => ({ ...state, fields: { x: state.fields.x } })),
    }));
    const files = [...await Promise.all(others.map((other) => record(other))), await record(only)];
    files.push(await record(only, { schema: typed }));
    const seals = files.map((bytes) => JSON.parse(storedText(bytes)).blocks);
    assert.equal(new Set(seals).size, files.length);
  });
});

function storedText(bytes: Uint8Array): string {
  const { data, end } = attachmentOf(bytes);
  return new TextDecoder().decode(bytes.subarray(data, end - 4));
}

test("RecordingWriter leaves of the frames of FORMAT.md what it spells out", async () => {
  const text = readFileSync(new URL("../FORMAT.md", import.meta.url), "utf8");
  const [, spelt] = /^ {4}(\{"version":1,"blocks"[\s\S]*?)\n\n/m.exec(text)!;
  const player = (id: number, x: number, hp: number) => ({ id, kind: "player", fields: { x, hp } });
  const frames = [
    { frame: 10, timeMs: 0, entities: [player(3, 100, 100)] },
    { frame: 11, timeMs: 16, entities: [player(3, 103, 100), player(5, -1, 100)] },
    { frame: 13, timeMs: 48, entities: [player(3, 109, 90), player(5, -1, 100)] },
  ];
  const { blocks: _, ...left } = JSON.parse(storedText(await record(frames)));
  const { blocks, ...expected } = JSON.parse(spelt!);
  assert.match(blocks, /^[0-9a-f]{16}$/);
  assert.deepEqual(left, expected);
});

test("StateTally is not whole when memory ended a count, and storedFactsBytes() takes no more than 1 MiB", async () => {
  const entities = Array.from({ length: 40 }, (_, id) => {
    return { id, kind: "ball", fields: { x: id * 1.5, name: `a name that is long: ${id}` } };
  });
  const reader = await openBytes(await record([{ frame: 0, timeMs: 0, entities }]));
  const content = await reader.readTracks(0);
  const wholeness = [[1000, 1000], [50, 1000], [1000, 50]].map(([numbers, texts]) => {
    const tally = new StateTally({ numbers: numbers!, texts: texts! });
    tally.add(content, reader.layout);
    return tally.isWhole;
  });
  assert.deepEqual(wholeness, [true, false, false]);

  const kind = { entities: 1, rows: 1, fields: [] };
  const kinds = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `kind ${i}`, ...kind }));
  assert.ok(storedFactsBytes({ gaps: 0, kinds: kinds(10_000) }, "")!.length < 1 << 20);
  assert.equal(storedFactsBytes({ gaps: 0, kinds: kinds(30_000) }, ""), undefined);
});
