import type { RunMoments, SecondMoments } from "../moments/run_moments.ts";
import { mapTexts } from "./map_texts.ts";

/** Largest amounts of moments that a page holds, over all runs. */
export interface MomentBounds {
  /** Parts and entities that are listed, all seconds together. */
  readonly items: number;
  /** UTF-16 units of what packets consist of, as JSON. */
  readonly contentUnits: number;
  /** UTF-16 units of a name. */
  readonly textUnits: number;
}

/** Bounds under which moments take less than 2 MB of a page. */
export const MOMENT_BOUNDS: MomentBounds = {
  items: 120_000,
  contentUnits: 8_000_000,
  textUnits: 400,
};

/** Moments that a page can hold, and what was left out of them, in sentences. */
export interface BoundedMoments {
  /** Moments within the bounds. */
  readonly moments: readonly RunMoments[];
  /** What is missing; empty when nothing is. */
  readonly omissions: readonly string[];
}

/**
 * Moments within bounds: of seconds that the series puts together the dearest stays, cheap parts and
 * entities are left out, and of small packets what they consist of.
 *
 * @param points of each run the second at which a point begins, by the seconds that it stands for;
 *   undefined where every second is a point
 */
export function boundMoments(
  moments: readonly RunMoments[],
  points: readonly (ReadonlyMap<number, number> | undefined)[],
  bounds: MomentBounds = MOMENT_BOUNDS,
): BoundedMoments {
  const omissions = new Set<string>();
  if (moments.some(({ secondsLeftOut = 0 }) => secondsLeftOut > 0)) {
    omissions.add("Of a run the seconds that stand out can be looked into, and others in between.");
  }
  const merged = moments.map((run, i) => {
    const pointOf = points[i];
    if (pointOf === undefined) return run;
    omissions.add("Of the seconds of a point the dearest alone can be looked into.");
    return { ...run, seconds: dearestOfPoints(run.seconds, pointOf) };
  });
  const count = merged.reduce((sum, { seconds }) => sum + seconds.length, 0);
  const listed = Math.max(3, Math.floor(bounds.items / Math.max(1, count)));
  const partsMax = Math.ceil((listed * 2) / 3);
  const entitiesMax = listed - partsMax;
  const units = bounds.contentUnits / Math.max(1, merged.length);
  const shown = merged.map((run) => ({
    ...run,
    seconds: keepContents(run.seconds, units, omissions).map((second) =>
      keepDearest(second, partsMax, entitiesMax, omissions)
    ),
  }));
  const { textUnits } = bounds;
  const cut = (text: string) => text.length > textUnits ? `${text.slice(0, textUnits)}…` : text;
  return { moments: mapTexts(shown, cut), omissions: [...omissions] };
}

function keepDearest(
  second: SecondMoments,
  partsMax: number,
  entitiesMax: number,
  omissions: Set<string>,
): SecondMoments {
  const { entities, parts } = second;
  if (parts.length <= partsMax && entities.length <= entitiesMax) return second;
  omissions.add(
    `Of each second the ${partsMax} dearest parts are told apart, and ${entitiesMax} entities.`,
  );
  return {
    ...second,
    parts: parts.slice(0, partsMax),
    restBits: second.restBits + bitsOf(parts.slice(partsMax)),
    entities: entities.slice(0, entitiesMax),
  };
}

/** Keeps what the largest packets consist of, until they take so many units. */
function keepContents(
  seconds: readonly SecondMoments[],
  units: number,
  omissions: Set<string>,
): SecondMoments[] {
  const sizes = seconds.map(({ largest }) =>
    largest?.contents === undefined ? 0 : JSON.stringify(largest.contents).length
  );
  const byBits = seconds.map((_, i) => i)
    .filter((i) => sizes[i]! > 0)
    .sort((a, b) => seconds[b]!.largest!.wireBits - seconds[a]!.largest!.wireBits);
  const dropped = new Set<number>();
  let taken = 0;
  for (const i of byBits) {
    if (taken + sizes[i]! > units) dropped.add(i);
    else taken += sizes[i]!;
  }
  if (dropped.size > 0) {
    omissions.add("Only of the largest packets of a run is shown what they consist of.");
  }
  return seconds.map((second, i) => dropped.has(i) ? withoutContents(second) : second);
}

function withoutContents(second: SecondMoments): SecondMoments {
  const { contents: _, ...largest } = second.largest!;
  return { ...second, largest };
}

/** Of the seconds that a point stands for, the one that cost most, at the begin of the point. */
function dearestOfPoints(
  seconds: readonly SecondMoments[],
  pointOf: ReadonlyMap<number, number>,
): SecondMoments[] {
  const dearest = new Map<number, SecondMoments>();
  for (const moments of seconds) {
    const second = pointOf.get(moments.second) ?? moments.second;
    const known = dearest.get(second);
    if (known === undefined || wireBitsOf(moments) > wireBitsOf(known)) {
      dearest.set(second, { ...moments, second });
    }
  }
  return [...dearest.values()];
}

function wireBitsOf({ parts, restBits }: SecondMoments): number {
  return restBits + bitsOf(parts);
}

function bitsOf(things: readonly { readonly bits: number }[]): number {
  return things.reduce((sum, { bits }) => sum + bits, 0);
}
