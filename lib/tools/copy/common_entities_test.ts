import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { CommonEntities, type SharedEntities } from "./common_entities.ts";

const KINDS = ["player", "rocket"];
const LAYOUT = new SnapshotLayout({
  kinds: KINDS.map((name) => ({ name, fields: [{ name: "x", type: "i32" as const }] })),
});

/** Ids, kinds and values of entities after they were renumbered; values are their old numbers. */
function renumbered(
  entities: SharedEntities,
  common: CommonEntities,
  rows: readonly (readonly [entity: number, kind: string])[],
): unknown[] {
  const states = rows.map(([id, kind]) => ({ id, kind, fields: { x: id } }));
  const snapshot = Snapshot.of(LAYOUT, { frame: 0, timeMs: 0, entities: states });
  entities.renumber(snapshot);
  const ids = [...snapshot.ids.subarray(0, snapshot.count)];
  assert.deepEqual(ids, ids.toSorted((a, b) => a - b));
  return snapshot.toFrame().entities.map(({ id, kind, fields }) => {
    assert.equal(entities.ownOf(id), fields["x"]);
    return [common.names.idOf(id), id, kind];
  });
}

const namesOf = (...ids: (string | number)[]) => {
  const names = new EntityNames();
  for (const id of ids) names.entity(id);
  return names;
};

test("CommonEntities gives one id one number, whatever each recording numbers it", () => {
  const [a, b] = [namesOf("x", "y"), namesOf("y", "z", "x")];
  const common = new CommonEntities([a, b]);
  const [ofA, ofB] = [common.of(a), common.of(b)];
  assert.deepEqual(renumbered(ofA, common, [[0, "player"], [1, "player"]]), [
    ["x", 0, "player"],
    ["y", 1, "player"],
  ]);
  assert.deepEqual(renumbered(ofB, common, [[0, "player"], [1, "rocket"], [2, "player"]]), [
    ["x", 0, "player"],
    ["y", 1, "player"],
    ["z", 2, "rocket"],
  ]);
});

test("CommonEntities tells numbers from texts that took theirs", () => {
  // The first has "x" as entity 0, the second a plain 0.
  const [a, b] = [namesOf("x"), namesOf(0)];
  const common = new CommonEntities([a, b]);
  assert.deepEqual(renumbered(common.of(b), common, [[0, "player"]]), [[0, 1, "player"]]);
  assert.deepEqual(renumbered(common.of(a), common, [[0, "player"]]), [["x", 0, "player"]]);
});

test("CommonEntities pairs the lives of an id in their order", () => {
  const [a, b] = [namesOf("x"), namesOf(9, "x", 5)];
  assert.deepEqual([a.renew("x"), b.renew("x"), b.renew(5)], [1, 11, 12]);
  const common = new CommonEntities([a, b]);
  const ofB = common.of(b);
  const rows = [[5, "player"], [10, "player"], [11, "player"], [12, "player"]] as const;
  const found = renumbered(ofB, common, rows) as [string | number, number, string][];
  assert.deepEqual(found.filter(([id]) => id === "x").map(([, number]) => number), [0, 1]);
  assert.equal(new Set(found.map(([, number]) => number)).size, 4);
  assert.deepEqual(renumbered(common.of(a), common, [[1, "player"]]), [["x", 1, "player"]]);
});

test("CommonEntities tells ids apart by kind as soon as one recording does", () => {
  const byKind = new EntityNames({ isByKind: true });
  assert.deepEqual([byKind.entity(1, "player"), byKind.entity(1, "rocket")], [0, 1]);
  const plain = namesOf(1);
  for (const order of [[byKind, plain], [plain, byKind]]) {
    const common = new CommonEntities(order);
    const both = renumbered(common.of(byKind), common, [[0, "player"], [1, "rocket"]]);
    const [player, rocket] = both as [unknown, unknown];
    assert.deepEqual(renumbered(common.of(plain), common, [[1, "player"]]), [player]);
    assert.deepEqual(renumbered(common.of(plain), common, [[1, "rocket"]]), [rocket]);
  }
});

test("CommonEntities leaves numbers alone where no recording has names", () => {
  const [a, b] = [new EntityNames(), new EntityNames()];
  const common = new CommonEntities([a, b]);
  assert.deepEqual(renumbered(common.of(a), common, [[7, "player"]]), [[7, 7, "player"]]);
});
