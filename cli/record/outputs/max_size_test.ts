import assert from "node:assert/strict";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { contentOf } from "./recorded_content_test_helper.ts";

const SLOW = { timeout: 120_000 };
/** Numbers without a pattern, which do not get much smaller. */
const noise = (count: number) =>
  Array.from({ length: count }, (_, f) => ({
    f,
    t: f * 20,
    id: `player-${f % 97}`,
    x: (f * 7919 * 104_729) % 1_000_003,
    name: `n${(f * 31) % 1009}`,
  }));

const cases: readonly [name: string, flags: readonly string[], input: "in" | "-"][] = [
  ["a file", [], "in"],
  ["a pipe", [], "-"],
  ["a file with previews", ["--preview"], "in"],
  ["a file in parts", ["--rotate", "5s"], "in"],
];

for (const [name, flags, from] of cases) {
  test(
    `record --max-size ends ${name} whole before it would be larger, and says how far it came`,
    SLOW,
    () =>
      inFolder(async (cwd) => {
        const rows = noise(20_000);
        const lines = rows.flatMap((row) =>
          row.f % 10 === 0 ? [{ f: row.f, ev: "shot" }, row] : [row]
        );
        const input = ndjson(lines);
        writeFileSync(join(cwd, "in"), input);
        const args = ["record", from, "-o", "out.mcap", ...flags];
        for (const bytesMax of [20_000, 60_000]) {
          const size = ["--max-size", `${bytesMax / 1000}kB`, "--force"];
          const { code, stderr } = await hindcast([...args, ...size], { cwd, input });
          assert.equal(code, 4, stderr);
          const [, frame, next] =
            /recorded up to frame (\d+) at \d+ ms, and nothing from frame (\d+) at/
              .exec(stderr) ?? [];
          assert.equal(Number(next), Number(frame) + 1, stderr);
          const files = readdirSync(cwd).filter((file) => file.endsWith(".mcap"));
          const bytes = files.reduce((sum, file) => sum + statSync(join(cwd, file)).size, 0);
          assert.ok(bytes <= bytesMax, `${bytes} > ${bytesMax}`);
          // Rows of several bytes each: what is left out is less than a third of what there is room for.
          assert.ok(bytes >= bytesMax * 0.6, `${bytes} of ${bytesMax}`);
          let count = 0;
          for (const file of files) count += (await contentOf(join(cwd, file))).frames.length;
          assert.equal(count, Number(next));
          for (const file of files) await hindcast(["info", file], { cwd });
        }
      }),
  );
}

test(
  "record --max-size records all where that is enough, byte for byte as without it",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "in"), ndjson(noise(500)));
      const plain = await hindcast(["record", "in", "-o", "-"], { cwd });
      const limited = await hindcast(["record", "in", "-o", "-", "--max-size", "1MB"], { cwd });
      assert.equal(limited.code, 0, limited.stderr);
      assert.deepEqual(limited.bytes, plain.bytes);
    }),
);

test(
  "record --max-size that is too small for a frame is told",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await hindcast(
        ["record", "-", "-o", "out.mcap", "--max-size", "1kB"],
        { cwd, input: ndjson(noise(5)) },
      );
      assert.equal(code, 1);
      assert.match(stderr, /--max-size of 1 kB is too small for the first frame; give more/);
      assert.deepEqual(readdirSync(cwd), []);
    }),
);
