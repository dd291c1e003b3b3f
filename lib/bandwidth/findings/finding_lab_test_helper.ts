import type { Field, Kind, Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState, FieldValues } from "../../core/state/state.ts";
import { createRandoms } from "../../net/link/random.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { RecordingWatch } from "../facts/recording_watch.ts";
import { measureBandwidth } from "../meter/measure_bandwidth.ts";
import type { Finding } from "../report/finding.ts";
import type { RunReport } from "../report/run_report.ts";
import type { FigureOptions } from "../report/run_settings.ts";
import { sampleRun } from "../report/sample_report_test_helper.ts";
import { findFindings } from "./find_findings.ts";

/** A recording made in a test. */
export interface MadeRecording {
  readonly layout: SnapshotLayout;
  readonly frames: readonly Snapshot[];
}

/** Options of a run, the network as its text. */
export type GivenRun = Omit<Partial<RunOptions>, "net"> & { readonly net?: string };

/** What is measured of a run, and found. */
export interface Judged {
  readonly findings: readonly Finding[];
  readonly reports: readonly RunReport[];
}

/**
 * Frames of entities of one kind, `p`, numbered from 1.
 *
 * @param valuesOf values of each entity at a frame, by its place in the recording
 */
export function record(
  fields: readonly Field[],
  count: number,
  valuesOf: (frame: number) => readonly FieldValues[],
  { stepMs = 50, numberStep = 1, timeOf = (frame) => frame * stepMs }: {
    readonly stepMs?: number;
    readonly numberStep?: number;
    readonly timeOf?: (frame: number) => number;
  } = {},
): MadeRecording {
  const layout = new SnapshotLayout({ kinds: [{ name: "p", fields }] });
  const frames = Array.from({ length: count }, (_, frame) => {
    const entities = valuesOf(frame).map((values, i): EntityState => ({
      id: i + 1,
      kind: "p",
      fields: values,
    }));
    return Snapshot.of(layout, { frame: frame * numberStep, timeMs: timeOf(frame), entities });
  });
  return { layout, frames };
}

/** A schema with only some fields of a recording, some with other types. */
export function wireOf(
  { layout }: MadeRecording,
  change: (field: Field) => Field | undefined,
): RunOptions["wire"] {
  const kinds = layout.schema.kinds.map(({ fields, name }): Kind => ({
    name,
    fields: fields.flatMap((field) => change(field) ?? []),
  }));
  const schema: Schema = { kinds };
  return { name: "wire.json", schema };
}

/** What is measured of runs over a recording, and found. */
export function judge(made: MadeRecording, ...given: readonly GivenRun[]): Promise<Judged> {
  return judgeWith({}, made, ...given);
}

/** The same with other figures. */
export async function judgeWith(
  figures: Partial<FigureOptions>,
  { frames, layout }: MadeRecording,
  ...given: readonly GivenRun[]
): Promise<Judged> {
  const runs = given.map(({ net = "none", ...options }): RunOptions => ({
    ...RUN_DEFAULTS,
    net: parseNetSpec(net),
    ...options,
  }));
  const watch = new RecordingWatch(layout);
  const reports = await measureBandwidth(layout, frames, runs, {
    ...figures,
    onFrame: (frame) => watch.add(frame),
  });
  return { reports, findings: findFindings({ reports, runs, facts: watch.facts() }) };
}

/** What is found in a report of figures that are given, of a recording of 20 frames a second. */
export function judgeFigures(
  given: Partial<RunReport>,
  options: GivenRun = {},
): readonly Finding[] {
  const { net = "none", ...rest } = options;
  const run: RunOptions = { ...RUN_DEFAULTS, net: parseNetSpec(net), ...rest };
  const { frames, layout } = record([{ name: "x", type: "u8" }], 3, () => []);
  const watch = new RecordingWatch(layout);
  for (const frame of frames) watch.add(frame);
  return findFindings({ reports: [sampleRun(given)], runs: [run], facts: watch.facts() });
}

/** The finding of a code; undefined where it is not made. */
export function findingOf(findings: readonly Finding[], code: string): Finding | undefined {
  return findings.find((finding) => finding.code === code);
}

/** Entities of so many values each that nothing foretells. */
export function recordNoise(
  entities: number,
  values: number,
  count: number,
  stepMs = 50,
): MadeRecording {
  const random = createRandoms(7, 1, "down");
  const fields = Array.from({ length: values }, (_, i): Field => ({ name: `v${i}`, type: "i32" }));
  return record(
    fields,
    count,
    () =>
      Array.from(
        { length: entities },
        () => Object.fromEntries(fields.map(({ name }) => [name, random.below(2 ** 30, 0)])),
      ),
    { stepMs },
  );
}
