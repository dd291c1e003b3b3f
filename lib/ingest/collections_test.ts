import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import type { StateEvent } from "../core/state/state.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import type { InputNote } from "./input/input_note.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

type State = readonly [id: string | number, kind: string, fields: object];

/** Frames of lines as `[frame, ...states]`, with what else the reading told. */
async function read(
  lines: readonly (object | string)[],
  options: ReadStatesOptions = {},
  isByKind = false,
) {
  const names = new EntityNames({ isByKind });
  const frames: [frame: number, ...states: State[]][] = [];
  const notes: InputNote[] = [];
  const events: StateEvent[] = [];
  let error: InputSyntaxError | undefined;
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  try {
    const all = readStates(new Blob([text.join("\n")]).stream(), {
      source: "in",
      names,
      onNote: (note) => void notes.push(note),
      onEvent: (event) => void events.push(event),
      ...options,
    });
    for await (const { frame, entities } of all) {
      frames.push([
        frame,
        ...entities.map(({ id, kind, fields }): State => [names.idOf(id), kind, { ...fields }]),
      ]);
    }
  } catch (thrown) {
    assert.ok(thrown instanceof InputSyntaxError, String(thrown));
    error = thrown;
  }
  return { frames, notes, events, error };
}

const at = (f: number, rest: object) => ({ f, t: f * 10, ...rest });

/** A line, and its states in the order in which they are found. */
const FOUND: readonly [line: object, states: readonly State[]][] = [
  [{ entities: { 7: { x: 1 }, 9: { x: 2 } } }, [["7", "entity", { x: 1 }], ["9", "entity", {
    x: 2,
  }]]],
  [
    { players: [{ id: 1, x: 1 }], rockets: [{ id: 5, x: 2 }] },
    [[1, "players", { x: 1 }], [5, "rockets", { x: 2 }]],
  ],
  [
    { players: { q8: { x: 0.5, buffs: {} }, Tt: { x: 2 } }, projectiles: {} },
    [["q8", "players", { x: 0.5, "buffs.length": 0 }], ["Tt", "players", { x: 2 }]],
  ],
  [
    { state: { players: { a: { hp: 1, pos: { x: 1 } } }, rockets: [{ id: "r", x: 2 }] } },
    [["a", "players", { hp: 1, "pos.x": 1 }], ["r", "rockets", { x: 2 }]],
  ],
  // An entity of values of several numbers alone, and one that holds other objects.
  [
    { players: { a: { position: { x: 1, y: 2 }, velocity: { x: 0, y: 0 } } } },
    [["a", "players", { "position.x": 1, "position.y": 2, "velocity.x": 0, "velocity.y": 0 }]],
  ],
  [
    { units: { a: { body: { x: 1 }, gun: { n: 2 } }, b: { body: { x: 3 }, gun: { n: 4 } } } },
    [["a", "units", { "body.x": 1, "gun.n": 2 }], ["b", "units", { "body.x": 3, "gun.n": 4 }]],
  ],
  // The key of the map is the id; another one of its own stays a field.
  [
    { players: { "76561198000000123": { id: "76561198000000123", x: 1 } } },
    [["76561198000000123", "players", { x: 1 }]],
  ],
  [{ players: { b: { id: 4, x: 2 } } }, [["b", "players", { x: 2, id: 4 }]]],
  [
    { units: { a: { kind: "tank", hp: 1 }, b: { hp: 2 } } },
    [["a", "tank", { hp: 1 }], ["b", "units", { hp: 2 }]],
  ],
  [{ players: { a: null, b: { x: 1 } }, slots: [null, { id: 4, x: 2 }] }, [
    ["b", "players", { x: 1 }],
    [4, "slots", { x: 2 }],
  ]],
  [
    { red: { units: [{ id: 1, x: 1 }] }, blue: { units: [{ id: 2, x: 2 }] } },
    [[1, "red.units", { x: 1 }], [2, "blue.units", { x: 2 }]],
  ],
  [
    { state: { players: { a: { x: 1 } }, ball: { x: 5, y: 6 } } },
    [["a", "players", { x: 1 }], ["frame", "frame", { "state.ball.x": 5, "state.ball.y": 6 }]],
  ],
];

test("readStates() finds collections of entities in whole frames", async () => {
  for (const [line, states] of FOUND) {
    const { frames, error } = await read([at(3, line)]);
    assert.equal(error, undefined);
    const [[frame, ...found]] = frames as [[number, ...State[]]];
    assert.equal(frame, 3);
    const order = (all: readonly State[]) => [...all].sort((a, b) => `${a}` < `${b}` ? -1 : 1);
    assert.deepEqual(order(found), order(states), JSON.stringify(line));
  }
});

