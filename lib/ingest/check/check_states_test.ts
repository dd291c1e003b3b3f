import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStates } from "./check_states.ts";
import type { CheckedOptions } from "./checked_options.ts";

type Rows = readonly (object | string)[];

const textOf = (rows: Rows) =>
  rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)) + "\n").join("");

function check(rows: Rows, options: CheckedOptions = {}, isRepeatable = true) {
  const text = textOf(rows);
  let opened = 0;
  const input = {
    isRepeatable,
    states: () => {
      assert.ok(isRepeatable || opened++ === 0, "opened twice");
      return new Blob([text]).stream();
    },
  };
  return checkStates(input, options);
}

test("checkStates() names a key of times where there are none, which is no fault", async () => {
  const rows = [0, 1, 2, 3].map((f) => ({ f, clockMs: 40 * f, id: 1, x: f }));
  const { faults, notes, options } = await check(rows);
  assert.deepEqual(faults, []);
  assert.equal(options.timeKey, "clockMs");
  assert.deepEqual(notes.map(({ code, remedy }) => [code, String(remedy)]), [
    ["no-time", "give timeKey clockMs"],
  ]);
});

test("checkStates() reads what can be opened once only once, and tries nothing", async () => {
  const rows = [{ tick: 0, id: 1, x: 1 }, { tick: 1, id: 1, x: 2 }];
  const { faults, options, states } = await check(rows, { source: "pipe" }, false);
  assert.deepEqual(faults.map(({ code, count }) => [code, count]), [["no-frame", 2]]);
  assert.deepEqual(options, { source: "pipe" });
  assert.equal(states, undefined);
});

test("checkStates() mends several things of one input, each told once", async () => {
  const rows = [65534, 65535, 0, 1].flatMap((Frame, i) =>
    ["a", "b"].map((Class) => ({ Frame, Time: i / 50, Id: "7", Class, v: i }))
  );
  const { faults, left, options, states } = await check(rows);
  assert.deepEqual(faults.map(({ code, field, count }) => [code, field, count]), [
    ["no-frame", "f", 8],
    ["no-id", "id", 8],
    ["id-twice", "Id", 2],
    ["frame-back", "Frame", 4],
  ]);
  assert.deepEqual(left, []);
  const { frameKey, timeKey, timeUnit, idKey, kindKey, idsByKind, frameBits } = options;
  assert.deepEqual({ frameKey, timeKey, timeUnit, idKey, kindKey, idsByKind, frameBits }, {
    frameKey: "Frame",
    timeKey: "Time",
    timeUnit: "s",
    idKey: "Id",
    kindKey: "Class",
    idsByKind: true,
    frameBits: 16,
  });
  assert.deepEqual(states?.kinds.map(({ name, rows }) => [name, rows]), [["a", 4], ["b", 4]]);
});

test("checkStates() takes a line of another key among whole frames for an event", async () => {
  const players = (x: number) => ({ "1": { x } });
  const shot = { tick: 5, event: "shot", shooter: 1, msec: 80 };
  const frames = [
    { tick: 0, msec: 0, players: players(0) },
    { tick: 5, msec: 80, players: players(5) },
    { tick: 6, msec: 96, players: players(6) },
  ];
  for (const at of [1, 2, 3]) {
    const rows: object[] = [...frames];
    rows.splice(at, 0, shot);
    const { left, options, states } = await check(rows);
    assert.deepEqual([left, options.eventKey], [[], "event"], `at ${at}`);
    assert.deepEqual([states?.frames, states?.events], [3, 1]);
    assert.deepEqual(states?.kinds.map(({ name, rows }) => [name, rows]), [["players", 3]]);
  }
});

