import { FileSource } from "../../../lib/recording/container/file_source.ts";
import { RecordingReader } from "../../../lib/recording/recording_reader.ts";
import type { RecordingPlace } from "../../files/recording_place.ts";
import { counted } from "../../terminal/counted.ts";
import { shellPath } from "../../terminal/shell_word.ts";

/** What is in a file that could not be ended, such as on a full disk, and what saves it. */
export async function leftInFile(place: RecordingPlace): Promise<string> {
  const { path } = place;
  const frames = await framesOf(path);
  if (frames === undefined) {
    return `(${path} is cut, and nothing in it can be read); --force replaces it`;
  }
  return `(${counted(frames, "frame")} before it ${
    frames === 1 ? "is" : "are"
  } in ${path}, which has no end: hindcast recover ${shellPath(path)} -o FILE saves them)`;
}

/** Frames that can be read; undefined where none can. */
async function framesOf(path: string): Promise<number | undefined> {
  try {
    const source = new FileSource(path);
    try {
      const { frameCount, eventCounts } = await RecordingReader.open(source, {
        damage: "leave-out",
      });
      return frameCount > 0 || eventCounts.size > 0 ? frameCount : undefined;
    } finally {
      source.close();
    }
  } catch {
    return undefined;
  }
}
