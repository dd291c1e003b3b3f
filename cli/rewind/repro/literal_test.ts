import assert from "node:assert/strict";
import { test } from "node:test";
import { literalOf } from "./literal.ts";

test("literalOf() spells bigints, -0 and what is nested as TypeScript does", () => {
  const value = { clan: 76561198000000001n, x: -0, list: [1, "a"] };
  assert.equal(literalOf(value), `{ clan: 76561198000000001n, x: -0, list: [1, "a"] }`);
});
