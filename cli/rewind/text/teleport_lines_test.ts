import assert from "node:assert/strict";
import { test } from "node:test";
import type { KindSteps } from "../../../lib/rewind.ts";
import { teleportTexts } from "./teleport_lines.ts";

const NONE: KindSteps = {
  ...{ kind: "a", steps: 0, medianUnits: 0, limitUnits: 20, above: 0, widestBelow: 0 },
  from: "size",
};

/** The clauses of kinds that were found. */
function texts(...kinds: readonly KindSteps[]): string[] {
  const rule = { by: "pace", intervalMs: 16, units: [] } as const;
  return teleportTexts({ rule, steps: 9, above: 0, kinds });
}

test("teleportTexts() says once what is so for several kinds, with spans of their numbers", () => {
  const still = (kind: string): KindSteps => ({ ...NONE, kind });
  const smooth = (kind: string, steps: number): KindSteps => ({
    ...{ ...NONE, kind, steps, limitUnits: Infinity },
    from: "none",
  });
  assert.deepEqual(texts(still("a"), smooth("b", 30), still("c"), smooth("d", 7)), [
    "a, c: nothing moves",
    "b, d: no step of 7 to 30 stands apart; all are interpolated",
  ]);
  assert.deepEqual(texts(smooth("b", 30)), [
    "b: no step of 30 stands apart; all are interpolated",
  ]);
  const few = (kind: string, steps: number, limitUnits: number): KindSteps => ({
    ...{ ...NONE, kind, steps, limitUnits, above: 1 },
  });
  assert.deepEqual(texts(few("a", 1, 20), few("b", 4, 99)), [
    "a, b: 1 to 4 steps, too few to tell; a step above 20 to 99 units a frame, 4 times the " +
    "target's size or usual step, counts as a teleport (2 of them)",
  ]);
});

test("teleportTexts() names 20 kinds and counts the others, and tells each gap", () => {
  const many = Array.from({ length: 27 }, (_, i): KindSteps => ({ ...NONE, kind: `k${i}` }));
  const [text, ...others] = texts(...many);
  assert.match(text!, /^k0, .*, k19 and 7 more kinds: nothing moves$/);
  assert.deepEqual(others, []);
  const gap = { ...NONE, steps: 9, above: 2, from: "gap" } as const;
  assert.equal(texts({ ...gap, kind: "a" }, { ...gap, kind: "b" }).length, 2);
});
