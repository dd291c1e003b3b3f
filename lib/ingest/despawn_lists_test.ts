import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../world.ts";
import { checkStates, readStates, type ReadStatesOptions } from "../ingest.ts";

const bytesOf = (frames: readonly object[]) =>
  new Blob(frames.map((frame, f) => `${JSON.stringify({ f, t: f * 50, ...frame })}\n`)).stream();

/** Entities of each frame of sparse input, as `id:x`. */
async function entitiesOf(frames: readonly object[], options: ReadStatesOptions = {}) {
  const names = new EntityNames();
  const read = readStates(bytesOf(frames), { names, sparse: true, despawnKey: "gone", ...options });
  const entities: string[][] = [];
  for await (const frame of read) {
    entities.push(frame.entities.map(({ id, fields }) => `${names.idOf(id)}:${fields.x}`));
  }
  return entities;
}

test("readStates() removes what a list under the despawn key names, whichever its form", async () => {
  const entities = await entitiesOf([
    { all: { a: { x: 1 }, b: { x: 2 }, "7": { x: 3 } }, gone: [] },
    { all: {}, gone: ["b", "never", null] },
    { gone: [7] },
    { all: { c: { x: 4 } } },
    { gone: [{ id: "c", why: "left" }] },
  ]);
  assert.deepEqual(entities, [["a:1", "b:2", "7:3"], ["a:1", "7:3"], ["a:1"], ["a:1", "c:4"], [
    "a:1",
  ]]);
});

test("readStates() finds the list at its path, and at any place that ends with the key", async () => {
  const frames = [
    { delta: { all: { a: { x: 1 }, b: { x: 2 } }, gone: [] } },
    { delta: { all: {}, gone: ["a"] } },
  ];
  const options = { entities: ["delta.all"] };
  assert.deepEqual(await entitiesOf(frames, options), [["a:1", "b:2"], ["b:2"]]);
  assert.deepEqual(await entitiesOf(frames, { ...options, despawnKey: "delta.gone" }), [
    ["a:1", "b:2"],
    ["b:2"],
  ]);
});

test("readStates() takes an id that a frame removes and then has for another entity", async () => {
  const names = new EntityNames();
  const frames = [{ all: { a: { x: 1 } } }, { gone: ["a"], all: { a: { x: 5 } } }];
  const options = { names, sparse: true, despawnKey: "gone" };
  const read = await Array.fromAsync(readStates(bytesOf(frames), options));
  const ids = read.map(({ entities }) => entities.map(({ id }) => id));
  assert.equal(ids[1]!.length, 1);
  assert.notEqual(ids[1]![0], ids[0]![0]);
});

test("readStates() keeps ids above 2^53 of such a list apart", async () => {
  const text =
    '{"f":0,"t":0,"all":[{"id":9007199254740993,"x":1},{"id":9007199254740992,"x":2}]}\n' +
    '{"f":1,"t":50,"gone":[9007199254740993]}\n';
  const names = new EntityNames();
  const options = { names, sparse: true, despawnKey: "gone" };
  const [, last] = await Array.fromAsync(readStates(new Blob([text]).stream(), options));
  assert.deepEqual(last!.entities.map(({ id }) => names.idOf(id)), ["9007199254740992"]);
});

test("readStates() refuses a despawn mark of a frame that is no list, and a row before it", async () => {
  const refuse = (frames: readonly object[], message: RegExp) =>
    assert.rejects(entitiesOf([{ all: { a: { x: 1 } } }, ...frames]), message);
  await refuse(
    [{ all: {}, gone: true }],
    /mark "gone" of the frame is true, expected a list of ids/,
  );
  await refuse([{ all: { a: { x: 2 } }, gone: ["a"] }], /the entity "a" has two rows in frame 1/);
  await refuse([{ gone: [[1]] }], /the entity id "id" is an array, expected/);
});

test("checkStates() finds lists and marks that remove entities, where all else is there only if changed", async () => {
  const check = async (frames: readonly object[], given = {}) => {
    const input = { isRepeatable: true, states: () => bytesOf(frames) };
    const { sparse, despawnKey } =
      (await checkStates(input, { names: undefined, ...given })).options;
    return { sparse, despawnKey };
  };
  const lists = [
    { all: { a: { x: 1 }, b: { x: 2 } }, despawned: [] },
    { all: { a: { x: 2 } }, despawned: [] },
    { all: {}, despawned: ["b"] },
    { all: { a: { x: 3 } }, despawned: [] },
  ];
  assert.deepEqual(await check(lists), { sparse: true, despawnKey: "despawned" });
  const whole = [
    { all: { a: { x: 1 }, b: { x: 2 } }, despawned: [] },
    { all: { a: { x: 2 } }, despawned: ["b"] },
    { all: { a: { x: 2 } }, despawned: [] },
  ];
  assert.deepEqual(await check(whole), { sparse: undefined, despawnKey: undefined });
  const marks = [{ all: { a: { x: 1 }, b: { x: 2 } } }, { all: { b: { removed: true } } }];
  assert.deepEqual(await check(marks, { sparse: true }), { sparse: true, despawnKey: "removed" });
  const rows = [{ id: 1, x: 1 }, { id: 1, x: 2 }, { id: 1, despawned: true }, { id: 2, x: 3 }];
  assert.deepEqual(await check(rows), { sparse: true, despawnKey: "despawned" });
});

test("checkStates() finds the generation beside an id that has several", async () => {
  const generationKeyOf = async (last: number) => {
    const rows = [1, 1, last].map((gen) => ({ e: { id: 3, gen }, x: gen }));
    const input = { isRepeatable: true, states: () => bytesOf(rows) };
    return (await checkStates(input, { idKey: "e.id" })).options.generationKey;
  };
  assert.equal(await generationKeyOf(2), "e.gen");
  assert.equal(await generationKeyOf(1), undefined);
});
