import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Field, FieldType, Schema } from "../../core/state/schema.ts";
import type { EntityState, StateEvent, StateFrame } from "../../core/state/state.ts";
import type { InputNote } from "../../ingest/input/input_note.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { framesOf, openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import { randomWorld, WORLD_SCHEMA } from "../../recording/random_world_test_helper.ts";
import type { RecordingOptions } from "../../recording/recording_options.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import {
  contentOf,
  cut,
  openWorld,
  randomRecording,
  type RecordingContent,
} from "../copy/recording_content_test_helper.ts";
import { saysTime } from "../select/event_payload.ts";
import { MergeError } from "./merge_error.ts";
import type { MergeInput } from "./merge_input.ts";
import { type MergeOptions, mergeRecordings } from "./merge_recordings.ts";

interface Merged {
  readonly reader: RecordingReader;
  readonly notes: readonly InputNote[];
}

/** Merges recordings that are named a, b, c ... */
async function merge(
  inputs: readonly (RecordingReader | Omit<MergeInput, "name">)[],
  options: MergeOptions = {},
): Promise<Merged> {
  const sink = new MemorySink();
  const notes: InputNote[] = [];
  const named = inputs.map((input, i) => ({
    ...("reader" in input ? input : { reader: input }),
    name: "abcdef"[i]!,
  }));
  const onNote = (note: InputNote) => notes.push(note);
  await mergeRecordings(named, sink, { level: 1, onNote, ...options });
  return { reader: await openBytes(sink.bytes()), notes };
}

/** Notes as one text. */
const textOf = (notes: readonly InputNote[]) =>
  notes.map(({ problem, remedy }) => `${problem}; ${remedy ?? ""}`).join("\n");

function frameOf(frame: number, timeMs: number, ...entities: EntityState[]): StateFrame {
  return { frame, timeMs, entities };
}

const ship = (id: number, x = id): EntityState => ({ id, kind: "ship", fields: { x } });

async function recorded(
  frames: readonly StateFrame[],
  options: RecordingOptions = {},
  events: readonly StateEvent[] = [],
): Promise<RecordingReader> {
  return await openBytes(await record(frames, { level: 1, ...options }, events));
}

/** Frames of a session at 50 Hz, each with one ship. */
function session(id: number, frames: readonly number[], startMs = 0): StateFrame[] {
  return frames.map((frame) => frameOf(frame, startMs + frame * 20, ship(id, frame)));
}

function hit(frame: number | undefined, timeMs?: number, more: object = {}): StateEvent {
  const data = {
    ...(frame === undefined ? {} : { f: frame }),
    ...(timeMs === undefined ? {} : { t: timeMs }),
    ev: "hit",
    ...more,
  };
  return { frame, timeMs, name: "hit", data };
}

