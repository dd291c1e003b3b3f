import assert from "node:assert/strict";
import { test } from "node:test";
import { drawCase, tryRemedies } from "./remedy_lab_test_helper.ts";

const CASES = 40;

test("findings are true of their reports, and remedies end them or lower their figures", {
  timeout: 120_000,
}, async () => {
  let taken = 0;
  for (let seed = 1; seed <= CASES; seed++) {
    const given = drawCase(seed);
    try {
      taken += (await tryRemedies(given)).taken;
    } catch (error) {
      const said = `${JSON.stringify({ ...given.run, ...given.figures })}`;
      throw new Error(`case ${seed} ${said}: ${(error as Error).message}`, { cause: error });
    }
  }
  assert.ok(taken > CASES / 2, `${taken}`);
});
