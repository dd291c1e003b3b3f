import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { EventTally } from "./events/compare_events.ts";
import { countedFields } from "./states/compared_kind.ts";
import type { ComparedParts } from "./compared_parts.ts";
import type { StateComparison } from "./states/compare_states.ts";
import type { Side } from "./difference.ts";
import type { DiffWalk } from "./diff_walk.ts";
import type { EntityRuns } from "./states/entity_runs.ts";
import type { DifferenceTally, FieldTally } from "./states/field_tally.ts";
import type { FirstDifferences } from "./first_differences.ts";
import type { FrameRuns } from "./frames/frame_runs.ts";
import type { DiffRuns, FieldSpread, RecordingDiff } from "./recording_diff.ts";

type FieldDifference = RecordingDiff["fields"][number];
type FieldDrift = RecordingDiff["drift"][number];
type LoneFrames = RecordingDiff["structural"]["frames"]["onlyInA"];

/** What a walk that is over has found. */
export function diffResult(
  { a, b, entities: { names } }: ComparedParts,
  walk: DiffWalk,
  setting: RecordingDiff["setting"],
): RecordingDiff {
  const { first, states, events } = walk.tallies;
  const isWithFrames = setting.selection.events !== "only";
  const unseen = new Set(b.unseenIds);
  return {
    equal: first.place === undefined,
    first: first.listed[0] ?? null,
    firstFrame: firstFrameOf(first),
    fields: fieldsOf(walk, names),
    structural: {
      frames: { onlyInA: loneFrames(walk.lone.a), onlyInB: loneFrames(walk.lone.b) },
      ...structuralOf(states, names),
    },
    events: [...events.byName].sort(([, one], [, other]) => one.firstOrder - other.firstOrder)
      .map(([event, tally]) => eventOf(event, tally)),
    drift: driftOf(walk, names),
    compared: {
      frames: isWithFrames ? walk.pairCount : 0,
      states: states.stateCount,
      events: events.pairCount,
      a: walk.counts.a,
      b: walk.counts.b,
      unseenIds: isWithFrames ? a.unseenIds.filter((id) => unseen.has(id)) : [],
      eventsWereCut: events.wasCut,
    },
    setting,
  };
}

function firstFrameOf({ listed, count }: FirstDifferences): RecordingDiff["firstFrame"] {
  const [first] = listed;
  if (first === undefined) return null;
  return { frame: first.frame, timeMs: first.timeMs, count, differences: listed };
}

/** All fields with values that differ; times of frames are one without a kind. */
function* tallies(
  { times, tallies: { states } }: DiffWalk,
): Generator<{ kind: string | null; field: string; tally: FieldTally }, void, void> {
  yield { kind: null, field: "time", tally: times };
  for (const kind of states.kinds) {
    if (kind === undefined) continue;
    for (const { field, runs } of countedFields(kind)) {
      yield { kind: kind.name, field: field.name, tally: runs.tally };
    }
  }
}

function fieldsOf(walk: DiffWalk, names: ReadonlyEntityNames): FieldDifference[] {
  return [...tallies(walk)].filter(({ tally }) => tally.exact.first !== undefined)
    .sort((one, other) => orderOf(one.tally.exact) - orderOf(other.tally.exact))
    .map(({ kind, field, tally }) => {
      const { largest } = tally.exact;
      return {
        kind,
        field,
        class: "exact",
        ...spreadOf(kind, tally.exact, names),
        largest: largest === undefined ? null : {
          difference: largest.difference,
          ...largestOf(kind, tally.exact, names),
        },
        growing: tally.isGrowing ?? null,
      };
    });
}

