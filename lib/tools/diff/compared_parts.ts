import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { CommonEntities, type SharedEntities } from "../copy/common_entities.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { refuseUnselectable } from "../select/selected_schema.ts";
import type { Selection } from "../select/selection.ts";

/** Parts of two recordings that are compared. */
export interface ComparedParts {
  /** Part of the first. */
  readonly a: RecordingPart;
  /** Part of the second. */
  readonly b: RecordingPart;
  /** Entities of both, which are pairs where their ids are the same. */
  readonly entities: {
    readonly names: ReadonlyEntityNames;
    readonly a: SharedEntities;
    readonly b: SharedEntities;
  };
  /** Times between which frames of the second count that are in no pair, in milliseconds. */
  readonly fromMs: number;
  /** Last of these times. */
  readonly toMs: number;
}

/**
 * What two recordings have of a selection, whose frames are numbers in both.
 *
 * @throws {RangeError} for a kind or field that both lack, and for a span in which neither has a
 *   frame
 */
export function partsByFrame(
  a: RecordingReader,
  b: RecordingReader,
  selection: Selection,
): ComparedParts {
  refuseUnselectable([a.schema, b.schema], selection);
  const parts = [a, b].map((reader) => RecordingPart.overlap(reader, selection));
  const isEmpty = parts.every((part) => !hasFrames(part, selection));
  const hasSome = a.frameCount > 0 || b.frameCount > 0;
  if (isEmpty && hasSome && selection.events !== "only") refuseSpan(selection, "either recording");
  return {
    a: parts[0]!,
    b: parts[1]!,
    entities: entitiesOf(a, b),
    fromMs: -Infinity,
    toMs: Infinity,
  };
}

/**
 * What two recordings have of a selection, whose frames are those of the first.
 *
 * @param windowMs most time between the frames of a pair, in milliseconds
 * @throws {RangeError} for a kind or field that both lack, and for a span in which the first has no
 *   frame
 * @throws {RecordingSyntaxError} when a block is damaged
 */
export async function partsByTime(
  a: RecordingReader,
  b: RecordingReader,
  selection: Selection,
  windowMs: number,
): Promise<ComparedParts> {
  // Frames are walked along for the sake of events as well.
  const { from, to } = selection;
  const frames = selection.events === "only" ? { ...selection, events: undefined } : selection;
  if (from === undefined && to === undefined) return partsByFrame(a, b, frames);
  refuseUnselectable([a.schema, b.schema], selection);
  let fromMs: number | undefined;
  let toMs = Infinity;
  for await (const { block, start, end } of RecordingPart.overlap(a, { from, to }).blocks()) {
    fromMs ??= block.timesMs[start]!;
    toMs = block.timesMs[end - 1]!;
  }
  if (fromMs === undefined) return refuseSpan(selection, "the first recording");
  // A frame that is a pair of one in the span may lie just outside of these times.
  const fromB = from === undefined ? undefined : await b.frameAt(fromMs - windowMs);
  const toB = to === undefined ? undefined : await b.frameAt(toMs + windowMs);
  const isBefore = to !== undefined && toB === undefined;
  const inB = { ...frames, from: fromB, to: isBefore ? b.firstFrame : toB };
  return {
    a: RecordingPart.overlap(a, frames),
    b: RecordingPart.overlap(b, inB),
    entities: entitiesOf(a, b),
    fromMs: from === undefined ? -Infinity : fromMs,
    toMs: to === undefined ? Infinity : toMs,
  };
}

function entitiesOf(a: RecordingReader, b: RecordingReader): ComparedParts["entities"] {
  const common = new CommonEntities([a.names, b.names]);
  return { names: common.names, a: common.of(a.names), b: common.of(b.names) };
}

function hasFrames({ reader }: RecordingPart, { from, to }: Selection): boolean {
  if (reader.firstFrame === undefined) return false;
  const last = reader.offsetOf(reader.lastFrame!);
  const [start, end] = [from, to].map((frame) =>
    frame === undefined ? undefined : reader.offsetOf(frame)
  );
  return (start ?? 0) <= Math.min(end ?? last, last) && (end ?? last) >= 0;
}

function refuseSpan({ from, to }: Selection, where: string): never {
  throw new RangeError(
    `The span ${from ?? "start"} to ${to ?? "end"} holds no frame of ${where}`,
  );
}
