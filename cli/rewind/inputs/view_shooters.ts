import type { RecordingReader } from "../../../lib/recording.ts";
import type { RunOptions } from "../../../lib/report.ts";
import { findTeleports, type RewindSetting, shooterViews } from "../../../lib/rewind.ts";
import { CommandError, EXIT } from "../../exit_code.ts";

/** What each shot's client showed, by index of the shot. @throws {CommandError} */
export async function viewShooters(
  reader: RecordingReader,
  setting: RewindSetting,
  run: RunOptions,
  interpMs: number | undefined,
): Promise<RewindSetting["views"]> {
  const { eventsFirst, model, shots, source } = setting;
  const teleport = setting.teleport ?? findTeleports(source, model).rule;
  const { views, fault } = await shooterViews(
    reader.layout,
    reader.snapshots(),
    source,
    shots,
    model,
    { run, interpMs, teleport, eventsFirst },
  );
  if (fault === undefined) return views;
  throw new CommandError(`Not verified: ${run.policy} over ${run.net.name}: ${fault}`, EXIT.gate);
}
