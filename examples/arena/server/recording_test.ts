import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock, test } from "node:test";
import { FileSource, RecordingReader } from "@hindcast/hindcast/recording";
import { truth } from "../shared/schema.ts";
import { MatchRecording } from "./recording.ts";

test("MatchRecording tells an error once, and keeps what was recorded before it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-arena-"));
  const told = mock.method(console, "error", () => {});
  mock.method(console, "log", () => {});
  try {
    const path = join(folder, "a", "match.mcap");
    const recording = await MatchRecording.open(path, {});
    const add = (frame: number) =>
      recording.addFrame(truth.pack({ frame, timeMs: frame * 33, entities: [] }));
    add(1);
    add(2);
    add(2); // is refused
    await new Promise((resolve) => setTimeout(resolve, 10));
    add(1);
    recording.addEvent({ frame: 1, timeMs: 33, name: "late", data: {} });
    await recording.close();
    assert.equal(told.mock.callCount(), 1);
    assert.match(String(told.mock.calls[0]!.arguments[0]), /^Cannot record on to .*match.mcap: /);
    const reader = await RecordingReader.open(new FileSource(path));
    assert.ok((await reader.at(2)).found);
  } finally {
    mock.restoreAll();
    rmSync(folder, { recursive: true });
  }
});
