import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { FieldValueError } from "../core/state/field_value_error.ts";
import type { FieldValue, Schema } from "../core/state/schema.ts";
import type { StateFrame } from "../core/state/state.ts";
import { eventsOf, framesOf, openBytes, record } from "./memory_recording_test_helper.ts";
import type { RecordingOptions } from "./recording_options.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { MemorySink } from "./container/memory_file.ts";

const SCHEMA: Schema = {
  kinds: [
    {
      name: "ball",
      fields: [
        { name: "x", type: "i32" },
        { name: "on", type: "bool" },
        { name: "text", type: "enum", values: ["a", "b", "c"] },
        { name: "late", type: "f64", optional: true },
      ],
    },
    { name: "cube", fields: [{ name: "x", type: "i32" }] },
  ],
};

interface LiveState {
  id: number;
  kind: string;
  fields: Record<string, FieldValue>;
}

/** What a game server does between two frames. */
type Change = (world: { frame: number; timeMs: number; entities: LiveState[] }) => void;

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.nat(3), fc.integer({ min: -5, max: 5 })).map(([i, x]): Change => ({ entities }) => {
    if (entities[i]) entities[i]!.fields["x"] = x;
  }),
  fc.tuple(fc.nat(3), fc.constantFrom("a", "b", "c")).map(([i, text]): Change => ({ entities }) => {
    if (entities[i]?.kind === "ball") entities[i]!.fields["text"] = text;
  }),
  fc.tuple(fc.nat(3), fc.double({ noNaN: true })).map(([i, late]): Change => ({ entities }) => {
    if (entities[i]?.kind === "ball") entities[i]!.fields["late"] = late;
  }),
  fc.nat(3).map((i): Change => ({ entities }) => {
    if (entities[i]) delete entities[i]!.fields["late"];
  }),
  // Objects are used again for other entities, as from a pool.
  fc.nat(3).map((i): Change => ({ entities }) => {
    const state = entities[i];
    if (state === undefined) return;
    state.kind = state.kind === "ball" ? "cube" : "ball";
    state.fields = fieldsOf(state.kind, 9);
  }),
  fc.nat(3).map((i): Change => ({ entities }) => {
    if (entities[i]) entities[i]!.id += 10;
  }),
  fc.nat(3).map((i): Change => ({ entities }) => void entities.splice(i, 1)),
  fc.constantFrom<Change>(
    ({ entities }) => entities.push(liveState(entities.length + 100)),
    ({ entities }) => entities.reverse(),
  ),
);

function fieldsOf(kind: string, x: number): Record<string, FieldValue> {
  return kind === "cube" ? { x } : { x, on: false, text: "a" };
}

function liveState(id: number): LiveState {
  return { id, kind: "ball", fields: fieldsOf("ball", id) };
}

/** The frame as it is now, entities as a reader gives them. */
function copyOf(world: StateFrame): StateFrame {
  const copy = structuredClone(world) as { entities: LiveState[] } & StateFrame;
  copy.entities.sort((a, b) => a.id - b.id);
  return copy;
}

async function recordLive(
  steps: readonly (readonly Change[])[],
  options: RecordingOptions,
  isAwaited: boolean,
): Promise<{ bytes: Uint8Array; truth: StateFrame[] }> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, { level: 1, ...options });
  const world = { frame: 0, timeMs: 0, entities: [1, 2, 3].map(liveState) };
  const truth: StateFrame[] = [];
  const writes: Promise<void>[] = [];
  for (const changes of steps) {
    for (const one of changes) one(world);
    const ids = new Set(world.entities.map((state) => state.id));
    if (ids.size < world.entities.length) continue;
    truth.push(copyOf(world));
    const written = writer.write(world);
    world.frame++;
    world.timeMs += 130;
    if (isAwaited) await written;
    else writes.push(written);
  }
  for (const state of world.entities) state.fields = { x: 1e9, never: "written" };
  world.entities.length = 0;
  await Promise.all(writes);
  await writer.close();
  return { bytes: sink.bytes(), truth };
}

