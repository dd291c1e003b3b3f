import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent, StateFrame } from "../../../core/state/state.ts";
import { withAlteredMessages } from "../../../recording/altered_message_test_helper.ts";
import { EVENT_CHANNEL } from "../../../recording/container/format.ts";
import { openBytes, record } from "../../../recording/memory_recording_test_helper.ts";
import { MemorySink } from "../../../recording/container/memory_file.ts";
import { RecordingWriter } from "../../../recording/recording_writer.ts";
import type { RecordingReader } from "../../../recording/recording_reader.ts";
import { diffOf } from "../diff_model_test_helper.ts";
import { diffRecordings } from "../diff_recordings.ts";
import type { RecordingDiff } from "../recording_diff.ts";

const FRAMES: readonly StateFrame[] = Array.from({ length: 40 }, (_, i) => ({
  frame: 100 + i,
  timeMs: i * 20,
  entities: [{ id: 1, kind: "ship", fields: { x: i } }],
}));

function shot(frame: number | undefined, data: object = {}, timeMs?: number): StateEvent {
  const said = Object.entries({ ev: "shot", f: frame, t: timeMs, ...data });
  const there = said.filter(([, value]) => value !== undefined);
  return { frame, timeMs, name: "shot", data: Object.fromEntries(there) };
}

async function diffEvents(
  a: readonly StateEvent[],
  b: readonly StateEvent[],
  options: Parameters<typeof diffOf>[2] = {},
): Promise<RecordingDiff> {
  return await diffOf({ frames: FRAMES, events: a }, { frames: FRAMES, events: b }, options);
}

function tallies({ events }: RecordingDiff) {
  return events.map(({ event, changed, onlyInA, onlyInB }) => [event, changed, onlyInA, onlyInB]);
}

test("diffRecordings() names a changed event by the first member that differs", async () => {
  const ray = { id: 3, ray: [0, 1, { z: 2 }], hit: { part: "head", "at n": 1 } };
  const changes: readonly [data: object, path: string, a: unknown, b: unknown][] = [
    [{ ...ray, id: 4 }, "id", 3, 4],
    [{ ...ray, ray: [0, 1, { z: -0 }] }, "ray[2].z", 2, -0],
    [{ ...ray, ray: [0, 1] }, "ray[2]", { z: 2 }, undefined],
    [{ ...ray, hit: { part: "head", "at n": true } }, 'hit["at n"]', 1, true],
    [{ ...ray, hit: null }, "hit", { part: "head", "at n": 1 }, null],
    [{ ...ray, more: false }, "more", undefined, false],
  ];
  for (const [data, path, a, b] of changes) {
    const diff = await diffEvents([shot(120, ray)], [shot(120, data)]);
    const first = {
      what: "event",
      class: "exact",
      frame: 120,
      timeMs: 400,
      event: "shot",
      data: '{"id":3,"ray":[0,1,{"z":2}],"hit":{"part":"head","at n":1}}',
      path,
      a,
      b,
    } as const;
    assert.deepEqual(diff.first, first);
    assert.deepEqual(diff.firstFrame, { frame: 120, timeMs: 400, count: 1, differences: [first] });
    assert.deepEqual(diff.events, [{ event: "shot", changed: 1, onlyInA: 0, onlyInB: 0, first }]);
    assert.deepEqual([diff.fields, diff.compared.events, diff.equal], [[], 1, false]);
  }
});

test("diffRecordings() compares what events hold, not the order of members, nor their keys and units", async () => {
  const a: StateEvent[] = [
    {
      name: "shot",
      frame: 103,
      timeMs: 60,
      data: { ev: "shot", f: 103, t: 60, id: 1, at: [1, 2] },
    },
    { name: "hit", frame: 103, timeMs: 61, data: { ev: "hit", f: 103, t: 61 } },
  ];
  const b: StateEvent[] = [
    { name: "hit", frame: 103, timeMs: 61, data: { ev: "hit", t: 0.061 } },
    {
      name: "shot",
      frame: 103,
      timeMs: 60,
      data: { at: [1, 2], id: 1, f: 103, ev: "shot", t: 60000 },
    },
  ];
  const diff = await diffEvents(a, b);
  assert.deepEqual([diff.equal, diff.events, diff.compared.events], [true, [], 2]);
  assert.ok(!(await diffEvents(a, [{ ...b[0]!, name: "hits" }, b[1]!])).equal);
});