test("checkStates() finds events among records of CSV, and times with a decimal comma", async () => {
  const lines = ["Tick;Zeit;EntityGuid;PosX;Ereignis", "0;0,0;aa;1,5;", "0;0,0;bb;2,5;"];
  lines.push("1;0,05;aa;1,75;", "1;0,05;bb;2,75;", "1;0,05;aa;;Schuss", "2;0,1;aa;1,75;");
  const { left, options, states } = await check(lines);
  assert.deepEqual(left, []);
  const { frameKey, timeKey, timeUnit, idKey, eventKey, decimal } = options;
  assert.deepEqual(
    [frameKey, timeKey, timeUnit, idKey, eventKey, decimal],
    ["Tick", "Zeit", "s", "EntityGuid", "Ereignis", "comma"],
  );
  assert.deepEqual([states?.frames, states?.events], [3, 1]);
});

test("checkStates() leaves out the list that has more fields than fit, and no more", async () => {
  const tiles = Array.from({ length: 90 }, (_, i) => i);
  const rows = [0, 1].map((f) => ({
    f,
    t: 50 * f,
    phase: "play",
    players: { a: { x: f } },
    tiles,
  }));
  const { faults, left, options, states } = await check(rows);
  assert.deepEqual(faults.map(({ code, field }) => [code, field]), [["fields-max", "tiles"]]);
  assert.deepEqual([left, options.leaveOut], [[], ["tiles"]]);
  assert.deepEqual(states?.kinds.map(({ name, fields }) => [name, fields.length]), [
    ["players", 1],
    ["frame", 1],
  ]);
});

test("checkStates() finds an id by its values, where rows of a frame differ in it alone", async () => {
  const rows = Array.from({ length: 6 }, (_, tick) =>
    [3, 8, 11].map((clientnum) => ({
      tick,
      time: tick * 20,
      clientnum,
      transform: { position: { x: tick, y: clientnum }, rot: { y: tick } },
      hp: 100 - tick,
    }))).flat();
  const { left, options, states } = await check(rows);
  assert.deepEqual([left, options.idKey], [[], "clientnum"]);
  assert.deepEqual(states?.kinds.map(({ name, entities }) => [name, entities]), [["entity", 3]]);
});

test("checkStates() puts what is missing into a row to see the rest of it", async () => {
  const schema = {
    kinds: [{
      name: "entity",
      fields: [
        { name: "hp", type: "u8" },
        { name: "name", type: "enum" },
        { name: "x", type: "f32" },
      ],
    }],
  } as const;
  const rows = [
    { f: 0, t: 0, id: 1, hp: 1, name: "a", x: 0 },
    { f: 1, t: 9, id: 1, x: "far" },
  ];
  const { faults } = await check(rows, { schema });
  assert.deepEqual(faults.map(({ code, field }) => [code, field]), [
    ["field-type", "x"],
    ["field-missing", "hp"],
    ["field-missing", "name"],
  ]);
});

test("checkStates() tells damaged data behind bad lines", async () => {
  const text = '{"f":0,"t":0,"id":1}\n{"f":1,"t":9}\n';
  const gzip = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(gzip).arrayBuffer()).slice(0, -6);
  const input = { isRepeatable: true, states: () => new Blob([bytes]).stream() };
  const { faults } = await checkStates(input, {});
  assert.ok(faults.some(({ code }) => code === "bad-gzip"), JSON.stringify(faults));
});

/** Rows of one entity in 20 frames, as text: JSON.stringify would round their integers. */
const spelt = (line: (i: bigint) => string) =>
  Array.from({ length: 20 }, (_, i) => line(BigInt(i)));

test("checkStates() finds the unit of times that are beyond what milliseconds hold", async () => {
  for (
    const [epoch, step, unit] of [
      ["1763812800123456789", 15_625_000n, "ns"],
      ["1763812800123456", 15_625n, "us"],
    ] as const
  ) {
    for (const key of ["t", "now"]) {
      const rows = spelt((i) => `{"f":${i},"${key}":${BigInt(epoch) + i * step},"id":1,"x":${i}}`);
      const { left, options, states } = await check(rows);
      assert.deepEqual([left, options.timeUnit, states?.frames], [[], unit, 20]);
      assert.equal(options.timeKey, key === "t" ? undefined : key);
    }
  }
});

