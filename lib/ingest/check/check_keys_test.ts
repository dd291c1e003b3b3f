import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStates } from "./check_states.ts";
import type { CheckedOptions } from "./checked_options.ts";

/** What a check says of lines: the options that it adds, what they leave, what is recorded. */
async function checked(lines: readonly (object | string)[], given: CheckedOptions = {}) {
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  const input = {
    isRepeatable: true,
    states: () => new Blob([text.join("\n")]).stream(),
  };
  const { faults, left, options, skipped, states } = await checkStates(input, given);
  const added = Object.entries(options).filter(([name, value]) =>
    value !== undefined && !(name in given)
  );
  return {
    codes: faults.map(({ code, field }) => `${code} ${field}`),
    left: left.map(({ code, field }) => `${code} ${field}`),
    options: Object.fromEntries(added),
    skipped,
    states: states?.kinds.reduce((sum, { rows }) => sum + rows, 0),
    frames: states?.frames,
  };
}

interface World {
  /** Rows of each frame, with the keys `id` and `kind` and fields. */
  readonly rows: (i: number) => readonly Readonly<Record<string, unknown>>[];
  /** Frame of each step. */
  readonly frame?: (i: number) => number;
  readonly steps: number;
}

/** Renames a world's keys, and prints it as rows, whole frames, and CSV. */
function printed({ rows, frame = (i) => i, steps }: World, keys: Readonly<Record<string, string>>) {
  const renamed = (row: object) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [keys[key] ?? key, value]));
  const all = Array.from({ length: steps }, (_, i) => ({ f: frame(i), t: 50 * i, rows: rows(i) }));
  const flat = all.flatMap(({ f, t, rows }) => rows.map((row) => renamed({ f, t, ...row })));
  const names = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return {
    rows: flat,
    frames: all.map(({ f, t, rows }) => ({ ...renamed({ f, t }), entities: rows.map(renamed) })),
    csv: [
      names.join(","),
      ...flat.map((row) => names.map((name) => row[name] ?? "").join(",")),
    ],
  };
}

const one = (i: number) => [{ id: 4, x: i / 2 }];

/** Second faults under the right names, and the options that mend them. */
const SECOND: readonly [what: string, world: World, options: CheckedOptions][] = [
  [
    "ids of each kind",
    { rows: (i) => ["npc", "player"].map((kind) => ({ id: 1, kind, x: i / 2 })), steps: 6 },
    { idsByKind: true },
  ],
  ["negative frames", { rows: one, frame: (i) => i - 17, steps: 12 }, { frameOffset: 17 }],
  [
    "a counter that wraps",
    { rows: one, frame: (i) => (65_530 + i) % 65_536, steps: 30 },
    { frameBits: 16 },
  ],
  ["a restart", { rows: one, frame: (i) => i % 15, steps: 30 }, { onRestart: "split" }],
  [
    "frames that cross 2^32",
    { rows: one, frame: (i) => 2 ** 32 - 6 + i, steps: 12 },
    { frameOffset: 6 - 2 ** 32 },
  ],
  [
    "ids that are freed and taken again",
    {
      rows: (i) =>
        i % 3 === 1 ? [{ id: 4, gone: true }, { id: 4, x: 9, hp: i }] : [{ id: 4, x: i, hp: 5 }],
      steps: 12,
    },
    { sparse: true, despawnKey: "gone" },
  ],
];

const NAMES: readonly [keys: Readonly<Record<string, string>>, options: CheckedOptions][] = [
  [{}, {}],
  [{ id: "netId" }, { idKey: "netId" }],
  [{ id: "eid" }, { idKey: "eid" }],
  [{ f: "n" }, { frameKey: "n" }],
  [{ f: "tick", t: "ms", id: "entityId" }, { frameKey: "tick", timeKey: "ms", idKey: "entityId" }],
];

test("checkStates() mends what a key's new name brings to light, in rows, frames and CSV", async () => {
  for (const [what, world, options] of SECOND) {
    for (const [keys, named] of NAMES) {
      for (const [form, lines] of Object.entries(printed(world, keys))) {
        const check = await checked(lines);
        const about = `${what}, ${JSON.stringify(keys)}, ${form}`;
        assert.deepEqual([check.left, check.skipped], [[], 0], about);
        assert.deepEqual(check.options, { ...named, ...options }, about);
      }
    }
  }
});

