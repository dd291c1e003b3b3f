import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COMMANDS } from "./command_list.ts";
import { permissionFlags, PERMISSIONS } from "./permissions_test_helper.ts";
import { startRecorder } from "./record/listen/recorder_test_helper.ts";
import {
  execute,
  inFolder,
  recordShort,
  SHORT_EVENTS,
  SHORT_STATES,
  testdata,
  THIS_RUNTIME,
} from "./run_cli_test_helper.ts";

const SLOW = {
  skip: "Deno" in globalThis ? false : "only Deno has permissions",
  timeout: 300_000,
};
const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const SHOTS = ["--shots", "lg_shot", "--shot-map", "quakeworld", "--policy", "ping"];

/** A command line of each command, and of each option that writes. */
const LINES: readonly (readonly string[])[] = [
  ["record", testdata(SHORT_STATES), "--events", testdata(SHORT_EVENTS), "-o", "o.mcap"],
  ["record", "-", "-o", "pipe.mcap"],
  ["record", testdata(SHORT_STATES), "--check"],
  ["info", "short.mcap"],
  ["at", "short.mcap", "--frame", "700"],
  ["cat", "short.mcap"],
  ["cat", "short.mcap", "--parquet", "states.parquet"],
  ["cut", "short.mcap", "--from", "700", "--to", "710", "-o", "cut.mcap"],
  ["merge", "short.mcap", "--events", testdata(SHORT_EVENTS), "-o", "merged.mcap"],
  ["diff", "short.mcap", "short.mcap"],
  ["verify", "short.mcap"],
  ["recover", "short.mcap", "-o", "saved.mcap"],
  ["report", "short.mcap"],
  ["report", "short.mcap", "--html", "page.html"],
  ["report", "short.mcap", "--csv", "seconds.csv"],
  ["report", "short.mcap", "--parquet", "seconds.parquet"],
  ["rewind", "short.mcap", ...SHOTS],
  ["rewind", "short.mcap", ...SHOTS, "--html", "shots.html"],
  ["rewind", "short.mcap", ...SHOTS, "--shot", "0", "--repro", "repro"],
];

test("README.md has the permissions that the tests run with", () => {
  const rows = [...README.matchAll(/^\| (`.*`|.*\)) +\| `(--allow-[^|]*)` +\|$/gm)];
  assert.deepEqual(
    rows.map(([, commands, flags]) => [commands!.trimEnd(), flags]),
    Object.values(PERMISSIONS).map(({ commands, flags }) => [commands, flags.join(" ")]),
  );
});

test("README.md says of each command what it needs", () => {
  const named = Object.values(PERMISSIONS).map(({ commands }) => commands).join();
  for (const command of Object.keys(COMMANDS)) {
    assert.ok(named.includes(`\`${command}`), command);
    assert.ok(LINES.some(([name]) => name === command), command);
  }
});

function lineOf(words: readonly string[]): readonly [string, ...string[]] {
  return [THIS_RUNTIME.command, ...THIS_RUNTIME.arguments(words)];
}

/** Arguments of Deno without one of the permissions of a command line. */
function without(flag: string, words: readonly string[]): readonly string[] {
  const line = lineOf(words);
  assert.ok(line.includes(flag));
  // Deno gives a child without any permission all of them.
  return line.map((word) => word === flag ? "--allow-env=HINDCAST_NONE" : word);
}

for (const words of LINES) {
  test(
    `${
      words.join(" ").replaceAll(testdata(""), "")
    }: runs with its permissions, and says which one lacks`,
    SLOW,
    () =>
      inFolder(async (cwd) => {
        await recordShort(cwd);
        const input = '{"f":0,"t":0,"id":1,"x":1}\n';
        for (const flag of permissionFlags(words)) {
          const [command, ...line] = without(flag, words);
          const { code, stderr } = await execute(command!, line, { cwd, input });
          assert.equal(code, 1, stderr);
          assert.match(stderr, new RegExp(`^hindcast: Cannot .*; run it with ${flag}\\b.*\n$`));
        }
        const [command, ...line] = lineOf(words);
        const { code, stderr } = await execute(command, line, { cwd, input });
        assert.equal(code, 0, stderr);
      }),
  );
}

for (const scheme of ["tcp", "udp", "ws"]) {
  test(
    `record --listen ${scheme}:// runs with its permissions, and says which one lacks`,
    SLOW,
    () =>
      inFolder(async (cwd) => {
        const args = ["--listen", `${scheme}://127.0.0.1:0`, "-o", "o.mcap"];
        const words = ["record", ...args];
        const flags = permissionFlags(words).filter((flag) => /^--allow-(net|env)=/.test(flag));
        assert.equal(flags.length, scheme === "ws" ? 2 : 1);
        for (const flag of flags) {
          const [command, ...line] = without(flag, words);
          const { code, stderr } = await execute(command!, line, { cwd });
          assert.equal(code, 1, stderr);
          assert.equal(
            stderr,
            `hindcast: Cannot listen on ${scheme}://127.0.0.1:0: Deno was not allowed to; run it with ${
              flags.join(" ")
            }\n`,
          );
        }
        const recorder = await startRecorder(cwd, args);
        assert.equal(await recorder.stop(), 1);
        assert.match(recorder.said(), /Stopped before the first frame/);
      }),
  );
}