test("checkStates() brings frames beyond 2^32 to 0", async () => {
  for (const key of ["f", "tick"]) {
    const rows = spelt((i) => `{"${key}":${8_589_934_592n + i},"t":${i * 50n},"id":1,"x":${i}}`);
    const { left, options, states } = await check(rows);
    assert.deepEqual([left, options.frameOffset, states?.frames], [[], -8_589_934_592, 20]);
    assert.equal(options.frameKey, key === "f" ? undefined : key);
  }
  const times = spelt((i) => `{"stamp":${8_589_934_592n + i * 50n},"id":1,"x":0.5}`);
  assert.equal((await check(times)).options.frameKey, undefined);
});

test("checkStates() declares integers that no number holds as texts, which keep their digits", async () => {
  for (const others of [0, 19]) {
    const rows = spelt((i) =>
      `{"f":${i},"t":${i * 50n},"id":1,"owner":${i < others ? i : -9223372006015187001n},"n":1}`
    );
    const { faults, left, schema, states } = await check(rows);
    assert.deepEqual(faults.map(({ code, field, count }) => [code, field, count]), [
      ["inexact-number", "owner", 20 - others],
    ]);
    assert.deepEqual([left, states?.frames], [[], 20]);
    const owner = schema?.kinds[0]?.fields.find(({ name }) => name === "owner");
    assert.deepEqual(owner, { name: "owner", type: "text" });
  }
});

test("checkStates() takes rows that list objects for rows, by an id that tells them apart", async () => {
  const parts: Readonly<Record<string, (i: number) => object>> = {
    list: (i) => ({ items: [{ Id: 5, n: i }, { Id: 6, n: 1 }] }),
    map: (i) => ({ buffs: { "1": { left: i }, "2": { left: 3 } } }),
    "list of its own id": (i) => ({ behaviours: [{ netId: 1, type: "Health", hp: i }] }),
    "nested list": (i) => ({ transform: { at: { x: i } }, sync: { items: [{ Id: 5, n: i }] } }),
  };
  for (const [what, part] of Object.entries(parts)) {
    for (const count of [1, 3]) {
      const rows = Array.from({ length: 20 }, (_, i) =>
        [7, 8, 9].slice(0, count).map((netId) => ({
          tick: i,
          time: i * 50,
          netId,
          hp: i % 4,
          ...part(i),
        }))).flat();
      const { left, options, states } = await check(rows);
      assert.deepEqual([left, options.idKey], [[], "netId"], `${what}, ${count}`);
      const kinds = states?.kinds.map(({ name, rows }) => [name, rows]);
      assert.deepEqual(kinds, [["entity", 20 * count]], `${what}, ${count}`);
    }
  }
});

test("checkStates() takes lists of a frame for its entities, whatever stands beside and between", async () => {
  const frame = (i: number) => ({
    tick: i,
    time: i * 50,
    matchId: "m1",
    players: [0, 1, 2].map((netId) => ({ netId, x: netId + i })),
  });
  const rows = Array.from({ length: 20 }, (_, i) => [
    frame(i),
    ...(i % 3 === 0 ? [{ tick: i, event: "shot", by: 1 }] : []),
  ]).flat();
  const { left, options, states } = await check(rows);
  assert.deepEqual([left, options.idKey, options.eventKey], [[], "netId", "event"]);
  assert.equal(states?.events, 7);
  assert.deepEqual(states?.kinds.map(({ name, rows }) => [name, rows]), [
    ["players", 60],
    ["frame", 20],
  ]);
});

test("checkStates() finds ids above 2^53 by their digits", async () => {
  const rows = spelt((i) =>
    `{"Tick":${i},"Elapsed":${i * 50n},"Entities":[` +
    `{"ID":9223372036854775808,"X":${i}},{"ID":9223372036854775809,"X":1}]}`
  );
  const { left, options, states } = await check(rows);
  assert.deepEqual([left, options.idKey], [[], "ID"]);
  assert.deepEqual(states?.kinds.map(({ name, rows }) => [name, rows]), [["Entities", 40]]);
});

