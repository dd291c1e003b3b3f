import assert from "node:assert/strict";
import { test } from "node:test";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import type { InputNote } from "../input/input_note.ts";
import { readStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";

/** Frames and events in the order in which they came out, and the error at the end. */
async function read(lines: readonly (string | object)[], options: ReadStatesOptions = {}) {
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  const events: StateEvent[] = [];
  const frames: StateFrame[] = [];
  const order: string[] = [];
  let error: unknown;
  try {
    const input = new Blob([text.join("\n")]).stream();
    const all = readStates(input, {
      rateHz: 50,
      source: "in",
      onEvent: async (event) => {
        await Promise.resolve();
        events.push(event);
        order.push(event.name);
      },
      ...options,
    });
    for await (const frame of all) {
      frames.push(frame);
      order.push(String(frame.frame));
    }
  } catch (thrown) {
    error = thrown;
  }
  return { events, frames, order, error };
}

const row = (f: number, more: object = {}) => ({ f, id: 4, hp: 7 - f, ...more });
const frame = (f: number) => ({ f, entities: [{ id: 4, hp: 7 - f }] });

for (const [name, state] of [["rows", row], ["frames", frame]] as const) {
  test(`readStates() gives the events among ${name} before the frame that they precede`, async () => {
    const { order, frames, error } = await read([
      { ev: "start" },
      state(1),
      { ev: "of1", id: 4, kind: "shot", hp: [1, { x: 2 }] },
      { f: 3, ev: "early" },
      state(2),
      { f: 1, ev: "late" },
      state(4),
      { t: 100, ev: "timed" },
      state(6),
      { f: 9, ev: "after" },
    ]);
    assert.equal(error, undefined);
    const isRow = name === "rows";
    assert.deepEqual(
      order,
      isRow
        ? ["start", "of1", "1", "late", "2", "early", "4", "timed", "6", "after"]
        : ["start", "1", "of1", "2", "late", "early", "4", "timed", "6", "after"],
    );
    assert.deepEqual(frames.map(({ entities }) => entities[0]!.fields), [
      { hp: 6 },
      { hp: 5 },
      { hp: 3 },
      { hp: 1 },
    ]);
  });
}

test("readStates() keeps an event whole and gives it the frame being read", async () => {
  const shot = { id: 4, kind: "shot", hp: [1, { x: null }], t: undefined, ev: "shot" };
  const { events } = await read([{ ev: "a", n: 1 }, row(3), shot, row(5), { ...shot, t: 99.5 }]);
  assert.deepEqual(events, [
    { frame: 3, timeMs: undefined, name: "a", data: { ev: "a", n: 1 } },
    {
      frame: 3,
      timeMs: undefined,
      name: "shot",
      data: { id: 4, kind: "shot", hp: [1, { x: null }], ev: "shot" },
    },
    {
      frame: undefined,
      timeMs: 99.5,
      name: "shot",
      data: { id: 4, kind: "shot", hp: [1, { x: null }], ev: "shot", t: 99.5 },
    },
  ]);
});

test("readStates() takes a CSV record for an event where its cell of the key is not empty", async () => {
  const { events, order, frames } = await read([
    "f,t,id,x,ev,to,who",
    "0,0,1,5,,,",
    ",,2,-1.5,shot,7,true",
    "1,20,1,6,,,",
    "0,,,,late,,007",
  ]);
  assert.deepEqual(order, ["shot", "0", "late", "1"]);
  assert.deepEqual(events.map(({ frame, data }) => [frame, data]), [
    [0, { id: 2, x: -1.5, ev: "shot", to: 7, who: true }],
    [0, { f: 0, ev: "late", who: "007" }],
  ]);
  assert.deepEqual(frames.map(({ entities }) => entities[0]!.fields), [{ x: 5 }, { x: 6 }]);
});

test("readStates() lets the format be decided by the first line that is no event", async () => {
  const lines = [{ f: 0, ev: "load", entities: [1] }, { f: 0, ev: "go" }, frame(2)];
  const { order, frames } = await read(lines);
  assert.deepEqual(order, ["load", "go", "2"]);
  assert.deepEqual(frames[0]!.entities, [{ id: 4, kind: "entity", fields: { hp: 5 } }]);
});

test("readStates() refuses a whole frame that is an event as well", async () => {
  const both = { f: 1, entities: [{ id: 4, hp: 5 }], ev: "goal" };
  const { error, order } = await read([frame(0), both, frame(2)]);
  assert.match(
    String(error),
    /in:2:\d+: the line is a whole frame, and the key "ev" makes it an event; send the event as a/,
  );
  assert.deepEqual(order, ["0"]);
});

test("readStates() notes events that hold just what a state does", async () => {
  const notes: InputNote[] = [];
  const onNote = (note: InputNote) => void notes.push(note);
  const lines = [{ f: 0, id: 3, hp: 5 }, { f: 0, id: 4, hp: 5, ev: "run" }, { f: 1, id: 3, hp: 4 }];
  await read(lines, { onNote });
  assert.deepEqual(notes.map(({ code, remedy }) => [code, `${remedy}`]), [
    ["events-like-states", 'if "ev" is a field, give eventKey KEY'],
  ]);
  notes.length = 0;
  await read([lines[0]!, { f: 0, id: 3, by: 4, ev: "hit" }, lines[2]!], { onNote });
  assert.deepEqual(notes, []);
});

test("readStates() tells an event in a quiet stretch before the quiet frame after it", async () => {
  const lines = [{ f: 0, t: 0, id: 1, x: 0 }, { ev: "by-time", t: 45 }, { ev: "by-frame", f: 7 }, {
    f: 10,
    t: 100,
    id: 1,
    x: 1,
  }];
  const { order } = await read(lines, { sparse: true });
  assert.deepEqual(order.slice(0, 12), [
    ...["0", "1", "2", "3", "4", "by-time", "5", "6", "by-frame", "7", "8", "9"],
  ]);
});

test("readStates() takes another event key, nested ones too, and leaves ev a field then", async () => {
  const lines = [{ f: 1, id: 4, ev: 0.5 }, { what: { is: "hit" }, at: { f: 1 }, ev: 2 }];
  const { events, frames } = await read(lines, { eventKey: "what.is" });
  assert.deepEqual(events.map(({ name, data }) => [name, data]), [["hit", lines[1]]]);
  assert.deepEqual(frames[0]!.entities[0]!.fields, { ev: 0.5 });
  const nested = await read([{ at: { f: 2 }, id: 4 }, { at: { f: 8 }, ev: "b" }], {
    frameKey: "at.f",
  });
  assert.equal(nested.events[0]!.frame, 8);
});

test("readStates() takes no line for an event where rows use the key for something else", async () => {
  const { events, frames } = await read([{ f: 1, id: 4, ev: "tank" }], { kindKey: "ev" });
  assert.deepEqual(events, []);
  assert.equal(frames[0]!.entities[0]!.kind, "tank");
});

const REFUSED: readonly [line: string | object, column: number | undefined, message: RegExp][] = [
  ['{"f":1,"id":4,"hp":6,"ev":0}', 27, /name "ev" is 0, expected a text; .*another event key/],
  ['{"f":1,"id":4,"hp":6,"ev":""}', 27, /is the text "", expected a text that is not empty/],
  ['{"f":1,"ev":{"x":1}}', 13, /name "ev" is an object, expected a text/],
  ['{"f":-1,"ev":"a"}', 6, /"f" is -1, expected an integer from 0/],
  ['{"t":"x","ev":"a"}', 6, /"t" is the text "x", expected milliseconds/],
  ['{"ev":"a","by":[1e999]}', 17, /in "by.0" the number 1e999 is beyond the range/],
  ['{"ev":"a","ev":"b"}', 11, /the key "ev" occurs twice in one object; send each key once/],
  ['{"ev":"a","d":{"n":1,"n":1}}', 22, /the key "n" occurs twice/],
];

for (const [line, column, message] of REFUSED) {
  test(`readStates() refuses the event ${line} and keeps what came before`, async () => {
    const lines = [row(0), { f: 9, ev: "early" }, row(1), line];
    const { error, order } = await read(lines);
    assert.ok(error instanceof InputSyntaxError);
    assert.match(error.message, message);
    assert.deepEqual([error.place.line, error.place.column], [4, column]);
    assert.deepEqual(order, ["0", "early"]);
    const losses: unknown[] = [];
    const skipped = await read([...lines, row(2)], {
      skipBad: true,
      onLoss: (loss) => losses.push(loss),
    });
    assert.deepEqual([skipped.error, skipped.order], [undefined, ["0", "1", "2", "early"]]);
    assert.deepEqual(losses, []);
  });
}

test("readStates() refuses an event that nothing takes, and one inside of a frame", async () => {
  const { error, order } = await read([row(0), row(1), { f: 1, id: 4, ev: "shot" }], {
    onEvent: undefined,
  });
  assert.match(
    String(error),
    /in:3:15: the key "ev" makes it an event, and nothing takes events here; take them by onEvent/,
  );
  assert.deepEqual(order, ["0"]);
  const inside = await read([frame(0), { f: 1, entities: [{ id: 4, hp: 1 }, { ev: "shot" }] }]);
  assert.match(String(inside.error), /in:2:37: the key "ev" makes the entity an event; send event/);
});

test("readStates() refuses an input of events alone", async () => {
  const { error, order } = await read([{ f: 0, ev: "a" }, { ev: "b" }]);
  assert.match(String(error), /in: it holds no states, only 2 events; send at least one row/);
  assert.deepEqual(order, []);
});

test("readStates() holds a bounded number of events that wait for their frame", async () => {
  const early = Array.from({ length: 5000 }, (_, i) => ({ f: 7, ev: `e${i & 3}` }));
  const { order } = await read([row(0), ...early, row(1), row(7)]);
  assert.equal(order.indexOf("0"), 4096);
  assert.equal(order.indexOf("7"), 5002);
  const unplaced = Array.from({ length: 4097 }, () => ({ ev: "a" }));
  const { error } = await read([...unplaced, row(0)]);
  assert.match(String(error), /in:4097: more than 4096 events that name no frame come before any/);
});