describe("RecordingWriter.write() copies what it is given:", () => {
  for (const options of [{ schema: SCHEMA }, {}]) {
    for (const isAwaited of [true, false]) {
      const how = `${options.schema ? "declared" : "inferred"}, ${isAwaited ? "" : "not "}awaited`;
      test(`a world of live objects reads back as it was at each write (${how})`, async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(fc.array(change, { maxLength: 4 })), async (steps) => {
            const { bytes, truth } = await recordLive(steps, options, isAwaited);
            const byName = (frames: StateFrame[]) =>
              frames.map((frame) => ({
                ...frame,
                entities: frame.entities.map(({ id, kind, fields }) => [
                  id,
                  kind,
                  Object.entries(fields).sort(([a], [b]) => a < b ? -1 : 1),
                ]),
              }));
            assert.deepStrictEqual(byName(await framesOf(await openBytes(bytes))), byName(truth));
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  test("one state object that counts frames, with previews", async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink, { preview: true });
    const state = { id: 1, kind: "p", fields: { x: 0 } };
    const frame = { frame: 0, timeMs: 0, entities: [state] };
    const writes = [];
    for (let f = 0; f < 200; f++) {
      frame.frame = f;
      frame.timeMs = f * 16;
      state.fields.x = f;
      writes.push(writer.write(frame));
    }
    await Promise.all(writes);
    await writer.close();
    const frames = await framesOf(await openBytes(sink.bytes()));
    assert.deepEqual(
      frames.map(({ entities }) => entities[0]!.fields["x"]),
      Array.from({ length: 200 }, (_, f) => f),
    );
  });

  test("the data of events, and the facts about the source", async () => {
    const sink = new MemorySink();
    const source: Record<string, string> = { map: "dm4" };
    const writer = await RecordingWriter.open(sink, { source });
    source["map"] = "dm6";
    const data = { ev: "shot", f: 1, t: 2, at: [1, 2] };
    const event = { frame: 1, timeMs: 2, name: "shot", data };
    const written = writer.writeEvent(event);
    data.at[0] = 9;
    event.name = "other";
    await written;
    await writer.close();
    const reader = await openBytes(sink.bytes());
    assert.deepEqual((await eventsOf(reader))[0]!.data, { ev: "shot", f: 1, t: 2, at: [1, 2] });
    assert.equal(reader.source.get("map"), "dm4");
  });

  test("own values only; undefined is absence, as it is with a schema", async () => {
    const fields = Object.assign(Object.create({ inherited: 1 }), { x: 1, gone: undefined });
    const frames = [{ frame: 0, timeMs: 0, entities: [{ id: 1, kind: "p", fields }] }];
    const read = await framesOf(await openBytes(await record(frames)));
    assert.deepEqual(read[0]!.entities, [{ id: 1, kind: "p", fields: { x: 1 } }]);
  });

  test("and refuses values of no type before anything is recorded", async () => {
    const sink = new MemorySink();
    const writer = await RecordingWriter.open(sink);
    const frameOf = (frame: number, fields: unknown, kind: unknown = "p") =>
      ({ frame, timeMs: frame, entities: [{ id: 1, kind, fields }] }) as StateFrame;
    for (const value of [null, [1], { a: 1 }, Symbol("x"), () => 1]) {
      await assert.rejects(writer.write(frameOf(1, { x: value })), FieldValueError);
    }
    await assert.rejects(
      writer.write(frameOf(1, undefined)),
      /entity 1 of frame 1: its fields are undefined/,
    );
    await assert.rejects(writer.write(frameOf(1, { x: 1 }, null)), TypeError);
    await writer.write(frameOf(1, { x: 1 }));
    await writer.close();
    assert.deepEqual(await framesOf(await openBytes(sink.bytes())), [frameOf(1, { x: 1 })]);
  });
});

test("RecordingOptions.sharesStates changes no byte for states that never change", async () => {
  const rest = { id: 1, kind: "cube", fields: { x: 4 } };
  const frames = Array.from({ length: 100 }, (_, i) => ({
    frame: i,
    timeMs: i * 30,
    entities: [rest, { id: 2, kind: "cube", fields: { x: i >> 2 } }],
  }));
  for (const options of [{ schema: SCHEMA }, {}]) {
    const shared = await record(frames, { ...options, sharesStates: true });
    assert.deepEqual(shared, await record(frames, options));
  }
});
