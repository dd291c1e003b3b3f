import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Schema } from "../../core/state/schema.ts";
import type { EntityState, FieldValues, StateEvent, StateFrame } from "../../core/state/state.ts";
import { framesOf } from "../../recording/memory_recording_test_helper.ts";
import { eventPayload } from "../select/event_payload.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { openNdjsonRows } from "./ndjson_rows.ts";
import { eventfulWorld, READABLE_SCHEMA } from "./random_events_test_helper.ts";
import { placedEventsOf, recordMerged, recordText, rowText } from "./row_text_test_helper.ts";

/** Hands out events before the first frame that is not before them. */
function dueOf(events: readonly StateEvent[]) {
  let rest = events;
  return (frame?: StateFrame) => {
    const isDue = (event: StateEvent) =>
      frame === undefined ||
      (event.frame === undefined
        ? (event.timeMs ?? 0) <= frame.timeMs
        : event.frame <= frame.frame);
    const due = rest.filter(isDue);
    rest = rest.filter((event) => !isDue(event));
    return due;
  };
}

test("openNdjsonRows() gives back every frame and event that was recorded", async () => {
  await fc.assert(
    fc.asyncProperty(eventfulWorld, async ({ frames, events }) => {
      const reader = await recordMerged(frames, dueOf(events), READABLE_SCHEMA);
      const { text } = await rowText(reader, openNdjsonRows);
      const again = await recordText(text, { schema: READABLE_SCHEMA });
      assert.deepEqual(await framesOf(again), frames);
      const expected = timedLast(await placedEventsOf(reader)).map((event) => ({
        ...event,
        // Who says neither frame nor time is of the frame at which it stands.
        frame: event.frame ??
          (event.timeMs === undefined ? (frames[0]!.frame + event.offset) >>> 0 : undefined),
        data: payloadOf(event),
      }));
      const actual = (await placedEventsOf(again)).map((event) => ({
        ...event,
        data: payloadOf(event),
      }));
      assert.deepEqual(actual, expected);
    }),
  );
});

/** At each frame the events that name only a time behind all others, as they are read among states. */
function timedLast<T extends StateEvent & { readonly offset: number }>(events: readonly T[]): T[] {
  const isTimed = ({ frame, timeMs }: StateEvent) => frame === undefined && timeMs !== undefined;
  return events.toSorted((a, b) => a.offset - b.offset || Number(isTimed(a)) - Number(isTimed(b)));
}

/** What an event holds besides its place and name, and besides what says another one. */
function payloadOf(event: StateEvent): object {
  const { f: _f, t: _t, ev: _ev, ...rest } = eventPayload(event);
  return rest;
}

test("openNdjsonRows() writes events that name their frame before those that name a time", async () => {
  const event = (name: string, frame?: number, timeMs?: number) => {
    return { name, frame, timeMs, data: { ev: name } };
  };
  const frames = [4, 5].map((frame) => ({ frame, timeMs: frame * 10, entities: [] }));
  const events = [event("a", undefined, 45), event("b", 4), event("c", 4, 46), event("d", 5)];
  const reader = await recordMerged(frames, (frame) => frame === undefined ? events : []);
  const { text } = await rowText(reader, openNdjsonRows);
  const names = text.split("\n").map((line) => /"ev":"(.)"/.exec(line)?.[1] ?? "");
  assert.deepEqual(names, ["", "b", "c", "a", "", "d", ""]);
});

const SCHEMA: Schema = {
  kinds: [
    {
      name: "ship",
      fields: [
        { name: "pos.x", type: "f64" },
        { name: "n", type: "f64", optional: true },
        { name: "toString", type: "text", optional: true },
        { name: "on", type: "bool" },
      ],
    },
    { name: 'a "mark"', fields: [] },
  ],
};

function ship(id: number, x: number, more: FieldValues = {}): EntityState {
  return { id, kind: "ship", fields: { "pos.x": x, on: true, ...more } };
}

