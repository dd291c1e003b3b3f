import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import {
  assertSays,
  eventsAtEnd,
  Hidden,
  opened,
  SCHEMA,
  Vec,
} from "./recorder_refusal_test_helper.ts";

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
  [
    event(circle),
    'TypeError: Cannot record event "shot": its data is nested deeper than 512 levels',
  ],
  [
    event(nested(513)),
    'TypeError: Cannot record event "shot": its data is nested deeper than 512 levels',
  ],
  [
    { tick: 1, name: "hit", data: {} },
    'TypeError: Cannot record event "hit": it has a member "tick", expected name, frame, timeMs, data;',
  ],
];

/** An object of so many levels. */
function nested(levels: number): unknown {
  let value: unknown = 0;
  for (let i = 0; i < levels; i++) value = { a: value };
  return value;
}

test("Recorder.event() takes data of 512 levels", async () => {
  const { sink, recorder } = await opened(SCHEMA);
  recorder.event(event(nested(512)) as never);
  assert.deepEqual(await eventsAtEnd(recorder, sink), [nested(512)]);
});

test("Recorder.event() refuses what is no event, in one line each, and is as it was", async () => {
  const { sink, recorder } = await opened(SCHEMA);
  for (const [refused, message] of EVENTS) {
    assertSays(() => recorder.event(refused as never), message);
  }
  assert.deepEqual(await eventsAtEnd(recorder, sink), []);
  assert.deepEqual(recorder.recorded, { frames: 1, events: 0 });
  assert.deepEqual(recorder.dropped, { frames: 0, events: 0 });
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
