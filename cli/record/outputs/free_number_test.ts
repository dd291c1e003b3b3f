import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../../run_cli_test_helper.ts";
import { connectTcp, startRecorder, until } from "../listen/recorder_test_helper.ts";
import { contentOf } from "./recorded_content_test_helper.ts";

const SLOW = { timeout: 60_000 };
const rows = (from: number, to: number) =>
  ndjson(Array.from({ length: to - from }, (_, i) => ({ f: from + i, t: (from + i) * 20, id: 1 })));

test(
  "record --rotate passes numbers that came in the way, and writes over nothing",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const args = ["--listen", "tcp://127.0.0.1:0", "--rotate", "1s", "-o", "m.mcap"];
      const recorder = await startRecorder(cwd, args);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      socket.write(rows(0, 60));
      await until(() => readdirSync(cwd).includes("m-2.mcap"));
      writeFileSync(join(cwd, "m-3.mcap"), "mine");
      mkdirSync(join(cwd, "m-4.mcap"));
      const other = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "m-5.mcap"]);
      socket.write(rows(60, 120));
      await until(() => existsSync(join(cwd, "m-6.mcap")));
      socket.end(rows(120, 130));
      assert.equal(await recorder.stop(), 0, recorder.said());
      await other.stop();
      assert.match(recorder.said(), /^m-3\.mcap is there already: going on in m-6\.mcap$/m);
      assert.equal(readFileSync(join(cwd, "m-3.mcap"), "utf8"), "mine");
      const frames: string[] = [];
      for (const number of [1, 2, 6]) {
        frames.push(...(await contentOf(join(cwd, `m-${number}.mcap`))).frames);
      }
      assert.ok(frames.length >= 119, String(frames.length));
      assert.deepEqual(frames.map((text) => parseInt(text)), frames.map((_, i) => i));
    }),
);

const FITS = 255 - ".hindcast-lock".length;

for (
  const [flags, number] of [
    [["--rotate", "1s"], "-999999"],
    [["--on-restart", "split"], "-999999"],
    [["--keep", "10s"], "-4294967295-99.part"],
    [["--rotate", "1s", "--force"], "-999999.part"],
  ] as const
) {
  test(
    `record ${flags.join(" ")} refuses at the start a name whose numbers do not fit`,
    SLOW,
    () =>
      inFolder(async (cwd) => {
        // An umlaut has two bytes.
        const most = FITS - number.length - ".mcap".length;
        const name = (bytes: number) => `ü${"n".repeat(bytes - 2)}.mcap`;
        const run = (bytes: number) =>
          hindcast(["record", "-", "-o", name(bytes), ...flags], { cwd, input: rows(0, 120) });
        const { code, stderr } = await run(most + 1);
        assert.equal(code, 1);
        assert.match(stderr, /its files are called by numbers .* 1 byte too long; shorten it\n$/);
        assert.deepEqual(readdirSync(cwd), []);
        assert.equal((await run(most)).code, 0);
      }),
  );
}
