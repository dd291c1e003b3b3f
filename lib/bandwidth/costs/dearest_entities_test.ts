import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../../core/names/entity_names.ts";
import { costsById } from "./dearest_entities.ts";
import { EntityCosts } from "./entity_costs.ts";

function costsOf(...records: [id: number, kind: number, bits: number][]): EntityCosts {
  const costs = new EntityCosts();
  for (const record of records) costs.add(...record);
  return costs;
}

test("costsById() sorts by bits, and those that cost the same as they came", () => {
  const costs = costsOf([5, 0, 8], [9, 1, 24], [2, 0, 8]);
  const sorted = [
    { id: 9, kind: 1, bits: 24 },
    { id: 5, kind: 0, bits: 8 },
    { id: 2, kind: 0, bits: 8 },
  ];
  assert.deepEqual(costsById(costs, undefined), { count: 3, sorted });
  assert.deepEqual(costsById(costs, new EntityNames()), { count: 3, sorted });
});

test("costsById() adds up all lives of an id, and spells it as the game does", () => {
  const names = new EntityNames();
  const [ada, plain] = [names.entity("ada"), names.entity(17)];
  const [later, again] = [names.renew("ada"), names.renew(17)];
  const costs = costsOf([ada, 0, 10], [plain, 1, 12], [later, 2, 20], [again, 1, 3]);
  assert.deepEqual(costsById(costs, names), {
    count: 2,
    sorted: [{ id: "ada", kind: 2, bits: 30 }, { id: 17, kind: 1, bits: 15 }],
  });
});

test("costsById() tells entities of one id apart where each kind has its own", () => {
  const names = new EntityNames({ isByKind: true });
  const [player, rocket] = [names.entity(3, "player"), names.entity(3, "rocket")];
  const costs = costsOf([player, 0, 10], [rocket, 1, 20]);
  assert.deepEqual(costsById(costs, names).sorted, [
    { id: 3, kind: 1, bits: 20 },
    { id: 3, kind: 0, bits: 10 },
  ]);
});
