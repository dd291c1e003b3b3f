import type { RecordingReader } from "../../../lib/recording.ts";
import type { RunOptions } from "../../../lib/report.ts";
import type { RewindSetting } from "../../../lib/rewind.ts";
import type { Snapshot } from "../../../lib/world.ts";
import { viewShooters } from "../../../lib/rewind/report/view_shooters.ts";
import { CommandError, EXIT } from "../../exit_code.ts";
import { Progress } from "../../terminal/terminal.ts";

/** What each shot's client showed, by index of the shot. @throws {CommandError} */
export async function readViews(
  reader: RecordingReader,
  setting: RewindSetting,
  run: RunOptions,
  interpMs: number | undefined,
): Promise<RewindSetting["views"]> {
  const progress = new Progress();
  const frames = counted(reader, progress.bar("sending", reader.frameCount));
  const { views, fault } = await viewShooters(setting, reader.layout, frames, { run, interpMs })
    .finally(() => progress.clear());
  if (fault === undefined) return views;
  throw new CommandError(`Not verified: ${run.policy} over ${run.net.name}: ${fault}`, EXIT.gate);
}

async function* counted(
  reader: RecordingReader,
  onFrame: () => void,
): AsyncGenerator<Snapshot, void, void> {
  for await (const snapshot of reader.snapshots()) {
    yield snapshot;
    onFrame();
  }
}
