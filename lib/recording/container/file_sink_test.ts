import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { FileSink } from "./file_sink.ts";
import { FileSource } from "./file_source.ts";
import { RecordingReader } from "../recording_reader.ts";
import { RecordingWriter } from "../recording_writer.ts";

const directory = mkdtempSync(join(tmpdir(), "hindcast-"));
after(() => rmSync(directory, { recursive: true }));
const frame = { frame: 1, timeMs: 5, entities: [] };

describe("FileSink and FileSource", () => {
  test("carry a recording through a file", async () => {
    const path = join(directory, "a.mcap");
    const sink = new FileSink(path);
    const writer = await RecordingWriter.open(sink);
    await writer.write(frame);
    const { bytes } = await writer.close();
    sink.close();
    assert.equal(statSync(path).size, bytes);
    const source = new FileSource(path);
    const answer = await (await RecordingReader.open(source)).at(1);
    assert.deepEqual(answer.found && answer.state.toFrame(), frame);
    source.close();
  });

  test("name the file in errors", async () => {
    const path = join(directory, "b.mcap");
    const sink = new FileSink(path);
    sink.write(Uint8Array.of(1, 2, 3));
    sink.sync();
    sink.close();
    const source = new FileSource(path);
    await assert.rejects(
      RecordingReader.open(source),
      (error: Error) => error.message.endsWith(`(${path})`),
    );
    source.close();
  });

  test("refuse a directory and a file that does not exist", () => {
    assert.throws(() => new FileSource(directory), { code: "EISDIR" });
    assert.throws(() => new FileSource(join(directory, "none")), { code: "ENOENT" });
    assert.throws(() => new FileSink(directory), { code: "EISDIR" });
  });

  test("FileSink refuses what exists, or writes behind it, when told so", () => {
    const path = join(directory, "c.mcap");
    assert.throws(() => new FileSink(path, { existing: "append" }), { code: "ENOENT" });
    for (const existing of ["refuse", "append", "append"] as const) {
      const sink = new FileSink(path, { existing });
      sink.write(Uint8Array.of(1, 2));
      sink.close();
    }
    assert.throws(() => new FileSink(path, { existing: "refuse" }), {
      code: "EEXIST",
      message: `Cannot write ${path}: it exists; name another file, or say existing: "replace"`,
    });
    assert.equal(statSync(path).size, 6);
    new FileSink(path).close();
    assert.equal(statSync(path).size, 0);
  });

  test("FileSink.fateAt() tells what became of the file while it was written", () => {
    const folder = join(directory, "folder");
    const path = join(folder, "d.mcap");
    const fateAfter = (happens: (path: string) => void, at = path) => {
      mkdirSync(folder, { recursive: true });
      rmSync(path, { force: true });
      const sink = new FileSink(path, { existing: "refuse" });
      sink.write(new Uint8Array(100));
      happens(path);
      sink.write(new Uint8Array(100));
      const fate = sink.fateAt(at);
      sink.close();
      return fate;
    };
    assert.equal(fateAfter(() => {}), "kept");
    assert.equal(fateAfter((path) => rmSync(path)), "removed");
    assert.equal(fateAfter(() => rmSync(folder, { recursive: true })), "removed");
    assert.equal(fateAfter((path) => truncateSync(path, 10)), "resized");
    assert.equal(fateAfter((path) => appendFileSync(path, "x")), "resized");
    const replace = (path: string) => {
      writeFileSync(`${path}.new`, new Uint8Array(200));
      renameSync(`${path}.new`, path);
    };
    assert.equal(fateAfter(replace), "replaced");
    const renamed = `${path}.renamed`;
    assert.equal(fateAfter((path) => renameSync(path, renamed), renamed), "kept");
  });

  test("pass on a full disk", { skip: !existsSync("/dev/full") }, async () => {
    const sink = new FileSink("/dev/full");
    await assert.rejects(RecordingWriter.open(sink), { code: "ENOSPC" });
    sink.close();
  });
});
