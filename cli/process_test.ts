import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS } from "./command_list.ts";
import {
  hindcast,
  inFolder,
  type Outcome,
  recordShort,
  SHORT_EVENTS,
  SHORT_STATES,
  testdata,
  THIS_RUNTIME,
} from "./run_cli_test_helper.ts";

const ROWS = '{"f":0,"t":0,"id":1,"x":1}\n{"f":1,"t":50,"id":1,"x":2}\n';
const SHOTS = ["--shots", "lg_shot", "--shot-map", "quakeworld", "--policy", "ping"];

/** Command lines for which every exit code, each stream and files of each command are at stake. */
const CASES: readonly [code: number, args: readonly string[], input?: string][] = [
  [0, ["record", "-", "-o", "rows.mcap"], ROWS],
  [1, ["record", "-", "-o", "bad.mcap"], ROWS + "no json\n"],
  [4, ["record", "-", "--skip-bad", "-o", "-"], ROWS + "no json\n"],
  [0, ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS), "-o", "-"]],
  [2, ["record"]],
  [0, ["info", "short.mcap"]],
  [1, ["info", "no.mcap"]],
  [0, ["at", "short.mcap", "--frame", "700", "--json"]],
  [2, ["at", "short.mcap", "--frame", "x"]],
  [0, ["cat", "short.mcap"]],
  [0, ["cat", "short.mcap", "--parquet", "states.parquet"]],
  [2, ["cat", "short.mcap", "--from", "9", "--to", "1"]],
  [0, ["cut", "short.mcap", "--from", "700", "--to", "710", "-o", "cut.mcap"]],
  [1, ["cut", "short.mcap", "--from", "700", "--to", "710", "-o", "cut.mcap"]],
  [0, ["merge", "rows.mcap", "cut.mcap", "--after", "-o", "merged.mcap"]],
  [2, ["merge", "cut.mcap", "--after", "--nosuch"]],
  [0, ["diff", "cut.mcap", "cut.mcap"]],
  [3, ["diff", "short.mcap", "cut.mcap"]],
  [0, ["report", "short.mcap", "--net", "loss=5%", "--csv", "report.csv", "--html", "page.html"]],
  [0, ["report", "short.mcap", "--budget", "64kbps", "--json"]],
  [2, ["report", "short.mcap", "--net", "delya=5"]],
  [0, ["rewind", "short.mcap", ...SHOTS]],
  [1, ["rewind", "rows.mcap", ...SHOTS]],
  [0, ["verify", "short.mcap"]],
  [1, ["verify", "page.html"]],
  [0, ["recover", "short.mcap", "-o", "saved.mcap"]],
  [1, ["recover", "short.mcap", "-o", "saved.mcap"]],
  [0, ["--version"]],
  [0, ["help", "at"]],
  [2, ["recrod"]],
];

test(
  "a command in the tests' own process says and leaves what it does as a process",
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      const inMemory = await outcomes(join(folder, "memory"));
      const asProcess = await outcomes(join(folder, "process"), THIS_RUNTIME);
      CASES.forEach(([code, args], i) => {
        assert.equal(
          asProcess.told[i]!.code,
          code,
          `${args.join(" ")}: ${asProcess.told[i]!.stderr}`,
        );
        assert.deepEqual(inMemory.told[i], asProcess.told[i], args.join(" "));
      });
      assert.deepEqual(inMemory.files, asProcess.files);
      const commands = new Set(CASES.map(([, [command]]) => command!));
      assert.deepEqual(Object.keys(COMMANDS).filter((name) => !commands.has(name)), []);
    }),
);

/** What all command lines say, one after the other in a folder, and the files that are then there. */
async function outcomes(
  cwd: string,
  runtime?: typeof THIS_RUNTIME,
): Promise<{ told: Omit<Outcome, "stdout">[]; files: Record<string, string> }> {
  mkdirSync(cwd);
  await recordShort(cwd);
  const told: Omit<Outcome, "stdout">[] = [];
  for (const [, args, input = ""] of CASES) {
    const given = runtime === undefined ? { cwd, input } : { cwd, input, runtime };
    const { code, bytes, stderr } = await hindcast(args, given);
    told.push({ code, bytes, stderr: stderr.replace(/ in \d+\.\d s\b/g, "") });
  }
  const files = readdirSync(cwd).sort();
  return {
    told,
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(cwd, name), "latin1")])),
  };
}
