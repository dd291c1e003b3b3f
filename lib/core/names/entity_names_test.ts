import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "./entity_names.ts";

test("EntityNames.entity() gives numbers themselves, and texts the next that are free", () => {
  const names = new EntityNames();
  const ids = [17, "17", "a", 18, "b", "18", "4294967296", "a"];
  assert.deepEqual(ids.map((id) => names.entity(id)), [17, 17, 18, 19, 20, 19, 21, 18]);
  assert.deepEqual([17, 18, 19, 20, 21].map((entity) => names.idOf(entity)), [
    17,
    "a",
    18,
    "b",
    "4294967296",
  ]);
});

test("EntityNames.entity() prints an id as it was spelt first, and tells 07 from 7", () => {
  const names = new EntityNames();
  assert.equal(names.entity("7"), 7);
  assert.equal(names.entity(7), 7);
  assert.equal(names.idOf(7), "7");
  assert.notEqual(names.entity("07"), 7);
});

test("EntityNames.entity() and renew() refuse what is no id, and name nothing then", () => {
  const refused: readonly [unknown, RegExp][] = [
    [undefined, /^an id is undefined, expected a text or a number$/],
    [null, /^an id is null, expected/],
    [true, /^an id is true, expected/],
    [NaN, /^an id is NaN, expected/],
    [{ sid: "p_1" }, /^an id is an object, expected/],
    [
      76561198000000001n,
      /^an id is the bigint 76561198000000001, .*; make a text of it by String\(\)$/,
    ],
    [Symbol("p"), /^an id is a symbol, expected/],
  ];
  for (const isByKind of [false, true]) {
    const names = new EntityNames({ isByKind });
    for (const [id, message] of refused) {
      assert.throws(() => names.entity(id as string, "a"), { name: "TypeError", message });
      assert.throws(() => names.renew(id as string, "a"), { name: "TypeError", message });
    }
    assert.deepEqual(names.list, []);
  }
});

test("EntityNames.entity() gives no number twice, around 2^32 either", () => {
  const names = new EntityNames();
  const ids = [4294967295, 0, 1, "a", "b", 2];
  assert.deepEqual(ids.map((id) => names.entity(id)), [4294967295, 0, 1, 2, 3, 4]);
});

test("EntityNames.renew() gives an id to another entity from then on, numbers as well", () => {
  const names = new EntityNames();
  assert.equal(names.renew(5), 5);
  assert.equal(names.renew(5), 6);
  assert.equal(names.entity(5), 6);
  assert.equal(names.entity("5"), 6);
  assert.equal(names.entity("x"), 7);
  assert.equal(names.renew("x"), 8);
  assert.equal(names.entity("x"), 8);
  assert.deepEqual(names.entitiesOf("5"), [5, 6]);
  assert.deepEqual(names.entitiesOf("x"), [7, 8]);
  assert.equal(names.idOf(6), 5);
});

test("EntityNames.entity() by kind tells kinds apart, numbers as well", () => {
  const names = new EntityNames({ isByKind: true });
  const both = [names.entity(1, "player"), names.entity(1, "rocket"), names.entity("1", "player")];
  assert.deepEqual(both, [0, 1, 0]);
  assert.deepEqual(names.entitiesOf(1), [0, 1]);
  assert.deepEqual(names.list.map(({ kind }) => kind), ["player", "rocket"]);
});

test("EntityNames.of() takes up where the names that were kept end", () => {
  const plain = EntityNames.of([
    { entity: 3, id: "a", kind: undefined },
    { entity: 9, id: 5, kind: undefined },
  ]);
  assert.deepEqual([plain.entity("a"), plain.entity(5), plain.idOf(4)], [3, 9, 4]);
  const byKind = EntityNames.of([{ entity: 3, id: 1, kind: "player" }]);
  assert.equal(byKind.isByKind, true);
  assert.equal(byKind.entity(1, "player"), 3);
});

test("EntityNames.of() refuses two ids of an entity, and kinds for some ids alone", () => {
  const name = { entity: 3, id: "a", kind: undefined };
  assert.throws(() => EntityNames.of([name, { ...name, id: "b" }]), /entity 3 has two ids/);
  assert.throws(
    () => EntityNames.of([name, { entity: 4, id: "b", kind: "k" }]),
    /entity 4 has a kind, unlike others/,
  );
});

test("EntityNames.entity() refuses an id that is too long", () => {
  assert.throws(
    () => new EntityNames().entity("x".repeat(1025)),
    /an id has 1025 characters, at most 1024 are kept/,
  );
});
