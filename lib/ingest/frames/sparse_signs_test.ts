import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { test } from "node:test";
import { readStates } from "../read_states.ts";

interface Row {
  readonly id: number;
  readonly kind?: string;
  readonly x?: number;
  readonly y?: number;
}

/** Codes of the notes on dense reading of rows by frame. */
async function notesOn(frames: readonly (readonly [number, readonly Row[]])[]): Promise<string[]> {
  const lines = frames.flatMap(([f, rows]) => rows.map((row) => ({ f, t: f * 16, ...row })));
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  const notes: string[] = [];
  const options = { onNote: ({ code }: { code: string }) => notes.push(code) };
  try {
    for await (const _ of readStates(new Blob([text]).stream(), options));
  } catch (error) {
    notes.push((error as Error).name);
  }
  return notes;
}

/** Numbers from 0 to 1 that are the same in every run. */
function random(): () => number {
  let state = 9;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const upTo = (count: number, step: number = 1) => Array.from({ length: count }, (_, i) => i * step);

/** Row of something that never rests. */
const moving = (id: number, f: number): Row => ({ id, x: f * 5 + id, y: Math.sin(f / 9) * 300 });

/** Frames of a world in which each entity changes by chance, and has a row only if it did. */
function changeOnly(frames: number, entities: number, chance: (id: number) => number) {
  const next = random();
  const counts = new Array<number>(entities).fill(0);
  return upTo(frames).map((f): [number, Row[]] => [
    f,
    upTo(entities).filter((id) => f === 0 || next() < chance(id))
      .map((id) => ({ id, x: counts[id]! += 1 })),
  ]).filter(([, rows]) => rows.length > 0);
}

const CHANGE_ONLY: Record<string, readonly (readonly [number, readonly Row[]])[]> = {
  "one step after ten frames, with all fields": [
    [0, [{ id: 1, kind: "p", x: 0, y: 1 }, { id: 2, kind: "p", x: 0, y: 0 }]],
    [10, [{ id: 2, kind: "p", x: 9, y: 0 }]],
    [11, [{ id: 2, kind: "p", x: 9, y: 1 }]],
  ],
  "one mover among many that rest": changeOnly(30, 50, (id) => id === 0 ? 1 : 0),
  "one mover among a few that rest": changeOnly(30, 4, (id) => id === 0 ? 1 : 0),
  "one entity that moves now and then": changeOnly(200, 1, () => 0.2),
  "many that change now and then": changeOnly(50, 100, () => 0.05),
  "many that change every other time": changeOnly(100, 100, () => 0.5),
  "movers among more that seldom change": changeOnly(100, 25, (id) => id < 5 ? 1 : 0.05),
};

for (const [name, frames] of Object.entries(CHANGE_ONLY)) {
  test(`readStates() notes change-only input that is read as dense: ${name}`, async () => {
    assert.deepEqual(await notesOn(frames), ["looks-sparse"]);
  });
}

test("readStates() notes rows without the kind that their entity had, beside the fields that it lacks", async () => {
  assert.deepEqual(
    await notesOn([
      [0, [{ id: 1, kind: "p", x: 0, y: 0 }, { id: 2, kind: "p", x: 0, y: 0 }]],
      [10, [{ id: 2, x: 10 }]],
      [11, [{ id: 2, y: 5 }]],
    ]),
    ["looks-sparse", "optional-fields"],
  );
});

const players = (f: number) => [1, 2, 3].map((id) => moving(id, f));

/** Dense worlds in which nothing ever rests, so that no row repeats another. */
const DENSE: Record<string, () => readonly (readonly [number, readonly Row[]])[]> = {
  "two frames": () => [[0, [moving(1, 0), moving(2, 0)]], [1, [moving(2, 1)]]],
  "an entity that goes": () =>
    upTo(9).map((f) => [f, f < 1 ? players(f) : [moving(1, f), moving(2, f)]]),
  "every second tick": () => upTo(99, 2).map((f) => [f, players(f)]),
  "uneven ticks": () => {
    const next = random();
    let f = 0;
    return upTo(99).map(() => [f += 2 + Math.floor(next() * 3), players(f)]);
  },
  "lost frames": () => {
    const next = random();
    return upTo(300).filter(() => next() > 0.2).map((f) => [f, players(f)]);
  },
  "hitches": () => upTo(99).map((i) => i + Math.floor(i / 9) ** 3).map((f) => [f, players(f)]),
  "respawns": () => {
    const next = random();
    const back = [0, 0, 0, 0];
    return upTo(2000).map((f) => [
      f,
      upTo(4).filter((id) => {
        if (f >= back[id]! && next() < 0.02) back[id] = f + 30 + Math.floor(next() * 60);
        return f >= back[id]!;
      }).map((id) => moving(id, f)),
    ]);
  },
  "players in and out of view": () => {
    const next = random();
    const until = new Array<number>(10).fill(0);
    const isSeen = until.map(() => next() < 0.5);
    return upTo(500).map((f) => [
      f,
      [
        moving(99, f),
        ...upTo(10).filter((id) => {
          if (f >= until[id]!) {
            isSeen[id] = !isSeen[id];
            until[id] = f + 1 + Math.floor(next() * 12);
          }
          return isSeen[id];
        }).map((id) => moving(id, f)),
      ],
    ]);
  },
  "bullets that share a few ids": () => {
    const next = random();
    let bullets: { id: number; from: number; to: number }[] = [];
    return upTo(500).map((f) => {
      bullets = bullets.filter(({ to }) => f < to);
      const id = upTo(9).map((i) => 100 + i).find((i) => !bullets.some((one) => one.id === i));
      if (next() < 0.3 && id !== undefined) bullets.push({ id, from: f, to: f + 5 });
      const flying = bullets.map(({ id, from }) => ({
        id,
        x: from * 99 + (f - from) * 9,
        y: from,
      }));
      return [f, [moving(1, f), moving(2, f), ...flying]];
    });
  },
  "a kind that is sent every tenth frame": () =>
    upTo(200).map((
      f,
    ) => [f, [...players(f), ...upTo(f % 10 === 0 ? 20 : 0).map((i) => moving(50 + i, f))]]),
  "kinds of several rates": () =>
    upTo(200).map((
      f,
    ) => [f, upTo(20).filter((i) => f % (1 << (i % 4)) === 0).map((i) => moving(i, f))]),
};

for (const [name, frames] of Object.entries(DENSE)) {
  test(`readStates() notes nothing on dense input: ${name}`, async () => {
    assert.deepEqual(await notesOn(frames()), []);
  });
}

test("readStates() takes one repeated row for dense input", async () => {
  const rest = { id: 1, x: 1, y: 1 };
  assert.deepEqual(
    await notesOn([
      [0, [rest, moving(2, 0), moving(3, 0), moving(4, 0)]],
      [10, [moving(4, 10)]],
      [11, [moving(4, 11), rest]],
    ]),
    [],
  );
});

/** Cuts of real recordings, and whether a row is there only if it changed. */
const SETS: readonly [name: string, isChangeOnly: boolean][] = [
  ["duel/duel", false],
  ["sets/rl-duel", false],
  ["sets/soccer", false],
  ["rewind/qw-povdmm4-cut", false],
  ["sets/cubes", true],
  ["sets/cubes-float", true],
];

test("readStates() tells change-only recordings from dense ones", async () => {
  for (const [name, isChangeOnly] of SETS) {
    const path = new URL(`../../../testdata/${name}.state.ndjson.gz`, import.meta.url);
    const notes: string[] = [];
    const options = { rateHz: 60, onNote: ({ code }: { code: string }) => notes.push(code) };
    for await (const _ of readStates(createReadStream(path), options));
    assert.deepEqual(notes, isChangeOnly ? ["looks-sparse"] : [], name);
  }
});
