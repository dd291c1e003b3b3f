import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FieldValueError } from "../core/state/field_value_error.ts";
import type { Schema } from "../core/state/schema.ts";
import type { EntityState, StateFrame } from "../core/state/state.ts";
import { eventsOf, framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { MemorySink } from "./container/memory_file.ts";

const SCHEMA: Schema = { kinds: [{ name: "ball", fields: [{ name: "x", type: "u8" }] }] };

function frameOf(frame: number, ...xs: readonly unknown[]): StateFrame {
  const entities = xs.map((x, id) => ({ id, kind: "ball", fields: { x } }));
  return { frame, timeMs: frame * 10, entities: entities as EntityState[] };
}

describe("RecordingWriter.write() refuses", () => {
  const bad: readonly [string, StateFrame, RegExp][] = [
    ["a frame that goes back", frameOf(4, 1), /frame 4 after 5: frames must go forward/],
    ["a frame twice", frameOf(5, 1), /frame 5 after 5/],
    ["what is no frame", frameOf(5.5, 1), /Frame is 5.5/],
    ["a time that is not finite", { ...frameOf(6, 1), timeMs: NaN }, /its time is NaN/],
    ["an entity twice", {
      ...frameOf(6),
      entities: [...frameOf(6, 1).entities, ...frameOf(6, 2).entities],
    }, /entity 0 occurs twice/],
    ["an id that is no u32", {
      ...frameOf(6),
      entities: [{ id: -1, kind: "ball", fields: { x: 1 } }],
    }, /-1/],
  ];
  for (const [name, frame, message] of bad) {
    for (const options of [{ schema: SCHEMA }, {}]) {
      test(`${name}, ${options.schema ? "declared" : "inferred"}, and goes on`, async () => {
        const sink = new MemorySink();
        const writer = await RecordingWriter.open(sink, options);
        await writer.write(frameOf(5, 1));
        await assert.rejects(writer.write(frame), (error: Error) => {
          assert.ok(error instanceof RangeError);
          assert.match(error.message, message);
          return true;
        });
        await writer.write(frameOf(7, 2, 3));
        await writer.close();
        const read = await framesOf(await openBytes(sink.bytes()));
        assert.deepEqual(read, [frameOf(5, 1), frameOf(7, 2, 3)]);
      });
    }
  }

  test("a value outside its declared type, and goes on", async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink, { schema: SCHEMA });
    await writer.write(frameOf(1, 1));
    await assert.rejects(writer.write(frameOf(2, 1, 256)), FieldValueError);
    await assert.rejects(
      writer.write({ ...frameOf(2), entities: [{ id: 1, kind: "cube", fields: {} }] }),
      /no kind "cube"/,
    );
    await writer.write(frameOf(3, 255));
    await writer.close();
    const read = await framesOf(await openBytes(sink.bytes()));
    assert.deepEqual(read, [frameOf(1, 1), frameOf(3, 255)]);
  });

  test("anything after close()", async () => {
    const writer = await RecordingWriter.open(new MemorySink());
    const summary = await writer.close();
    assert.deepEqual(await writer.close(), summary);
    await assert.rejects(writer.write(frameOf(1)), /closed/);
    await assert.rejects(writer.writeEvent({ frame: 1, timeMs: 1, name: "x", data: {} }), /closed/);
  });
});

describe("RecordingWriter.open()", () => {
  test("refuses rates and levels that are none", async () => {
    for (
      const options of [{ rateHz: 0 }, { rateHz: NaN }, { level: 0 }, { level: 23 }, { level: 1.5 }]
    ) {
      await assert.rejects(RecordingWriter.open(new MemorySink(), options), RangeError);
    }
  });

  test("writes and syncs the facts with the first frame", async () => {
    const sink = Object.assign(new MemorySink(), {
      synced: 0,
      sync: () => void (sink.synced = sink.bytes().length),
    });
    const writer = await RecordingWriter.open(sink, { schema: SCHEMA, rateHz: 77 });
    await writer.write(frameOf(42, 1));
    const text = new TextDecoder("latin1").decode(sink.bytes().subarray(0, sink.synced));
    for (
      const fact of [
        "x-hindcast/2",
        "format",
        "rateHz",
        "77",
        "firstFrame",
        "42",
        "schemaHash",
        "x-hindcast-schema",
      ]
    ) {
      assert.ok(text.includes(fact), fact);
    }
    await writer.close();
  });
});

