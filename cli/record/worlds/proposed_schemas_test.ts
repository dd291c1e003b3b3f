import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import fc from "fast-check";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { drawWorld } from "./draw_world_test_helper.ts";
import { FORMS } from "./world_forms_test_helper.ts";

/** Worlds of each form; `HINDCAST_WORLDS=1000` takes more than CI does. */
const WORLDS = Number(process.env["HINDCAST_WORLDS"] ?? 15);
const SLOW = { timeout: 60_000 + WORLDS * 2000 };

for (const { name, print, options, limits, shown } of FORMS) {
  test(
    `info --propose-schema of ${name} is a schema by which they are the same`,
    SLOW,
    () =>
      inFolder((cwd) => {
        const run = async (...words: string[]) => {
          const { code, stdout, stderr } = await hindcast(words, { cwd });
          assert.equal(code, 0, `${words.join(" ")}: ${stderr}`);
          return stdout;
        };
        const keeps = fc.asyncProperty(fc.gen(), async (draw) => {
          const world = shown(drawWorld(draw, { ...limits, sessionsMax: 1 })[0]!);
          fc.pre(world.some(({ things }) => things.length > 0));
          for (const file of ["free.mcap", "bound.mcap"]) rmSync(join(cwd, file), { force: true });
          writeFileSync(join(cwd, "in"), print(world).join("\n") + "\n");
          await run("record", "in", "-o", "free.mcap", ...options);
          const schema = await run("info", "--propose-schema", "in", ...options);
          writeFileSync(join(cwd, "schema.json"), schema);
          await run("record", "in", "--schema", "schema.json", "-o", "bound.mcap", ...options);
          assert.equal(await run("cat", "bound.mcap"), await run("cat", "free.mcap"));
        });
        return fc.assert(keeps, { numRuns: WORLDS, endOnFailure: true });
      }),
  );
}
