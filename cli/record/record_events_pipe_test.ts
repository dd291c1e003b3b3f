import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  promises,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { zstdDecompressSync } from "node:zlib";
import { McapStreamReader } from "@mcap/core";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { endWithFolder } from "../in_folder_test_helper.ts";
import { commandLine, hindcast, inFolder, ndjson, recordRows } from "../run_cli_test_helper.ts";

const skip = process.platform === "win32" && "named pipes are of another kind on Windows";
const options = { skip, timeout: 60_000 };
const row = (f: number) => ({ f, t: f * 100, id: 1, kind: "p", x: f });
const rows = (from: number, to: number) =>
  ndjson(Array.from({ length: to - from }, (_, i) => row(from + i)));

test(
  "record --events takes events of a file in any order, each at its frame",
  options,
  () =>
    inFolder(async (folder) => {
      const events = [
        { f: 7, ev: "a" },
        { f: 3, ev: "b" },
        { t: 450, ev: "c" },
        { f: 900, ev: "d" },
        { f: 3, ev: "e" },
        { t: 120, ev: "f" },
      ];
      writeFileSync(join(folder, "ev"), ndjson(events));
      const states = Array.from({ length: 10 }, (_, f) => row(f));
      const path = await recordRows(folder, states, "--events", join(folder, "ev"));
      assert.equal(await eventNames(path), "fbecad");
    }),
);

test(
  "record writes states while its pipe of events is silent, and late events at their frames",
  options,
  () =>
    inFolder(async (folder) => {
      const recorder = start(folder, ["-", "--events", "ev", "-o", "o.mcap"]);
      // The pipe is open and silent, as with a game in which nothing happens.
      const pipe = openSync(join(folder, "ev"), "r+");
      recorder.child.stdin!.write(rows(0, 300));
      await grows(join(folder, "o.mcap"), 3000);
      writeSync(pipe, ndjson([{ f: 12, ev: "b" }, { f: 5, ev: "a" }, { t: 2050, ev: "c" }]));
      // Its frame is still to come.
      writeSync(pipe, ndjson([{ t: 31_000, ev: "e" }, { f: 305, ev: "d" }]));
      recorder.child.stdin!.end(rows(300, 400));
      await says(recorder, /states have ended; waiting for the end of the events of ev/);
      writeSync(pipe, ndjson([{ f: 399, ev: "f" }]));
      closeSync(pipe);
      const { code, stderr } = await recorder.ended;
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 400 frames, 400 states, 6 events to o\.mcap/m);
      assert.equal(await eventNames(join(folder, "o.mcap")), "abcdef");
      assert.equal(sequences(join(folder, "o.mcap")), "5,12,20,305,310,399");
    }),
);

test(
  "record takes writers of events one after another while states come",
  options,
  () =>
    inFolder(async (folder) => {
      const recorder = start(folder, ["-", "--events", "ev", "-o", "o.mcap"]);
      recorder.child.stdin!.write(rows(0, 30));
      await grows(join(folder, "o.mcap"), 1);
      for (const [i, name] of ["a", "b", "c"].entries()) {
        // Each opens the pipe, writes a line and goes, as `echo` does in a shell.
        await promises.writeFile(join(folder, "ev"), ndjson([{ f: 3 + i, ev: name }]));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      recorder.child.stdin!.end(rows(30, 60));
      const { code, stderr } = await recorder.ended;
      assert.equal(code, 0, stderr);
      assert.equal(await eventNames(join(folder, "o.mcap")), "abc");
    }),
);

test(
  "record into a pipe that nobody reads ends at the second signal",
  options,
  () =>
    inFolder(async (folder) => {
      writeFileSync(join(folder, "in"), rows(0, 5));
      const { child, ended } = start(folder, ["in", "-o", "ev"]);
      let isOver = false;
      ended.then(() => isOver = true);
      // Time to come as far as the pipe; a signal before that ends it as well, and proves less.
      for (let waitMs = 2000; !isOver; waitMs = 300) {
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        // Deno's `child.kill` sends one signal and no second.
        if (!isOver) process.kill(child.pid!, "SIGINT");
      }
      assert.equal((await ended).code === 0, false);
    }),
);

test(
  "record ends without the events of a pipe that nobody opens",
  options,
  () =>
    inFolder(async (folder) => {
      const recorder = start(folder, ["-", "--events", "ev", "-o", "o.mcap"]);
      recorder.child.stdin!.end(rows(0, 100));
      const { code, stderr } = await recorder.ended;
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^nobody opened ev for writing, so there are no events of it$/m);
      assert.match(stderr, /^recorded 100 frames, 100 states to o\.mcap/m);
    }),
);

test(
  "record stops amid silent pipes of states and events, opened or not",
  options,
  () =>
    inFolder(async (folder) => {
      await Promise.all([true, false].map(async (isOpened) => {
        const cwd = subfolder(folder, String(isOpened));
        const recorder = start(cwd, ["st", "--events", "ev", "-o", "o.mcap"]);
        const states = openSync(join(cwd, "st"), "r+");
        const events = isOpened ? openSync(join(cwd, "ev"), "r+") : undefined;
        writeSync(states, rows(0, 300));
        await grows(join(cwd, "o.mcap"), 3000);
        process.kill(recorder.child.pid!, "SIGINT");
        const { code, stderr } = await recorder.ended;
        closeSync(states);
        if (events !== undefined) closeSync(events);
        assert.equal(code, 0, stderr);
        assert.match(stderr, /^recorded 300 frames, 300 states to/m);
      }));
    }),
);

