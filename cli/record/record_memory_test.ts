import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { once } from "node:events";
import { test } from "node:test";
import { endWithFolder } from "../in_folder_test_helper.ts";
import { commandLine, inFolder } from "../run_cli_test_helper.ts";

const skip = !existsSync("/proc/self/status") && "there is no /proc";
const INPUT_BYTES = 200e6;
const PEAK_KB = 200e3;

/** Frames of 64 entities with long rows of which two numbers change, from a frame on. */
function frameText(frame: number): string {
  let text = "";
  for (let id = 0; id < 64; id++) {
    text += `{"f":${frame},"t":${frame * 16},"id":${id},"kind":"player","x":${frame * 0.25 + id}` +
      `,"seen":${frame % 4096},"about":"${"a ".repeat(990)}${id}"}\n`;
  }
  return text;
}

/** Largest resident memory that a process had so far, in kB; 0 when it has ended. */
function peakKbOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

test(
  "record takes 200 MB of rows by pipe in less than 200 MB",
  { skip, timeout: 300_000 },
  () =>
    inFolder(async (cwd) => {
      const [command, ...args] = commandLine("record", "-", "-o", "o.mcap");
      const child = spawn(command, args, { cwd });
      endWithFolder(() => child.kill("SIGKILL"));
      let stderr = "";
      child.stderr.on("data", (bytes) => stderr += bytes);
      let isEnded = false;
      const ended = once(child, "close").finally(() => isEnded = true);
      let bytes = 0;
      let frame = 0;
      while (bytes < INPUT_BYTES) {
        const text = frameText(frame++);
        bytes += text.length;
        if (!child.stdin.write(text)) await once(child.stdin, "drain");
      }
      child.stdin.end();
      // The kernel keeps the peak of the whole life, and forgets it when the process ends.
      let peakKb = 0;
      while (!isEnded) {
        peakKb = Math.max(peakKb, peakKbOf(child.pid!));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const [code] = await ended;
      assert.equal(code, 0, stderr);
      assert.match(stderr, new RegExp(`^recorded ${frame} frames, ${frame * 64} states`));
      assert.ok(peakKb > 0 && peakKb < PEAK_KB, `the peak is ${peakKb} kB`);
    }),
);