test("diffRecordings() tells events that are dropped, added or moved", async () => {
  const all = [shot(101), shot(105, { n: 1 }), shot(105, { n: 1 }), shot(130)];
  const dropped = await diffEvents(all, all.toSpliced(1, 1));
  assert.deepEqual(tallies(dropped), [["shot", 0, 1, 0]]);
  assert.deepEqual(dropped.first, {
    what: "event",
    class: "structural",
    frame: 105,
    timeMs: 100,
    onlyIn: "a",
    event: "shot",
    data: '{"n":1}',
  });
  // Of much data, the first 499 characters and a mark: `{"n":"` and 493 more.
  const long = await diffEvents(all, [...all, shot(110, { n: "x".repeat(600) })]);
  assert.equal(long.first!.data, `{"n":"${"x".repeat(493)}…`);
  assert.deepEqual(tallies(await diffEvents(all, [...all, shot(105, { n: 1 })])), [[
    "shot",
    0,
    0,
    1,
  ]]);
  const moved = await diffEvents(all, all.with(3, shot(131)));
  assert.deepEqual(tallies(moved), [["shot", 0, 1, 1]]);
  assert.deepEqual([moved.first!.frame, moved.firstFrame!.count], [130, 1]);
  // Where neither recording has a frame.
  const outside = await diffEvents([shot(3, {}, 7.5), ...all], [...all, shot(999)]);
  assert.deepEqual(tallies(outside), [["shot", 0, 1, 1]]);
  assert.deepEqual([outside.first!.frame, outside.first!.timeMs], [3, 7.5]);
});

test("diffRecordings() compares times of events within the tolerance", async () => {
  const [a, b] = [[shot(101, {}, 20)], [shot(101, {}, 21.5)]];
  const exact = await diffEvents(a, b);
  assert.deepEqual([exact.first!.path, exact.first!.a, exact.first!.b], ["t", 20, 21.5]);
  const tolerant = await diffEvents(a, b, { timeToleranceMs: 1.5 });
  assert.deepEqual([tolerant.equal, tolerant.drift], [true, [{
    kind: null,
    field: "event time",
    count: 1,
    frames: null,
    lastFrame: 101,
    entities: null,
    moreEntities: false,
    first: { frame: 101, timeMs: 20, id: null, a: 20, b: 21.5 },
    tolerance: 1.5,
    largest: 1.5,
    largestAt: { frame: 101, id: null },
    firstFrame: 101,
    growing: null,
  }]]);
  assert.ok(!(await diffEvents(a, [shot(101, { n: 1 }, 21)], { timeToleranceMs: 1.5 })).equal);
  assert.deepEqual(tallies(await diffEvents(a, [shot(101)], { timeToleranceMs: 1.5 })), [
    ["shot", 1, 0, 0],
  ]);
});

/** Records events between frames, or all of them after the last. */
async function recordAmong(
  events: readonly StateEvent[],
  isLate: boolean,
): Promise<RecordingReader> {
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink);
  const frames = Array.from({ length: 6000 }, (_, i) => ({
    frame: i,
    // Time goes on unevenly, so that a line through it is off.
    timeMs: i * 10 + (i % 100) * 9,
    entities: [],
  }));
  const waiting = [...events];
  for (const frame of frames) {
    await writer.write(frame);
    while (!isLate && waiting.length > 0 && waiting[0]!.timeMs! <= frame.timeMs) {
      await writer.writeEvent(waiting.shift()!);
    }
  }
  for (const event of waiting) await writer.writeEvent(event);
  await writer.close();
  return await openBytes(sink.bytes());
}

test("diffRecordings() compares events that name no frame wherever the recorder put them", async () => {
  const events = Array.from({ length: 100 }, (_, i) => shot(undefined, { i }, i * 600.5));
  const [early, late] = [await recordAmong(events, false), await recordAmong(events, true)];
  const places = async (reader: RecordingReader) =>
    (await Array.fromAsync(reader.placedEvents())).map(({ offset }) => offset);
  assert.notDeepEqual(await places(early), await places(late));
  const same = await diffRecordings(early, late);
  assert.deepEqual([same.equal, same.compared.events], [true, 100]);
  const changed = events.toSpliced(50, 2, shot(undefined, { i: -1 }, 50 * 600.5));
  const other = await diffRecordings(early, await recordAmong(changed, true));
  assert.deepEqual(tallies(other), [["shot", 1, 1, 0]]);
  assert.deepEqual([other.first!.path, other.first!.timeMs], ["i", 50 * 600.5]);
});

