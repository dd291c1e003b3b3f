import { mkdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { RecordingWriter } from "../../../lib/recording/recording_writer.ts";
import type { JudgedRecording, Shot, ShotCut } from "../../../lib/rewind.ts";
import { EntityIds } from "../../../lib/rewind/ids/entity_ids.ts";
import { cutShot } from "../../../lib/rewind/report/shot_cut.ts";
import { PoseHistory } from "../../../lib/rewind/past/pose_history.ts";
import type { StateEvent } from "../../../lib/world.ts";
import { usageError } from "../../exit_code.ts";
import { describing } from "../../files/file_error.ts";
import { isSameFile } from "../../files/files.ts";
import { openOutput, writeOutput } from "../../files/output.ts";
import { findShot } from "../find_shot.ts";
import type { RewindInputs } from "../inputs/read_inputs.ts";
import { reproImports } from "./repro_imports.ts";
import { reproReadme, reproTest } from "./repro_text.ts";

/** What is to be reproduced, and where to. */
export interface ReproPlan {
  /** Folder of the files. */
  readonly folder: string;
  /** Path of the small recording. */
  readonly recording: string;
  readonly shot: Shot;
}

/** The reproduction of one shot. @throws {CommandError} when no shot, or a bad place, is chosen */
export function planRepro(
  inputs: RewindInputs,
  folder: string,
  selected: number | undefined,
): ReproPlan {
  const { shots } = inputs.found;
  if (selected === undefined && shots.length !== 1) {
    throw usageError(
      `--repro needs --shot N, the index of one of the ${shots.length} shots of ${inputs.path}`,
    );
  }
  const shot = selected === undefined ? shots[0]! : findShot(inputs, selected);
  const recording = join(folder, `shot-${shot.index}.mcap`);
  if (isSameFile(inputs.path, recording)) {
    throw usageError(`The output ${recording} is the input as well; name another folder`);
  }
  return { folder, recording, shot };
}

/**
 * Writes a reproduction of one shot: a small recording, a test of it, a text that says how to run it.
 *
 * @param importName where the test imports hindcast from
 * @returns lines that say what was written and how to run it
 * @throws {CommandError} when a file cannot be written
 */
export async function writeRepro(
  inputs: RewindInputs,
  judged: JudgedRecording,
  { folder, recording, shot }: ReproPlan,
  importName: string,
): Promise<string[]> {
  const { model } = inputs.setting;
  const cut = await cutShot(judged, shot, async (fromFrame, toFrame) => {
    const poses = new PoseHistory(model, { names: inputs.reader.names });
    const range = { from: fromFrame, to: toFrame };
    for await (const snapshot of inputs.reader.snapshots(range)) poses.add(snapshot);
    return poses;
  });
  const name = `shot-${shot.index}`;
  const parts = {
    name,
    recording: inputs.path,
    imports: reproImports(folder, importName),
    model,
    ids: inputs.setting.source.ids ?? new EntityIds(),
    cut,
    // What all shots of the recording say is more than the cut can tell.
    sentences: judged.explain(shot).policies.map(({ policy, sentence }) =>
      [policy, sentence] as const
    ),
  };
  describing("write", folder, () => mkdirSync(folder, { recursive: true }));
  await writeRecording(inputs, recording, shot, cut);
  const test = join(folder, `${name}_test.ts`);
  const commands = [
    // Beside a package.json, Deno checks types of node: modules only where @types/node is installed.
    `deno test -A --no-check ${test}`,
    `bun test ${asPath(test)}`,
    // Node strips types without being asked from 22.18 on.
    `node --experimental-strip-types --test ${test}`,
  ];
  const readme = join(folder, `${name}.md`);
  await writeOutput(test, reproTest(parts));
  await writeOutput(readme, reproReadme(parts, commands));
  return [
    `wrote ${recording}, ${test} and ${readme}; run one of`,
    ...commands.map((text) => `  ${text}`),
  ];
}

async function writeRecording(
  inputs: RewindInputs,
  path: string,
  shot: Shot,
  { eventFrame, fromFrame, toFrame }: ShotCut,
): Promise<void> {
  const { reader } = inputs;
  const output = await openOutput(path);
  const rateHz = reader.declaredRateHz;
  try {
    const writer = await RecordingWriter.open(output, {
      schema: reader.schema,
      names: reader.names,
      source: { cut: `shot ${shot.index}`, ...Object.fromEntries(reader.source) },
      replication: Object.fromEntries(reader.replication),
      rewind: Object.fromEntries(reader.rewind),
      ...(rateHz === undefined ? {} : { rateHz }),
    });
    for await (const snapshot of reader.snapshots({ from: fromFrame, to: toFrame })) {
      await writer.writeSnapshot(snapshot);
      if (snapshot.frame === eventFrame) await writer.writeEvent(eventOf(inputs, shot));
    }
    await writer.close();
  } catch (error) {
    output.discard();
    throw error;
  }
  output.close();
}

/** The event that the shot was read from, or one that says the same. */
function eventOf({ found, setting }: RewindInputs, shot: Shot): StateEvent {
  const { direction, lengthUnits, origin } = shot.ray;
  const ids = setting.source.ids ?? new EntityIds();
  const event = found.events[shot.index];
  if (event !== undefined) return { ...event, frame: event.frame ?? shot.frame };
  const to = origin.map((value, k) => value + direction[k]! * lengthUnits);
  const data = {
    ...Object.fromEntries(shot.numbers),
    shooter: ids.idOf(shot.shooter),
    from: origin,
    to,
    ...(shot.verdict === undefined ? {} : { verdict: verdictOf(shot.verdict, ids) }),
  };
  return { frame: shot.frame, timeMs: shot.timeMs, name: "shot", data };
}

function verdictOf(verdict: number | "hit" | null, ids: EntityIds): string | number | null {
  return typeof verdict === "number" ? ids.idOf(verdict) : verdict;
}

/** Bun takes an argument without a leading dot for a filter. */
function asPath(path: string): string {
  return isAbsolute(path) || path.startsWith(".") ? path : `./${path}`;
}
