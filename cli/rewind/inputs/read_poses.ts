import type { RecordingReader } from "../../../lib/recording.ts";
import type { HitModel } from "../../../lib/rewind.ts";
import { ModelMisfitError } from "../../../lib/rewind/past/model_misfit_error.ts";
import { PoseHistory } from "../../../lib/rewind/past/pose_history.ts";
import { CommandError } from "../../exit_code.ts";
import { messageOf } from "../../option_flags.ts";
import { Progress } from "../../terminal/terminal.ts";

/** Poses of a whole recording. @throws {CommandError} when it lacks what the model names */
export async function readPoses(
  path: string,
  reader: RecordingReader,
  model: HitModel,
): Promise<PoseHistory> {
  assertKinds(path, reader, model);
  const history = new PoseHistory(model, { names: reader.names });
  const progress = new Progress();
  const onFrame = progress.bar("reading", reader.frameCount);
  try {
    for await (const snapshot of reader.snapshots()) {
      history.add(snapshot);
      onFrame();
    }
  } catch (error) {
    if (!(error instanceof ModelMisfitError)) throw error;
    throw new CommandError(`${messageOf(error)} (in ${path})`);
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
