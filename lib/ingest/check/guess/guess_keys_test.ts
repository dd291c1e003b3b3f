import assert from "node:assert/strict";
import { test } from "node:test";
import { guessIdKey, guessKindKey } from "./guess_ids.ts";
import { guessFrameKey, guessTimeKey } from "./guess_keys.ts";
import { guessDespawnKey, guessEventKey } from "./guess_marks.ts";
import { sampleLines } from "./line_sample.ts";

type Guess = readonly [
  what: string,
  lines: (i: number) => readonly (object | string)[],
  frame: string | undefined,
  time: string | undefined,
  id: string | undefined,
  kind?: string,
];

/** Lines as servers print them, by frame, and the keys that they are to be read by. */
const GUESSES: readonly Guess[] = [
  [
    "rows of an engine",
    (i) =>
      ["7", "12"].map((id) => ({
        serverTick: 900 + i,
        serverTime: i / 30,
        networkObjectId: id,
        prefab: id === "7" ? "Player" : "Crate",
        health: 100 - i,
        score: i * i,
      })),
    "serverTick",
    "serverTime",
    "networkObjectId",
    "prefab",
  ],
  [
    "a counter under any name, a clock in milliseconds, a name for an id",
    (i) => ["ann", "bob"].map((who) => ({ n: i, ms: 16 * i, who, x: i % 3 })),
    "n",
    "ms",
    "who",
  ],
  [
    "keys whose value is wrong in one row of many",
    (i) =>
      ["7", "e12", "9", "e4"].map((actor) => ({
        tick: i === 3 && actor === "9" ? "late" : i,
        stamp: i === 4 && actor === "9" ? false : 20 * i,
        actor: i === 5 && actor === "9" ? true : actor,
      })),
    "tick",
    "stamp",
    "actor",
  ],
  [
    "times as dates, nested keys",
    (i) => [{
      meta: { tick: 3 * i, at: { stamp: `2026-01-01T00:00:0${i}.000Z` } },
      stamp: `2026-01-01T00:00:0${i}.000Z`,
      entity: { uuid: "a-1" },
      x: i,
    }],
    "meta.tick",
    "stamp",
    "entity.uuid",
  ],
  [
    "times as dates without a zone",
    (
      i,
    ) => [{
      tick: i,
      at: `2026-01-02 03:04:05.${123456 + 16667 * i}`,
      name: `bot ${i % 2}`,
      id: 4,
    }],
    "tick",
    "at",
    "id",
  ],
  [
    "lists of entities in frames",
    (i) => [{
      step: i,
      elapsed: i * 20,
      units: [{ guid: "u1", hp: 3 }, { guid: "u2", hp: 3 }],
    }],
    "step",
    "elapsed",
    "guid",
  ],
  [
    "CSV with semicolons",
    (i) => [...(i === 0 ? ["Frame;Zeit;Time;Actor"] : []), `${i};x;0,${i};a`, `${i};x;0,${i};b`],
    "Frame",
    "Time",
    "Actor",
  ],
  [
    "a time that never changes, another of each entity, a fraction",
    (i) => [1, 2].map((id) => ({ respawnTime: 5, lifetime: i * id, fraction: i / 7, id })),
    undefined,
    undefined,
    "id",
  ],
];

for (const [what, lines, frame, time, id, kind] of GUESSES) {
  test(`keys are guessed from ${what}`, async () => {
    const all = Array.from({ length: 8 }, (_, i) => lines(i)).flat();
    const sample = await sampleOf(all);
    assert.equal(guessFrameKey(sample, []), frame);
    const frameKey = frame ?? "f";
    assert.equal(guessTimeKey(sample, frameKey, [frameKey]), time);
    if (frame === undefined) return;
    const taken = [frameKey, time ?? "t"];
    assert.equal(guessIdKey(sample, frameKey, taken), id);
    assert.equal(guessKindKey(sample, frameKey, id!, [...taken, id!]), kind);
  });
}

test("guessEventKey() finds what only lines without an id have", async () => {
  const states = [0, 1, 2].map((f) => ({ f, id: 1, type: "tank" }));
  const sample = await sampleOf([...states, { f: 2, event: "shot", by: 1 }]);
  assert.equal(guessEventKey(sample, "id", ["f", "id"]), "event");
  assert.equal(guessEventKey(await sampleOf(states), "id", ["f", "id"]), undefined);
  const shared = await sampleOf([...states, { f: 2, type: "shot" }]);
  assert.equal(guessEventKey(shared, "id", ["f", "id"]), undefined);
});

test("guessDespawnKey() finds a mark by its name and its truth values alone", async () => {
  const rows = [{ id: 1, removed: false, ready: true }, { id: 1, removed: true }];
  assert.equal(guessDespawnKey(await sampleOf(rows), "id", ["id"]), "removed");
  assert.equal(guessDespawnKey(await sampleOf([{ id: 1, removed: 2 }]), "id", ["id"]), undefined);
  assert.equal(guessDespawnKey(await sampleOf([{ id: 1, gone: false }]), "id", ["id"]), undefined);
});

test("sampleLines() passes over what it cannot read, and ends with damaged data", async () => {
  const sample = await sampleOf(["{", "\ufeff" + '{"a":1}', "[1]", '{"b":{"c":{"d":{"e":1}}}}']);
  assert.deepEqual(sample.map(({ own }) => [...own]), [[["a", 1]], []]);
  const gzip = new Blob([Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3)]).stream();
  assert.deepEqual(await sampleLines(gzip, "x"), []);
});

function sampleOf(lines: readonly (object | string)[]) {
  const text = lines.map((line) => typeof line === "string" ? line : JSON.stringify(line));
  return sampleLines(new Blob([text.join("\n")]).stream(), "input");
}