test("readStates() keeps to a collection that it found, empty or not, map or list", async () => {
  const { frames, error, notes } = await read([
    at(0, { players: { a: {}, b: null } }),
    at(1, { players: { a: { x: 1 } } }),
    at(2, { players: [] }),
    at(3, { players: { a: { x: 2 }, b: { x: 3 } } }),
    at(5, { players: null }),
  ]);
  assert.equal(error, undefined);
  assert.deepEqual(frames, [
    [0],
    [1, ["a", "players", { x: 1 }]],
    [2],
    [3, ["a", "players", { x: 2 }], ["b", "players", { x: 3 }]],
    [5],
  ]);
  assert.deepEqual(notes, []);
});

test("readStates() keeps what else a frame holds as an entity of its own, with a note", async () => {
  const line = (f: number, rest: object) => at(f, { players: { a: { x: f } }, ...rest });
  const { frames, notes, error } = await read([
    line(0, { phase: "warmup", id: 7, score: { red: 1, blue: 2 } }),
    line(1, { phase: "play", id: 7, score: { red: 1, blue: 3 } }),
  ], { format: "frames" });
  assert.equal(error, undefined);
  assert.deepEqual(frames[1], [
    1,
    ["a", "players", { x: 1 }],
    ["frame", "frame", { phase: "play", id: 7, "score.red": 1, "score.blue": 3 }],
  ]);
  assert.deepEqual(notes.map(({ code }) => code), ["frame-fields"]);
  assert.match(notes[0]!.problem, /\("phase", "id", "score\.red", "score\.blue"\)/);
});

test("readStates() reads collections at given paths and no others", async () => {
  const options = { entities: ["players", "state.shots", "none"] };
  const lines = [
    at(0, { id: "room", players: { a: { x: 1 } }, extra: [{ id: 5, y: 1 }], state: { shots: [] } }),
    at(1, { id: "room", extra: [{ id: 5, y: 2 }], state: { shots: { s: {} } } }),
  ];
  const { frames, notes } = await read(lines, options);
  const rest = (y: number) => ["frame", "frame", { id: "room", "extra.0.id": 5, "extra.0.y": y }];
  assert.deepEqual(frames[0], [0, ["a", "players", { x: 1 }], rest(1)]);
  assert.deepEqual(frames[1], [1, rest(2), ["s", "shots", {}]]);
  assert.match(notes[1]!.problem, /^no line has "none"$/);
  const { error } = await read([at(0, { players: 5 })], { entities: ["players"] });
  assert.match(error!.message, /in:1:24: the collection "players" is 5, expected a map or a list/);
});

test("readStates() takes lists of events inside whole frames, each at the frame of its line", async () => {
  const lines = [
    at(4, { players: { a: { x: 1 } }, log: [{ ev: "shot", id: "a" }, { ev: "hit", f: 5, n: 1 }] }),
    at(5, { players: { a: { x: 1 } }, log: [] }),
    at(6, { players: {}, log: [{ ev: "end" }] }),
  ];
  const { frames, events, error } = await read(lines);
  assert.equal(error, undefined);
  assert.deepEqual(frames.map(([frame]) => frame), [4, 5, 6]);
  assert.deepEqual(events.map(({ frame, name, data }) => [frame, name, data]), [
    [4, "shot", { ev: "shot", id: "a" }],
    [5, "hit", { ev: "hit", f: 5, n: 1 }],
    [6, "end", { ev: "end" }],
  ]);
  const bad = at(5, { players: { a: { x: 2 } }, log: [{ ev: "ok" }, { ev: 7 }] });
  const skipped = await read([lines[0]!, bad], { skipBad: true });
  assert.deepEqual(skipped.events.map(({ name }) => name), ["shot", "hit"]);
  assert.deepEqual(skipped.frames.map(([frame]) => frame), [4]);
});

