import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { framesOf } from "../memory_recording_test_helper.ts";
import { RecordingReader } from "../recording_reader.ts";
import { Recorder } from "./recorder.ts";
import {
  assertSays,
  eventsAtEnd,
  Hidden,
  opened,
  SCHEMA,
  Vec,
} from "./recorder_refusal_test_helper.ts";

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
