import type { RecordingReader } from "../../../lib/recording.ts";
import { type HitModel, PoseHistory } from "../../../lib/rewind.ts";
import { CommandError } from "../../exit_code.ts";
import { Progress } from "../../terminal/terminal.ts";

/** Poses of a whole recording. @throws {CommandError} when it lacks what the model names */
export async function readPoses(
  path: string,
  reader: RecordingReader,
  model: HitModel,
): Promise<PoseHistory> {
  assertKinds(path, reader, model);
  const history = new PoseHistory(model);
  const progress = new Progress();
  try {
    for await (const snapshot of reader.snapshots()) {
      try {
        history.add(snapshot);
      } catch (error) {
        throw error instanceof TypeError
          ? new CommandError(`${error.message} (in ${path})`)
          : error;
      }
      progress.show(() => `reading: ${history.length} of ${reader.frameCount} frames`);
    }
  } finally {
    progress.clear();
  }
  return history;
}

/** Refuses a model that names a kind which the recording lacks. */
function assertKinds(path: string, reader: RecordingReader, model: HitModel): void {
  const known = reader.schema.kinds.map(({ name }) => name);
  const stranger = model.kinds.find(({ kind }) => !known.includes(kind));
  if (stranger === undefined) return;
  throw new CommandError(
    `Cannot rewind ${path}: it has no kind ${JSON.stringify(stranger.kind)}; its kinds are ${
      known.join(", ") || "none"
    }`,
  );
}
