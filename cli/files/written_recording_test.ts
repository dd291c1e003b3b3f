import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../run_cli_test_helper.ts";
import { writeRecording } from "./written_recording.ts";

test("writeRecording() lets signals in between writes, however fast these follow each other", () =>
  inFolder(async (folder) => {
    const output = join(folder, "o.mcap");
    let turns = 0;
    const bytes: number[] = [];
    setTimeout(() => turns++, 0);
    await writeRecording({ output }, async (sink) => {
      // A timer may take a millisecond, in which some runtimes write a hundred times.
      for (let i = 0; turns === 0 && i < 20_000; i++) {
        bytes.push(i & 0xff);
        await sink.write(Uint8Array.of(i));
      }
    });
    assert.deepEqual([...readFileSync(output)], bytes);
    assert.ok(turns > 0);
  }));
