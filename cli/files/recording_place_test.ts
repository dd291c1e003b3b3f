import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../run_cli_test_helper.ts";
import { outputPlace } from "./output_place.ts";
import { RecordingPlace } from "./recording_place.ts";

test("RecordingPlace makes its file with the first bytes, never an empty one", () =>
  inFolder(async (folder) => {
    const path = join(folder, "out.mcap");
    const place = await RecordingPlace.claim(outputPlace(path), { isForced: false });
    await place.open();
    assert.equal(existsSync(path), false);
    place.write(Uint8Array.of(1, 2));
    assert.deepEqual([...readFileSync(path)], [1, 2]);
    place.close();
    place.release();
  }));

test("RecordingPlace refuses what somebody made before its first bytes came", () =>
  inFolder(async (folder) => {
    const path = join(folder, "out.mcap");
    const place = await RecordingPlace.claim(outputPlace(path), { isForced: false });
    await place.open();
    writeFileSync(path, "theirs");
    assert.throws(
      () => place.write(Uint8Array.of(1)),
      /Cannot write .*out\.mcap: it is there already/,
    );
    place.discard();
    place.release();
    assert.equal(readFileSync(path, "utf8"), "theirs");
  }));
