import assert from "node:assert/strict";
import type { Field, FieldValue, Schema } from "../../core/state/schema.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS, type RunOptions } from "../../replication/run_options.ts";
import { measureBandwidth } from "../meter/measure_bandwidth.ts";
import type { RunReport } from "../report/run_report.ts";
import type { FigureOptions } from "../report/run_settings.ts";
import type { DrawnFigures, FieldError } from "../report/seen_figures.ts";

/** Fields of one entity at a time in milliseconds. */
export type TimedFields = readonly [timeMs: number, fields: Readonly<Record<string, FieldValue>>];

/** Frames of one entity, 7, of the kind `unit`. */
export function framesOf(
  fields: readonly Field[],
  states: readonly TimedFields[],
): { layout: SnapshotLayout; frames: Snapshot[] } {
  const layout = new SnapshotLayout({ kinds: [{ name: "unit", fields }] });
  const frames = states.map(([timeMs, values], frame) =>
    Snapshot.of(layout, { frame, timeMs, entities: [{ id: 7, kind: "unit", fields: values }] })
  );
  return { layout, frames };
}

/** Figures of one run. */
export async function drawnOf(
  { layout, frames }: { layout: SnapshotLayout; frames: readonly Snapshot[] },
  net: string,
  options: Partial<RunOptions & FigureOptions> = {},
): Promise<RunReport & DrawnFigures> {
  const { figures = "all", freezeMs = 250, interpMs = 100, ...given } = options;
  const run = { ...RUN_DEFAULTS, net: parseNetSpec(net), ...given };
  const [report] = await measureBandwidth(layout, frames, [run], { figures, freezeMs, interpMs });
  assert.equal(report!.fault, undefined);
  return report as RunReport & DrawnFigures;
}

/** A wire schema of frames of `framesOf`. */
export function wireOf(fields: readonly Field[]): { name: string; schema: Schema } {
  return { name: "wire", schema: { kinds: [{ name: "unit", fields }] } };
}

/** Errors of a field of the kind `unit`. */
export function errorOf(errors: readonly FieldError[], field: string): FieldError {
  const found = errors.find((error) => error.field === field);
  assert.ok(found !== undefined, field);
  return found;
}

/** That two numbers are the same but for the last digits of a double. */
export function assertNear(actual: number, expected: number, what = ""): void {
  assert.ok(Math.abs(actual - expected) <= 1e-9, `${what} ${actual}, expected ${expected}`);
}
