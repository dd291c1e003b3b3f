import type { StateFrame } from "../../../lib/world.ts";
import { EntityNames } from "../../../lib/world.ts";
import { MemorySink, RecordingWriter } from "../../../lib/recording.ts";

/** Small recordings of every part that a recording may have. */
export async function wholeRecordings(): Promise<Uint8Array[]> {
  return [await recordingOf(3, false), await recordingOf(40, true)];
}

/** Frames of two kinds, of which a field widens later on, with events, ids and previews. */
async function recordingOf(frames: number, isNamed: boolean): Promise<Uint8Array> {
  const names = new EntityNames();
  const ids = ["xK3a", 7, "18446744073709551615"].map((id) => names.entity(id));
  const sink = new MemorySink();
  const writer = await RecordingWriter.open(sink, {
    level: 1,
    preview: isNamed,
    rateHz: 20,
    ...(isNamed ? { names } : {}),
    source: { game: "fuzz" },
  });
  for (let frame = 0; frame < frames; frame++) {
    await writer.write(frameOf(frame, isNamed ? ids : [1, 2, 3]));
    const [timeMs, name] = [frame * 50, "shot"];
    await writer.writeEvent({ name, frame, timeMs, data: { ev: name, f: frame, t: timeMs } });
    if (frame % 7 === 6) await writer.flush();
  }
  await writer.close();
  return sink.bytes();
}

function frameOf(frame: number, ids: readonly number[]): StateFrame {
  const entities = ids.map((id, i) => ({
    id,
    kind: i === 2 ? "rocket" : "player",
    fields: {
      x: frame * i + (frame > 20 ? 0.5 : 0),
      name: `n${frame >> 3}`,
      hp: frame > 25 ? 300 : 9,
    },
  }));
  return { frame, timeMs: frame * 50, entities: entities.sort((a, b) => a.id - b.id) };
}
