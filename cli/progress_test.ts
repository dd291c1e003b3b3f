import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  hindcast,
  inFolder,
  recordShort,
  shell,
  SHORT_STATES,
  testdata,
} from "./run_cli_test_helper.ts";
import type { BarUnit } from "./terminal/bar_text.ts";
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

/** What a bar shows of calls, each a while after the one before, with an amount. */
function shownBar(
  work: readonly [verb: string, total: number, unit?: BarUnit],
  calls: readonly (readonly [afterMs: number, amount?: number])[],
  columns?: number,
): string[] {
  const shown: string[] = [];
  let nowMs = 1000;
  const write = (text: string) => shown.push(text);
  const terminal = { isTTY: true, columns, write, nowMs: () => nowMs };
  const done = new Progress(terminal).bar(...work);
  for (const [afterMs, amount] of calls) {
    nowMs += afterMs;
    done(amount);
  }
  return shown.map((text) => text.slice(1, -"\u001b[K".length));
}

test("Progress.bar() shows the share that is done, the rate, and how long the rest takes", () => {
  const frames = [[100], [0], [900], [0, 97], [61_000], [0, 99], [138_000]] as const;
  assert.deepEqual(shownBar(["cutting", 400], frames), [
    "cutting ░░░░░░░░░░░░░░░░░░░░ 0 %",
    "cutting ░░░░░░░░░░░░░░░░░░░░ 0 %, 3.0 frames/s",
    "cutting █████░░░░░░░░░░░░░░░ 25 %, 1.6 frames/s, 3 min 4 s left",
    "cutting ██████████░░░░░░░░░░ 50 %, 1.0 frames/s, 3 min 19 s left",
  ]);
  const pieces = [[499, 2e6], [501, 4e6], [1000, 94e6]] as const;
  assert.deepEqual(shownBar(["reading", 200e6, "bytes"], pieces), [
    "reading ░░░░░░░░░░░░░░░░░░░░ 1 %, 50 s left",
    "reading ░░░░░░░░░░░░░░░░░░░░ 3 %, 6.0 MB/s, 33 s left",
    "reading ██████████░░░░░░░░░░ 50 %, 50.0 MB/s, 2 s left",
  ]);
  assert.deepEqual(shownBar(["judging", 1e9, "verdicts"], [[8000, 1e6]]), [
    "judging ░░░░░░░░░░░░░░░░░░░░ 0 %, 125000 verdicts/s",
  ]);
  // A file that grows while it is read.
  assert.deepEqual(shownBar(["reading", 10, "bytes"], [[100, 20]]), [
    "reading ████████████████████ 100 %, 0 s left",
  ]);
});

test("Progress.bar() shows at once what begins after other work", () => {
  const shown: string[] = [];
  const write = (text: string) => shown.push(text.slice(1, 8));
  const progress = new Progress({ isTTY: true, write, nowMs: () => 1000 });
  for (const verb of ["reading", "sending"]) {
    const done = progress.bar(verb, 10);
    done();
    done();
  }
  assert.deepEqual(shown, ["reading", "sending"]);
});

test("Progress.bar() stays on one line of a narrow terminal", () => {
  const calls = [[2000, 20e3]] as const;
  assert.deepEqual(shownBar(["recording", 40e3, "bytes"], calls, 60), [
    "recording █████░░░░░ 50 %, 10 kB/s, 2 s left",
  ]);
  assert.deepEqual(shownBar(["recording", 40e3, "bytes"], calls, 30), [
    "recording 50 %, 10 kB/s, 2 s ",
  ]);
});

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).status === 0;
const OPTIONS = { skip: !hasScript && "there is no script(1)", timeout: 60_000 };
const BAR = "[█░]{20} \\d+ %[^\\r]*\\u001b\\[K";

test(
  "record from a file, info where it reads, report and rewind show bars on a terminal, a pipe none",
  OPTIONS,
  () =>
    inFolder(async (cwd) => {
      const recording = await recordShort(cwd);
      const bytes = readFileSync(recording);
      bytes.write('"version":2', bytes.indexOf('"version":1'));
      writeFileSync(join(cwd, "unknown.mcap"), bytes);
      const onTerminal = async (...args: readonly string[]) => {
        const options = { cwd, env: { TERM: "xterm" } };
        const { code, stdout } = await shell('script -qec "$*" /dev/null', args, options);
        assert.equal(code, 0, stdout);
        return stdout;
      };
      const shots = ["--shot-map", "quakeworld", "--shots", "lg_shot", "--policy", "none"];
      const [recorded, read, left, sent, judged] = await Promise.all([
        onTerminal("record", testdata(SHORT_STATES), "-o", "o.mcap"),
        onTerminal("info", "unknown.mcap"),
        onTerminal("info", recording),
        onTerminal("report", recording),
        onTerminal("rewind", recording, ...shots),
      ]);
      const shown = [
        [recorded, "reading"],
        [recorded, "recording"],
        [read, "reading"],
        [sent, "sending"],
        [judged, "reading"],
        [judged, "judging"],
      ] as const;
      for (const [text, verb] of shown) assert.match(text, new RegExp(`\\r${verb} ${BAR}`), verb);
      assert.ok(!left.includes("reading"), left);

      const { stderr, code } = await hindcast(["info", "unknown.mcap"], { cwd });
      assert.deepEqual([code, stderr], [0, ""]);
    }),
);
