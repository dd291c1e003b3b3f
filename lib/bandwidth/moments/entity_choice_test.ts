import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseEntities, UsualBits } from "./entity_choice.ts";

const player = (id: number, bits = 1000) => ({ id, kind: "player", bits });
const players = Array.from({ length: 12 }, (_, id) => player(id, 1000 - id));
const crane = (bits: number) => ({ id: "crane 4", kind: "crane", bits });

test("chooseEntities() lists one far above its usual beside many dear ones", () => {
  const usual = new UsualBits();
  for (let second = 0; second < 9; second++) usual.add([...players, crane(10)]);
  const ids = chooseEntities([...players, crane(500)], usual, 6).map(({ id }) => id);
  // The players take as much as ever, so the dearest of them come after the crane.
  assert.deepEqual(ids, [0, 1, 2, 3, 4, "crane 4"]);
});

test("chooseEntities() lists new ones for half of the places, and the dearest first", () => {
  const usual = new UsualBits();
  usual.add(players);
  const guests = Array.from({ length: 5 }, (_, i) => ({ id: i, kind: "guest", bits: 90 - i }));
  const names = chooseEntities([...players, ...guests], usual, 8)
    .map(({ id, kind }) => `${kind} ${id}`);
  assert.deepEqual(names, [
    ...["player 0", "player 1", "player 2", "player 3"],
    ...["guest 0", "guest 1", "guest 2", "guest 3"],
  ]);
});

test("chooseEntities() lists the dearest while nothing is usual, and all where there is room", () => {
  assert.deepEqual(chooseEntities(players, new UsualBits(), 5), players.slice(0, 5));
  assert.deepEqual(chooseEntities(players, new UsualBits(), 12), players);
});

test("UsualBits tells ids 1 and '1' apart, and counts seconds without an entity", () => {
  const usual = new UsualBits();
  usual.add([{ id: 1, kind: "k", bits: 90 }]);
  usual.add([]);
  usual.add([{ id: "1", kind: "k", bits: 30 }]);
  assert.equal(usual.of({ id: 1, kind: "k", bits: 0 }), 30);
  assert.equal(usual.of({ id: "1", kind: "k", bits: 0 }), 10);
});

test("UsualBits keeps the dearest of more entities than it has room for", () => {
  const usual = new UsualBits();
  for (let second = 0; second < 4; second++) {
    usual.add(Array.from({ length: 4096 }, (_, i) => ({
      id: i === 0 ? "dear" : `${second} ${i}`,
      kind: "k",
      bits: i === 0 ? 100 : 1,
    })));
  }
  assert.equal(usual.of({ id: "dear", kind: "k", bits: 0 }), 100);
});
