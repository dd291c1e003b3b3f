import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { commandLine } from "../../cli/run_cli_test_helper.ts";
import { soakFrame } from "./soak_world.ts";

/** Frames that are compared, value by value. */
const COMPARED = 200;

/**
 * Compares a recording with what was sent.
 *
 * @returns what `hindcast verify` says
 * @throws {AssertionError} when a frame is missing or another
 */
export async function verifyRecording(path: string, frames: number): Promise<string> {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    assert.equal(reader.frameCount, frames);
    assert.equal(reader.missingFrames, 0);
    for (let i = 0; i < COMPARED; i++) {
      const frame = Math.floor((i * (frames - 1)) / (COMPARED - 1));
      const answer = await reader.at(frame);
      assert.ok(answer.found);
      assert.deepEqual(answer.state.toFrame(), soakFrame(frame));
    }
  } finally {
    source.close();
  }
  const [command, ...args] = commandLine("verify", path);
  return execFileSync(command, args, { encoding: "utf8" }).trimEnd();
}
