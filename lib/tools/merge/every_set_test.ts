import assert from "node:assert/strict";
import { test } from "node:test";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { framesOf, openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { cut } from "../copy/recording_content_test_helper.ts";
import { openNdjsonRows } from "../rows/ndjson_rows.ts";
import { placedEventsOf, recordText, rowText } from "../rows/row_text_test_helper.ts";
import { GIVEN_SETS, readGivenSet } from "../select/given_set_test_helper.ts";
import { mergeRecordings } from "./merge_recordings.ts";

for (const set of GIVEN_SETS) {
  test(`mergeRecordings() makes cuts of ${set.name} whole, which are what their rows record`, async () => {
    const reader = await recordSet(set);
    const frames = await framesOf(reader);
    const expected = { frames, events: await placedEventsOf(reader) };
    const middle = frames[frames.length >> 1]!.frame;
    const ids = [...new Set(frames.flatMap(({ entities }) => entities.map(({ id }) => id)))];
    const half = await cut(reader, { from: middle + 1 });
    const parts = [
      [half, await cut(reader, { to: middle })],
      [
        await cut(reader, { ids: ids.filter((_, i) => i % 2 === 0) }),
        await cut(reader, { ids: ids.filter((_, i) => i % 2 === 1), events: "none" }),
      ],
    ];
    for (const readers of parts) {
      const whole = await mergeAll(readers);
      assert.deepEqual(whole.schema, reader.schema);
      assert.deepEqual(await contentOf(whole), expected);
    }

    const { text } = await rowText(reader, openNdjsonRows, { from: middle + 1 });
    const again = await recordText(text, { schema: reader.schema });
    assert.deepEqual(await contentOf(half), await contentOf(again));
    assert.equal(half.frameCount, frames.length - (frames.length >> 1) - 1);
  });
}

async function contentOf(reader: RecordingReader): Promise<unknown> {
  return { frames: await framesOf(reader), events: await placedEventsOf(reader) };
}

async function mergeAll(readers: readonly RecordingReader[]): Promise<RecordingReader> {
  const sink = new MemorySink();
  const inputs = readers.map((reader, i) => ({ name: "ab"[i]!, reader }));
  const onNote = ({ problem }: { readonly problem: string }) => assert.fail(problem);
  await mergeRecordings(inputs, sink, { level: 1, onNote });
  return await openBytes(sink.bytes());
}

async function recordSet(set: typeof GIVEN_SETS[number]): Promise<RecordingReader> {
  const { frames, events } = await readGivenSet(set);
  return await openBytes(await record(frames, { level: 1, sharesStates: true }, events));
}
