import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { gzipSync } from "node:zlib";
import { EntityNames } from "../core/names/entity_names.ts";
import type { FrameLoss } from "./frames/frame_loss.ts";
import { framesOf } from "./frame_source.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import type { InputNote } from "./input/input_note.ts";
import { KeptStates } from "./kept_states.ts";
import { observeStates } from "./observe_states.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { SchemaInference } from "../schema/infer.ts";

/** What comes out, in order: frames with their entities, events, and starts of sessions. */
async function read(input: string | Uint8Array<ArrayBuffer>, options: ReadStatesOptions = {}) {
  const order: string[] = [];
  const notes: InputNote[] = [];
  let error: unknown;
  try {
    const frames = readStates(new Blob([input]).stream(), {
      source: "in",
      onRestart: "split",
      onSession: async (session) => {
        await Promise.resolve();
        order.push(`session ${session}`);
      },
      onEvent: ({ name, frame }) => void order.push(`${name}@${frame}`),
      onNote: (note) => notes.push(note),
      ...options,
    });
    for await (const { frame, entities } of frames) {
      order.push(`${frame}:${entities.map(({ id }) => id).join()}`);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { order, notes, error };
}

const lines = (rows: readonly (object | string)[]) =>
  rows.map((row) => typeof row === "string" ? row : JSON.stringify(row)).join("\n");
const row = (f: number | string, t: number, id = 1) => ({ f, t, id, x: t });
const frame = (f: number, t: number, ...ids: number[]) => ({
  f,
  t,
  entities: ids.map((id) => ({ id, x: t })),
});

const RESTART = [row(900, 0), row(901, 50), row(0, 0), row(1, 50), row(2, 100)];
const ORDER = ["900:1", "901:1", "session 1", "0:1", "1:1", "2:1"];

test("readStates() starts a session where the frame goes back, in rows, frames and CSV", async () => {
  const frames = RESTART.map(({ f, t, id }) => frame(f as number, t, id));
  const csv = `f,t,id,x\n${RESTART.map(({ f, t, id, x }) => [f, t, id, x].join()).join("\n")}`;
  for (const input of [lines(RESTART), lines(frames), csv]) {
    assert.deepEqual(await read(input), { order: ORDER, notes: [], error: undefined });
    assert.deepEqual((await read(new Uint8Array(gzipSync(input)))).order, ORDER);
  }
});

test("readStates() starts a session where only the time goes back, also within a frame", async () => {
  const forward = [row(5, 100), row(6, 120), row(7, 0), row(8, 20)];
  assert.deepEqual((await read(lines(forward))).order, ["5:1", "6:1", "session 1", "7:1", "8:1"]);
  const same = [row(0, 100), row(0, 0), row(1, 20)];
  assert.deepEqual((await read(lines(same))).order, ["0:1", "session 1", "0:1", "1:1"]);
  const frames = [frame(0, 100, 1), frame(0, 0, 1), frame(1, 20, 1)];
  assert.deepEqual((await read(lines(frames))).order, ["0:1", "session 1", "0:1", "1:1"]);
});

test("readStates() without split refuses a frame that goes back, and names what to do", async () => {
  const stop = { onRestart: undefined };
  const { order, error } = await read(lines(RESTART), stop);
  assert.deepEqual(order, ["900:1", "901:1"]);
  assert.ok(error instanceof InputSyntaxError);
  assert.deepEqual(error.place, { source: "in", line: 3, column: 6 });
  assert.equal(
    error.message,
    "Cannot read in:3:6: the frame goes backwards, from 901 to 0; sort the input by frame, or " +
      "give onRestart split to record each session by itself",
  );
  for (const [last, bits] of [[255, 8], [65_535, 16], [250, 8]] as const) {
    const wrap = await read(lines([row(last, 0), row(3, 50)]), stop);
    assert.match(
      String(wrap.error),
      new RegExp(`give frameBits ${bits} if the counter has so many`),
    );
  }
  const far = await read(lines([row(200, 0), row(3, 50)]), stop);
  assert.doesNotMatch(String(far.error), /frameBits/);
});

test("readStates() leaves no entity of the session before in a sparse one, and no quiet frames between", async () => {
  const input = [
    { f: 10, t: 0, id: 1, kind: "tank", x: 0 },
    { f: 10, t: 0, id: 2, kind: "tank", x: 0 },
    { f: 12, t: 40, id: 1, x: 1 },
    { f: 3, t: 0, id: 2, x: 5 },
    { f: 5, t: 40, id: 2, x: 6 },
  ];
  const options = { sparse: true } as const;
  const { order, error } = await read(lines(input), options);
  assert.equal(error, undefined);
  assert.deepEqual(order, ["10:1,2", "11:1,2", "12:1,2", "session 1", "3:2", "4:2", "5:2"]);
  const kinds: string[] = [];
  const frames = readStates(new Blob([lines(input)]).stream(), { ...options, onRestart: "split" });
  for await (const { entities } of frames) kinds.push(entities.at(-1)!.kind);
  assert.deepEqual(kinds, ["tank", "tank", "tank", "entity", "entity", "entity"]);
});

test("readStates() reads 300 sparse rows without a kind over a restart as others", async () => {
  const rows = Array.from({ length: 300 }, (_, f) => row(f % 100, f % 100 * 10));
  const { order } = await read(lines(rows), { sparse: true });
  assert.equal(order.filter((what) => what.startsWith("session")).length, 2);
  assert.equal(order.length, 302);
});

test("readStates() tells all events of a session before the next, and gives each its own", async () => {
  const { order, notes } = await read(lines([
    row(900, 0),
    { ev: "a" },
    { f: 950, ev: "ahead" },
    row(901, 50),
    { f: 899, ev: "late" },
    { f: 0, ev: "next" },
    row(0, 0),
    { ev: "b" },
    row(1, 50),
    { f: 0, ev: "c" },
  ]));
  assert.deepEqual(order, [
    ...["a@900", "900:1", "late@899", "901:1", "ahead@950", "session 1"],
    ...["next@0", "b@0", "0:1", "c@0", "1:1"],
  ]);
  assert.deepEqual(notes, []);
});

test("readStates() with skipBad goes on behind a bad line at a restart, and tells what is lost", async () => {
  const losses: unknown[] = [];
  const { order } = await read(
    lines([row(900, 0), row(900, 0, 2), row(901, 50), "{", row(0, 0), row(0, 0, 2), row(1, 50)]),
    { skipBad: true, onLoss: (loss) => losses.push(loss) },
  );
  assert.deepEqual(order, ["900:1,2", "901:1", "session 1", "0:1,2", "1:1"]);
  const bad = [row(900, 0), '{"f":0,"t":0,"id":1,"x":"?"}', row(901, 50)];
  assert.deepEqual((await read(lines(bad), { skipBad: true })).order, ["900:1", "901:1"]);
});

test("readStates() with skipBad names entities as their ids are spelt", async () => {
  const losses: FrameLoss[] = [];
  const state = (f: number, id: string, x: unknown = 1) => ({ f, t: f, id, x });
  const input = lines([
    ...[state(0, "kJ8"), state(0, "q2")],
    ...[state(1, "kJ8", "?"), state(1, "q2")],
    ...[state(2, "kJ8"), "{", state(3, "kJ8"), state(3, "q2"), state(4, "new", "?")],
  ]);
  const options = { skipBad: true, names: new EntityNames() };
  const frames = readStates(new Blob([input]).stream(), {
    ...options,
    onLoss: (loss) => losses.push(loss),
  });
  assert.equal((await Array.fromAsync(frames)).length, 4);
  assert.deepEqual(losses.map(({ frame, id }) => [frame, id]), [[1, "kJ8"], [2, "q2"], [
    4,
    undefined,
  ]]);
});

test("KeptStates.open() tells sessions where readStates() does", async () => {
  const inference = new SchemaInference();
  const kept = new KeptStates();
  await observeStates(new Blob([lines(RESTART)]).stream(), inference, { onRestart: "split" }, kept);
  const order: string[] = [];
  const onSession = (session: number) => void order.push(`session ${session}`);
  const snapshots = kept.open(new SnapshotLayout(inference.schema()), { onSession });
  for await (const snapshot of framesOf(snapshots)) {
    order.push(`${snapshot.frame}:${snapshot.ids[0]}`);
  }
  assert.deepEqual(order, ORDER);
});

test("readStates() notes sessions that are lines out of order, and bounds their number", async () => {
  const shuffled = [0, 2, 1, 4, 3, 6, 5].map((f) => row(f, 0));
  const { notes } = await read(lines(shuffled.map(({ f, id }) => ({ f, id }))));
  assert.deepEqual(notes.map(({ code, remedy }) => [code, String(remedy)]), [
    ["many-sessions", "sort the input by frame"],
  ]);
  const many = Array.from({ length: 30_000 }, (_, i) => `{"f":${i % 2},"id":1}`).join("\n");
  const { error, order } = await read(many, { rateHz: 50 });
  assert.match(String(error), /in:20001:6: the frame goes backwards for the 10000th time, at most/);
  assert.equal(order.filter((what) => what.startsWith("session")).length, 9999);
});

test("readStates() unwraps the counter of a stream and of its events", async () => {
  const { order, error } = await read(
    lines([
      { f: 65_533, ev: "before" },
      row(65_534, 0),
      row("65535", 50),
      { f: 2, ev: "early" },
      row(0, 100),
      { f: 65_535, ev: "late" },
      row(1, 150),
      row(2, 200),
    ]),
    { frameBits: 16, onRestart: "stop" },
  );
  assert.equal(error, undefined);
  assert.deepEqual(order, [
    ...["before@65533", "65534:1", "65535:1", "late@65535", "65536:1", "65537:1"],
    ...["early@65538", "65538:1"],
  ]);
  const event = (f: number) =>
    read(lines([{ f, ev: "e" }, row(0, 0), row(1, 50)]), { frameBits: 8 });
  assert.deepEqual((await event(255)).order, ["e@0", "0:1", "1:1"]);
  assert.deepEqual((await event(1)).order, ["0:1", "e@1", "1:1"]);
});

test("readStates() refuses a wrapping counter that goes back, or splits there", async () => {
  const input = lines([row(250, 0), row(4, 50), row(3, 0), row(5, 100)]);
  const { error } = await read(input, { frameBits: 8, onRestart: "stop" });
  assert.match(
    String(error),
    /in:3:6: the frame goes backwards, from 260 to 259; sort .* split .*; a gap of more than 128 frames/,
  );
  const { order } = await read(input, { frameBits: 8 });
  assert.deepEqual(order, ["250:1", "260:1", "session 1", "3:1", "5:1"]);
  const beyond = await read(lines([row(256, 0)]), { frameBits: 8 });
  assert.match(String(beyond.error), /is 256, expected an integer from 0 to 255/);
});

test("readStates() adds the offset to frames of states and events", async () => {
  const { order } = await read(
    lines([row(-2, -100), { f: -1, ev: "go" }, row("-1", -50), row(0, 0), row(1, 50)]),
    { frameOffset: 2 },
  );
  assert.deepEqual(order, ["0:1", "go@1", "1:1", "2:1", "3:1"]);
  const { error } = await read(lines([row(-3, 0)]), { frameOffset: 2 });
  assert.match(String(error), /is -3 and 2 is added to it, expected .* give frameOffset 3 or more/);
});

test("readStates() takes times that are texts, dates, and below 0", async () => {
  const timesOf = async (times: readonly unknown[]) => {
    const input = lines(times.map((t, f) => ({ f, t, id: 1 })));
    const frames = readStates(new Blob([input]).stream(), { timeUnit: "s" });
    return (await Array.fromAsync(frames)).map(({ timeMs }) => timeMs);
  };
  assert.deepEqual(await timesOf(["-1.5", -1, "0", "1.1"]), [-1500, -1000, 0, 1100]);
  assert.deepEqual(await timesOf(["1970-01-01T00:00:01Z", "1970-01-01T01:00:01.050+01:00"]), [
    1000,
    1050,
  ]);
  const csv = "f,t,id\n0,2026-11-27T20:00:00Z,1\n1,2026-11-27T20:00:00.050Z,1\n";
  const frames = await Array.fromAsync(readStates(new Blob([csv]).stream()));
  assert.equal(frames[1]!.timeMs - frames[0]!.timeMs, 50);
});

test("readStates() takes dates without a zone for UTC, with one note", async () => {
  const { frames, notes } = await readDates([
    "2026-01-02T03:04:05.123456",
    "2026-01-02 03:04:05.140123",
    "2026-01-02T03:04:05.156Z",
  ]);
  // 1767323045 s is 2026-01-02T03:04:05Z.
  assert.deepEqual(frames, [1_767_323_045_123.456, 1_767_323_045_140.123, 1_767_323_045_156]);
  assert.deepEqual(notes, [
    'no-zone: the time "t" is a date that does not say its zone, such as "2026-01-02T03:04:05.123456", which is taken for UTC',
  ]);
  assert.deepEqual((await readDates(["2026-01-02T03:04:05Z", "2026-01-02T03:04:06Z"])).notes, []);
});

async function readDates(times: readonly string[]) {
  const input = lines(times.map((t, f) => ({ f, t, id: 1 })));
  const notes: string[] = [];
  const frames = await Array.fromAsync(readStates(new Blob([input]).stream(), {
    onNote: ({ code, problem }) => notes.push(`${code}: ${problem}`),
  }));
  return { frames: frames.map(({ timeMs }) => timeMs), notes };
}

test("readStates() notes events that come later than the window", async () => {
  const rows = Array.from({ length: 101 }, (_, f) => row(f, f * 100));
  const { order, notes } = await read(lines([...rows, { f: 60, ev: "in" }, { f: 20, ev: "out" }]));
  assert.deepEqual(order.slice(-3), ["out@20", "in@60", "100:1"]);
  assert.deepEqual(notes.map(({ code }) => code), ["late-events"]);
  assert.match(notes[0]!.problem, /^1 events came more than 5000 ms after .* up to 8000 ms;/);
  assert.equal(String(notes[0]!.remedy), "if so late ones are right, give eventWindowMs 8000");
  const wide = await read(lines([...rows, { f: 20, ev: "out" }]), { eventWindowMs: 8000 });
  assert.deepEqual(wide.notes, []);
});

test("readStates() refuses options of frames that make no sense at once", () => {
  const input = new Blob([]).stream();
  const options: readonly [object, RegExp][] = [
    [{ frameBits: 12 }, /Bits of the frame counter are 12, expected 8 or 16/],
    [{ frameOffset: 0.5 }, /Frame offset is 0.5/],
    [{ eventWindowMs: -1 }, /Event window is -1 ms/],
    [{ onRestart: "go" }, /What a restart does is go, expected one of stop, split/],
  ];
  for (const [option, message] of options) assert.throws(() => readStates(input, option), message);
});

test("readStates() with split gives the very frames and ids of each session read alone", async () => {
  const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, 1e9));
  const entities = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom(0, 1, 2, "2", "a", "b", -7, 1.5),
      kind: fc.constantFrom("tank", "ball"),
      x: value,
      y: value,
    }),
    { selector: ({ id }) => String(id), minLength: 1, maxLength: 4 },
  );
  const session = fc.array(fc.record({ step: fc.integer({ min: 1, max: 3 }), entities }), {
    minLength: 2,
    maxLength: 6,
  });
  const sessions = fc.array(session, { minLength: 1, maxLength: 4 });
  const way = fc.record({
    form: fc.constantFrom("rows", "frames"),
    sparse: fc.boolean(),
    isByKind: fc.boolean(),
    generationKey: fc.constantFrom(undefined, "y"),
  });
  await fc.assert(
    fc.asyncProperty(sessions, way, async (sessions, { form, isByKind, ...rest }) => {
      const texts = sessions.map((frames, i) => {
        // Each starts before the last frame of the one before.
        let f = 100 - 20 * i;
        return frames.map(({ step, entities }) => {
          const head = { f, t: (f += step) * 10 };
          const whole = { ...head, entities };
          return form === "frames"
            ? lines([whole])
            : lines(entities.map((e) => ({ ...head, ...e })));
        }).join("\n");
      });
      const read = async (text: string) => {
        let names = new EntityNames({ isByKind });
        const lists = [names];
        const all = readStates(new Blob([text]).stream(), {
          ...rest,
          names,
          onRestart: "split",
          onSession: (session, own) => {
            assert.equal(session, lists.length);
            lists.push(names = own!);
          },
        });
        const ids = (entity: number) => [names.idOf(entity), names.placeOf(entity)];
        const frames: unknown[] = [];
        for await (const frame of all) {
          frames.push({ ...frame, ids: frame.entities.map(({ id }) => ids(id)) });
        }
        return { frames, lists: lists.map(({ list }) => list) };
      };
      const alone = await Promise.all(texts.map(read));
      assert.deepEqual(await read(texts.join("\n")), {
        frames: alone.flatMap(({ frames }) => frames),
        lists: alone.flatMap(({ lists }) => lists),
      });
    }),
    { numRuns: 200 },
  );
});

test("readStates() with split starts a session where a whole frame comes again at another time", async () => {
  const whole = (f: number, t: number, x: number) =>
    JSON.stringify({ f, t, entities: [{ id: 7, x }] });
  const told = async (lines: readonly string[], onRestart: "split" | "stop") => {
    const seen: (readonly [frame: number, timeMs: number] | string)[] = [];
    const frames = readStates(new Blob([lines.join("\n")]).stream(), {
      onRestart,
      onSession: (session) => void seen.push(`session ${session}`),
    });
    for await (const { frame, timeMs } of frames) seen.push([frame, timeMs]);
    return seen;
  };
  const lines = [whole(0, 0, 1), whole(0, 9000, 1), whole(1, 9050, 2)];
  assert.deepEqual(await told(lines, "split"), [[0, 0], "session 1", [0, 9000], [1, 9050]]);
  await assert.rejects(told(lines, "stop"), /one time a frame/);
  await assert.rejects(told([whole(0, 0, 1), whole(0, 0, 1)], "split"), /occurs twice/);
  const row = (t: number, id: number) => JSON.stringify({ f: 0, t, id, x: 1 });
  await assert.rejects(told([row(0, 1), row(20, 2)], "split"), /one time a frame/);
});
