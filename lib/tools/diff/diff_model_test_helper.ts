import type { EntityState, StateEvent, StateFrame } from "../../core/state/state.ts";
import { openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import type { RecordingOptions } from "../../recording/recording_options.ts";
import type { DiffOptions } from "./diff_options.ts";
import { diffRecordings } from "./diff_recordings.ts";
import type { RecordingDiff } from "./recording_diff.ts";

/** What is recorded to be compared. */
export interface Recorded extends RecordingOptions {
  readonly frames: readonly StateFrame[];
  readonly events?: readonly StateEvent[];
}

/** Records two streams and compares the recordings. */
export async function diffOf(
  a: Recorded,
  b: Recorded,
  options?: DiffOptions,
): Promise<RecordingDiff> {
  return await diffRecordings(await openRecorded(a), await openRecorded(b), options);
}

/** Records a stream. */
export async function openRecorded(
  { frames, events, ...options }: Recorded,
): Promise<RecordingReader> {
  return await openBytes(await record(frames, { level: 1, ...options }, events));
}

/** Differences of two streams of states, each as a line, found by looking at everything. */
export function modelDifferences(
  a: readonly StateFrame[],
  b: readonly StateFrame[],
  isCovered: (kind: string, field: string, a: unknown, b: unknown) => boolean = () => false,
): string[] {
  const lines: string[] = [];
  for (const one of [...a, ...b.filter(({ frame }) => !a.some((other) => other.frame === frame))]) {
    const [inA, inB] = [a, b].map((frames) => frames.find(({ frame }) => frame === one.frame));
    const at = `frame ${one.frame}`;
    if (inA === undefined || inB === undefined) lines.push(`${at} only in ${inA ? "a" : "b"}`);
    else {
      if (inA.timeMs !== inB.timeMs) lines.push(`${at} time`);
      lines.push(...stateDifferences(inA, inB, isCovered).map((line) => `${at} ${line}`));
    }
  }
  return lines;
}

function stateDifferences(
  a: StateFrame,
  b: StateFrame,
  isCovered: (kind: string, field: string, a: unknown, b: unknown) => boolean,
): string[] {
  const ids = new Set([...a.entities, ...b.entities].map(({ id }) => id));
  return [...ids].sort((x, y) => x - y).flatMap((id) => {
    const find = ({ entities }: StateFrame) => entities.find((state) => state.id === id);
    const [one, other] = [find(a), find(b)];
    if (one === undefined || other === undefined) {
      const there = one ?? other!;
      return [`entity ${id} ${there.kind} only in ${one ? "a" : "b"}`];
    }
    if (one.kind !== other.kind) return [`entity ${id} kind ${one.kind} ${other.kind}`];
    return fieldDifferences(one, other, isCovered);
  });
}

function fieldDifferences(
  a: EntityState,
  b: EntityState,
  isCovered: (kind: string, field: string, a: unknown, b: unknown) => boolean,
): string[] {
  const valueOf = ({ fields }: EntityState, name: string) =>
    Object.hasOwn(fields, name) ? fields[name] : undefined;
  return [...new Set([...Object.keys(a.fields), ...Object.keys(b.fields)])].flatMap((name) => {
    const [one, other] = [valueOf(a, name), valueOf(b, name)];
    if (Object.is(one, other) || isCovered(a.kind, name, one, other)) return [];
    const only = other === undefined ? " only in a" : one === undefined ? " only in b" : "";
    return [`entity ${a.id} ${a.kind} ${name}${only}`];
  });
}

/** The counts of a comparison and its listed differences, as lines like those of the model. */
export function foundDifferences(diff: RecordingDiff): {
  /** Number of differences of each sort, ascending by text. */
  readonly counts: readonly string[];
  /** Those of the first frame. */
  readonly first: readonly string[];
} {
  const { structural, fields } = diff;
  const counts = [
    ...(["a", "b"] as const).map((side) => {
      const { count } = structural.frames[side === "a" ? "onlyInA" : "onlyInB"];
      return [`frame only in ${side}`, count] as const;
    }),
    ...structural.entities.map((sort) => {
      return [`entity ${sort.kind} only in ${sort.onlyIn}`, sort.count] as const;
    }),
    ...structural.kinds.map(({ a, b, count }) => [`entity kind ${a} ${b}`, count] as const),
    ...structural.fields.map((sort) => {
      return [`entity ${sort.kind} ${sort.field} only in ${sort.onlyIn}`, sort.count] as const;
    }),
    ...fields.map(({ kind, field, count }) => {
      return [kind === null ? field : `entity ${kind} ${field}`, count] as const;
    }),
  ].filter(([, count]) => count > 0).map(([sort, count]) => `${count} ${sort}`);
  return { counts: counts.sort(), first: diff.firstFrame?.differences.map(lineOf) ?? [] };
}

/** Number of the model's lines of each sort, ascending by text. */
export function countsOf(lines: readonly string[]): string[] {
  const sorts = Map.groupBy(
    lines,
    (line) =>
      line.replace(/^frame \d+ (?=only)/, "frame ").replace(/^frame \d+ (?!only)/, "")
        .replace(/^entity \d+/, "entity"),
  );
  return [...sorts].map(([sort, { length }]) => `${length} ${sort}`).sort();
}

function lineOf({ what, frame, onlyIn, id, kind, field, a, b }: RecordingDiff["first"] & object) {
  const at = `frame ${frame}`;
  const only = onlyIn === undefined ? "" : ` only in ${onlyIn}`;
  if (what === "frame") return at + only;
  if (what === "time") return `${at} time`;
  if (what === "kind") return `${at} entity ${id} kind ${a} ${b}`;
  return `${at} entity ${id} ${kind}${field === undefined ? "" : ` ${field}`}${only}`;
}
