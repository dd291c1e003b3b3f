import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { Schema } from "../../core/state/schema.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { eventsOf, framesOf } from "../memory_recording_test_helper.ts";
import { RecordingReader } from "../recording_reader.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { Recorder } from "./recorder.ts";

const SCHEMA: Schema = {
  kinds: [{
    name: "a",
    fields: [{ name: "x", type: "u8" }, { name: "y", type: "u8", optional: true }],
  }, { name: "none", fields: [{ name: "z", type: "f64", optional: true }] }],
};

/** Holds all that it knows where JSON and loops do not see it. */
class Hidden {
  #x = 1;
  get x(): number {
    return this.#x;
  }
}

class Vec {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
}

class Money {
  readonly #cents: number;
  constructor(cents: number) {
    this.#cents = cents;
  }
  toJSON(): unknown {
    return { cents: this.#cents };
  }
}

const circle: Record<string, unknown> = {};
circle["self"] = circle;

const entity = (more: object) => ({
  frame: 3,
  timeMs: 0,
  entities: [{ id: 5, kind: "a", fields: { x: 1 }, ...more }],
});
const value = (x: unknown) => entity({ fields: { x } });

/** Frames of objects that are none, and the message about each with a schema and without. */
const FRAMES: readonly [unknown, string, string?][] = [
  [undefined, "TypeError: Cannot record a frame: it is undefined, expected one with frame and"],
  ["frame", 'TypeError: Cannot record a frame: it is "frame", expected one with frame and timeMs'],
  [{}, "RangeError: Frame is undefined, expected an integer from 0 to 4294967295"],
  [{ frame: "3", timeMs: 0, entities: [] }, 'RangeError: Frame is "3", expected an integer from'],
  [
    { frame: 3, timeMs: "16", entities: [] },
    'RangeError: Cannot record frame 3: its time is "16", expected ms',
  ],
  [
    { frame: 3, timeMs: 0 },
    "TypeError: Cannot record frame 3: its entities are undefined, expected a list of { id, kind,",
  ],
  [
    { frame: 3, timeMs: 0, entities: {} },
    "TypeError: Cannot record frame 3: its entities are an object, expected a list of { id, kind,",
  ],
  [
    { frame: 3, timeMs: 0, entities: [].values() },
    "TypeError: Cannot record frame 3: its entities are an Array Iterator, expected a list of {",
  ],
  [
    { frame: 3, timeMs: 0, entities: [null] },
    "TypeError: Cannot record frame 3: an entity is null, expected { id, kind, fields }",
  ],
  [
    { frame: 3, timeMs: 0, entities: [7] },
    "TypeError: Cannot record frame 3: an entity is 7, expected { id, kind, fields }",
  ],
  ...[undefined, null, "x", ["x"], new Map([["x", 1]]), new Hidden(), new Date(0)].map((
    fields,
    i,
  ): [unknown, string] => [
    entity({ fields }),
    `TypeError: Cannot record entity 5 of frame 3: its fields are ${
      ["undefined", "null", '"x"', "a list", "a Map", "a Hidden", "a Date"][i]
    }${i > 3 ? " without members of its own" : ""}, expected an object of values by name`,
  ]),
  [
    entity({ kind: "none", fields: new Map([["z", 1]]) }),
    "TypeError: Cannot record entity 5 of frame 3: its fields are a Map without members",
  ],
  [
    entity({ id: "5" }),
    'RangeError: Cannot record frame 3: entity id is "5", expected 0 to 4294967295',
    'RangeError: Cannot record frame 3: entity "5" is no integer from 0 to 4294967295',
  ],
  [
    entity({ kind: undefined }),
    "RangeError: Cannot record entity 5 of frame 3: the schema has no kind undefined",
    "TypeError: Cannot record entity 5 of frame 3: its kind is undefined, expected a text",
  ],
  [
    value({ deep: 1 }),
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: the value is an object,',
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: the value is an object;',
  ],
  [
    value(null),
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: the value is null, expec',
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: the value is null; send',
  ],
];

/** As `FRAMES`, where only a schema refuses it. */
const MISFITS: readonly [unknown, string][] = [
  [
    value(256),
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: the value is 256, expec',
  ],
  [
    value(undefined),
    'FieldValueError: Cannot store "a" field "x" of entity 5 in frame 3: it is missing and not',
  ],
  [
    entity({ fields: { x: 1, w: 2 } }),
    'FieldValueError: Cannot store "a" field "w" of entity 5 in frame 3: the kind has no such',
  ],
];

const event = (data: unknown, more: object = {}) => ({
  name: "shot",
  frame: 3,
  timeMs: 0,
  data,
  ...more,
});

const EVENTS: readonly [unknown, string][] = [
  [
    undefined,
    "TypeError: Cannot record an event: it is undefined, expected { name, frame, timeMs,",
  ],
  [null, "TypeError: Cannot record an event: it is null, expected { name, frame, timeMs, data }"],
  [event({}, { name: 5 }), "TypeError: Cannot record an event: its name is 5, expected a text"],
  [
    event({}, { name: "a\ud83d" }),
    'TypeError: Cannot record event "a\\\\u{d83d}": its name is no Unicode: it has half of a surro',
  ],
  [
    event({}, { frame: "3" }),
    'RangeError: Cannot record event "shot": its frame is "3", expected an u32',
  ],
  [
    event({}, { timeMs: "16" }),
    'RangeError: Cannot record event "shot": its time is "16", expected ms',
  ],
  [
    event(undefined),
    'TypeError: Cannot record event "shot": its data is undefined, expected an obj',
  ],
  [event([1]), 'TypeError: Cannot record event "shot": its data is a list, expected an object'],
  // Its JSON is a text.
  [event(new Date(0)), 'TypeError: Cannot record event "shot": its data is "1970-01-01T00:00:00.'],
  [
    event({ a: undefined }),
    'TypeError: Cannot record event "shot": its data.a is undefined, which',
  ],
  [
    event({ a: [1, { b: NaN }] }),
    'TypeError: Cannot record event "shot": its data.a[1].b is NaN, ',
  ],
  [
    event({ a: { "b c": new Map() } }),
    'TypeError: Cannot record event "shot": its data.a["b c"] is a Map, which JSON cannot hold; ma',
  ],
  [
    event({ a: 1n }),
    'TypeError: Cannot record event "shot": its data.a is the bigint 1, which JSON',
  ],
  // deno-lint-ignore no-sparse-arrays
  [event({ a: [, 1] }), 'TypeError: Cannot record event "shot": its data.a[0] is undefined, which'],
  [
    event({ at: new Hidden() }),
    'TypeError: Cannot record event "shot": its data.at is a Hidden, which JSON cannot hold; it has',
  ],
  [
    event(new Hidden()),
    'TypeError: Cannot record event "shot": its data is a Hidden, which JSON cannot hold; it has',
  ],
  [event(circle), 'TypeError: Cannot record event "shot": its data lies so deep within itself'],
];

function assertSays(act: () => void, message: string): void {
  assert.throws(act, (error: Error) => {
    assert.equal(String(error).slice(0, message.length), message);
    assert.ok(!String(error).includes("\n"));
    return true;
  });
}

async function opened(schema: Schema | undefined) {
  const sink = new MemorySink();
  const recorder = await Recorder.open(sink, schema === undefined ? {} : { schema });
  recorder.write({ frame: 2, timeMs: 0, entities: [{ id: 5, kind: "a", fields: { x: 1 } }] });
  return { sink, recorder };
}

/** Closes a recorder of one frame, and says what events it has. */
async function eventsAtEnd(recorder: Recorder, sink: MemorySink) {
  await recorder.close();
  const source = new MemorySource(sink.bytes());
  assert.equal((await verifyRecording(source)).isWhole, true);
  const reader = await RecordingReader.open(source);
  assert.deepEqual((await framesOf(reader)).map(({ frame }) => frame), [2]);
  return (await eventsOf(reader)).map(({ data }) => data);
}

describe("Recorder refuses in one line that says what, where and what is expected", () => {
  for (const schema of [SCHEMA, undefined]) {
    const how = schema === undefined ? "without a schema" : "with a schema";
    test(`frames that are none, ${how}, and is as it was`, async () => {
      const { sink, recorder } = await opened(schema);
      const misfits = schema === undefined ? [] : MISFITS;
      for (const [frame, says, saysWithout] of [...FRAMES, ...misfits]) {
        const message = schema === undefined ? saysWithout ?? says : says;
        assertSays(() => recorder.write(frame as never), message!);
      }
      assert.deepEqual(await eventsAtEnd(recorder, sink), []);
      assert.deepEqual(recorder.recorded, { frames: 1, events: 0 });
      assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
    });
  }

  test("snapshots that are none", async () => {
    const { sink, recorder } = await opened(SCHEMA);
    const refused: readonly [unknown, string][] = [
      [undefined, "TypeError: Cannot record a frame: it is undefined, expected one with frame"],
      [value(1), "TypeError: Cannot record frame 3: it is an object, expected a Snapshot, as pack"],
    ];
    for (const [rows, message] of refused) {
      assertSays(() => recorder.writeSnapshot(rows as never), message);
    }
    const snapshot = Snapshot.of(new SnapshotLayout(SCHEMA), value(1) as never);
    assertSays(
      () => recorder.write(snapshot as never),
      "TypeError: Cannot record frame 3: its entities are undefined, expected a list",
    );
    assert.deepEqual(await eventsAtEnd(recorder, sink), []);
  });

  test("events that are none, and is as it was", async () => {
    const { sink, recorder } = await opened(SCHEMA);
    for (const [refused, message] of EVENTS) {
      assertSays(() => recorder.event(refused as never), message);
    }
    assert.deepEqual(await eventsAtEnd(recorder, sink), []);
    assert.deepEqual(recorder.recorded, { frames: 1, events: 0 });
    assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
  });

  test("schemas that are none", async () => {
    const refused: readonly [unknown, RegExp][] = [
      [
        { kinds: [null] },
        /SchemaError: Cannot use kind undefined: it is no object, expected { name/,
      ],
      [
        { kinds: [{ name: "a" }] },
        /SchemaError: Cannot use kind "a": it lacks a name or a list of/,
      ],
      [
        { kinds: [{ name: 5, fields: [] }] },
        /SchemaError: Cannot use kind 5: it lacks a name or a/,
      ],
      [
        { kinds: [{ name: "a", fields: [null] }] },
        /SchemaError: Cannot use kind "a": a field is n/,
      ],
    ];
    for (const [schema, message] of refused) {
      await assert.rejects(Recorder.open(new MemorySink(), { schema } as never), message);
    }
  });
});

describe("Recorder.event() takes", () => {
  test("what has a JSON form, instances by their members, and texts of any code units", async () => {
    const { sink, recorder } = await opened(SCHEMA);
    const handed: readonly [unknown, unknown][] = [
      [{ at: new Vec(1, 2) }, { at: { x: 1, y: 2 } }],
      [new Vec(3, 4), { x: 3, y: 4 }],
      [{ pays: new Money(5) }, { pays: { cents: 5 } }],
      [new Money(6), { cents: 6 }],
      [{ when: new Date(0) }, { when: "1970-01-01T00:00:00.000Z" }],
      [{ said: "half \ud83d", "\udc00": [] }, { said: "half \ud83d", "\udc00": [] }],
      [{ none: {}, bare: Object.create(null) }, { none: {}, bare: {} }],
      [{ far: runInNewContext("({ a: {} })") }, { far: { a: {} } }],
      // What it says of itself is not what it has: the name would be lost.
      [{ ev: "shot", f: 3, t: 0, toJSON: () => ({ n: 1 }) }, { n: 1 }],
    ];
    for (const [data] of handed) recorder.event(event(data) as never);
    const read = await eventsAtEnd(recorder, sink);
    assert.deepEqual(read, handed.map(([, data]) => data));
  });
});

test("Recorder.write() takes fields of an instance, which has them itself", async () => {
  for (const schema of [SCHEMA, undefined]) {
    const sink = new MemorySink();
    const recorder = await Recorder.open(sink, schema === undefined ? {} : { schema });
    recorder.write(entity({ fields: new Vec(1, 2) }) as never);
    recorder.write({ frame: 4, timeMs: 9, entities: [{ id: 1, kind: "none", fields: {} }] });
    await recorder.close();
    const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
    const fields = (await framesOf(reader)).map(({ entities }) => entities[0]!.fields);
    assert.deepEqual(fields, [{ x: 1, y: 2 }, {}]);
  }
});