/** Lines of which the last is refused, and what says why. */
const REFUSED: readonly [lines: readonly object[], code: string, message: RegExp][] = [
  [
    [at(0, { zones: { a: { players: { p: { x: 1 } } }, b: { players: { q: { x: 1 } } } } })],
    "ambiguous-entities",
    /"zones" may be a map .*; give entities zones, or entities zones\.a\.players,zones\.b\.players$/,
  ],
  [
    [at(0, { teams: { red: { a: { x: 1 }, b: { x: 1 } }, blue: { a: { x: 1 }, b: { x: 1 } } } })],
    "ambiguous-entities",
    /give entities teams, or entities teams\.red,teams\.blue$/,
  ],
  [
    [at(0, { players: { 1: { x: 1 } }, rockets: { 1: { x: 1 } } })],
    "id-twice",
    /entity 1 has two rows in frame 0, of the kinds "players" and "rockets"; give idsByKind/,
  ],
  [
    [at(0, { eid: 3, x: 1 })],
    "no-id",
    /in:1: the entity id "id" is missing; name its key with idKey eid$/,
  ],
  [[at(0, { eid: 3, inv: [] })], "no-id", /; name its key with idKey eid$/],
  [
    [at(0, { entities: [{ netId: 3, x: 1 }] })],
    "no-id",
    /in:1:26: the entity id "id" is missing; name its key with idKey netId$/,
  ],
  [
    [at(0, { players: { a: { x: 1 } } }), at(1, { players: { a: 5 } })],
    "field-type",
    /entity is 5/,
  ],
  [[at(0, { id: 1, x: 1 }), at(1, { x: 1, inv: [] })], "no-id", /in:2: the entity id "id" is mis/],
];

test("readStates() refuses what may be meant in two ways, and says what to type", async () => {
  for (const [lines, code, message] of REFUSED) {
    const { error } = await read(lines);
    assert.match(error!.message, message);
    assert.equal(error!.sort.code, code);
  }
});

test("readStates() tells the same id in two collections apart by kind", async () => {
  const lines = [at(0, { players: { 1: { x: 1 } }, rockets: { 1: { x: 2 } } })];
  const { frames } = await read(lines, {}, true);
  assert.deepEqual(frames, [[0, ["1", "players", { x: 1 }], ["1", "rockets", { x: 2 }]]]);
});

test("readStates() finds the same whatever lines were refused before", async () => {
  const bad = at(0, { players: { a: { x: 1 }, b: 5 } });
  const good = at(1, { players: { a: { x: 1 } } });
  const { frames } = await read([bad, good], { skipBad: true });
  assert.deepEqual(frames, [[1, ["a", "players", { x: 1 }]]]);
});

test("readStates() reads rows and collections on one stream", async () => {
  const { frames, error } = await read([
    at(0, { id: "a", kind: "players", x: 1 }),
    at(1, { players: { a: { x: 2 } } }),
    at(2, { players: {} }),
    at(3, { id: "a", kind: "players", x: 3 }),
  ]);
  assert.equal(error, undefined);
  const state = (x: number): State => ["a", "players", { x }];
  assert.deepEqual(frames, [[0, state(1)], [1, state(2)], [2], [3, state(3)]]);
});

test("readStates() removes an entity whose place in a map of sparse input is null", async () => {
  const lines = [
    at(0, { players: { a: { x: 1 }, b: { x: 2 } } }),
    at(1, { players: { a: null, c: null } }),
    at(2, { players: { b: { x: 3 } } }),
  ];
  const { frames, error } = await read(lines, { sparse: true });
  assert.equal(error, undefined);
  assert.deepEqual(frames, [
    [0, ["a", "players", { x: 1 }], ["b", "players", { x: 2 }]],
    [1, ["b", "players", { x: 2 }]],
    [2, ["b", "players", { x: 3 }]],
  ]);
});

test("readStates() finds the frame and the time inside other objects", async () => {
  const lines = [3, 4].map((tick) => ({
    head: { tick, ms: tick * 50 },
    units: { a: { x: tick } },
  }));
  const { frames, error } = await read(lines, { frameKey: "head.tick", timeKey: "head.ms" });
  assert.equal(error, undefined);
  assert.deepEqual(frames, [[3, ["a", "units", { x: 3 }]], [4, ["a", "units", { x: 4 }]]]);
});

test("readStates() skips a line about the session before the first frame, with skipBad", async () => {
  const lines = [
    { type: "meta", map: "dm6" },
    at(0, { players: {} }),
    at(1, { players: [] }),
    at(2, { players: {} }),
  ];
  const { frames } = await read(lines, { skipBad: true });
  assert.deepEqual(frames, [[0], [1], [2]]);
});

test("readStates() names eight of the values beside entities, and says how many more there are", async () => {
  const values = Object.fromEntries([..."ABCDEFGHIJK"].map((key) => [key, 1]));
  const noteOf = async (rest: object) =>
    (await read([{ f: 0, t: 0, ...rest, players: { p: { x: 1 } } }])).notes[0]?.problem;
  assert.match(
    await noteOf(values) ?? "",
    /\("A", "B", "C", "D", "E", "F", "G", "H" and 3 more\):/,
  );
  const { I: _i, J: _j, K: _k, ...eight } = values;
  assert.match(await noteOf(eight) ?? "", /"G", "H"\):/);
});