test("checkStates() finds events that have an id among whole frames, and keeps the states of their frames", async () => {
  const rows = Array.from({ length: 30 }, (_, f) => {
    const state = { f, t: f * 16, players: { 1: { x: f } }, rockets: [] };
    return f % 10 === 5 ? [{ f, t: f * 16, type: "shot", shooter: 1, id: 7 }, state] : [state];
  }).flat();
  const { faults, left, options, states } = await check(rows);
  assert.deepEqual(faults.map(({ code, field, count }) => [code, field, count]), [
    ["no-entities", "type", 3],
  ]);
  assert.deepEqual([left, options.eventKey], [[], "type"]);
  assert.deepEqual([states?.frames, states?.events], [30, 3]);
});

test("checkStates() takes a clock that is set back for no restart, and its rate instead", async () => {
  for (const key of ["now", "t"]) {
    const rows = Array.from({ length: 60 }, (_, tick) => ({
      tick,
      [key]: 1763812800000 + Math.round(tick * 100 / 6) - (tick > 30 ? 200 : 0),
      id: 1,
      x: tick,
    }));
    const { faults, left, notes, options, states } = await check(rows);
    assert.deepEqual(faults.map(({ code }) => code), ["no-frame", "time-back"]);
    assert.deepEqual([left, options.onRestart, options.rateHz], [[], undefined, 60]);
    assert.equal(options.timeKey, key === "t" ? "none" : undefined);
    assert.deepEqual(notes.filter(({ code }) => code === "no-time"), []);
    // The clock is kept as a field, beside x.
    assert.deepEqual([states?.frames, states?.sessions], [60, 1]);
    assert.equal(states?.kinds[0]?.fields.length, 2);
  }
});

test("checkStates() finds the key of the names of events that stand beside the states", async () => {
  const states = [0, 1, 2, 3].map((Tick) => ({ Tick, Time: Tick * 50, players: { a: { x: 1 } } }));
  for (const key of ["Event", "type", "name"]) {
    const events = [{ [key]: "Shot", Tick: 1, By: "a" }, { [key]: "Hit", Tick: 2, By: "a" }];
    const input = {
      isRepeatable: true,
      states: () => new Blob([textOf(states)]).stream(),
      events: () => new Blob([textOf(events)]).stream(),
      eventSource: "events.ndjson",
    };
    const { faults, left, options, states: read } = await checkStates(input, {});
    assert.deepEqual([left, options.eventKey, read?.events], [[], key, 2]);
    const fault = faults.find(({ code }) => code === "event-bad");
    assert.deepEqual([fault?.field, fault?.count], ["ev", 2]);
    assert.equal(String(fault?.first.remedy), `name its key with eventKey ${key}`);
  }
});

test("checkStates() lists nothing that only follows from a restart", async () => {
  const rows = [0, 1].flatMap((session) =>
    [0, 1, 2, 3].flatMap((f) => [1, 2].map((id) => ({ f, t: f * 50 + session, id, x: f })))
  );
  const { faults, left, options, states } = await check(rows);
  assert.deepEqual(faults.map(({ code }) => code), ["frame-back"]);
  assert.deepEqual([left, options.onRestart, states?.sessions], [[], "split", 2]);
  // What stands before the restart as well is told.
  const twice = [rows[0]!, { ...rows[0]! }, ...rows.slice(1)];
  const codes = (await check(twice)).faults.map(({ code }) => code);
  assert.deepEqual(codes.toSorted(), ["frame-back", "id-twice"]);
});

test("checkStates() finds ids though events name their shooter by the same key", async () => {
  const rows = Array.from({ length: 40 }, (_, tick) => [
    ...[1, 2].map((netId) => ({ tick, time: tick * 50, netId, x: tick % 7 })),
    ...(tick % 5 === 0 ? [{ tick, netId: 1, eventName: "CmdFire", victim: 2 }] : []),
  ]).flat();
  const { left, options, states } = await check(rows);
  assert.deepEqual([left, options.idKey, options.eventKey], [[], "netId", "eventName"]);
  assert.equal(states?.events, 8);
  assert.deepEqual(states?.kinds.map(({ name, rows }) => [name, rows]), [["entity", 80]]);
});