describe("RecordingWriter", () => {
  test("hands over in order to a slow sink, awaited or not", async () => {
    const frames = Array.from({ length: 300 }, (_, i) => frameOf(i, i & 255));
    const sink = new MemorySink();
    const slow = {
      write: async (bytes: Uint8Array) => {
        await new Promise((resolve) => setTimeout(resolve, bytes.length % 3));
        sink.write(bytes);
      },
    };
    const writer = await RecordingWriter.open(slow, { schema: SCHEMA });
    await Promise.all(frames.map((frame) => writer.write(frame)));
    await writer.close();
    assert.deepEqual(sink.bytes(), await record(frames, { schema: SCHEMA }));
  });

  test("passes on the sink's error", async () => {
    const full = new Error("ENOSPC: no space left");
    for (
      const fail of [() => {
        throw full;
      }, () => Promise.reject(full)]
    ) {
      let writes = 0;
      const sink = { write: () => ++writes > 2 ? fail() : undefined };
      const writer = await RecordingWriter.open(sink, { schema: SCHEMA });
      await assert.rejects(async () => {
        for (let i = 0; i < 300; i++) await writer.write(frameOf(i, 1));
      }, full);
    }
  });

  test("ends a block at 1 s, at 4096 frames and at 1 MiB of rows", async () => {
    const at = (frame: number, timeMs: number): StateFrame => ({ ...frameOf(frame, 1), timeMs });
    const bySecond = await openBytes(
      await record([0, 999.9, 1000, 1500, 2000].map((t, i) => at(i, t))),
    );
    assert.deepEqual(bySecond.blocks.map((block) => block.frameCount), [2, 2, 1]);
    const still = Array.from({ length: 5000 }, (_, i) => at(i, 0));
    const byCount = await openBytes(await record(still, { schema: SCHEMA }));
    assert.deepEqual(byCount.blocks.map((block) => block.frameCount), [4096, 904]);
    // A row of one u8 takes 4 words, so 2^16 rows fill 1 MiB.
    const crowd = (x: number) =>
      Array.from({ length: 30_000 }, (_, id) => ({ id, kind: "ball", fields: { x } }));
    const frames = [1, 2, 3, 4, 5].map((x) => ({ frame: x, timeMs: x, entities: crowd(x) }));
    const bySize = await openBytes(await record(frames, { schema: SCHEMA, level: 1 }));
    assert.deepEqual(bySize.blocks.map((block) => block.frameCount), [2, 2, 1]);
    assert.deepEqual(await framesOf(bySize), frames);
  });

  test("records a frame larger than a block alone", async () => {
    const crowd = (x: number) =>
      Array.from({ length: 70_000 }, (_, id) => ({ id, kind: "ball", fields: { x } }));
    const frames = [1, 2].map((x) => ({ frame: x, timeMs: x, entities: crowd(x) }));
    const reader = await openBytes(await record(frames, { schema: SCHEMA, level: 1 }));
    assert.deepEqual(reader.blocks.map((block) => block.frameCount), [1, 1]);
    const answer = await reader.at(2);
    assert.equal(answer.found && answer.state.count, 70_000);
  });

  test("widens the schema from one block on, and never refuses", async () => {
    const values = [1, 2, -3, 70_000, 0.5, 0.1, 1e300, NaN];
    const frames = values.map((x, i): StateFrame => {
      const fields: Record<string, number | string> = { x };
      if (i > 2) fields["late"] = i > 4 ? "b" : "a";
      const entities: EntityState[] = [{ id: 1, kind: "ball", fields }];
      if (i > 5) entities.push({ id: 2, kind: "cube", fields: { y: i } });
      return { frame: i, timeMs: i * 1000, entities };
    });
    const reader = await openBytes(await record(frames));
    assert.ok(reader.revisions > 4, `${reader.revisions} revisions`);
    assert.deepStrictEqual(await framesOf(reader), frames);
    const revisions = reader.blocks.map((block) => block.revision);
    assert.deepEqual(revisions, revisions.toSorted((a, b) => a - b));
    assert.equal(revisions.at(-1), reader.revisions - 1);
    assert.equal(reader.schema.kinds[0]!.fields[0]!.type, "f64");
    assert.equal(reader.schema.kinds[0]!.fields[1]!.optional, true);
  });

  test("keeps one revision where the first second shows all", async () => {
    const frames = Array.from({ length: 500 }, (_, i) => frameOf(i, i % 200, i % 7));
    const reader = await openBytes(await record(frames));
    assert.ok(reader.revisions <= 2);
    assert.ok(reader.blocks.length <= 7);
  });

  test("writes ever-new texts once, not again with each revision", async () => {
    const frames = Array.from({ length: 4000 }, (_, i): StateFrame => {
      const fields = { name: `player-${((i * 2654435761) >>> 0).toString(36)}` };
      return { frame: i, timeMs: i * 16, entities: [{ id: 1, kind: "p", fields }] };
    });
    const bytes = await record(frames, { level: 1 });
    // 14 bytes a text, in the data and in the summary; with the table in each revision it was 4 MB.
    assert.ok(bytes.length < 300_000, `${bytes.length} bytes`);
    assert.deepEqual(await framesOf(await openBytes(bytes)), frames);
  });

  test("writes the same bytes for the same input", async () => {
    const frames = Array.from({ length: 50 }, (_, i) => frameOf(i, i));
    assert.deepEqual(await record(frames), await record(frames));
  });
});