const someEvents = fc.array(
  fc.record({
    frame: fc.integer({ min: 98, max: 104 }),
    name: fc.constantFrom("a", "b"),
    n: fc.integer({ min: 0, max: 2 }),
  }),
  { maxLength: 30 },
);

test("diffRecordings() counts events as multisets of each frame do, whatever their order", async () => {
  await fc.assert(
    fc.asyncProperty(someEvents, someEvents, fc.boolean(), async (given, more, isLike) => {
      const eventOf = ({ frame, name, n }: (typeof given)[number]): StateEvent => {
        return { frame, timeMs: undefined, name, data: { n } };
      };
      const [a, b] = [given, isLike ? [...more.slice(0, 3), ...given.slice(2)] : more];
      const expected = new Map<string, number[]>();
      for (const name of ["a", "b"]) {
        for (let frame = 98; frame <= 104; frame++) {
          const left = (events: typeof given) =>
            events.filter((event) => event.name === name && event.frame === frame).map(({ n }) =>
              n
            );
          const [inA, inB] = [left(a), left(b)];
          for (const n of [...inA]) {
            const at = inB.indexOf(n);
            if (at < 0) continue;
            inB.splice(at, 1);
            inA.splice(inA.indexOf(n), 1);
          }
          const changed = Math.min(inA.length, inB.length);
          const sum = expected.get(name) ?? [0, 0, 0];
          const counts = [changed, inA.length - changed, inB.length - changed];
          expected.set(name, sum.map((count, i) => count + counts[i]!));
        }
      }
      const diff = await diffEvents(a.map(eventOf), b.map(eventOf));
      assert.deepEqual(
        tallies(diff).sort(),
        [...expected].filter(([, counts]) => Math.max(...counts) > 0)
          .map(([name, counts]) => [name, ...counts]).sort(),
      );
      const onlyInB = diff.events.reduce((sum, { onlyInB }) => sum + onlyInB, 0);
      assert.equal(diff.compared.events + onlyInB, b.length);
    }),
    { numRuns: 100 },
  );
});

test("diffRecordings() keeps a bounded part of events that wait for a counterpart, and says so", async () => {
  const text = "x".repeat(1 << 16);
  const many = Array.from({ length: 80 }, (_, n) => shot(105, { n, text }));
  const diff = await diffEvents(many, many.toReversed());
  assert.ok(diff.compared.eventsWereCut);
  assert.equal(diff.compared.a.events, 80);
  assert.ok(!(await diffEvents(many, many)).compared.eventsWereCut);
});

test("diffRecordings() refuses data of events that is nested too deep", async () => {
  const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
  const fine = shot(105, { nested: nested(500) });
  assert.ok((await diffEvents([fine], [fine])).equal);
  // No writer of ours takes it.
  const said = `{"ev":"shot","f":105,"nested":${"[".repeat(2500)}${"]".repeat(2500)}}`;
  const bytes = withAlteredMessages(
    await record(FRAMES, {}, [shot(105)]),
    (message) =>
      message.channelId === EVENT_CHANNEL
        ? { ...message, data: new TextEncoder().encode(`{"events":[${said}]}`) }
        : message,
  );
  await assert.rejects(diffRecordings(await openBytes(bytes), await openBytes(bytes)), {
    name: "SyntaxError",
    message: /^Cannot compare events: .* nested more than 2000 deep/,
  });
});

test("diffRecordings() takes events alone, or states alone", async () => {
  const a = { frames: FRAMES, events: [shot(105)] };
  const moved = FRAMES.map((frame) => ({ ...frame, entities: [] }));
  const b = { frames: moved, events: [shot(106)] };
  const events = await diffOf(a, b, { selection: { events: "only" } });
  assert.deepEqual([events.compared.frames, events.compared.a, events.structural.entities.length], [
    0,
    { frames: 0, events: 1 },
    0,
  ]);
  assert.deepEqual(tallies(events), [["shot", 0, 1, 1]]);
  const states = await diffOf(a, b, { selection: { events: "none" } });
  assert.deepEqual([states.events, states.structural.entities[0]!.count], [[], 40]);
});
