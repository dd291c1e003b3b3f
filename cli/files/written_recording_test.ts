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
    await writeRecording({ output }, async (sink) => {
      for (let i = 0; i < 100; i++) {
        setTimeout(() => turns++, 0);
        await sink.write(Uint8Array.of(i));
      }
    });
    assert.deepEqual([...readFileSync(output)], Array.from({ length: 100 }, (_, i) => i));
    assert.ok(turns > 0);
  }));
