import assert from "node:assert/strict";
import { test } from "node:test";
import { shareOf } from "./share_of.ts";

test("shareOf() has six decimals, and does not call nothing what is rare", () => {
  const shares = [[1, 3], [2, 3], [3, 3], [0, 3], [0, 0], [1, 2_000_000], [2, 9_000_000]] as const;
  assert.deepEqual(
    shares.map(([part, whole]) => shareOf(part, whole)),
    [0.333333, 0.666667, 1, 0, 0, 0.000001, 2.22222e-7],
  );
});