describe("mergeRecordings() makes whole", () => {
  test("two halves, in whatever order they are named", async () => {
    await fc.assert(
      fc.asyncProperty(randomRecording, fc.nat(), fc.boolean(), async (world, at, isTurned) => {
        const { frames } = world;
        if (frames.length < 2) return;
        const i = at % (frames.length - 1);
        const reader = await openWorld(world);
        const halves = [
          await cut(reader, { to: frames[i]!.frame }),
          await cut(reader, { from: (frames[i]!.frame + 1) >>> 0 }),
        ];
        if (isTurned) halves.reverse();
        if (frames[i + 1]!.timeMs < frames[i]!.timeMs) {
          await assert.rejects(merge(halves), /the time goes back from .* ms in/);
          return;
        }
        const merged = await merge(halves);
        assert.deepEqual(await contentOf(merged.reader), await contentOf(reader));
        assert.deepEqual(merged.reader.schema, reader.schema);
        const turned = merged.notes.filter(({ code }) => code !== "turned-frames");
        assert.deepEqual(turned, []);
      }),
      { numRuns: 80 },
    );
  });

  test("parts by entity or by kind, of which one has the events", async () => {
    const part = fc.oneof(
      fc.subarray([0, 1, 2, 7, 0xffffffff]).map((ids) =>
        [{ ids }, { ids: [0, 1, 2, 7, 0xffffffff].filter((id) => !ids.includes(id)) }] as const
      ),
      fc.subarray(["all", "some", "wide", "mark"]).map((kinds) =>
        [
          { kinds },
          { kinds: ["all", "some", "wide", "mark"].filter((kind) => !kinds.includes(kind)) },
        ] as const
      ),
    );
    await fc.assert(
      fc.asyncProperty(randomRecording, part, async (world, [one, other]) => {
        if (world.frames.length === 0) return;
        const reader = await openWorld(world);
        const merged = await merge([
          await cut(reader, one),
          await cut(reader, { ...other, events: "none" }),
        ]);
        assert.deepEqual(await contentOf(merged.reader), await contentOf(reader));
        assert.deepEqual(merged.notes, []);
        const byName = ({ kinds }: Schema) => kinds.toSorted((a, b) => a.name < b.name ? -1 : 1);
        assert.deepEqual(byName(merged.reader.schema), byName(reader.schema));
      }),
      { numRuns: 60 },
    );
  });

  test("three parts of which one has only events and one only states", async () => {
    await fc.assert(
      fc.asyncProperty(randomRecording, async (world) => {
        if (world.frames.length === 0) return;
        const reader = await openWorld(world);
        const merged = await merge([
          await cut(reader, { events: "only" }),
          await cut(reader, { events: "none", ids: [0, 1] }),
          await cut(reader, { events: "none", ids: [2, 7, 0xffffffff] }),
        ]);
        const content = await contentOf(merged.reader);
        const whole = await contentOf(reader);
        assert.deepEqual(content.frames, whole.frames);
        assert.deepEqual(sortedEvents(content), sortedEvents(whole));
      }),
      { numRuns: 40 },
    );
  });
});

/** Events by place and content; events alone lose the order of those that name no frame. */
function sortedEvents({ events }: RecordingContent): string[] {
  return events.map(([, event]) => JSON.stringify(event)).sort();
}

describe("mergeRecordings() refuses", () => {
  const refused = async (promise: Promise<unknown>, message: RegExp) => {
    const error = await promise.then(() => assert.fail("nothing was refused"), (error) => error);
    assert.ok(error instanceof MergeError, String(error));
    assert.match(error.messageWith((key) => `<${key}>`), message);
  };

  test("an entity that two have at one frame, also with equal states", async () => {
    const a = await recorded(session(7, [1, 2, 3]));
    const b = await recorded([...session(8, [2]), ...session(7, [3])]);
    const again = await recorded(session(7, [3]));
    const rock = await recorded([frameOf(3, 60, { id: 7, kind: "rock", fields: {} })]);
    const message = /: entity 7 \("ship"\) is in both a and b at frame 3; cut one .* <ids> first$/;
    await refused(merge([a, b]), message);
    await refused(merge([a, again]), message);
    await refused(
      merge([a, rock]),
      /entity 7 is in both a \("ship"\) and b \("rock"\) at frame 3;/,
    );
  });

  test("a clock that starts again, unless it is one recording's own", async () => {
    const a = await recorded(session(7, [1, 2, 3]));
    const b = await recorded(session(7, [4, 5], -80));
    await refused(
      merge([a, b]),
      /the time goes back from 60 ms in a to 0 ms in b at frame 4; .* <after>, .* <timeOffsetMs>$/,
    );
    const own = await recorded([frameOf(1, 40, ship(7)), frameOf(2, 20, ship(7))]);
    const beside = await merge([own, await recorded(session(8, [2, 3]))]);
    assert.deepEqual((await framesOf(beside.reader)).map(({ timeMs }) => timeMs), [40, 20, 60]);
  });

  test("fields of two sorts, and more fields than fit", async () => {
    const of = (kind: string, fields: EntityState["fields"]) =>
      recorded([frameOf(1, 0, { id: 1, kind, fields })]);
    await refused(
      merge([await of("ship", { x: 1 }), await of("ship", { x: 2 }), await of("ship", { x: "a" })]),
      /field "x" of kind "ship" is u8 in a and enum in c, and no type holds both; .* <fields>$/,
    );
    const many = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`f${from + i}`, 1]));
    await refused(
      merge([await of("ship", many(0, 40)), await of("ship", many(30, 65))]),
      /kind "ship" has 65 fields with those of b, at most 64 fit; .* <fields> first$/,
    );
  });

  test("what is moved to where no frame or time is", async () => {
    const a = await recorded(session(7, [100, 101]));
    const b = await recorded(session(8, [10, 11], 50), {}, [hit(4, 7)]);
    const moved = (frameOffset: number, timeOffsetMs = 0) =>
      merge([a, { reader: b, frameOffset, timeOffsetMs }]);
    await refused(
      moved(-11),
      /the first frame of b, 10, moved by -11 is -1, .* <frameOffset> from -10 to 4294967285$/,
    );
    await refused(moved(4294967286), /is 4294967296, which is no frame/);
    await refused(
      moved(-5),
      /event "hit" at frame 4 of b, moved by -5, stands at -1, .*cut it off/,
    );
    await refused(moved(0, -8), /the time of event "hit" of b, 7 ms, moved by -8 ms is below 0; /);
    const silent = await cut(b, { events: "none" });
    await refused(
      merge([a, { reader: silent, timeOffsetMs: -251 }]),
      /the time of frame 10 of b, 250 ms, moved by -251 ms is below 0/,
    );
    await assert.rejects(moved(0.5), /frameOffset of b is 0\.5, expected an integer/);
    await assert.rejects(moved(0, NaN), /timeOffsetMs of b is NaN/);
  });

  test("frames that are too far apart for one recording", async () => {
    const at = (...frames: number[]) => recorded(frames.map((frame) => frameOf(frame, 0)));
    await refused(
      merge([await at(0, 2 ** 31 - 1, 2 ** 32 - 2), await at(2 ** 31, 2 ** 32 - 1, 5)]),
      /from the first frame to the last are 429496730\d, at most 2\^32 fit; .* <frameOffset>$/,
    );
  });

  test("to put what has no frames or no rate behind another", async () => {
    const a = await recorded(session(7, [1, 2]));
    const one = await recorded(session(7, [1]));
    const events = await recorded([], {}, [hit(1)]);
    const after = { after: true };
    await refused(merge([a, events], after), /b has no frames, .*<frameOffset> and <timeOffsetMs>/);
    await refused(merge([events, a], after), /a has no frames/);
    await refused(merge([one, one], after), /neither a nor b says how long a frame takes; /);
  });
});

