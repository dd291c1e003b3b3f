import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRowKeys, ROW_KEYS, RowKeyError, type RowKeys } from "./row_keys.ts";

const schemaOf = (...names: string[]) => ({
  kinds: [
    { name: "rock", fields: [] },
    { name: "car", fields: names.map((name) => ({ name, type: "u8" as const })) },
  ],
});

function refusal(names: string[], keys: Partial<RowKeys> = {}): string {
  try {
    assertRowKeys(schemaOf(...names), { ...ROW_KEYS, ...keys });
  } catch (error) {
    assert.ok(error instanceof RowKeyError);
    return error.messageWith((key) => `--${key}`);
  }
  return "";
}

test("assertRowKeys() refuses a field of a key's name, with the option that mends it", () => {
  const said = [["f", "frame"], ["t", "time"], ["id", "id"], ["kind", "kind"], ["ev", "event"]];
  for (const [name, option] of said) {
    assert.match(
      refusal(["x", name!]),
      new RegExp(`^The kind "car" has a field "${name}", .*; give --${option}Key another name, `),
    );
    assert.equal(refusal(["x", name!], { [option!]: "other" }), "");
    assert.notEqual(refusal(["x", name!], { [option!]: "x" }), "");
  }
  assert.equal(refusal(["entities", "F", "kind.id", "despawn"]), "");
});

test("assertRowKeys() refuses keys of one name, and the one of whole frames", () => {
  assert.match(
    refusal([], { frame: "id" }),
    /^The keys of rows are id, t, id, kind, ev; name a diff/,
  );
  assert.match(refusal([], { event: "kind" }), /name a different one for each/);
  assert.match(refusal([], { id: "entities" }), /none entities$/);
});
