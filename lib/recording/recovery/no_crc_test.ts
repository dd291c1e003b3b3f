import assert from "node:assert/strict";
import { test } from "node:test";
import { MemorySource } from "../container/memory_file.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { readAll, smallModel } from "./damage_model_test_helper.ts";
import { rewritten } from "./rescued_file_test_helper.ts";

const model = await smallModel();

test("RecordingReader.open() reads a chunk of ours without a CRC, and says so", async () => {
  for (const { start, topic } of model.parts) {
    if (topic === "preview") continue;
    const bytes = model.bytes.slice();
    // Behind the head of the record, two times and the raw size.
    bytes.fill(0, start + 9 + 24, start + 9 + 28);
    const { frames, reader } = await readAll(bytes);
    assert.deepEqual(frames, model.frames);
    assert.deepEqual(reader.damage!.faults.map(({ offset }) => offset), [start]);
    assert.equal(reader.damage!.faults[0]!.section, "unchecked chunk");
    assert.match(reader.damage!.faults[0]!.problem, /no CRC/);
    const { faults, isWhole } = await verifyRecording(new MemorySource(bytes));
    assert.equal(isWhole, false);
    assert.ok(faults.some(({ offset, problem }) => offset === start && /no CRC/.test(problem)));
  }
});

test("RecordingReader.open() reads chunks without CRCs that another program wrote", async () => {
  const bytes = await rewritten(model.bytes, { compression: "none", isUnchecked: true });
  const { frames } = await readAll(bytes);
  assert.deepEqual(frames, model.frames);
});
