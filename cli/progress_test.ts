import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, ndjson, shell } from "./run_cli_test_helper.ts";
import { Progress } from "./terminal/terminal.ts";

test("Progress.counter() counts every call and shows one of them each 100 ms", () => {
  const shown: string[] = [];
  let nowMs = 1000;
  const terminal = { isTTY: true, write: (text: string) => shown.push(text), nowMs: () => nowMs };
  const progress = new Progress(terminal);
  const frameRead = progress.counter((count) => `${count} frames`);
  for (let call = 0; call < 41; call++, nowMs += 10) frameRead();
  progress.clear();
  const repaints = ["1 frames", "11 frames", "21 frames", "31 frames", "41 frames"];
  assert.deepEqual(shown, [...repaints.map((text) => `\r${text}\u001b[K`), "\r\u001b[K"]);

  const silent = new Progress({ ...terminal, isTTY: false });
  silent.counter((count) => `${count}`)();
  silent.clear();
  assert.equal(shown.length, repaints.length + 1);
});

test("Progress.bar() shows the share that is done, and how long the rest takes", () => {
  const shown: string[] = [];
  let nowMs = 1000;
  const terminal = { isTTY: true, write: (text: string) => shown.push(text), nowMs: () => nowMs };
  const done = new Progress(terminal).bar("cutting", 400);
  for (const [after, times] of [[100, 2], [900, 98], [61_000, 100], [138_000, 200]] as const) {
    nowMs += after;
    for (let i = 0; i < times; i++) done();
  }
  assert.deepEqual(shown.map((text) => text.slice(1, -"\u001b[K".length)), [
    "cutting ░░░░░░░░░░░░░░░░░░░░ 0 %",
    "cutting ░░░░░░░░░░░░░░░░░░░░ 0 %",
    "cutting █████░░░░░░░░░░░░░░░ 25 %, 3 min 4 s left",
    "cutting ██████████░░░░░░░░░░ 50 %, 3 min 19 s left",
  ]);
});

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).status === 0;
const OPTIONS = { skip: !hasScript && "there is no script(1)", timeout: 60_000 };
/** Enough for several repaints on a fast machine. */
const FRAMES = 40_000;

test(
  "record and info show frames, not repaints, on a terminal",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const rows = Array.from({ length: FRAMES }, (_, f) => ({ f, t: f * 10, id: 1, x: f % 999 }));
      writeFileSync(join(cwd, "in"), ndjson(rows));
      const onTerminal = async (...args: readonly string[]) => {
        const options = { cwd, env: { TERM: "xterm" } };
        const { code, stdout } = await shell('script -qec "$*" /dev/null', args, options);
        assert.equal(code, 0, stdout);
        return stdout;
      };
      const recorded = await onTerminal("record", "in", "-o", "o.mcap");
      const read = await onTerminal("info", "o.mcap");
      for (
        const [text, word] of [[recorded, "reading"], [recorded, "recording"], [read, "reading"]]
      ) {
        const shown = [...text!.matchAll(new RegExp(`\\r${word}: (\\d+) `, "g"))];
        const counts = shown.map(([, count]) => Number(count));
        // A count of repaints would never be above their number.
        assert.ok(Math.max(...counts) > counts.length, `${word} ${counts.join(" ")}`);
        assert.ok(Math.max(...counts) <= FRAMES, `${word} ${counts.join(" ")}`);
      }
    }),
);
