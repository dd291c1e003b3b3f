import assert from "node:assert/strict";
import { test } from "node:test";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { createRandom } from "../../lib/net/link/random.ts";
import { crashRound } from "./crash_round.ts";

const ROUNDS = 20;
const AT_ONCE = 4;

test(
  "a recorder that is killed at any moment leaves all that is older than 1.1 s",
  { timeout: 240_000 },
  () =>
    inFolder(async (folder) => {
      const random = createRandom(1, 0, "moments");
      const moments = Array.from({ length: ROUNDS }, () => random.below(4000));
      let kept = 0;
      for (let i = 0; i < ROUNDS; i += AT_ONCE) {
        const rounds = await Promise.all(
          moments.slice(i, i + AT_ONCE).map((ms, j) => crashRound(folder, `${i + j}`, 1200 + ms)),
        );
        for (const round of rounds) kept += round.kept;
      }
      // A round that keeps nothing would prove nothing.
      assert.ok(kept > ROUNDS * 6, `${kept} frames were kept`);
    }),
);
