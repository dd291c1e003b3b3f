import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { FileSource } from "../container/file_source.ts";
import { MemorySink } from "../container/memory_file.ts";
import { RecordingReader } from "../recording_reader.ts";
import { Recorder } from "./recorder.ts";

const folder = mkdtempSync(join(tmpdir(), "hindcast-open-"));
after(() => rmSync(folder, { recursive: true }));

describe("Recorder.open()", () => {
  test("does not write over a file, unless it is told to", async () => {
    const path = join(folder, "there.mcap");
    writeFileSync(path, "mine");
    await assert.rejects(Recorder.open(path), { code: "EEXIST" });
    assert.equal(readFileSync(path, "utf8"), "mine");
    const recorder = await Recorder.open(path, { existing: "replace" });
    recorder.write({ frame: 0, timeMs: 0, entities: [] });
    await recorder.close();
    assert.equal((await RecordingReader.open(new FileSource(path))).firstFrame, 0);
  });

  test("refuses what is neither a path nor a sink, and options that are none", async () => {
    const open = (where: unknown, options: object = {}) => Recorder.open(where as string, options);
    for (const where of [undefined, 7, {}]) {
      await assert.rejects(open(where), /TypeError: Cannot record: give the path of a file, or a/);
    }
    const sink = new MemorySink();
    for (const flushMs of [-1, NaN, 2 ** 31]) {
      await assert.rejects(open(sink, { flushMs }), /RangeError: flushMs is/);
    }
    for (const queueBytes of [0, NaN]) {
      await assert.rejects(open(sink, { queueBytes }), /RangeError: queueBytes is/);
    }
    await assert.rejects(open(sink, { level: 23 }), /RangeError: level is 23, expected a level/);
    await assert.rejects(open(join(folder, "none", "a.mcap")), { code: "ENOENT" });
  });

  test("rejects when the sink takes no header", async () => {
    const sink = { write: () => Promise.reject(new Error("no room")) };
    await assert.rejects(Recorder.open(sink), /no room/);
  });
});
