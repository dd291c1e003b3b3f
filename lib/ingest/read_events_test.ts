import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { StateEvent } from "../core/state/state.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readEvents, type ReadEventsOptions } from "./read_events.ts";

async function read(input: string | Uint8Array, options: ReadEventsOptions = {}) {
  const events: StateEvent[] = [];
  let error: unknown;
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  async function* chunks() {
    yield bytes;
  }
  try {
    for await (const event of readEvents(chunks(), options)) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  return { events, error };
}

// The first lines of the events of the Rocket League duel of 2026.
const TEXT = '{"f":0,"t":0,"ev":"clock","value":300}\n' +
  '{"f":0,"t":0,"ev":"ping","id":1,"raw":7}\n' +
  '{"f":25,"t":1116.7,"ev":"ping","id":2,"raw":7}\n';
const EVENTS: StateEvent[] = [
  { frame: 0, timeMs: 0, name: "clock", data: { f: 0, t: 0, ev: "clock", value: 300 } },
  { frame: 0, timeMs: 0, name: "ping", data: { f: 0, t: 0, ev: "ping", id: 1, raw: 7 } },
  {
    frame: 25,
    timeMs: 1116.7,
    name: "ping",
    data: { f: 25, t: 1116.7, ev: "ping", id: 2, raw: 7 },
  },
];

test("readEvents() keeps the data of an event whole", async () => {
  assert.deepEqual(await read(TEXT), { events: EVENTS, error: undefined });
  assert.deepEqual(await read(new Uint8Array(gzipSync(TEXT))), {
    events: EVENTS,
    error: undefined,
  });
  const line = '{"f":1,"ev":"shot","ray":[[1,2],{"z":null}],"__proto__":"kept","hit":false}';
  const { events } = await read(`\ufeff\r\n${line}\r\n`);
  assert.equal(JSON.stringify(events[0]!.data), line);
  assert.equal(events[0]!.timeMs, undefined);
});

test("readEvents() takes events with a frame, a time or both, under any names", async () => {
  const keys = { frameKey: "tick", timeKey: "ms", eventKey: "what" };
  const { events } = await read('{"tick":3,"what":"a"}\n{"ms":2.5,"what":"b","f":9}\n', keys);
  assert.deepEqual(events.map(({ frame, timeMs, name }) => [frame, timeMs, name]), [
    [3, undefined, "a"],
    [undefined, 2.5, "b"],
  ]);
});

test("readEvents() takes an input without events", async () => {
  assert.deepEqual(await read(""), { events: [], error: undefined });
});

const REFUSED: [line: string, column: number | undefined, message: RegExp][] = [
  ["shot", 1, /not JSON: shot is not JSON; send one JSON object per line/],
  ["[]", undefined, /no JSON object/],
  ['{"ev":"a"}', undefined, /neither a frame "f" nor a time "t"; name the keys with frameKey/],
  ['{"f":7}', undefined, /name "ev" is missing; send it as "ev"/],
  ['{"f":7,"ev":5}', 13, /name "ev" is 5, expected a text/],
  ['{"f":7,"ev":""}', 13, /name "ev" is the text "", expected a text/],
  [`{"f":7,"ev":"${"e".repeat(257)}"}`, 13, /257 characters, at most 256/],
  ['{"f":-1,"ev":"a"}', 6, /"f" is -1, expected an integer from 0/],
  ['{"f":null,"t":null,"ev":"a"}', undefined, /neither a frame "f" nor a time "t"/],
  ['{"f":4,"ev":"a"}', 6, /"f" goes backwards, from 5 to 4; sort the events by frame/],
  ['{"t":49,"ev":"a"}', 6, /"t" goes backwards, from 50 to 49; sort the events by time/],
  ['{"t":"49","ev":"a"}', 6, /"t" goes backwards, from 50 to "49"; sort the events by time/],
  ['{"t":"5e1","ev":"a"}', 6, /"t" is the text "5e1", expected milliseconds/],
  ['{"t":-50,"ev":"a"}', 6, /"t" goes backwards, from 50 to -50/],
  ['{"f":7.5,"ev":"a"}', 6, /"f" is 7.5, expected an integer from 0/],
  ['{"f":7,"ev":"a","f":8}', 17, /the key "f" occurs twice in one object; send each key once/],
  ['{"f":7,"ev":"a","to":[{"n":"x:y","n":1}]}', 34, /the key "n" occurs twice in one object/],
  ['{"f":7,"ev":"a","x":[1,1e999]}', 24, /in "x.1" the number 1e999 is beyond/],
  [`{"f":7,"ev":"a","x":${"[".repeat(40)}${"]".repeat(40)}}`, undefined, /deeper than 32 levels/],
];

for (const [line, column, message] of REFUSED) {
  test(`readEvents() refuses ${line.slice(0, 60)}`, async () => {
    const before = '{"f":5,"t":50,"ev":"a"}\n';
    const { events, error } = await read(before + line, { source: "shots.ndjson" });
    assert.ok(error instanceof InputSyntaxError);
    assert.match(error.message, message);
    assert.deepEqual(error.place, { source: "shots.ndjson", line: 2, column });
    assert.equal(events.length, 1);
    const lines: (number | undefined)[] = [];
    const skipped = await read(before + line + '\n{"f":6,"ev":"b"}', {
      skipBad: true,
      onBadLine: (bad) => lines.push(bad.place.line),
    });
    assert.deepEqual(lines, [2]);
    assert.deepEqual(skipped.events.map(({ name }) => name), ["a", "b"]);
  });
}

test("readEvents() refuses more names than it can count", async () => {
  const text = Array.from({ length: 4097 }, (_, i) => `{"f":0,"ev":"e${i}"}`).join("\n");
  const { events, error } = await read(text);
  assert.equal(events.length, 4096);
  assert.match(String(error), /events:4097:13: there are more than 4096 names of events/);
});

test("readEvents() in any order takes frames and times that go backwards, as they came", async () => {
  const text = '{"f":5,"t":50,"ev":"a"}\n{"f":2,"t":60,"ev":"b"}\n{"f":6,"t":9,"ev":"c"}\n';
  const { events, error } = await read(text, { anyOrder: true });
  assert.equal(error, undefined);
  assert.deepEqual(
    events.map(({ frame, timeMs, name }) => [frame, timeMs, name]),
    [[5, 50, "a"], [2, 60, "b"], [6, 9, "c"]],
  );
});

test("readEvents() gives what a wrapping counter says, and adds an offset to others", async () => {
  const text = '{"f":255,"ev":"a"}\n{"f":"0","ev":"b"}\n{"f":256,"ev":"c"}\n';
  const { events, error } = await read(text, { frameBits: 8 });
  assert.deepEqual(events.map(({ frame }) => frame), [255, 0]);
  assert.match(
    String(error),
    /events:3:6: the frame "f" is 256, expected an integer from 0 to 255/,
  );
  const moved = await read('{"f":-1,"ev":"a"}\n{"f":-2,"ev":"b"}\n', { frameOffset: 1 });
  assert.deepEqual(moved.events.map(({ frame }) => frame), [0]);
  assert.match(String(moved.error), /is -2 and 1 is added to it/);
});
