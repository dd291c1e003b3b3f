import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { endWithFolder } from "../in_folder_test_helper.ts";
import { commandLine, inFolder } from "../run_cli_test_helper.ts";

const skip = process.platform === "win32" && "named pipes and signals do not exist on Windows";
const options = { skip, timeout: 90_000 };
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const rows = (count: number) =>
  Array.from({ length: count }, (_, f) => `{"f":${f},"t":${f * 16},"id":1,"x":${f}}\n`).join("");
const forms: readonly [name: string, event: (n: number) => string][] = [
  ["frame and time", (n) => `{"ev":"e","n":${n},"f":${100 + n},"t":${2000 + n}}\n`],
  ["a time", (n) => `{"ev":"e","n":${n},"t":${2000 + n}}\n`],
];

for (const [form, event] of forms) {
  for (const count of [60, 0]) {
    test(
      `record - killed after ${count} states has events with ${form} that went on and on`,
      options,
      () =>
        inFolder(async (folder) => {
          const path = join(folder, "o.mcap");
          const recorder = start(folder, "-", "-o", "o.mcap");
          recorder.stdin!.write(rows(count));
          await sendUntil(
            (n) => recorder.stdin!.write(event(n)),
            async () => (await eventsOf(path)).includes(9),
          );
          recorder.kill("SIGKILL");
          await new Promise((resolve) => recorder.on("close", resolve));
          const events = await eventsOf(path);
          assert.deepEqual(events.slice(0, 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }),
    );
  }
  for (const count of [60, 0]) {
    test(
      `record - --events PIPE killed after ${count} states has events with ${form} ahead of them`,
      options,
      () =>
        inFolder(async (folder) => {
          const path = join(folder, "o.mcap");
          spawnSync("mkfifo", [join(folder, "ev")]);
          const pipe = openSync(join(folder, "ev"), "r+");
          const recorder = start(folder, "-", "--events", "ev", "-o", "o.mcap");
          recorder.stdin!.write(rows(count));
          await sendUntil(
            (n) => writeSync(pipe, event(n)),
            async () => (await eventsOf(path)).includes(9),
          );
          closeSync(pipe);
          recorder.kill("SIGKILL");
          await new Promise((resolve) => recorder.on("close", resolve));
          const events = await eventsOf(path);
          assert.deepEqual(events.slice(0, 10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }),
    );
  }
}

test(
  "record - --dump-on writes its dump while other events go on and on",
  options,
  () =>
    inFolder(async (folder) => {
      const recorder = start(
        folder,
        ...["-", "-o", "o.mcap", "--keep", "5s", "--dump-on", "ev=disputed"],
      );
      recorder.stdin!.write(rows(60) + '{"ev":"disputed","f":58,"t":930}\n');
      const dumps = () => readdirSync(folder).filter((name) => /^o-\d+\.mcap$/.test(name));
      await sendUntil(
        (n) => recorder.stdin!.write(forms[0]![1](n)),
        () => Promise.resolve(dumps().length > 0),
      );
      assert.deepEqual(dumps(), ["o-58.mcap"]);
    }),
);

function start(cwd: string, ...args: readonly string[]): ChildProcess {
  const [command, ...words] = commandLine("record", ...args);
  const child = spawn(command, words, { cwd, stdio: ["pipe", "ignore", "ignore"] });
  endWithFolder(() => child.kill("SIGKILL"));
  child.stdin!.on("error", () => {});
  return child;
}

/** Sends events all the time, so that it is never silent, until something is there. */
async function sendUntil(
  send: (n: number) => void,
  isThere: () => Promise<boolean>,
): Promise<void> {
  for (let n = 0; n < 900; n++) {
    send(n);
    await sleep(50);
    if (n % 5 === 4 && await isThere()) return;
  }
  throw new Error("nothing is written while events go on");
}

/** Numbers of the events that a file has which is not whole yet. */
async function eventsOf(path: string): Promise<unknown[]> {
  if (!existsSync(path)) return [];
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source, { damage: "leave-out" });
    return (await Array.fromAsync(reader.events("written"))).map(({ data }) =>
      (data as { n: number }).n
    );
  } catch {
    return [];
  } finally {
    source.close();
  }
}