describe("mergeRecordings() with `after`", () => {
  test("goes on a frame later, in frames, times and what events say of both", async () => {
    const a = await recorded(session(7, [5, 6]), {}, [hit(6, 120)]);
    const events = [
      hit(100, 2500),
      hit(undefined, 2510),
      { ...hit(100, 2500), data: { ev: "hit", f: 100, t: 2.5 } },
      { ...hit(100, 2500), data: { f: 99, t: 1, data: { f: 100 } } },
    ];
    const b = await recorded(session(7, [100, 101, 103], 500), {}, events);
    const { reader, notes } = await merge([a, b, b], { after: true });
    assert.deepEqual(notes, []);
    const frames = await framesOf(reader);
    assert.deepEqual(frames.map(({ frame }) => frame), [5, 6, 7, 8, 10, 11, 12, 14]);
    assert.deepEqual(
      frames.map(({ timeMs }) => timeMs),
      [100, 120, 140, 160, 200, 220, 240, 280],
    );
    const placed = await contentOf(reader);
    assert.deepEqual(placed.events.slice(0, 5), [
      [6, hit(6, 120)],
      [7, hit(7, 140)],
      [7, hit(undefined, 150)],
      [7, { ...hit(7, 140), data: { ev: "hit", f: 7, t: 0.14 } }],
      [7, { ...hit(7, 140), data: { f: 99, t: 1, data: { f: 100 } } }],
    ]);
    assert.deepEqual(placed.events[5], [11, hit(11, 220)]);
  });

  test("goes on across 2^32", async () => {
    const a = await recorded(session(7, [2 ** 32 - 2, 2 ** 32 - 1], -20 * 2 ** 32));
    const b = await recorded(session(7, [3, 4]), {}, [hit(4)]);
    const { reader } = await merge([a, b], { after: true });
    const { frames, events } = await contentOf(reader);
    assert.deepEqual(frames.map(([frame]) => frame), [2 ** 32 - 2, 2 ** 32 - 1, 0, 1]);
    assert.deepEqual(events, [[1, hit(1)]]);
  });

  test("takes the second's rate when the first has none", async () => {
    const one = await recorded(session(7, [1]));
    const { reader } = await merge([one, await recorded(session(7, [1], 5), { rateHz: 40 })], {
      after: true,
    });
    assert.deepEqual((await framesOf(reader)).map(({ timeMs }) => timeMs), [20, 45]);
    const [slow, fast] = [{ rateHz: 10 }, { rateHz: 40 }];
    const rated = await merge([
      await recorded(session(7, [1]), slow),
      await recorded(session(7, [1]), fast),
    ], { after: true });
    assert.deepEqual((await framesOf(rated.reader)).map(({ timeMs }) => timeMs), [20, 120]);
  });
});

