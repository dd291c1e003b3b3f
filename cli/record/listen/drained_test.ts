import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { test } from "node:test";
import { commandLine, hindcast, inFolder } from "../../run_cli_test_helper.ts";
import { endWithFolder } from "../../in_folder_test_helper.ts";
import {
  connectTcp,
  connectWs,
  openUdp,
  sleep,
  startRecorder,
  until,
} from "./recorder_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const options = { skip, timeout: 90_000 };
const row = (f: number) => `{"f":${f},"t":${f * 16},"id":1,"x":${f}}\n`;
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => row(from + i));

async function signal(name: string, pid: number): Promise<void> {
  await once(spawn("kill", [`-${name}`, String(pid)]), "close");
}

/** Frames of a recording, from its rows. */
async function framesOf(cwd: string, path: string): Promise<number[]> {
  const { stdout } = await hindcast(["cat", path], { cwd });
  return stdout.trimEnd().split("\n").map((line) => (JSON.parse(line) as { f: number }).f);
}

const FRAMES = 120;
const ALL = Array.from({ length: FRAMES }, (_, f) => f);

for (const scheme of ["tcp", "ws", "udp"]) {
  for (const flags of [[], ["--per-producer"]]) {
    test(
      `${["record", ...flags].join(" ")} reads at a stop what has come over ${scheme}`,
      options,
      () =>
        inFolder(async (cwd) => {
          const args = ["--listen", `${scheme}://127.0.0.1:0`, ...flags, "-o", "o.mcap"];
          const recorder = await startRecorder(cwd, args);
          const port = recorder.ports.get(scheme)!;
          const pid = recorder.child.pid!;
          let send: (text: string) => void | Promise<void>;
          if (scheme === "tcp") {
            const { socket } = await connectTcp(port);
            send = (text) => void socket.write(text);
          } else if (scheme === "ws") {
            const { socket } = await connectWs(port);
            send = (text) => socket.send(text);
          } else {
            const { socket } = openUdp();
            send = (text) =>
              new Promise((resolve) => socket.send(text, port, "127.0.0.1", () => resolve()));
          }
          await send(row(0));
          await sleep(300);
          await signal("STOP", pid);
          for (const line of rows(1, FRAMES)) await send(line);
          await sleep(200);
          await Promise.all([signal("TERM", pid), signal("CONT", pid)]);
          assert.equal(await recorder.ended, 0, recorder.said());
          const path = flags.length > 0 ? "o-1.mcap" : "o.mcap";
          assert.deepEqual(await framesOf(cwd, path), ALL);
          assert.doesNotMatch(recorder.said(), /after the stop/);
        }),
    );
  }
}

test(
  "record reads at a stop what a producer sent that came and went meanwhile",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "o.mcap"]);
      const pid = recorder.child.pid!;
      await signal("STOP", pid);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      socket.end(rows(0, FRAMES).join(""));
      await sleep(100);
      await Promise.all([signal("TERM", pid), signal("CONT", pid)]);
      assert.equal(await recorder.ended, 0, recorder.said());
      assert.deepEqual(await framesOf(cwd, "o.mcap"), ALL);
    }),
);

test(
  "record ends at a stop though a producer sends on, with whole frames up to there",
  options,
  () =>
    inFolder(async (cwd) => {
      const recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "o.mcap"]);
      const { socket } = await connectTcp(recorder.ports.get("tcp")!);
      let f = 0;
      const timer = setInterval(() => socket.write(row(f++)), 5);
      endWithFolder(() => clearInterval(timer));
      await until(() => f > 50);
      const sent = f;
      assert.equal(await recorder.stop(), 0, recorder.said());
      clearInterval(timer);
      const frames = await framesOf(cwd, "o.mcap");
      assert.deepEqual(frames, Array.from(frames, (_, i) => i));
      assert.ok(frames.length >= sent, `${frames.length} of ${sent}`);
    }),
);

for (const flags of [[], ["--per-producer"]]) {
  test(
    `${["record", ...flags].join(" ")} tells of a producer of which more had come than was read`,
    options,
    () =>
      inFolder(async (cwd) => {
        const limits = ["--max-rate", "100", ...flags];
        const args = ["--listen", "tcp://127.0.0.1:0", ...limits, "-o", "o.mcap"];
        const recorder = await startRecorder(cwd, args);
        const { socket } = await connectTcp(recorder.ports.get("tcp")!);
        socket.write(rows(0, 10_000).join(""));
        await sleep(300);
        assert.equal(await recorder.stop(), 4, recorder.said());
        assert.match(recorder.said(), /1 producer cut off by the stop, with more to read/);
      }),
  );
}

test("record reads at a stop what has come through a pipe", options, () =>
  inFolder(async (cwd) => {
    const [command, ...args] = commandLine("record", "-", "-o", "o.mcap");
    const child = spawn(command, args, { cwd, stdio: ["pipe", "ignore", "pipe"] });
    endWithFolder(() => void child.kill("SIGKILL"));
    child.stdin.on("error", () => {});
    let said = "";
    child.stderr.on("data", (bytes) => said += bytes);
    const ended = once(child, "close");
    const whole = (f: number) => `{"f":${f},"t":${f * 16},"entities":[{"id":1,"x":${f}}]}\n`;
    child.stdin.write(whole(0));
    await sleep(1500);
    await signal("STOP", child.pid!);
    for (let f = 1; f < FRAMES; f++) child.stdin.write(whole(f));
    await sleep(100);
    await Promise.all([signal("TERM", child.pid!), signal("CONT", child.pid!)]);
    const [code] = await ended;
    assert.equal(code, 0, said);
    assert.deepEqual(await framesOf(cwd, "o.mcap"), ALL);
  }));