test("openNdjsonRows() writes a state a line, and a line for a frame without one", async () => {
  const frames = [
    { frame: 3, timeMs: 0.5, entities: [ship(1, -0), { id: 7, kind: 'a "mark"', fields: {} }] },
    { frame: 4, timeMs: 1e-7, entities: [] },
    { frame: 6, timeMs: 1000, entities: [ship(1, 2 ** 69, { n: 1e21, toString: 'é"\n' })] },
  ];
  const reader = await recordMerged(frames, () => [], SCHEMA);
  const { text, notes } = await rowText(reader, openNdjsonRows);
  assert.deepEqual(text.split("\n"), [
    '{"f":3,"t":0.5,"id":1,"kind":"ship","pos.x":-0,"on":true}',
    '{"f":3,"t":0.5,"id":7,"kind":"a \\"mark\\""}',
    '{"f":4,"t":1e-7,"entities":[]}',
    '{"f":6,"t":1000,"id":1,"kind":"ship","pos.x":5.902958103587057e+20,"n":1e+21,"toString":"é\\"\\n","on":true}',
    "",
  ]);
  assert.deepEqual(notes, []);
  const some = await rowText(reader, openNdjsonRows, { kinds: ['a "mark"'], from: 3, to: 4 });
  assert.deepEqual(some, {
    text: '{"f":3,"t":0.5,"id":7,"kind":"a \\"mark\\""}\n{"f":4,"t":1e-7,"entities":[]}\n',
    notes: [],
  });
  const keys = { frame: "tick", time: "at.ms", id: "e", kind: "type", event: "what" };
  const other = await rowText(reader, openNdjsonRows, { keys, from: 3, to: 3 });
  assert.ok(other.text.startsWith('{"tick":3,"at.ms":0.5,"e":1,"type":"ship","pos.x":-0,"on"'));
});

test("openNdjsonRows() spells numbers that JSON cannot as texts, and counts every one", async () => {
  const frames = [0, 1].map((frame) => ({
    frame,
    timeMs: frame,
    entities: [ship(1, NaN, { n: -Infinity }), ship(2, frame)],
  }));
  const reader = await recordMerged(frames, () => [], SCHEMA);
  const rows = openNdjsonRows(RecordingPart.of(reader), () => {});
  for await (const frame of RecordingPart.of(reader).frames()) rows.addFrame(frame);
  assert.match(rows.notes()[0]!.problem, /^4 values are NaN or infinite and stand as texts/);
  const { text } = await rowText(reader, openNdjsonRows);
  assert.equal(text.match(/"pos\.x":"NaN","n":"-Infinity"/g)?.length, 2);
});

/** Events at frame 5 of 4, 5, 6, each at 10 ms a frame, and their lines. */
const LINES: readonly [event: Partial<StateEvent>, line: string, note?: string][] = [
  [{ frame: 5, data: { ev: "shot", f: 5, n: -0 } }, '{"ev":"shot","f":5,"n":-0}'],
  [{ timeMs: 51.5, data: { t: 51.5, ev: "shot" } }, '{"t":51.5,"ev":"shot"}'],
  // What says no place is of the frame before it.
  [{ frame: 5, data: { ev: "shot" } }, '{"ev":"shot"}'],
  [{ frame: 5, data: { tick: 5, ev: "shot" } }, '{"tick":5,"ev":"shot"}'],
  [{ data: { ev: "shot" } }, '{"ev":"shot"}', "events-without-place"],
  [
    { frame: 5, timeMs: 50, data: { ev: "shot" } },
    '{"f":5,"t":50,"ev":"shot"}',
    "event-members-added",
  ],
  [
    { frame: 5, timeMs: 50, data: { t: 50, ev: "shot" } },
    '{"f":5,"t":50,"ev":"shot"}',
    "event-members-added",
  ],
  [
    { frame: 5, data: { type: "shot", x: [1] } },
    '{"ev":"shot","type":"shot","x":[1]}',
    "event-members-added",
  ],
  [
    { timeMs: 51, data: { x: 2 ** 69 } },
    '{"t":51,"ev":"shot","x":5.902958103587057e+20}',
    "event-members-added",
  ],
  [
    { frame: 5, data: { data: {}, ["__proto__"]: 1 } },
    '{"ev":"shot","data":{},"__proto__":1}',
    "event-members-added",
  ],
  // What says something else makes place.
  [
    { frame: 5, data: { x: 1, ev: "hit", f: 3 } },
    '{"f":5,"ev":"shot","x":1}',
    "event-members-replaced",
  ],
  [
    { timeMs: 50, data: { t: 50_000, ev: "shot" } },
    '{"t":50,"ev":"shot"}',
    "event-members-replaced",
  ],
  [{ frame: 5, data: { t: 7, ev: "shot", f: 5 } }, '{"ev":"shot","f":5}', "event-members-replaced"],
  [{ frame: 5, data: { f: null, ev: "shot" } }, '{"f":5,"ev":"shot"}', "event-members-replaced"],
  [
    { frame: 5, data: { ev: "shot", entities: [{ id: 1 }] } },
    '{"ev":"shot","entities":[{"id":1}]}',
    "events-like-frames",
  ],
  [
    { frame: 5, data: { ev: "shot", entities: [{}, 1] } },
    '{"ev":"shot","entities":[{},1]}',
  ],
];

