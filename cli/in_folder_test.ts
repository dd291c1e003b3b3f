import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { endWithFolder, inFolder } from "./in_folder_test_helper.ts";
import {
  connectTcp,
  openUdp,
  type Recorder,
  startRecorder,
} from "./record/listen/recorder_test_helper.ts";

const skip = process.platform === "win32" && "signals do not exist on Windows";

test("inFolder() ends what began in it when its test fails, the newest first", async () => {
  const ended: string[] = [];
  let folder = "";
  const failing = inFolder(async (cwd) => {
    folder = cwd;
    endWithFolder(() => ended.push("first"));
    await Promise.resolve();
    endWithFolder(() => ended.push(`second, ${existsSync(cwd)}`));
    throw new Error("the test fails");
  });
  await assert.rejects(failing, /the test fails/);
  assert.deepEqual(ended, ["second, true", "first"]);
  assert.equal(existsSync(folder), false);
});

test(
  "startRecorder() leaves no process behind a test that fails",
  { skip, timeout: 60_000 },
  async () => {
    let recorder: Recorder | undefined;
    const failing = inFolder(async (cwd) => {
      recorder = await startRecorder(cwd, ["--listen", "tcp://127.0.0.1:0", "-o", "o.mcap"]);
      await connectTcp(recorder.ports.get("tcp")!);
      openUdp();
      throw new Error("the test fails");
    });
    await assert.rejects(failing, /the test fails/);
    assert.equal(await recorder!.ended, null);
    assert.throws(() => process.kill(recorder!.child.pid!, 0), { code: "ESRCH" });
  },
);
