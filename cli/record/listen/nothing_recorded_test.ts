import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { test } from "node:test";
import { endWithFolder } from "../../in_folder_test_helper.ts";
import { commandLine, inFolder } from "../../run_cli_test_helper.ts";
import { connectTcp, sleep, startRecorder, until } from "./recorder_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";
const options = { skip, timeout: 60_000 };

test(
  "record that is stopped without a frame keeps the events that came, and counts bad lines",
  options,
  () =>
    inFolder(async (cwd) => {
      const args = ["--listen", "tcp://127.0.0.1:0", "--token", "t", "-o", "o.mcap"];
      const recorder = await startRecorder(cwd, args);
      const port = recorder.ports.get("tcp")!;
      const stranger = await connectTcp(port);
      stranger.socket.write('{"token":"x"}\n');
      await until(() => stranger.told.length > 0);
      const { socket, told } = await connectTcp(port);
      socket.write('{"token":"t"}\n{"ev":"a","f":1}\n[1]\n{"ev":"b","f":2}\n');
      await until(() => told.length > 0);
      await sleep(500);
      assert.equal(await recorder.stop(), 4);
      assert.match(recorder.said(), /^1 producer refused$/m);
      assert.match(recorder.said(), /^recorded 0 frames, 0 states, 2 events to o\.mcap/m);
      assert.match(recorder.said(), /1 bad line skipped, all others are recorded\n$/);
    }),
);

test(
  "record of a pipe that is stopped without a frame keeps the events that came",
  options,
  () =>
    inFolder(async (cwd) => {
      const [command, ...args] = commandLine("record", "-", "-o", "o.mcap");
      const child = spawn(command, args, { cwd, stdio: ["pipe", "ignore", "pipe"] });
      endWithFolder(() => void child.kill("SIGKILL"));
      let said = "";
      child.stderr.on("data", (bytes) => said += bytes);
      const ended = once(child, "close");
      child.stdin.write('{"ev":"a","f":1}\n{"ev":"b"}\n{"ev":"c","f":2}\n');
      await sleep(1500);
      await once(spawn("kill", ["-TERM", String(child.pid)]), "close");
      assert.deepEqual(await ended, [0, null], said);
      assert.match(said, /^recorded 0 frames, 0 states, 3 events to o\.mcap/m);
    }),
);