test("openNdjsonRows() writes events as they came in, with what they lack in front", async () => {
  for (const [event, line, note] of LINES) {
    const given = { name: "shot", frame: undefined, timeMs: undefined, data: {}, ...event };
    const frames = [4, 5, 6].map((frame) => ({ frame, timeMs: frame * 10, entities: [] }));
    const reader = await recordMerged(frames, (frame) => frame?.frame === 6 ? [given] : []);
    const { text, notes } = await rowText(reader, openNdjsonRows);
    const states = [4, 5, 6].map((frame) => `{"f":${frame},"t":${frame * 10},"entities":[]}`);
    const lines = given.frame === undefined && given.timeMs === undefined
      ? [...states, line]
      : states.toSpliced(2, 0, line);
    assert.deepEqual(text.split("\n"), [...lines, ""]);
    assert.deepEqual(notes, note === undefined ? [] : [note], line);
  }
});

test("openNdjsonRows() names the frame of an event that stands behind no states of it", async () => {
  const event = (frame: number) => ({
    frame,
    timeMs: undefined,
    name: "shot",
    data: { ev: "shot" },
  });
  const frames = [4, 6].map((frame) => ({ frame, timeMs: frame, entities: [] }));
  const reader = await recordMerged(frames, (frame) => {
    return frame === undefined ? [2, 4, 5, 6, 9].map(event) : [];
  });
  const { text } = await rowText(reader, openNdjsonRows);
  assert.deepEqual(text.split("\n"), [
    '{"f":2,"ev":"shot"}',
    '{"f":4,"t":4,"entities":[]}',
    '{"ev":"shot"}',
    '{"f":5,"ev":"shot"}',
    '{"f":6,"t":6,"entities":[]}',
    '{"ev":"shot"}',
    '{"f":9,"ev":"shot"}',
    "",
  ]);
  const alone = await rowText(reader, openNdjsonRows, { events: "only" });
  assert.deepEqual(
    alone.text.split("\n"),
    [...[2, 4, 5, 6, 9].map((frame) => `{"f":${frame},"ev":"shot"}`), ""],
  );
});

test("openNdjsonRows() takes dotted keys of events", async () => {
  const keys = { frame: "at.f", time: "at.t", event: "head.name" };
  const frames = [{ frame: 1, timeMs: 0, entities: [] }];
  const lineOf = async (event: Omit<StateEvent, "name">) => {
    const events = [{ ...event, name: "shot" }];
    const reader = await recordMerged(frames, (frame) => frame === undefined ? events : []);
    return (await rowText(reader, openNdjsonRows, { keys })).text.split("\n")[1];
  };
  const data = { head: { name: "shot" }, at: { f: 1, t: 5 } };
  assert.equal(
    await lineOf({ frame: 1, timeMs: 5, data }),
    '{"head":{"name":"shot"},"at":{"f":1,"t":5}}',
  );
  // One in front hides the nested one.
  assert.equal(
    await lineOf({ frame: 2, timeMs: 5, data }),
    '{"at.f":2,"head":{"name":"shot"},"at":{"f":1,"t":5}}',
  );
  assert.equal(
    await lineOf({ frame: 1, timeMs: undefined, data }),
    '{"head":{"name":"shot"},"at":{"f":1}}',
  );
});

test("openNdjsonRows() hands on pieces, not rows and not all at once", async () => {
  const frames = Array.from({ length: 2000 }, (_, frame) => ({
    frame,
    timeMs: frame,
    entities: [1, 2, 3].map((id) => ship(id, frame)),
  }));
  const reader = await recordMerged(frames, () => [], SCHEMA);
  const part = RecordingPart.of(reader);
  const lengths: number[] = [];
  const rows = openNdjsonRows(part, (bytes) => lengths.push(bytes.length));
  for await (const frame of part.frames()) rows.addFrame(frame);
  rows.finish();
  assert.ok(lengths.length > 1 && lengths.length < 10, String(lengths));
  assert.ok(lengths.every((length) => length <= 1 << 18));
});
