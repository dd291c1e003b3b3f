import { readdirSync } from "node:fs";
import { FileSource, RecordingReader } from "../../../lib/recording.ts";

/** What a recording holds, as text. */
export interface RecordedContent {
  /** Frames as `frame timeMs id:x id:x`. */
  readonly frames: readonly string[];
  /** Events as `name@frame` where they stand, in the order of their frames. */
  readonly events: readonly string[];
}

/** Content of a recording that must be whole. */
export async function contentOf(path: string): Promise<RecordedContent> {
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source);
    const frames: string[] = [];
    for await (const snapshot of reader.snapshots()) {
      const { frame, timeMs, entities } = snapshot.toFrame();
      const states = entities.map(({ id, fields }) => ` ${id}:${fields["x"]}`).sort();
      frames.push(`${frame} ${timeMs}${states.join("")}`);
    }
    const events: string[] = [];
    for await (const { event, offset } of reader.placedEvents()) {
      events.push(`${event.name}@${(reader.firstFrame ?? 0) + offset}`);
    }
    return { frames, events };
  } finally {
    source.close();
  }
}

/** Recordings of a folder with numbers, in their order; or the one without a number. */
export function filesOf(folder: string, name: string): string[] {
  const files = readdirSync(folder).filter((file) => file.startsWith(name));
  const numberOf = (file: string) => Number(/-(\d+)\.mcap$/.exec(file)?.[1] ?? 0);
  return files.sort((a, b) => numberOf(a) - numberOf(b));
}
