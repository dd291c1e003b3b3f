import assert from "node:assert/strict";
import { test } from "node:test";
import { RowFault } from "../input/row_fault.ts";
import { FlatRow, type RowKeys } from "./flat_row.ts";

const KEYS: RowKeys = { frame: "f", time: "t", id: "id", kind: "kind", despawn: undefined };

/** What adding a list of so many numbers ends in. */
function fault(count: number): RowFault | undefined {
  const row = new FlatRow(KEYS, "values");
  const object = { f: 0, id: 1, pos: { x: 1 }, map: { tiles: new Array<number>(count).fill(7) } };
  row.clear(JSON.stringify(object), 1, "");
  try {
    row.addObject(object);
  } catch (error) {
    assert.ok(error instanceof RowFault);
    return error;
  }
  assert.equal(row.count, count + 1);
  return undefined;
}

test("FlatRow.addObject() takes 4096 values and refuses the next, so that a list ends early", () => {
  assert.equal(fault(4095), undefined);
  const refused = fault(4096)!;
  assert.equal(refused.problem, "the row has more than 4096 values");
  assert.deepEqual(refused.sort, { code: "fields-max", field: "map", leaveOut: ["map"] });
  assert.ok(refused.remedy.toString().includes("leaveOut map"));
});