describe("mergeRecordings() moves", () => {
  test("by offsets, forwards and backwards, and to before the first", async () => {
    const a = await recorded(session(7, [10, 11]));
    const b = await recorded(session(8, [20, 21]), {}, [hit(21, 420)]);
    const { reader } = await merge([a, { reader: b, frameOffset: -11, timeOffsetMs: -220 }]);
    const { frames, events } = await contentOf(reader);
    assert.deepEqual(frames.map(([frame, timeMs]) => [frame, timeMs]), [
      [9, 180],
      [10, 200],
      [11, 220],
    ]);
    assert.deepEqual(frames.map(([, , states]) => states.length), [1, 2, 1]);
    assert.deepEqual(events, [[10, hit(10, 200)]]);
  });

  test("events so that their data says their place, whatever keys and units it has", async () => {
    // Powers of ten that seconds, milliseconds, micro- and nanoseconds are of a millisecond.
    const exponents = fc.constantFrom(3, 0, -3, -6);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(50),
        fc.nat(400_000),
        exponents,
        fc.integer({ min: 0, max: 5000 }),
        async (frame, hundredths, exponent, by) => {
          const timeMs = Number(`${hundredths}e-2`);
          const said = Number(`${hundredths}e${-2 - exponent}`);
          const data = { tick: frame, at: { s: said }, f: -1, list: [1] };
          const event = { frame, timeMs, name: "hit", data };
          const b = await recorded(session(8, [0, 50]), {}, [event]);
          const moved = { reader: b, frameOffset: by, timeOffsetMs: by / 3 };
          const eventKeys = { frame: "tick", time: "at.s" };
          const { reader } = await merge([await recorded([]), moved], { eventKeys });
          const [[at, found] = []] = (await contentOf(reader)).events;
          assert.equal(at, frame + by);
          assert.equal(found!.frame, frame + by);
          assert.ok(Math.abs(found!.timeMs! - (timeMs + by / 3)) <= 1e-9 * found!.timeMs!);
          assert.equal(found!.data.tick, frame + by);
          assert.ok(saysTime(found!, "at.s"));
          assert.deepEqual(found!.data.list, [1]);
          assert.equal(found!.data.f, -1);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("mergeRecordings() notes", () => {
  test("times of common frames, and lacking frames", async () => {
    const a = await recorded(session(7, [1, 2, 3, 4]));
    const b = await recorded([...session(8, [2], 1), ...session(8, [4, 5], -2.5)]);
    const { reader, notes } = await merge([a, b]);
    assert.deepEqual(
      (await framesOf(reader)).map(({ timeMs }) => timeMs),
      [20, 40, 60, 80, 97.5],
    );
    assert.equal(
      textOf(notes),
      "2 frames had another time in a later recording than in the first with it, by up to 2.5 ms, " +
        "and kept the first; move the times of the later one by timeOffsetMs\n" +
        "b lacks 1 frame between its first and its last that others have, and shows none of its " +
        "entities there; ",
    );
  });

  test("events that are there twice", async () => {
    const long = { text: "x".repeat(1000) };
    const a = await recorded(session(7, [1, 2]), {}, [
      hit(1, 20, { n: 1, m: [2] }),
      hit(2, 5, long),
    ]);
    const b = await recorded(session(8, [1, 2]), {}, [
      { ...hit(1, 20), data: { m: [2], n: 1 } },
      hit(1, 20, { n: 1, m: { 0: 2 } }),
      hit(2, 5, long),
      hit(2, 6, long),
    ]);
    const { reader, notes } = await merge([a, b]);
    assert.equal((await contentOf(reader)).events.length, 6);
    assert.equal(
      textOf(notes),
      "2 events came in several inputs, each time kept; leave one of these out, or cut " +
        "it with events none first",
    );
    const own = await recorded([], {}, [hit(1), hit(1)]);
    assert.deepEqual((await merge([own, await recorded([])])).notes, []);
  });

  test("facts and rates that differ", async () => {
    const a = await recorded(session(7, [1]), { source: { game: "qw", map: "dm4" }, rateHz: 77 });
    const b = await recorded(session(8, [2]), { source: { game: "q3", licence: "MIT" } });
    const { reader, notes } = await merge([a, b]);
    assert.deepEqual([...reader.source], [["game", "qw"], ["map", "dm4"], ["licence", "MIT"]]);
    assert.equal(reader.declaredRateHz, 77);
    assert.equal(
      textOf(notes),
      'the facts about the source differ, and the first counts: game is "qw" in a and "q3" in b; \n' +
        "a declares 77 frames a second and b none, and the first counts; ",
    );
  });
});

/** Other types that fields of a type have to go with. */
const OTHER_TYPES: Partial<Record<FieldType, readonly Omit<Field, "name">[]>> = {
  u8: [{ type: "i16" }, { type: "fixed", step: 0.5 }, { type: "f32" }],
  i8: [{ type: "i32" }],
  u16: [{ type: "u32" }, { type: "f64" }],
  i16: [{ type: "fixed", step: 0.01 }],
  u32: [{ type: "f64" }],
  i32: [{ type: "f64" }, { type: "f32" }],
  fixed: [{ type: "f64" }, { type: "u32" }],
  f32: [{ type: "f64" }, { type: "u32" }],
  enum: [{ type: "text" }, { type: "enum", values: ["new", "b"] }],
  text: [{ type: "enum", values: ["new"] }],
};

/** A schema with other types and another order than that of random worlds. */
const otherSchema: fc.Arbitrary<Schema> = fc.record({
  turned: fc.boolean(),
  isSparse: fc.boolean(),
  hasMore: fc.boolean(),
  picks: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
}).map(({ turned, isSparse, hasMore, picks }) => ({
  kinds: [...WORLD_SCHEMA.kinds].reverse().map(({ name, fields }) => {
    const others = fields.flatMap((field, i): Field[] => {
      const pick = picks[i % picks.length]!;
      const types = OTHER_TYPES[field.type] ?? [];
      const type = types[pick % (types.length + 1)];
      if (isSparse && pick % 5 === 0) return [];
      if (!isSparse) return [{ ...field, optional: pick % 2 === 0 }];
      return [type === undefined ? field : { name: field.name, ...type }];
    });
    if (hasMore) others.push({ name: "more", type: "u8" });
    return { name, fields: turned ? others.reverse() : others };
  }),
}));

describe("mergeRecordings() widens", () => {
  test("whatever types there are, and keeps every value", async () => {
    await fc.assert(
      fc.asyncProperty(randomWorld, otherSchema, fc.boolean(), async (world, schema, isFirst) => {
        const plain = await recorded(world, { schema: WORLD_SCHEMA });
        const other = await recorded([], { schema });
        const { reader } = await merge(isFirst ? [plain, other] : [other, plain]);
        const sorted = (frames: readonly StateFrame[]) =>
          frames.map((frame) => ({
            ...frame,
            entities: frame.entities.map(({ fields, ...state }) => ({
              ...state,
              fields: Object.entries(fields).sort(([a], [b]) => a < b ? -1 : 1),
            })),
          }));
        assert.deepEqual(sorted(await framesOf(reader)), sorted(world));
      }),
      { numRuns: 100 },
    );
  });

  test("types that differ, and fields that one side lacks", async () => {
    const of = (id: number, fields: EntityState["fields"]) =>
      recorded([frameOf(id, id, { id, kind: "ship", fields })]);
    const inputs = [
      { x: -5, arm: "axe", on: true },
      { x: 200, arm: "rl", y: 0.5 },
      { x: 0.25, y: 1 / 3 },
    ];
    const readers = [];
    for (const [id, fields] of inputs.entries()) readers.push(await of(id, fields as never));
    const { reader } = await merge(readers);
    assert.deepEqual(reader.schema.kinds, [{
      name: "ship",
      fields: [
        { name: "x", type: "fixed", step: 0.25 },
        { name: "arm", type: "enum", values: ["axe", "rl"], optional: true },
        { name: "on", type: "bool", optional: true },
        { name: "y", type: "f64", optional: true },
      ],
    }]);
    const states = (await framesOf(reader)).map(({ entities: [state] }) => state!.fields);
    assert.deepEqual(states, inputs);
  });
});

/** Events of a file, which are not in order. */
async function* given(...events: StateEvent[]): AsyncGenerator<StateEvent, void, void> {
  yield* events;
}

describe("mergeRecordings() places events", () => {
  test("by frame or time, also those that come late", async () => {
    const reader = await recorded(session(7, [10, 11, 12, 13], 7), {}, [hit(11)]);
    const events = [hit(12), hit(undefined, 230), hit(11), hit(undefined, 247), hit(13)];
    const merged = await merge([reader], { events: [{ name: "e", events: given(...events) }] });
    assert.deepEqual((await contentOf(merged.reader)).events, [
      [11, hit(11)],
      [11, hit(undefined, 230)],
      [11, hit(11)],
      [12, hit(12)],
      [12, hit(undefined, 247)],
      [13, hit(13)],
    ]);
    assert.match(textOf(merged.notes), /^1 event came in several inputs/);
  });

  test("across 2^32, and those of no frame where a recording has none", async () => {
    const frames = session(7, [2 ** 32 - 1, 0, 1], 0).map((frame, i) => ({ ...frame, timeMs: i }));
    const events = () => [{ name: "e", events: given(hit(0), hit(2 ** 32 - 1), hit(1)) }];
    const merged = await merge([await recorded(frames)], { events: events() });
    const places = (await contentOf(merged.reader)).events.map(([at]) => at);
    assert.deepEqual(places, [2 ** 32 - 1, 0, 1]);
    assert.deepEqual(merged.notes, []);
    const alone = await merge([await recorded([])], { events: events() });
    assert.equal((await contentOf(alone.reader)).events.length, 3);
  });

  test("with a note on those outside of the frames, and on another clock", async () => {
    const frames = session(7, Array.from({ length: 100 }, (_, i) => i), 40);
    const reader = await recorded(frames);
    const events = [
      hit(undefined, 39),
      hit(5),
      hit(100),
      hit(undefined, 2041),
      hit(undefined, 2039),
    ];
    const { notes } = await merge([reader], { events: [{ name: "e", events: given(...events) }] });
    assert.equal(
      textOf(notes),
      "3 events of e came before the first frame or after the last, outside of frames 0 to 99 " +
        "(40 to 2020 ms); check that they belong to it, and their unit, timeUnit",
    );
    const seconds = [1, 30, 60, 90].map((frame) => hit(frame, frame / 50));
    const other = await merge([reader], { events: [{ name: "e", events: given(...seconds) }] });
    assert.match(textOf(other.notes), /^the events' times reach 1\.78 ms where the states' /);
  });
});

test("mergeRecordings() fails with what fails: a damaged block, a sink, the events", async () => {
  const frames = session(7, Array.from({ length: 300 }, (_, i) => i));
  const bytes = await record(frames, { level: 1 });
  const whole = await openBytes(bytes);
  const damaged = bytes.slice();
  damaged[whole.blocks[2]!.offset + 80]! ^= 1;
  const other = await recorded(session(8, [400]));
  await assert.rejects(merge([other, await openBytes(damaged)]), /Cannot read block .*test\.mcap/);
  for (let failing = 0; failing < 12; failing++) {
    let calls = 0;
    const write = () => {
      if (calls++ === failing) throw new Error("the disk is full");
    };
    const inputs = [whole, other].map((reader, i) => ({ name: "ab"[i]!, reader }));
    await assert.rejects(mergeRecordings(inputs, { write }), /the disk is full/);
  }
  const failing = (async function* () {
    yield hit(3);
    throw new SyntaxError("line 2 is none");
  })();
  await assert.rejects(merge([whole], { events: [{ name: "e", events: failing }] }), /line 2/);
  await assert.rejects(merge([]), TypeError);
});
