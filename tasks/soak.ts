// Sends ten minutes of a world of 1000 entities at 60 Hz, 36 million rows, to a recorder as fast as
// it takes them, and says how its memory grows: deno task soak [tcp|pipe|file] [FRAMES]
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { verifyRecording } from "./soak/verify_recording.ts";
import { slopeOf } from "./soak/memory_marks.ts";
import { soakRun, type SoakWay } from "./soak/soak_run.ts";

const [way = "tcp", frames = "36000"] = process.argv.slice(2) as [SoakWay?, string?];
/** Growth that counts as none: 36 bytes a frame of 1000 rows. */
const BYTES_PER_ROW_MAX = 2;

const folder = mkdtempSync(join(tmpdir(), "hindcast-soak-"));
try {
  const run = await soakRun(folder, way, Number(frames));
  const { rows, seconds, bytes, peakBytes, marks, code, stderr, path } = run;
  const slope = slopeOf(marks);
  console.log(
    `${way}: ${rows} rows, ${(bytes / 1e6).toFixed(0)} MB, in ${seconds.toFixed(1)} s ` +
      `(${Math.round(rows / seconds)} rows/s); file ${
        (statSync(path).size / 1e6).toFixed(1)
      } MB; ` +
      `memory ${slope.toFixed(3)} bytes a row, peak ${Math.round(peakBytes / 1e6)} MB; ` +
      `exit code ${code}`,
  );
  console.log(stderr.trimEnd());
  console.log(await verifyRecording(path, Number(frames)));
  assert.equal(code, 0);
  assert.ok(slope < BYTES_PER_ROW_MAX, `memory grows by ${slope} bytes a row`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
