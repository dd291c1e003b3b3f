import assert from "node:assert/strict";
import { MemorySink, MemorySource } from "../container/memory_file.ts";
import { eventsOf, framesOf } from "../memory_recording_test_helper.ts";
import type { Schema } from "../../core/state/schema.ts";
import { RecordingReader } from "../recording_reader.ts";
import { verifyRecording } from "../verify/verify_recording.ts";
import { Recorder } from "./recorder.ts";

/** Schema of a kind that needs a field, and of one that needs none. */
export const SCHEMA: Schema = {
  kinds: [{
    name: "a",
    fields: [{ name: "x", type: "u8" }, { name: "y", type: "u8", optional: true }],
  }, { name: "none", fields: [{ name: "z", type: "f64", optional: true }] }],
};

/** Holds all that it knows where JSON and loops do not see it. */
export class Hidden {
  #x = 1;
  get x(): number {
    return this.#x;
  }
}

/** Holds what it knows itself. */
export class Vec {
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
}

/** Refuses in one line that begins so. */
export function assertSays(act: () => void, message: string): void {
  assert.throws(act, (error: Error) => {
    assert.equal(String(error).slice(0, message.length), message);
    assert.ok(!String(error).includes("\n"));
    return true;
  });
}

/** A recorder of one frame. */
export async function opened(
  schema: Schema | undefined,
): Promise<{ sink: MemorySink; recorder: Recorder }> {
  const sink = new MemorySink();
  const recorder = await Recorder.open(sink, schema === undefined ? {} : { schema });
  recorder.write({ frame: 2, timeMs: 0, entities: [{ id: 5, kind: "a", fields: { x: 1 } }] });
  return { sink, recorder };
}

/** Closes a recorder of one frame, and says what events it has. */
export async function eventsAtEnd(recorder: Recorder, sink: MemorySink): Promise<unknown[]> {
  await recorder.close();
  const source = new MemorySource(sink.bytes());
  assert.equal((await verifyRecording(source)).isWhole, true);
  const reader = await RecordingReader.open(source);
  assert.deepEqual((await framesOf(reader)).map(({ frame }) => frame), [2]);
  return (await eventsOf(reader)).map(({ data }) => data);
}
