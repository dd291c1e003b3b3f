import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { constants, createGzip } from "node:zlib";
import { endWithFolder } from "../in_folder_test_helper.ts";
import {
  commandLine,
  hindcast,
  hindcastJson,
  inFolder,
  statesAt,
  THIS_RUNTIME,
} from "../run_cli_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const line = (f: number) => `{"f":${f},"t":${f * 100},"id":1,"kind":"p","x":${f}}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join("");

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(
    `record from a pipe finishes its file at ${signal}`,
    { skip, timeout: 30_000 },
    () =>
      inFolder(async (cwd) => {
        const recorder = startRecorder(cwd);
        // The last line is half there, as it may be at any moment.
        recorder.stdin!.write(lines(0, 200) + line(200).slice(0, 30));
        await fileGrows(join(cwd, "o.mcap"), 1000);
        const { code, stderr } = await stopped(recorder, signal);
        assert.equal(code, 4, stderr);
        assert.match(
          stderr,
          /^hindcast: stopped amid frame 199, which may lack rows and is left out$/m,
        );
        assert.match(stderr, /^recorded 199 frames, 199 states to o\.mcap/m);
        assert.deepEqual((await statesAt(join(cwd, "o.mcap"), 198))[0]!.fields, { x: 198 });
        const { frames } = await hindcastJson<{ frames: number }>(["info", "o.mcap", "--json"], {
          cwd,
        });
        assert.equal(frames, 199);
      }),
  );
}

const rows = (f: number, ids: readonly number[]) =>
  ids.map((id) => `{"f":${f},"t":${f * 100},"id":${id},"kind":"p","x":${f}}\n`).join("");
const frames = Array.from({ length: 200 }, (_, f) => rows(f, [1, 2])).join("");
for (
  const [what, last, flags, code, said] of [
    ["has all entities of the one before", rows(200, [2, 3, 1]), [], 0, /^recorded 201 frames/],
    ["lacks one", rows(200, [2, 3]), [], 4, /^recorded 200 .*\n.*amid frame 200, which may lack/],
    ["is sparse", rows(200, [1, 2]), ["--sparse"], 4, /^recorded 200 .*\n.*amid frame 200/],
  ] as const
) {
  test(
    `record stopped at a frame that ${what} says whether it is recorded`,
    { skip },
    () =>
      inFolder(async (cwd) => {
        const recorder = startRecorder(cwd, ...flags);
        recorder.stdin!.write(frames + last);
        await fileGrows(join(cwd, "o.mcap"), 1000);
        const { code: got, stderr } = await stopped(recorder, "SIGTERM");
        assert.equal(got, code, stderr);
        assert.match(stderr, said);
      }),
  );
}

test(
  "record from a pipe of whole frames leaves none out at SIGTERM",
  { skip, timeout: 30_000 },
  () =>
    inFolder(async (cwd) => {
      const recorder = startRecorder(cwd);
      for (let f = 0; f < 200; f++) {
        recorder.stdin!.write(`{"f":${f},"t":${f * 100},"entities":[{"id":1,"x":${f}}]}\n`);
      }
      await fileGrows(join(cwd, "o.mcap"), 1000);
      const { code, stderr } = await stopped(recorder, "SIGTERM");
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 200 frames/);
    }),
);

test(
  "record stopped amid gzip data is no error",
  { skip, timeout: 30_000 },
  () =>
    inFolder(async (cwd) => {
      const recorder = startRecorder(cwd);
      const gzip = createGzip();
      gzip.pipe(recorder.stdin!);
      gzip.write(lines(0, 200));
      gzip.flush(constants.Z_SYNC_FLUSH);
      await fileGrows(join(cwd, "o.mcap"), 1000);
      const { code, stderr } = await stopped(recorder, "SIGINT");
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^recorded 200 frames/);
    }),
);

test(
  "record stopped before the first frame says so",
  { skip, timeout: 30_000 },
  () =>
    inFolder(async (cwd) => {
      const recorder = startRecorder(cwd);
      // A signal that comes before it listens ends it.
      await fileGrows(join(cwd, "o.mcap.hindcast-lock"), 0);
      const { code, stderr } = await stopped(recorder, "SIGINT");
      assert.equal(code, 1);
      assert.match(stderr, /^hindcast: Stopped before the first frame.*nothing is recorded\n$/);
      assert.deepEqual(readdirSync(cwd), []);
    }),
);

test(
  "a recording whose recorder was killed has what reached the disk, and says that it was cut",
  { skip, timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const recorder = startRecorder(cwd);
      recorder.stdin!.write(lines(0, 200));
      await fileGrows(join(cwd, "o.mcap"), 1000);
      const { code } = await stopped(recorder, "SIGKILL");
      assert.equal(code, null);
      const cut =
        /^hindcast: o\.mcap was cut or is still being written: frames 0 to \d+ are read[^\n]*; hindcast recover saves [^\n]*\n$/;
      for (
        const args of [["info", "o.mcap"], ["at", "o.mcap", "--frame", "0"], ["cat", "o.mcap"]]
      ) {
        const { code, stdout, stderr } = await hindcast(args, { cwd, runtime: THIS_RUNTIME });
        assert.equal(code, 4, stderr);
        assert.notEqual(stdout, "");
        assert.match(stderr, cut);
      }
      const { stdout } = await hindcast(["cat", "o.mcap"], { cwd });
      const rows = stdout.trimEnd().split("\n");
      assert.equal(
        rows.map((row) => JSON.stringify(JSON.parse(row)) + "\n").join(""),
        lines(0, rows.length),
      );
      const saved = await hindcast(["recover", "o.mcap", "-o", "saved.mcap"], { cwd });
      // Killed between two writes it lacks nothing that it got.
      const verified = await hindcast(["verify", "o.mcap", "--json"], { cwd });
      const { unfinishedBytes } = JSON.parse(verified.stdout).damage;
      assert.equal(saved.code, unfinishedBytes > 0 ? 4 : 0, saved.stderr);
      assert.equal((await hindcast(["verify", "saved.mcap"], { cwd })).code, 0);
      assert.equal((await hindcast(["cat", "saved.mcap"], { cwd })).stdout, stdout);
    }),
);

test("record reads a named pipe", { skip, timeout: 30_000 }, () =>
  inFolder(async (cwd) => {
    const made = spawn("mkfifo", ["fifo"], { cwd });
    if (await new Promise((resolve) => made.on("close", resolve)) !== 0) return;
    const recording = hindcast(["record", "fifo", "-o", "o.mcap"], { cwd });
    createWriteStream(join(cwd, "fifo")).end(lines(0, 10));
    assert.equal((await recording).code, 0);
    assert.deepEqual((await statesAt(join(cwd, "o.mcap"), 9))[0]!.fields, { x: 9 });
  }));

function startRecorder(cwd: string, ...flags: readonly string[]): ChildProcess {
  const [command, ...args] = commandLine("record", "-", "-o", "o.mcap", ...flags);
  const child = spawn(command, args, { cwd });
  endWithFolder(() => child.kill("SIGKILL"));
  child.stdin.on("error", () => {});
  return child;
}

async function stopped(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; stderr: string }> {
  let stderr = "";
  child.stderr!.on("data", (bytes) => stderr += bytes);
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  // Deno's own kill() hides the exit code.
  process.kill(child.pid!, signal);
  return { code: await closed, stderr };
}

/** Waits until a file has so many bytes. */
async function fileGrows(path: string, bytes: number): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (existsSync(path) && readFileSync(path).length >= bytes) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${path} did not grow to ${bytes} bytes`);
}