test(
  "record stopped while it waits for events has what came until then",
  options,
  () =>
    inFolder(async (folder) => {
      const recorder = start(folder, ["-", "--events", "ev", "-o", "o.mcap"]);
      const pipe = openSync(join(folder, "ev"), "r+");
      writeSync(pipe, ndjson([{ f: 5, ev: "a" }, { f: 5000, ev: "b" }]));
      recorder.child.stdin!.end(rows(0, 10));
      await says(recorder, /waiting for the end of the events/);
      process.kill(recorder.child.pid!, "SIGINT");
      const { code, stderr } = await recorder.ended;
      closeSync(pipe);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 10 frames, 10 states, 2 events to/m);
    }),
);

test(
  "record keeps an error of states or output when a pipe of events is silent",
  options,
  () =>
    inFolder(async (folder) => {
      const faults = [
        [
          "o.mcap",
          "oops\n",
          /^hindcast: Cannot read standard input:101:1: .*\(99 frames before it/,
        ],
        ["/dev/full", "", /^hindcast: Cannot write \/dev\/full: the disk is full/],
      ] as const;
      await Promise.all(faults.map(async ([output, bad, message], i) => {
        if (output === "/dev/full" && !existsSync(output)) return;
        const cwd = subfolder(folder, String(i));
        const recorder = start(cwd, ["-", "--events", "ev", "-o", output]);
        const pipe = openSync(join(cwd, "ev"), "r+");
        recorder.child.stdin!.write(rows(0, 100) + bad);
        const { code, stderr } = await recorder.ended;
        closeSync(pipe);
        assert.equal(code, 1, stderr);
        assert.match(stderr, message);
      }));
    }),
);

test(
  "record --events - keeps events that come before their frames",
  options,
  () =>
    inFolder(async (folder) => {
      spawnSync("mkfifo", [join(folder, "st")]);
      const events = ndjson([{ f: 2, ev: "a" }, { t: 850, ev: "c" }, { f: 4, ev: "b" }]);
      const recording = hindcast(["record", "st", "--events", "-", "-o", "o.mcap"], {
        cwd: folder,
        input: events,
      });
      createWriteStream(join(folder, "st")).end(rows(0, 10));
      const { code, stderr } = await recording;
      assert.equal(code, 0, stderr);
      assert.equal(sequences(join(folder, "o.mcap")), "2,4,8");
    }),
);

function subfolder(folder: string, name: string): string {
  mkdirSync(join(folder, name));
  return join(folder, name);
}

interface Recorder {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; stderr: string }>;
  stderr: string;
}

/** Starts a recorder in a folder with named pipes `st` and `ev`. */
function start(cwd: string, args: readonly string[]): Recorder {
  for (const name of ["st", "ev"]) {
    if (!existsSync(join(cwd, name))) spawnSync("mkfifo", [name], { cwd });
  }
  const [command, ...words] = commandLine("record", ...args);
  const child = spawn(command, words, { cwd });
  endWithFolder(() => child.kill("SIGKILL"));
  child.stdin!.on("error", () => {});
  const recorder: Recorder = {
    child,
    stderr: "",
    ended: new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, stderr: recorder.stderr }));
    }),
  };
  child.stderr!.on("data", (bytes) => recorder.stderr += bytes);
  return recorder;
}

async function says(recorder: Recorder, line: RegExp): Promise<void> {
  await until(
    () => line.test(recorder.stderr),
    () => `it does not say ${line}: ${recorder.stderr}`,
  );
}

async function grows(path: string, bytes: number): Promise<void> {
  const isThere = () => existsSync(path) && statSync(path).size >= bytes;
  await until(isThere, () => `${path} does not grow to ${bytes} bytes`);
}

async function until(isDone: () => boolean, failure: () => string): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(failure());
}

/** Names of the events by frame, run together. */
async function eventNames(path: string): Promise<string> {
  const source = new FileSource(path);
  try {
    const events = (await RecordingReader.open(source)).events("frame");
    return (await Array.fromAsync(events)).map(({ name }) => name).join("");
  } finally {
    source.close();
  }
}

/** Frames at which events stand in the file, ascending, as any MCAP reader finds them. */
function sequences(path: string): string {
  const zstd = (bytes: Uint8Array) => new Uint8Array(zstdDecompressSync(bytes));
  const reader = new McapStreamReader({ decompressHandlers: { zstd } });
  reader.append(readFileSync(path));
  const channels = new Set<number>();
  const frames: number[] = [];
  for (let record; (record = reader.nextRecord());) {
    if (record.type === "Channel" && record.topic === "event") channels.add(record.id);
    if (record.type === "Message" && channels.has(record.channelId)) frames.push(record.sequence);
  }
  return frames.sort((a, b) => a - b).join();
}
