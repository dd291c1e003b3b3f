import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { hindcast, inFolder, ndjson, shell } from "../../run_cli_test_helper.ts";
import { contentOf, filesOf } from "../outputs/recorded_content_test_helper.ts";

const options = {
  skip: process.platform === "win32" && "no shell bounds files on Windows",
  timeout: 60_000,
};
const ENTITIES = 20;
let seed = 1;
const noise = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31);
/** Frames of 20 ms, from 400 on with numbers that take some kB a second, and an event each 4 s. */
const LINES = Array.from({ length: 1000 }, (_, f) => [
  ...(f % 200 === 199 ? [{ f, ev: "disputed" }] : []),
  {
    f,
    t: f * 20,
    entities: Array.from({ length: ENTITIES }, (_, id) => ({ id, x: f < 400 ? id : noise() })),
  },
]).flat();

/** Records with files of so many kB at most: a write beyond fails as on a full disk. */
async function recordBounded(cwd: string, kb: number, ...flags: readonly string[]) {
  writeFileSync(join(cwd, "in"), ndjson(LINES));
  const script = `trap "" XFSZ; ulimit -f ${kb * 2}; exec "$@"`;
  return await shell(script, ["record", "in", "-o", "match.mcap", ...flags], { cwd });
}

test(
  "record --keep whose segment cannot be written says so in a line, and leaves what was kept",
  options,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await recordBounded(cwd, 8, "--keep", "1m");
      assert.equal(code, 1, stderr);
      assert.match(
        stderr,
        /^hindcast: Cannot write match\.keep\/00000\d\.mcap: .* \(kept the newest of \d+ frames, wrote no dump; what was kept is in match\.keep; hindcast merge match\.keep\/\*\.mcap -o FILE makes a recording of it\)\n$/,
      );
      const paths = readdirSync(join(cwd, "match.keep")).sort().map((name) =>
        join("match.keep", name)
      );
      const merged = await hindcast(["merge", ...paths, "-o", "saved.mcap"], { cwd });
      assert.equal(merged.code, 4, merged.stderr);
      const { frames } = await contentOf(join(cwd, "saved.mcap"));
      const numbers = frames.map((text) => Number(text.split(" ")[0]));
      assert.ok(numbers.length >= 400);
      assert.deepEqual(numbers, numbers.map((_, i) => i));
    }),
);

test(
  "record --keep that fails in its first segment names what saves it",
  options,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await recordBounded(cwd, 8, "--keep", "10m");
      assert.equal(code, 1, stderr);
      const [, command] = / is in match\.keep; hindcast (.*) -o FILE makes/.exec(stderr) ?? [];
      assert.equal(command, "recover match.keep/000001.mcap");
      const words = [...command!.split(" "), "-o", "saved.mcap"];
      const { code: saved, stderr: said } = await hindcast(words, { cwd });
      assert.equal(saved, 4, said);
      assert.ok((await contentOf(join(cwd, "saved.mcap"))).frames.length >= 400);
    }),
);

test(
  "record --keep goes on where a dump cannot be written, and leaves nothing of it",
  options,
  () =>
    inFolder(async (cwd) => {
      const flags = ["--keep", "20s", "--dump-on", "ev=disputed"];
      const { code, stderr } = await recordBounded(cwd, 16, ...flags);
      assert.equal(code, 4, stderr);
      const failed = stderr.match(
        /^hindcast: no dump for ev=disputed at frame \d+: Cannot write match-\d+\.mcap\.part: .*; recording goes on$/gm,
      );
      const dumps = readdirSync(cwd).filter((name) => name !== "in").sort();
      assert.deepEqual(dumps[0], "match-199.mcap");
      assert.equal(failed?.length, 5 - dumps.length);
      assert.match(stderr, /^kept the newest of 1000 frames, /m);
      assert.match(stderr, /\nhindcast: \d dumps? (is|are) not written\n$/);
      for (const name of dumps) await contentOf(join(cwd, name));
    }),
);

test(
  "record --rotate leaves the files before the one that cannot be written",
  options,
  () =>
    inFolder(async (cwd) => {
      const { code, stderr } = await recordBounded(cwd, 10, "--rotate", "4s");
      assert.equal(code, 1, stderr);
      assert.match(
        stderr,
        /^hindcast: Cannot write match-3\.mcap: .* \(the 2 files before it: match-1\.mcap, match-2\.mcap\)\n$/,
      );
      let frames = 0;
      for (const name of filesOf(cwd, "match").slice(0, 2)) {
        frames += (await contentOf(join(cwd, name))).frames.length;
      }
      assert.equal(frames, 400);
    }),
);