function driftOf(walk: DiffWalk, names: ReadonlyEntityNames): FieldDrift[] {
  const fields = [...tallies(walk)].filter(({ tally }) => tally.drift.first !== undefined)
    .sort((one, other) => orderOf(one.tally.drift) - orderOf(other.tally.drift))
    .map(({ kind, field, tally }): FieldDrift => ({
      kind,
      field,
      ...spreadOf(kind, tally.drift, names),
      tolerance: tally.tolerance!,
      largest: tally.drift.largest!.difference,
      largestAt: largestOf(kind, tally.drift, names),
      firstFrame: tally.drift.first!.place.frame,
      growing: tally.isGrowing ?? null,
    }));
  const { drift } = walk.tallies.events;
  if (drift.first === undefined) return fields;
  return [...fields, {
    kind: null,
    field: "event time",
    ...spreadOf(null, drift, names),
    // Events that name no frame are not met in the order of their places.
    frames: null,
    tolerance: walk.times.tolerance!,
    largest: drift.largest!.difference,
    largestAt: largestOf(null, drift, names),
    firstFrame: drift.first.place.frame,
    growing: null,
  }];
}

/** How many values differ, and where. @param kind null for times, which are of no entity */
function spreadOf(
  kind: string | null,
  tally: DifferenceTally,
  names: ReadonlyEntityNames,
): FieldSpread & { frames: number } {
  const { id, a, b, place: { frame, timeMs } } = tally.first!;
  return {
    count: tally.count,
    frames: tally.frames,
    lastFrame: tally.last!.frame,
    entities: kind === null ? null : tally.entities,
    moreEntities: kind !== null && tally.hasMoreEntities,
    first: { frame, timeMs, id: kind === null ? null : names.idOf(id), a, b },
  };
}

function largestOf(
  kind: string | null,
  { largest }: DifferenceTally,
  names: ReadonlyEntityNames,
): FieldDrift["largestAt"] {
  const { id, place } = largest!;
  return { frame: place.frame, id: kind === null ? null : names.idOf(id) };
}

function orderOf({ first }: DifferenceTally): number {
  return first!.place.order;
}

function structuralOf(
  states: StateComparison,
  names: ReadonlyEntityNames,
): Pick<RecordingDiff["structural"], "entities" | "kinds" | "fields"> {
  const sides: readonly Side[] = ["a", "b"];
  const entities = sides.flatMap((onlyIn) =>
    [...states.onlyIn[onlyIn]].map(([kind, runs]) => ({ runs, named: { kind, onlyIn } }))
  );
  const kinds = [...states.kindRuns.values()].map(({ a, b, runs }) => ({ runs, named: { a, b } }));
  const fields = states.kinds.flatMap((kind) =>
    kind === undefined
      ? []
      : [...countedFields(kind)].flatMap(({ field, runs }) =>
        ([["a", runs.onlyInA], ["b", runs.onlyInB]] as const).map(([onlyIn, runs]) => {
          return { runs, named: { kind: kind.name, field: field.name, onlyIn } };
        })
      )
  );
  return {
    entities: inOrder(entities, names),
    kinds: inOrder(kinds, names),
    fields: inOrder(fields, names),
  };
}

/** Sorts of differences that were met, in the order of their first frames. */
function inOrder<T extends object>(
  sorts: readonly { readonly runs: EntityRuns; readonly named: T }[],
  names: ReadonlyEntityNames,
): (T & DiffRuns)[] {
  return sorts.filter(({ runs }) => runs.first !== undefined)
    .sort((one, other) => one.runs.first!.order - other.runs.first!.order)
    .map(({ named, runs: { count, unlisted, first, listed } }) => ({
      ...named,
      count,
      firstFrame: first!.frame,
      runs: listed.map(({ id, from, to, count }) => ({ id: names.idOf(id), from, to, count })),
      unlisted,
    }));
}

function loneFrames({ count, listed, unlisted }: FrameRuns): LoneFrames {
  return { count, runs: listed, unlisted };
}

function eventOf(event: string, tally: EventTally): RecordingDiff["events"][number] {
  const { changed, onlyInA, onlyInB, first } = tally;
  return { event, changed, onlyInA, onlyInB, first };
}