describe("RecordingWriter.writeEvent()", () => {
  test("gives events back in their order and as they came in", async () => {
    const bare = { f: 3, t: 30, ev: "shot", ray: [1, -0, 2.5], hit: null, "2": "b", é: "\ud800" };
    const events = [
      { frame: 3, timeMs: 30, name: "shot", data: bare },
      { frame: 3, timeMs: 30, name: "shot", data: { f: 3, t: 30, ev: "shot", data: { a: 1 } } },
      { frame: 1, timeMs: undefined, name: "early", data: { f: 1, ev: "early" } },
      { frame: undefined, timeMs: 25.5, name: "timed", data: { t: 25.5, ev: "timed" } },
      { frame: undefined, timeMs: undefined, name: "lost", data: { ev: "lost" } },
      { frame: 2, timeMs: -0, name: "renamed", data: { tick: 2, time: -0, what: "renamed" } },
      { frame: 2, timeMs: 20, name: "else", data: { f: "2", t: 20, ev: "else" } },
      { frame: 4, timeMs: 40, name: "__proto__", data: JSON.parse('{"__proto__":{"a":1},"f":4}') },
    ];
    const frames = [1, 2, 3, 4].map((i) => frameOf(i, 1));
    const reader = await openBytes(await record(frames, {}, events));
    const read = await eventsOf(reader);
    assert.deepStrictEqual(read, events);
    assert.ok(Object.is((read[0]!.data["ray"] as number[])[1], -0));
    assert.equal(reader.eventCounts.get("shot"), 2);
    assert.equal(reader.eventCounts.get("__proto__"), 1);
  });

  test("takes more events than a chunk holds", async () => {
    const events = Array.from({ length: 9000 }, (_, i) => {
      const data = { f: i >> 3, t: i, ev: `e${i % 5}`, text: "x".repeat(i % 60) };
      return { frame: data.f, timeMs: data.t, name: data.ev, data };
    });
    const reader = await openBytes(await record([frameOf(1, 1)], { level: 3 }, events));
    assert.deepStrictEqual(await eventsOf(reader), events);
    assert.equal(reader.eventCounts.get("e0"), 1800);
  });

  test("refuses what JSON cannot hold, frames and times that are none", async () => {
    const writer = await RecordingWriter.open(new MemorySink());
    const event = { frame: 1, timeMs: 1, name: "x", data: {} };
    for (const data of [{ a: NaN }, { a: undefined }, { a: 1n }, { a: [Infinity] }]) {
      await assert.rejects(writer.writeEvent({ ...event, data }), TypeError);
    }
    await assert.rejects(writer.writeEvent({ ...event, frame: -1 }), RangeError);
    await assert.rejects(writer.writeEvent({ ...event, timeMs: NaN }), RangeError);
    assert.equal((await writer.close()).events, 0);
  });
});

test("RecordingWriter.open() refuses what is no sink or no schema, and says what is", async () => {
  const open = (sink: unknown, options: object = {}) =>
    RecordingWriter.open(sink as MemorySink, options);
  for (const sink of ["match.mcap", undefined, {}]) {
    await assert.rejects(open(sink), /TypeError: The sink has no write: give a FileSink/);
  }
  await assert.rejects(open(new MemorySink(), { schema: { layout: 1 } }), /A schema is an object/);
});

test("RecordingWriter.blocks counts the blocks that the sink has whole", async () => {
  const writer = await RecordingWriter.open(new MemorySink(), { schema: SCHEMA });
  const counts = [];
  // A second is 100 frames; the frame behind it ends the block.
  for (const frame of [0, 99, 100, 199, 200]) {
    await writer.write(frameOf(frame, 1));
    counts.push(writer.blocks);
  }
  assert.deepEqual(counts, [0, 0, 1, 1, 2]);
  await writer.close();
  assert.equal(writer.blocks, 3);
});