test("checkStates() names the key of ids that many rows lack or share", async () => {
  const lines = (bad: object) =>
    Array.from({ length: 60 }, (_, f) =>
      [1, 2, 3].map((netId) => ({
        f,
        t: 50 * f,
        ...(netId === 2 && f % 5 < 2 ? bad : { netId }),
        x: netId + f,
      }))).flat();
  for (const [bad, code] of [[{}, "no-id netId"], [{ netId: 1 }, "id-twice netId"]] as const) {
    const { codes, left, options, skipped, states } = await checked(lines(bad));
    assert.deepEqual([codes, left], [["no-id id", code], [code]]);
    assert.deepEqual([options, skipped, states], [{ idKey: "netId" }, 24, 156]);
  }
});

test("checkStates() takes no field for the frame while its key is there, but one of such a name", async () => {
  const half = (name: string) =>
    Array.from({ length: 20 }, (_, i) => ({ f: i / 2, t: 50 * i, id: 1, [name]: i, x: 1 }));
  assert.deepEqual((await checked(half("kills"))).options, {});
  assert.deepEqual((await checked(half("serverTick"))).options, { frameKey: "serverTick" });
});

test("checkStates() gives another key of events where theirs is a field of the states", async () => {
  const rows = [0, 1, 2].map((f) => ({ f, t: 50 * f, id: 1, x: f, ev: "run" }));
  const maps = [0, 1, 2].map((f) => ({ f, t: 50 * f, players: { a: { x: f, ev: "run" } } }));
  for (const lines of [rows, maps]) {
    const { left, options, states } = await checked(lines);
    assert.deepEqual([left, options, states], [[], { eventKey: "none" }, 3]);
  }
});

test("checkStates() finds a mark that stands alone in entities of lists and maps", async () => {
  const entities = [
    { a: { x: 1 }, b: { x: 1 } },
    { a: { dead: true }, b: { x: 5 } },
    { a: { x: 71 } },
    { b: { dead: true } },
  ];
  const maps = entities.map((units, f) => ({ f, t: 50 * f, units }));
  const lists = maps.map(({ units, ...head }) => ({
    ...head,
    units: Object.entries(units).map(([id, unit]) => ({ id, ...unit })),
  }));
  for (const lines of [maps, lists]) {
    const { left, options } = await checked(lines);
    assert.deepEqual([left, options], [[], { sparse: true, despawnKey: "dead" }]);
  }
});

test("checkStates() finds the mark of removals in CSV, and takes it as a truth value", async () => {
  for (const [no, yes] of [["false", "true"], ["", "TRUE"]]) {
    const lines = ["f,t,id,gone,x", `0,0,4,${no},1`, `1,50,4,${yes},`, `3,150,4,${no},1`];
    const { codes, options, frames } = await checked([...lines, "4,200,5,,1"], { sparse: true });
    assert.deepEqual([codes, options, frames], [[], { despawnKey: "gone" }, 5]);
  }
});

test("checkStates() names the key of times of which many are wrong, beside others", async () => {
  const rows = Array.from({ length: 40 }, (_, tick) =>
    [1, 2].map((eid) => ({
      tick,
      ms: tick % 5 === 3 && eid === 2 ? "late" : 50 * tick,
      eid,
      x: eid + tick,
    }))).flat();
  const { left, options, skipped } = await checked(rows);
  assert.deepEqual(left, ["bad-time ms"]);
  assert.deepEqual([options, skipped], [{ frameKey: "tick", timeKey: "ms", idKey: "eid" }, 8]);
});

test("checkStates() takes no numbers of the rows of a frame for frames", async () => {
  const rows = Array.from(
    { length: 20 },
    (_, i) => [0, 1, 2, 3, 4, 5].map((client) => ({ t: 50 * i, client, x: i / 4 })),
  ).flat();
  assert.equal((await checked(rows)).options.frameKey, undefined);
});

test("checkStates() names the key of ids of which most frames lack one, or that hardly come again", async () => {
  const frames = Array.from({ length: 30 }, (_, f) => ({
    f,
    t: 50 * f,
    units: [1, 2, 3].map((eid) => (f % 3 > 0 && eid === 2 ? { x: f } : { eid, x: eid })),
  }));
  const lacking = await checked(frames);
  assert.deepEqual([lacking.options, lacking.skipped], [{ idKey: "eid" }, 20]);
  const rows = Array.from({ length: 30 }, (_, i) => ({
    f: i < 20 ? 0 : 1,
    t: i < 20 ? 0 : 50,
    eid: i % 20,
    x: i / 2,
  }));
  const { left, options, states } = await checked(rows);
  assert.deepEqual([left, options, states], [[], { idKey: "eid" }, 30]);
});
