import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { framesOf } from "../frame_source.ts";
import type { InputSyntaxError } from "../input/input_error.ts";
import { openStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";
import { LiveLines } from "./live_lines.ts";
import { pulsedBytes } from "./pulsed_bytes.ts";

const row = (f: number, x = f) => `{"f":${f},"t":${f * 16},"id":1,"x":${x}}\n`;
const shot = (f: number, by: string) => `{"ev":"shot","f":${f},"by":"${by}"}\n`;

/** Lines that are read, with what comes of them by session: x of each frame, and who shot when. */
function recorder(options: ReadStatesOptions = {}) {
  const told: string[] = [];
  const notes: string[] = [];
  const bad: InputSyntaxError[] = [];
  const lines = new LiveLines({
    ...options,
    flushMs: 500,
    limits: { lineBytes: 1e6, linesPerSecond: 1e6, waitingBytes: 1e7, heldBytes: 1e8 },
    onBadLine: (error) => bad.push(error),
  });
  const sessions: { x: unknown[]; shots: string[] }[] = [{ x: [], shots: [] }];
  const reading = (async () => {
    const source = openStates(lines, {
      ...options,
      joined: true,
      names: new EntityNames(),
      skipBad: true,
      onBadLine: lines.refuse,
      onEvent: ({ frame, timeMs, data }) => {
        sessions.at(-1)!.shots.push(`${(data as { by?: string }).by} ${frame ?? `${timeMs} ms`}`);
      },
      onSession: () => void sessions.push({ x: [], shots: [] }),
      onNote: ({ code }) => notes.push(code),
    });
    for await (const { entities } of framesOf(source)) {
      sessions.at(-1)!.x.push(entities[0]!.fields["x"]);
    }
    return sessions;
  })();
  return {
    lines,
    told,
    notes,
    bad,
    connect: (isOrdered = true) => {
      const tell = ({ message }: InputSyntaxError) => void told.push(message);
      const producer = lines.connect({ name: "game", isOrdered, tell });
      const send = (text: string) => void producer.push(new TextEncoder().encode(text), 0);
      return { send, end: () => producer.end(0) };
    },
    read: async () => {
      lines.end();
      return await reading;
    },
  };
}

const first = Array.from({ length: 50 }, (_, f) => row(f) + (f === 9 ? shot(9, "first") : "")).join(
  "",
);
const X = Array.from({ length: 50 }, (_, f) => f);

test("LiveLines leaves out the events of a producer whose frames start again, and tells", async () => {
  for (const how of ["the same connection", "another one", "datagrams"]) {
    const { connect, read, told, notes, lines } = recorder();
    const before = connect();
    before.send(first);
    const isSame = how === "the same connection";
    if (!isSame) before.end();
    const again = isSame ? before : connect(how === "another one");
    again.send(shot(0, "second") + row(0, 1000) + shot(0, "second") + row(1, 1001));
    again.send(
      `${shot(1, "second")}{"ev":"shot","by":"second"}\n{"ev":"shot","t":16,"by":"second"}\n`,
    );
    assert.deepEqual(await read(), [{ x: X, shots: ["first 9"] }]);
    assert.equal(lines.counts.late, 7);
    assert.equal(told.length, 7);
    for (const text of told) assert.match(text, /starts again.*onRestart split/);
    assert.deepEqual(notes, []);
  }
});

test("LiveLines takes events of a producer again whose frames go on", async () => {
  const { connect, read, lines } = recorder();
  const { send } = connect();
  send(first + row(3, 1000) + shot(3, "lost") + row(50) + shot(50, "kept") + shot(48, "kept"));
  send(row(51));
  assert.deepEqual(await read(), [{ x: [...X, 50, 51], shots: ["first 9", "kept 48", "kept 50"] }]);
  assert.equal(lines.counts.late, 2);
});

test("LiveLines gives a session the events that were sent before its first frame", async () => {
  const early = {
    frame: [shot(0, "second") + shot(2, "second"), ["second 0", "second 2"]],
    later: [shot(40, "second"), ["second 40"]],
    time: ['{"ev":"shot","t":0,"by":"second"}\n', ["second 0 ms"]],
  } as const;
  for (const isSame of [true, false]) {
    for (const [sent, expected] of Object.values(early)) {
      const { connect, read, told } = recorder({ onRestart: "split" });
      const before = connect();
      before.send(first);
      if (!isSame) before.end();
      const again = isSame ? before : connect();
      again.send(sent);
      for (let f = 0; f < 5; f++) again.send(row(f, 1000 + f));
      assert.deepEqual(await read(), [
        { x: X, shots: ["first 9"] },
        { x: [1000, 1001, 1002, 1003, 1004], shots: [...expected] },
      ]);
      assert.deepEqual(told, []);
    }
  }
});

test("LiveLines gives a session its events also while its first frame is open", async () => {
  const { connect, read, lines } = recorder({ onRestart: "split" });
  const before = connect();
  before.send(first);
  let ms = 0;
  const pass = async (untilMs: number) => {
    for (; ms <= untilMs; ms += 50) lines.tick(ms);
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await pass(5000);
  // Frames of datagrams are open until their time is up.
  const again = connect(false);
  for (let f = 0; f < 4; f++) {
    again.send(row(f, 1000 + f) + shot(f, "second"));
    await pass(5000 + 100 * f);
  }
  assert.deepEqual((await read()).map(({ shots }) => shots), [
    ["first 9"],
    ["second 0", "second 1", "second 2", "second 3"],
  ]);
});

test("LiveLines leaves out events of the session before, once another has started again", async () => {
  const { connect, read, lines, told } = recorder({ onRestart: "split" });
  const [a, b] = [connect(), connect()];
  a.send(first);
  b.send(row(49).replace('"id":1', '"id":2'));
  lines.tick(0);
  a.send(row(0, 1000));
  b.send(`${shot(50, "lost")}${row(50).replace('"id":1', '"id":2')}${shot(51, "lost")}`);
  a.send(row(1, 1001));
  const [, second] = await read();
  assert.deepEqual(second, { x: [1000, 1001], shots: [] });
  assert.equal(told.filter((text) => /event is of the session before/.test(text)).length, 2);
});

test("LiveLines records events that come late or from a producer of events alone", async () => {
  const { connect, read, lines } = recorder();
  const [game, judge] = [connect(), connect()];
  game.send(first);
  for (let ms = 0; ms <= 600; ms += 50) lines.tick(ms);
  judge.send(shot(3, "judge"));
  game.send(shot(7, "late"));
  game.end();
  // Nobody sends states any more.
  judge.send(shot(4, "judge"));
  const [all] = await read();
  assert.deepEqual(all!.x, X);
  assert.deepEqual([...all!.shots].sort(), ["first 9", "judge 3", "judge 4", "late 7"]);
  assert.equal(lines.counts.late, 0);
});

test("LiveLines lets an event that goes back wait for a bounded time, and bounded room", async () => {
  const { connect, lines, read } = recorder();
  const { send } = connect();
  send(first);
  let ms = 0;
  for (; ms <= 1000; ms += 50) lines.tick(ms);
  const taken: string[] = [];
  const { send: sendLate } = connect(false);
  sendLate(row(60));
  send(shot(1, "late"));
  for (; ms <= 4000; ms += 50) lines.tick(ms);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (let i = 0; i < 10_000; i++) send(shot(2, "late"));
  const [all] = await read();
  taken.push(...all!.shots);
  assert.equal(taken.filter((text) => text === "late 1").length, 1);
  assert.equal(taken.filter((text) => text === "late 2").length, 10_000);
});

test("readStates gives a session the events that come a while before its first frame", async () => {
  const text = [first, shot(0, "second") + shot(49, "now"), row(0, 1000) + row(1, 1001)];
  async function* pipe() {
    for (const part of text) {
      yield new TextEncoder().encode(part);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
  const sessions: string[][] = [[]];
  const source = openStates(pulsedBytes(pipe(), 5), {
    onRestart: "split",
    onEvent: ({ frame, data }) => {
      sessions.at(-1)!.push(`${(data as { by?: string }).by} ${frame}`);
    },
    onSession: () => void sessions.push([]),
  });
  for await (const _ of framesOf(source));
  assert.deepEqual(sessions, [["first 9", "now 49"], ["second 0"]]);
});
