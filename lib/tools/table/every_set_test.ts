import assert from "node:assert/strict";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import type { Schema } from "../../core/state/schema.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { readEvents } from "../../ingest/read_events.ts";
import { readStates } from "../../ingest/read_states.ts";
import { openBytes } from "../../recording/memory_recording_test_helper.ts";
import { openNdjsonRows } from "../rows/ndjson_rows.ts";
import { recordMerged, recordText, rowText } from "../rows/row_text_test_helper.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { openStatesCsv } from "./states_csv.ts";

const ROOT = fileURLToPath(new URL("../../../testdata/", import.meta.url));
const STATES = /\.state\.ndjson(\.gz)?$/;

const SETS = readdirSync(ROOT, { recursive: true }).map(String)
  .filter((path) => STATES.test(path)).sort();

test("there are sets to read", () => {
  assert.ok(SETS.length > 15);
  assert.ok(SETS.some((path) => path.includes("cubes")));
  assert.ok(SETS.some((path) => path.includes("duel.state")));
});

for (const path of SETS) {
  test(`rows of ${path} give back every frame and event`, async () => {
    const schema = await schemaOf(path);
    const frames = () => framesOf(path, schema);
    const events = await eventsOf(path);
    const { length } = events;
    const reader = await recordMerged(frames(), (frame) => {
      const count = frame === undefined ? -1 : events.findIndex((event) => isAfter(event, frame));
      return events.splice(0, count < 0 ? events.length : count);
    });
    const { text, notes } = await rowText(reader, openNdjsonRows);
    assert.deepEqual(notes, []);
    const again = await recordText(text, { schema });
    await assertSame(framesIn(RecordingPart.of(again)), frames());
    const placed = await Array.fromAsync(reader.placedEvents());
    assert.equal(placed.length, length);
    assert.deepEqual(await Array.fromAsync(again.placedEvents()), placed);

    const csv = await rowText(reader, openStatesCsv, { events: "none" });
    assert.deepEqual(csv.notes, []);
    await assertSame(readStates(new Blob([csv.text]).stream(), { schema }), frames());
  });
}

function framesOf(path: string, schema?: Schema): AsyncGenerator<StateFrame, void, void> {
  const sparse = path.includes("cubes");
  return readStates(createReadStream(ROOT + path), { sparse, rateHz: 60, schema });
}

async function eventsOf(path: string): Promise<StateEvent[]> {
  const beside = ROOT + path.replace(STATES, ".events.ndjson$1");
  if (!existsSync(beside)) return [];
  return await Array.fromAsync(readEvents(createReadStream(beside), { anyOrder: true }));
}

/** Schema of a set whose fields come and go: that of the recording beside it. */
async function schemaOf(path: string): Promise<Schema | undefined> {
  const beside = ROOT + path.replace(STATES, ".mcap");
  return existsSync(beside) ? (await openBytes(readFileSync(beside))).schema : undefined;
}

async function* framesIn(part: RecordingPart): AsyncGenerator<StateFrame, void, void> {
  for await (const { frame } of part.frames()) yield frame;
}

function isAfter({ frame, timeMs }: StateEvent, state: StateFrame): boolean {
  return frame === undefined ? timeMs! > state.timeMs : frame > state.frame;
}

async function assertSame(
  actual: AsyncIterable<StateFrame>,
  expected: AsyncGenerator<StateFrame, void, void>,
): Promise<void> {
  for await (const frame of actual) {
    const { value } = await expected.next();
    // Quick for large frames; the assertion says what differs.
    if (!isDeepStrictEqual(frame, value)) assert.deepEqual(frame, value);
  }
  assert.ok((await expected.next()).done);
}
