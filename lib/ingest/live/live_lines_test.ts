import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { EntityNames } from "../../core/names/entity_names.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { framesOf } from "../frame_source.ts";
import type { InputSyntaxError } from "../input/input_error.ts";
import { openStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";
import { LiveLines } from "./live_lines.ts";
import type { LiveProducer } from "./live_producer.ts";

const FLUSH_MS = 500;

interface Room {
  readonly lines: LiveLines;
  /** What each producer was told, by its name. */
  readonly told: Map<string, string[]>;
  connect(name: string, isOrdered?: boolean): LiveProducer;
  /** Frames and events once all is sent. */
  read(): Promise<{ frames: StateFrame[]; events: StateEvent[]; sessions: number }>;
}

function room(options: ReadStatesOptions = {}, lineBytes = 1 << 20): Room {
  const told = new Map<string, string[]>();
  const bad: InputSyntaxError[] = [];
  const lines = new LiveLines({
    ...options,
    flushMs: FLUSH_MS,
    limits: { lineBytes, linesPerSecond: 1e6, waitingBytes: 1 << 22, heldBytes: 1 << 26 },
    onBadLine: (error) => bad.push(error),
  });
  const reading = read(lines, { ...options, joined: true });
  return {
    lines,
    told,
    connect(name, isOrdered = true) {
      const heard: string[] = [];
      told.set(name, heard);
      const tell = ({ message }: InputSyntaxError) => void heard.push(message);
      return lines.connect({ name, isOrdered, tell });
    },
    read: async () => {
      lines.end();
      return await reading;
    },
  };
}

async function read(lines: LiveLines, options: ReadStatesOptions) {
  const events: StateEvent[] = [];
  let sessions = 1;
  const frames: StateFrame[] = [];
  const source = openStates(lines, {
    ...options,
    names: new EntityNames(),
    skipBad: true,
    onBadLine: lines.refuse,
    onEvent: (event) => void events.push(event),
    onSession: () => void sessions++,
  });
  for await (const frame of framesOf(source)) frames.push(frame);
  return { frames, events, sessions };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const row = (f: number, id: number, x = f) => `{"f":${f},"t":${f * 16},"id":${id},"x":${x}}\n`;
const summary = (frames: readonly StateFrame[]) =>
  frames.map(({ frame, entities }) => `${frame}: ${entities.map(({ fields }) => fields["x"])}`);

/** Ways in which a row or an event may be spelt. */
const SPELLINGS: readonly ((f: number, id: number) => string)[] = [
  (f, id) => `{"f":${f},"t":${f * 16},"id":${id},"x":${f * 100 + id}}`,
  (f, id) => `{"id":${id},"x":${f * 100 + id},"f":${f},"t":${f * 16}}`,
  (f, id) => ` { "t": ${f * 16}, "f" : "${f}", "id": ${id}, "x": ${f * 100 + id} } `,
];

test("LiveLines gives the frames of a merge, however producers and bytes interleave", async () => {
  const producer = fc.array(fc.tuple(fc.nat(12), fc.nat(2)), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(producer, { minLength: 1, maxLength: 4 }),
      fc.infiniteStream(fc.nat(3)),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      async (sets, turns, cuts) => {
        const { connect, read, lines, told } = room();
        const expected = new Map<number, Set<number>>();
        const texts = sets.map((set, id) => {
          const frames = new Map([...set].sort(([a], [b]) => a - b));
          return [...frames].map(([f, spelling]) => {
            expected.set(f, (expected.get(f) ?? new Set()).add(f * 100 + id));
            return `${SPELLINGS[spelling]!(f, id)}\n`;
          }).join("");
        });
        const producers = texts.map((_, i) => connect(String(i)));
        const left = texts.map(bytes);
        while (left.some((rest) => rest.length > 0)) {
          let i = turns.next().value! % left.length;
          while (left[i]!.length === 0) i = (i + 1) % left.length;
          const count = cuts.next().value!;
          producers[i]!.push(left[i]!.slice(0, count), 0);
          left[i] = left[i]!.subarray(count);
        }
        const { frames } = await read();
        const wanted = [...expected].sort(([a], [b]) => a - b).map(([frame, values]) =>
          `${frame}: ${[...values].sort((a, b) => a - b)}`
        );
        assert.deepEqual(summary(frames), wanted);
        assert.deepEqual([...told.values()].flat(), []);
        const { bad, late } = lines.counts;
        assert.deepEqual([bad, late], [0, 0]);
      },
    ),
    { numRuns: 200 },
  );
});

test("LiveLines closes a frame when every producer is past it, not before", async () => {
  const { connect, read, lines } = room();
  const [a, b] = [connect("a"), connect("b")];
  a!.push(bytes(row(0, 1) + row(1, 1) + row(2, 1)), 0);
  b!.push(bytes(row(0, 2)), 10);
  lines.tick(20);
  b!.push(bytes(row(1, 2)), 30);
  lines.tick(40);
  b!.push(bytes(row(2, 2)), 50);
  assert.deepEqual(summary((await read()).frames), ["0: 0,0", "1: 1,1", "2: 2,2"]);
  assert.equal(lines.counts.late, 0);
});

test("LiveLines closes a frame after its time, and tells whoever is late", async () => {
  const { connect, read, lines, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  a!.push(bytes(row(7, 1)), 0);
  for (let ms = 0; ms <= FLUSH_MS; ms += 50) lines.tick(ms);
  b!.push(bytes(row(7, 2) + row(8, 2)), FLUSH_MS + 10);
  assert.deepEqual(summary((await read()).frames), ["7: 7", "8: 8"]);
  assert.equal(lines.counts.late, 1);
  assert.match(told.get("b")![0]!, /^Cannot read b:1: the line is late: frame 7 is over/);
  assert.deepEqual(told.get("a"), []);
});

test("LiveLines lets no time pass while the process stands still", async () => {
  const { connect, read, lines } = room();
  const [a, b] = [connect("a"), connect("b")];
  lines.tick(0);
  a!.push(bytes(row(7, 1)), 10);
  lines.tick(5000);
  b!.push(bytes(row(7, 2)), 5001);
  lines.tick(5050);
  assert.deepEqual(summary((await read()).frames), ["7: 7,7"]);
  assert.equal(lines.counts.late, 0);
});

test("LiveLines lets none pass either while what came meanwhile may be read, and some time does", async () => {
  const stallMs = 2 * FLUSH_MS;
  for (
    const [waitMs, wanted, late] of [[stallMs, "7: 7,7", 0], [4 * stallMs, "7: 7", 1]] as const
  ) {
    const { connect, read, lines } = room();
    const [a, b] = [connect("a"), connect("b")];
    lines.tick(0);
    lines.tick(stallMs);
    a!.push(bytes(row(7, 1)), stallMs);
    for (let ms = 50; ms < waitMs; ms += 50) lines.tick(stallMs + ms);
    b!.push(bytes(row(7, 2)), stallMs + waitMs);
    assert.deepEqual(summary((await read()).frames), [wanted]);
    assert.equal(lines.counts.late, late);
  }
});

test("LiveLines names a line of the joined stream by its producer and its own number", async () => {
  const { connect, read, told, lines } = room();
  const [a, b] = [connect("a"), connect("b")];
  a!.push(bytes(row(0, 1) + row(1, 1)), 0);
  b!.push(bytes(row(0, 2) + '{"f":1,"t":16,"id":2,"x":"text"}\n{"f":1,"t":16,"id":3,"x":4}\n'), 0);
  const { frames } = await read();
  assert.deepEqual(summary(frames), ["0: 0,0", "1: 1,4"]);
  assert.match(told.get("b")!.join(), /^Cannot read b:2:\d+: /);
  assert.deepEqual(told.get("a"), []);
  assert.equal(lines.counts.bad, 1);
});

test("LiveLines refuses what is no object, and lines that are too long, and goes on", async () => {
  const { connect, read, told, lines } = room({}, 100);
  const a = connect("a");
  const long = `{"f":1,"id":1,"x":"${"y".repeat(200)}"}\n`;
  // A table, gzip data, blank lines: none of it decides what the stream is.
  a.push(bytes(`a,b,c\n\x1f\x8b\x08junk\n\n  \n${row(0, 1)}`), 0);
  for (const piece of long.match(/.{1,7}|\n/g)!) a.push(bytes(piece), 0);
  a.push(bytes(row(2, 1)), 0);
  assert.deepEqual(summary((await read()).frames), ["0: 0", "2: 2"]);
  assert.deepEqual(told.get("a")!.map((text) => text.replace(/;.*/, "")), [
    "Cannot read a:1: the line is no JSON object",
    "Cannot read a:2: the line is no JSON object",
    "Cannot read a:6: the line is longer than 100 bytes",
  ]);
  assert.equal(lines.counts.bad, 3);
});

test("LiveLines drops half a line of a producer that is gone, and tells", async () => {
  const { connect, read, told } = room();
  const a = connect("a");
  a.push(bytes(row(0, 1) + row(1, 1) + row(2, 1).slice(0, 9)), 0);
  a.end(0);
  assert.deepEqual(summary((await read()).frames), ["0: 0", "1: 1"]);
  assert.match(told.get("a")!.join(), /^Cannot read a:3: the connection ended amid the line/);
});

test("LiveLines joins on from the frame that the first producer is at", async () => {
  const { connect, read, lines, told } = room();
  const a = connect("a");
  a.push(bytes(row(0, 1) + row(1, 1) + row(2, 1)), 0);
  const b = connect("b");
  b.push(bytes(row(1, 2) + row(2, 2) + row(3, 2)), 1);
  a.push(bytes(row(3, 1) + row(4, 1)), 2);
  assert.deepEqual(summary((await read()).frames), ["0: 0", "1: 1", "2: 2,2", "3: 3,3", "4: 4"]);
  assert.equal(lines.counts.late, 1);
  assert.match(
    told.get("b")!.join(),
    /b:1: the line is late: the producer connected after frame 1 was over/,
  );
});

test("LiveLines joins a frame that its first producer has begun, from the first frame on", async () => {
  const { connect, read, lines, told } = room();
  const a = connect("a");
  a.push(bytes(row(0, 1)), 0);
  const b = connect("b");
  b.push(bytes(row(0, 2) + row(1, 2)), 1);
  a.push(bytes(row(1, 1)), 2);
  assert.deepEqual(summary((await read()).frames), ["0: 0,0", "1: 1,1"]);
  assert.deepEqual([...told.values()].flat(), []);
  assert.deepEqual([lines.counts.bad, lines.counts.late], [0, 0]);
});

test("LiveLines calls rows late of a producer that follows one that is gone", async () => {
  for (const isOrdered of [true, false]) {
    const { connect, read, lines, told } = room();
    const a = connect("a");
    a.push(bytes(row(0, 1) + row(1, 1)), 0);
    a.end(0);
    for (let ms = 0; ms <= 2 * FLUSH_MS; ms += 50) lines.tick(ms);
    const b = connect("b", isOrdered);
    if (isOrdered) b.push(bytes(row(0, 2) + row(2, 2)), 0);
    else for (const f of [0, 2]) b.datagram(bytes(row(f, 2)), 0);
    assert.deepEqual(summary((await read()).frames), ["0: 0", "1: 1", "2: 2"]);
    assert.deepEqual([lines.counts.bad, lines.counts.late], [0, 1]);
    assert.match(
      told.get("b")!.join(),
      /b:1: the producer starts again at frame 0, and the recording is at 1/,
    );
  }
});

test("LiveLines.stop() ends with the frame that has begun, and not amid it", async () => {
  const { connect, read, lines } = room();
  const a = connect("a");
  a.push(bytes(row(0, 1) + row(1, 1)), 0);
  let isStopped = false;
  lines.stop(() => isStopped = true);
  a.push(bytes(row(1, 2)), 1);
  assert.equal(isStopped, false);
  a.push(bytes(row(2, 1) + '{"f":2,"ev":"shot"}\n' + row(2, 2)), 2);
  assert.equal(isStopped, true);
  a.push(bytes(row(3, 1)), 3);
  assert.equal(lines.counts.afterStop, 4);
  assert.deepEqual(summary((await read()).frames), ["0: 0", "1: 1,1"]);
});

test("LiveLines.stop() waits for no frame that has had its time", async () => {
  const { connect, read, lines } = room();
  const a = connect("a");
  a.push(bytes(row(0, 1)), 0);
  let isStopped = false;
  lines.stop(() => isStopped = true);
  for (let ms = 0; ms <= FLUSH_MS; ms += 50) lines.tick(ms);
  assert.equal(isStopped, true);
  assert.deepEqual(summary((await read()).frames), ["0: 0"]);
});

test("LiveLines goes on with a producer that comes again at a later frame", async () => {
  const { connect, read, lines } = room();
  const [a, b] = [connect("a"), connect("b")];
  a!.push(bytes(row(0, 1)), 0);
  b!.push(bytes(row(0, 2)), 0);
  b!.end(1);
  a!.push(bytes(row(1, 1)), 2);
  const again = connect("b2");
  again.push(bytes(row(2, 2)), 3);
  a!.push(bytes(row(2, 1)), 4);
  assert.deepEqual(summary((await read()).frames), ["0: 0,0", "1: 1", "2: 2,2"]);
  assert.equal(lines.counts.late, 0);
});

test("LiveLines keeps a producer that starts again out of the others' session", async () => {
  const { connect, read, lines, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  for (let f = 10; f < 13; f++) {
    for (const [i, p] of [a!, b!].entries()) p.push(bytes(row(f, i)), f);
  }
  b!.push(bytes(row(0, 1)), 20);
  a!.push(bytes(row(13, 0)), 21);
  const { frames, sessions } = await read();
  assert.deepEqual(summary(frames), ["10: 10,10", "11: 11,11", "12: 12,12", "13: 13"]);
  assert.equal(sessions, 1);
  assert.equal(lines.counts.late, 1);
  assert.match(told.get("b")!.join(), /starts again at frame 0, .*give onRestart split/);
});

test("LiveLines begins a session for all where that is asked for", async () => {
  const { connect, read, lines, told } = room({ onRestart: "split" });
  const [a, b] = [connect("a"), connect("b")];
  for (let f = 10; f < 13; f++) {
    for (const [i, p] of [a!, b!].entries()) p.push(bytes(row(f, i)), f);
  }
  b!.push(bytes(row(0, 1)), 20);
  a!.push(bytes(row(13, 0)), 21);
  a!.push(bytes(row(0, 0)), 22);
  b!.push(bytes(row(1, 1)), 23);
  const { frames, sessions } = await read();
  assert.deepEqual(summary(frames), ["10: 10,10", "11: 11,11", "12: 12,12", "0: 0,0", "1: 1"]);
  assert.equal(sessions, 2);
  assert.equal(lines.counts.late, 1);
  assert.match(told.get("a")!.join(), /is of the session before/);
});

test("LiveLines is full while the reading is behind, and says when there is room", async () => {
  let rooms = 0;
  const lines = new LiveLines({
    flushMs: FLUSH_MS,
    limits: { lineBytes: 1 << 20, linesPerSecond: 1e6, waitingBytes: 10_000, heldBytes: 1 << 26 },
    onBadLine: () => {},
    onRoom: () => rooms++,
  });
  const a = lines.connect({ name: "a", isOrdered: true, tell: () => {} });
  const text = (n: number) =>
    Array.from({ length: 100 }, (_, i) => row(1000 + n * 100 + i, 1)).join("");
  let sent = 0;
  for (; !lines.isFull; sent++) a.push(bytes(text(sent)), 0);
  assert.equal(sent, Math.floor(10_000 / text(0).length) + 1);
  // A reading that is behind is no reason to close a frame.
  for (let ms = 0; ms < 10 * FLUSH_MS; ms += 50) lines.tick(ms);
  let taken = 0;
  lines.end();
  for await (const chunk of lines) {
    taken += new TextDecoder().decode(chunk).trim().length > 0 ? 1 : 0;
  }
  assert.ok(taken > 0);
  assert.equal(rooms, 1);
  assert.equal(lines.isFull, false);
});

test("LiveLines makes a producer of too many rows wait, and leaves out those of datagrams", async () => {
  const told: string[] = [];
  const limits = { lineBytes: 1000, linesPerSecond: 10, waitingBytes: 1e6, heldBytes: 1e6 };
  const lines = new LiveLines({ flushMs: FLUSH_MS, limits, onBadLine: () => {} });
  const tell = ({ message }: InputSyntaxError) => void told.push(message);
  const a = lines.connect({ name: "a", isOrdered: true, tell });
  const some = (count: number) => bytes(row(1, 1).repeat(count));
  assert.equal(a.push(some(10), 100), 0);
  assert.equal(a.push(some(25), 600), 3500);
  assert.equal(a.push(some(1), 4100), 0);
  const b = lines.connect({ name: "b", isOrdered: false, tell });
  b.datagram(some(8), 5000);
  b.datagram(some(8), 5001);
  assert.equal(lines.counts.dropped, 8);
  assert.deepEqual(told.map((text) => text.replace(/;.*/, "")), [
    "Cannot read a: more than 10 lines came within a second",
    "Cannot read b: more than 10 lines came within a second and are left out",
  ]);
});

test("LiveLines closes no frame of a producer while that one is made to wait", async () => {
  const told: string[] = [];
  const limits = { lineBytes: 1000, linesPerSecond: 10, waitingBytes: 1e6, heldBytes: 1e6 };
  const lines = new LiveLines({ flushMs: FLUSH_MS, limits, onBadLine: () => {} });
  const reading = read(lines, { joined: true });
  const tell = ({ message }: InputSyntaxError) => void told.push(message);
  const [a, b] = ["a", "b"].map((name) => lines.connect({ name, isOrdered: true, tell }));
  const rows = (frame: number, from: number, count: number) =>
    bytes(Array.from({ length: count }, (_, i) => row(frame, from + i)).join(""));
  let now = 0;
  const waitUntil = (ms: number) => {
    for (; now <= ms; now += 50) lines.tick(now);
  };
  waitUntil(0);
  assert.equal(a!.push(rows(1, 0, 12), now), 2000);
  b!.push(rows(1, 100, 1), now);
  b!.push(rows(2, 100, 1), now);
  waitUntil(1999);
  a!.push(rows(1, 12, 2), now);
  a!.push(rows(2, 0, 1), now);
  waitUntil(2000 + 2 * FLUSH_MS);
  // Who is silent by itself is late, as before.
  a!.push(rows(2, 1, 1), now);
  lines.end();
  const { frames } = await reading;
  assert.deepEqual(frames.map(({ frame, entities }) => [frame, entities.length]), [[1, 15], [
    2,
    2,
  ]]);
  assert.deepEqual(told.map((text) => text.replace(/;.*/, "")), [
    "Cannot read a: more than 10 lines came within a second",
    "Cannot read a:16: the line is late: frame 2 is over, all up to 2 are recorded",
  ]);
});

test("LiveLines joins whole frames of several producers into one", async () => {
  const { connect, read, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  a!.push(bytes('{"f":1,"t":16,"entities":[{"id":1,"x":5}]}\n'), 0);
  b!.push(bytes('{"t":16,"f":1,"entities":[{"id":2,"x":6.50}],"note":"a"}\n'), 0);
  a!.push(bytes('{"f":2,"t":32,"entities":[{"id":1,"x":7}]}\n'), 1);
  b!.push(bytes('{"t":32,"f":2,"entities":[],"note":"b"}\n'), 1);
  const { frames } = await read();
  assert.deepEqual([...told.values()].flat(), []);
  assert.deepEqual(
    frames.map((
      { frame, entities },
    ) => [frame, entities.flatMap(({ fields }) => fields["x"] ?? [])]),
    [[1, [5, 6.5]], [2, [7]]],
  );
});

const PARTS = {
  list: '{"f":1,"t":16,"entities":[{"id":1,"x":5},{"id":2,"kind":"bot","x":6.5}]}',
  map: '{"t":16,"f":1,"players":{"3":{"x":7}},"phase":"play"}',
  row: '{"f":1,"t":16,"id":4,"x":8}',
  values: '{"f":1,"t":16,"phase":"play","score":3,"players":{}}',
};

test("LiveLines joins rows and whole frames of one index, in any order and density", async () => {
  const keys = Object.keys(PARTS) as (keyof typeof PARTS)[];
  for (const sparse of [false, true]) {
    for (let turn = 0; turn < keys.length; turn++) {
      const { connect, read, told, lines } = room({ sparse, rateHz: 60 });
      const order = [...keys.slice(turn), ...keys.slice(0, turn)];
      const producers = order.map((name) => connect(name));
      // The first frame says what the collections are.
      producers[0]!.push(
        bytes('{"f":0,"t":0,"entities":[{"id":1,"x":1}],"players":{"3":{"x":1}}}\n'),
        0,
      );
      order.forEach((name, i) => producers[i]!.push(bytes(`${PARTS[name]}\n`), 1));
      producers[0]!.push(bytes('{"f":2,"t":32,"id":1,"x":9}\n'), 2);
      const { frames } = await read();
      assert.deepEqual([...told.values()].flat(), [], `${order}`);
      assert.deepEqual(frames.map(({ frame }) => frame), [0, 1, 2]);
      const states = frames[1]!.entities.map(({ kind, fields }) => [kind, fields]);
      assert.deepEqual(
        states.map((state) => JSON.stringify(state)).sort(),
        [
          '["bot",{"x":6.5}]',
          '["entity",{"x":5}]',
          '["entity",{"x":8}]',
          '["frame",{"phase":"play","score":3}]',
          '["players",{"x":7}]',
        ],
      );
      assert.deepEqual([lines.counts.bad, lines.counts.late], [0, 0]);
    }
  }
});

test("LiveLines blames the line that comes later for an entity that two name", async () => {
  const list = (x: number) => `{"f":1,"t":16,"entities":[{"id":2,"x":${x}},{"id":${x},"x":0}]}`;
  const row = (x: number) => `{"f":1,"t":16,"id":2,"x":${x}}`;
  for (const [first, second] of [[list, list], [list, row], [row, list], [row, row]] as const) {
    const { connect, read, told, lines } = room();
    const [a, b] = [connect("a"), connect("b")];
    a.push(bytes('{"f":0,"t":0,"id":2,"x":0}\n'), 0);
    b.push(bytes(`${first(5)}\n`), 1);
    a.push(bytes(`${second(6)}\n{"f":1,"t":16,"id":9,"x":1}\n`), 2);
    const { frames } = await read();
    const { entities } = frames[1]!;
    assert.deepEqual(entities.find(({ id }) => id === 2)!.fields, { x: 5 });
    // Nothing of the line that is refused is there, and what follows it is.
    assert.equal(entities.some(({ id }) => id === 6), false);
    assert.deepEqual(entities.at(-1)!.fields, { x: 1 });
    assert.match(
      told.get("a")!.join(),
      /^Cannot read a:2:\d+: the entity 2 has two rows in frame 1/,
    );
    assert.deepEqual(told.get("b"), []);
    assert.equal(lines.counts.bad, 1);
  }
});

test("LiveLines blames the later one of two that say another value of a frame", async () => {
  for (const sparse of [false, true]) {
    const { connect, read, told } = room({ sparse });
    const [a, b] = [connect("a"), connect("b")];
    const frame = (f: number, rest: string) =>
      bytes(`{"f":${f},"t":${f * 16},"players":{},${rest}}\n`);
    a.push(frame(0, '"score":1,"phase":"play"'), 0);
    a.push(frame(1, '"score":2'), 1);
    b.push(frame(1, '"score":3'), 2);
    b.push(frame(1, '"phase":"end","score":2'), 3);
    a.push(frame(2, '"score":2'), 4);
    b.push(frame(2, '"phase":"over"'), 5);
    const { frames } = await read();
    const values = (f: number) => frames[f]!.entities.map(({ fields }) => fields);
    assert.deepEqual(values(1), [{ phase: "end", score: 2 }]);
    assert.deepEqual(values(2), [{ phase: "over", score: 2 }]);
    assert.match(
      told.get("b")!.join(),
      /^Cannot read b:1:\d+: the frame has another "score" already/,
    );
    assert.deepEqual(told.get("a"), []);
  }
});

test("LiveLines joins any rows and whole frames, and refuses whole what names an entity again", async () => {
  // A line: who sends it, the entities that it names, and whether it is a whole frame.
  const line = fc.record({
    who: fc.nat(2),
    ids: fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
    isWhole: fc.boolean(),
    score: fc.option(fc.nat(2)),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(line, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      async (turns) => {
        const { connect, read, lines, told } = room();
        const producers = ["a", "b", "c"].map((name) => connect(name));
        const expected: string[] = [];
        let [bad, x] = [0, 0];
        for (const [f, sent] of turns.entries()) {
          const head = `"f":${f},"t":${f * 16}`;
          const states = new Map<number, number>([[9, 0]]);
          let said: number | null = null;
          // One that is always there, so that each frame is.
          producers[0]!.push(bytes(`{${head},"entities":[{"id":9,"x":0}]}\n`), f);
          for (const { who, ids, isWhole, score } of sent) {
            const named = isWhole ? ids : ids.slice(0, 1);
            const values = named.map((id) => `"id":${id},"x":${++x}`);
            const first = x - values.length + 1;
            const rest = isWhole && score !== null ? `,"score":${score}` : "";
            const text = isWhole
              ? `{${head},"entities":[${values.map((value) => `{${value}}`)}]${rest}}`
              : `{${head},${values[0]}}`;
            producers[who]!.push(bytes(`${text}\n`), f);
            const isTwice = new Set(named).size < named.length ||
              named.some((id) => states.has(id));
            if (isTwice || (rest !== "" && said !== null && said !== score)) {
              bad++;
              continue;
            }
            if (rest !== "") said = score;
            named.forEach((id, i) => states.set(id, first + i));
          }
          const all = [...states].sort(([a], [b]) => a - b).map(([id, value]) => `${id}=${value}`);
          expected.push(`${f}: ${all} ${said}`);
        }
        const { frames } = await read();
        const found = frames.map(({ frame, entities }) => {
          const states = entities.filter(({ kind }) => kind === "entity");
          const score = entities.find(({ kind }) => kind === "frame")?.fields["score"] ?? null;
          return `${frame}: ${states.map(({ id, fields }) => `${id}=${fields["x"]}`)} ${score}`;
        });
        assert.deepEqual(found, expected);
        assert.deepEqual([lines.counts.bad, lines.counts.late], [bad, 0]);
        assert.equal([...told.values()].flat().length, bad);
      },
    ),
    { numRuns: 150 },
  );
});

test("LiveLines takes an entity that has the id of what a frame holds for an entity", async () => {
  const { connect, read, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  a.push(bytes('{"f":0,"t":0,"id":"frame","kind":"door","y":1,"score":7}\n'), 0);
  b.push(bytes('{"f":0,"t":0,"players":{"1":{"x":2}},"score":3}\n'), 1);
  const { frames } = await read();
  assert.deepEqual(frames[0]!.entities.map(({ fields }) => fields), [{ y: 1, score: 7 }]);
  assert.match(told.get("b")!.join(), /the entity "frame" has two rows in frame 0, of the kinds/);
});

test("LiveLines refuses of several whole frames only that which is bad", async () => {
  const { connect, read, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  a.push(bytes('{"f":0,"t":0,"entities":[{"id":1,"x":5}]}\n'), 0);
  a.push(bytes('{"f":1,"t":16,"entities":[{"id":1,"x":6}]}\n'), 1);
  b.push(bytes('{"f":1,"t":16,"entities":[{"id":2,"x":7},{"id":3,"x":"text"}]}\n'), 1);
  const { frames } = await read();
  assert.deepEqual(summary(frames), ["0: 5", "1: 6"]);
  assert.match(told.get("b")!.join(), /^Cannot read b:1:\d+: /);
  assert.deepEqual(told.get("a"), []);
});

test("LiveLines puts datagrams in order within its time, and leaves out those that come twice", async () => {
  const { connect, read, lines, told } = room();
  const a = connect("a", false);
  const send = (f: number, seq: number) =>
    a.datagram(bytes(`{"f":${f},"t":${f * 16},"seq":${seq},"id":1,"x":${f}}`), f);
  for (const [f, seq] of [[0, 0], [2, 2], [1, 1], [1, 1], [5, 5], [4, 4]] as const) send(f, seq);
  const { frames } = await read();
  assert.deepEqual(summary(frames), ["0: 0", "1: 1", "2: 2", "4: 4", "5: 5"]);
  assert.deepEqual(Object.keys(frames[0]!.entities[0]!.fields), ["x"]);
  const { gaps, duplicates, frameGaps, late } = lines.counts;
  assert.deepEqual({ gaps, duplicates, frameGaps, late }, {
    gaps: 1,
    duplicates: 1,
    frameGaps: 0,
    late: 0,
  });
  assert.deepEqual(told.get("a"), []);
});

test("LiveLines counts frames that are missing of datagrams without a sequence", async () => {
  const { connect, read, lines } = room();
  const a = connect("a", false);
  for (const f of [0, 2, 4, 8, 14]) a.datagram(bytes(row(f, 1)), 0);
  await read();
  assert.equal(lines.counts.frameGaps, 3);
});

test("LiveLines counts what came and is left out as that, and not as missing", async () => {
  const told: string[] = [];
  const limits = { lineBytes: 1000, linesPerSecond: 10, waitingBytes: 1e6, heldBytes: 1e6 };
  const lines = new LiveLines({ flushMs: FLUSH_MS, limits, onBadLine: () => {} });
  const reading = read(lines, { joined: true });
  const a = lines.connect({
    name: "a",
    isOrdered: false,
    tell: ({ message }) => told.push(message),
  });
  for (let f = 0; f < 30; f++) {
    // Frame 4 never comes; 10 come within the second, and what is above the rate is spelt variously.
    if (f !== 4) a.datagram(bytes(SPELLINGS[f % 3]!(f, 1)), 100);
  }
  for (let f = 30; f < 35; f++) a.datagram(bytes(row(f, 1)), 1200);
  lines.end();
  const { frames } = await reading;
  const { dropped, frameGaps } = lines.counts;
  assert.equal(frames.length + dropped, 34);
  assert.deepEqual({ dropped, frameGaps }, { dropped: 19, frameGaps: 1 });
});

test("LiveLines counts no frame as missing whose line is refused as it comes", async () => {
  const { connect, read, lines } = room({}, 60);
  const a = connect("a", false);
  for (const f of [0, 1, 2]) a.datagram(bytes(row(f, 1)), 0);
  a.datagram(bytes('{"seq":"none","f":3,"t":48,"id":1,"x":3}'), 0);
  a.datagram(bytes(`{"f":4,"t":64,"id":1,"x":"${"y".repeat(60)}"}`), 0);
  a.datagram(bytes(row(6, 1)), 0);
  const { frames } = await read();
  assert.deepEqual(frames.map(({ frame }) => frame), [0, 1, 2, 6]);
  const { bad, frameGaps } = lines.counts;
  assert.deepEqual({ bad, frameGaps }, { bad: 2, frameGaps: 1 });
});

test("LiveLines counts no frame as missing whose row is late or cannot be read", async () => {
  const { connect, read, lines } = room();
  const a = connect("a", false);
  for (const f of [0, 1, 2]) a.datagram(bytes(row(f, 1)), 0);
  a.datagram(bytes('{"f":3,"t":48,"id":1,"x":'), 0);
  for (const f of [4, 6]) a.datagram(bytes(row(f, 1)), 0);
  for (let ms = 0; ms <= FLUSH_MS; ms += 50) lines.tick(ms);
  a.datagram(bytes(row(5, 1)), FLUSH_MS);
  const { frames } = await read();
  assert.deepEqual(frames.map(({ frame }) => frame), [0, 1, 2, 4, 6]);
  const { bad, late, frameGaps } = lines.counts;
  assert.deepEqual({ bad, late, frameGaps }, { bad: 1, late: 1, frameGaps: 0 });
});

test("LiveLines looks at no more bad lines of a datagram than there is time for", () => {
  const limits = { lineBytes: 1000, linesPerSecond: 10_000, waitingBytes: 1e6, heldBytes: 1e6 };
  const lines = new LiveLines({ flushMs: FLUSH_MS, limits, onBadLine: () => {} });
  const a = lines.connect({ name: "a", isOrdered: false, tell: () => {} });
  a.datagram(bytes("x\n".repeat(9000)), 0);
  const { bad, dropped } = lines.counts;
  assert.equal(bad + dropped, 9000);
  assert.ok(bad > 0 && bad < 3000, `${bad} bad lines`);
});

test("LiveLines keeps events of frames that are over, and those that name none", async () => {
  const { connect, read, lines } = room();
  const [a, b] = [connect("a"), connect("b")];
  for (let f = 0; f < 3; f++) for (const [i, p] of [a!, b!].entries()) p.push(bytes(row(f, i)), f);
  a!.push(bytes('{"f":0,"ev":"late"}\n{"ev":"now"}\n{"f":9,"ev":"early"}\n'), 4);
  for (let f = 3; f < 5; f++) for (const [i, p] of [a!, b!].entries()) p.push(bytes(row(f, i)), f);
  const { events, frames } = await read();
  assert.deepEqual(frames.map(({ frame }) => frame), [0, 1, 2, 3, 4]);
  assert.deepEqual(events.map(({ name, frame }) => [name, frame]), [
    ["late", 0],
    ["now", 2],
    ["early", 9],
  ]);
  assert.equal(lines.counts.late, 0);
});

test("LiveLines records a sender of datagrams whose seq starts again", async () => {
  const { connect, read, lines } = room();
  const a = connect("a", false);
  const send = (f: number, seq: number) =>
    a.datagram(bytes(`{"seq":${seq},"f":${f},"t":${f * 16},"id":1,"x":${f}}`), f);
  for (let f = 0; f < 6; f++) send(f, f);
  for (let f = 6; f < 9; f++) send(f, f - 6);
  const { frames } = await read();
  assert.deepEqual(frames.map(({ frame }) => frame), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual([lines.counts.duplicates, lines.counts.gaps], [0, 0]);
});

test("LiveLines refuses a line of a datagram whose seq is no count", async () => {
  const { connect, read, lines, told } = room();
  const a = connect("a", false);
  for (const seq of ['"7"', "-5", "1.5", "null"]) {
    a.datagram(bytes(`{"f":0,"t":0,"id":1,"x":0}\n{"seq":${seq},"f":0,"t":0,"id":2,"x":5}`), 0);
  }
  const { frames } = await read();
  assert.deepEqual(frames[0]!.entities.map(({ fields }) => fields), [{ x: 0 }]);
  assert.match(told.get("a")![0]!, /^Cannot read a:2: the "seq" of the line is no integer from 0/);
  assert.equal(told.get("a")!.filter((text) => text.includes('"seq"')).length, 4);
  assert.ok(lines.counts.bad >= 4);
});

test("LiveLines counts no end of line to the bytes of a line", async () => {
  const line = row(1, 1).trim();
  const { connect, read, told } = room({}, line.length);
  const a = connect("a");
  for (const piece of [line, "\r", "\n", `${line.replace(":1,", ":2,")}\r\n`]) {
    a.push(bytes(piece), 0);
  }
  assert.equal((await read()).frames.length, 2);
  assert.deepEqual(told.get("a"), []);
});

test("LiveLines refuses a frame far ahead of the other producers, and goes on with all", async () => {
  const { connect, read, lines, told } = room();
  const [a, b] = [connect("a"), connect("b")];
  for (const [i, p] of [a, b].entries()) p.push(bytes(row(5, i)), 0);
  b.push(bytes(row(4_000_000_000, 1) + row(6, 1)), 1);
  a.push(bytes(row(6, 0)), 2);
  assert.deepEqual(summary((await read()).frames), ["5: 5,5", "6: 6,6"]);
  assert.deepEqual([lines.counts.bad, lines.counts.late], [1, 0]);
  assert.match(told.get("b")!.join(), /b:2: frame 4000000000 is far ahead of 5/);
  const alone = room();
  alone.connect("a").push(bytes(row(5, 1) + row(4_000_000, 1)), 0);
  assert.equal((await alone.read()).frames.length, 2);
});
