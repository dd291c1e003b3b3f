import { chooseEntities, UsualBits } from "../moments/entity_choice.ts";
import type { RunMoments, SecondMoments } from "../moments/run_moments.ts";
import { chooseSeconds, type Standing, worstFirst } from "../moments/standing_seconds.ts";
import { mapTexts } from "./map_texts.ts";

/** Largest amounts of moments that a page holds. */
export interface MomentBounds {
  /** Seconds of a run. */
  readonly seconds: number;
  /** Parts and entities that are listed, all seconds of all runs together. */
  readonly items: number;
  /** UTF-16 units of what packets consist of, as JSON, over all runs. */
  readonly contentUnits: number;
  /** UTF-16 units of a name. */
  readonly textUnits: number;
}

/** Bounds that a page begins with; what is above its size even so, is given up by steps. */
export const MOMENT_BOUNDS: MomentBounds = {
  seconds: 8_000,
  items: 120_000,
  contentUnits: 8_000_000,
  textUnits: 400,
};

/** What is known of a run that moments are of. */
export interface MomentPlaces {
  /** By second the one at which its point begins; undefined where every second is a point. */
  readonly pointOf?: ReadonlyMap<number, number>;
  /** By what a second stands out; nothing does unless given. */
  readonly standingOf?: (second: number) => Standing;
}

/** Moments that a page can hold, and what was left out of them, in sentences. */
export interface BoundedMoments {
  /** Moments within the bounds. */
  readonly moments: readonly RunMoments[];
  /** What is missing; empty when nothing is. */
  readonly omissions: readonly string[];
}

/** Seconds of a run that are kept, and those among them that stand out, the most first. */
interface KeptMoments {
  readonly seconds: readonly SecondMoments[];
  readonly standing: readonly SecondMoments[];
}

/**
 * Moments within bounds: of seconds that the series puts together one stays, the one that stands out
 * or the dearest; seconds that do not stand out are left out evenly, cheap parts and entities, and of
 * small packets what they consist of. Seconds that stand out keep that.
 *
 * @param places what is known of each run
 */
export function boundMoments(
  moments: readonly RunMoments[],
  places: readonly MomentPlaces[],
  bounds: MomentBounds = MOMENT_BOUNDS,
): BoundedMoments {
  const omissions = new Set<string>();
  const kept = moments.map(({ seconds }, i) => {
    const { pointOf, standingOf = () => [] } = places[i]!;
    const all = { seconds, standing: worstFirst(seconds, standingOf) };
    if (pointOf !== undefined) {
      omissions.add(
        "Of the seconds of a point one can be looked into: one that stands out, else the dearest.",
      );
    }
    return thinSeconds(pointOf === undefined ? all : secondsOfPoints(all, pointOf), bounds.seconds);
  });
  const isThin = kept.some(({ seconds }, i) =>
    seconds.length < wholeCount(moments[i]!, places[i]!)
  );
  if (isThin || moments.some(({ secondsLeftOut = 0 }) => secondsLeftOut > 0)) {
    omissions.add("Of a run the seconds that stand out can be looked into, and others in between.");
  }
  const count = kept.reduce((sum, { seconds }) => sum + seconds.length, 0);
  const listed = Math.max(3, Math.floor(bounds.items / Math.max(1, count)));
  const partsMax = Math.ceil((listed * 2) / 3);
  const units = bounds.contentUnits / Math.max(1, kept.length);
  const shown = kept.map((run, i) => {
    const usual = new UsualBits();
    for (const { entities } of run.seconds) usual.add(entities);
    const seconds = keepContents(run, units, omissions)
      .map((second) => keepDearest(second, usual, partsMax, listed - partsMax, omissions));
    return { ...moments[i]!, ...leftOut(moments[i]!, places[i]!, seconds), seconds };
  });
  const { textUnits } = bounds;
  const cut = (text: string) => text.length > textUnits ? `${text.slice(0, textUnits)}…` : text;
  return { moments: mapTexts(shown, cut), omissions: [...omissions] };
}

/** Seconds, or points that they are put together to, of which moments were given. */
function wholeCount({ seconds }: RunMoments, { pointOf }: MomentPlaces): number {
  if (pointOf === undefined) return seconds.length;
  return new Set(seconds.map(({ second }) => pointOf.get(second) ?? second)).size;
}

/** How much is missing, where that is told at all. */
function leftOut(
  given: RunMoments,
  { pointOf }: MomentPlaces,
  seconds: readonly SecondMoments[],
): Pick<RunMoments, "secondsLeftOut" | "contentsLeftOut"> {
  const { contentsLeftOut, secondsLeftOut } = given;
  const count = pointOf === undefined
    ? given.seconds.length + (secondsLeftOut ?? 0)
    : new Set(pointOf.values()).size;
  return {
    ...(secondsLeftOut === undefined ? {} : { secondsLeftOut: count - seconds.length }),
    ...(contentsLeftOut === undefined ? {} : {
      contentsLeftOut:
        seconds.filter(({ largest }) => largest !== null && largest.contents === undefined).length,
    }),
  };
}

/** Leaves out seconds that do not stand out, evenly spread. */
function thinSeconds(run: KeptMoments, room: number): KeptMoments {
  if (run.seconds.length <= room) return run;
  const kept = chooseSeconds(run.seconds, run.standing, room, () => 1);
  const isKept = (second: SecondMoments) => kept.has(second);
  return { seconds: run.seconds.filter(isKept), standing: run.standing.filter(isKept) };
}

/** Of the seconds that a point stands for one, at the begin of the point. */
function secondsOfPoints(
  { seconds, standing }: KeptMoments,
  pointOf: ReadonlyMap<number, number>,
): KeptMoments {
  const chosen = new Map<number, SecondMoments>();
  const ranks = new Map(standing.map((moments, rank) => [moments, rank]));
  const rankOf = (moments: SecondMoments) => ranks.get(moments) ?? standing.length;
  for (const moments of seconds) {
    const point = pointOf.get(moments.second) ?? moments.second;
    const known = chosen.get(point);
    const isFirst = known === undefined || rankOf(moments) < rankOf(known) ||
      (rankOf(moments) === rankOf(known) && wireBitsOf(moments) > wireBitsOf(known));
    if (isFirst) chosen.set(point, moments);
  }
  const points = [...chosen].map(([second, of]) => ({
    moments: { ...of, second },
    rank: rankOf(of),
  }));
  return {
    seconds: points.map(({ moments }) => moments),
    standing: points.filter(({ rank }) => rank < standing.length)
      .sort((a, b) => a.rank - b.rank).map(({ moments }) => moments),
  };
}

function keepDearest(
  second: SecondMoments,
  usual: UsualBits,
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
    entities: chooseEntities(entities, usual, entitiesMax),
  };
}

/**
 * Keeps what packets consist of in the seconds that stand out, and of the largest others until they
 * take so many units.
 */
function keepContents(
  { seconds, standing }: KeptMoments,
  units: number,
  omissions: Set<string>,
): SecondMoments[] {
  const isStanding = new Set(standing);
  const others = seconds.filter((moments) => !isStanding.has(moments))
    .sort((a, b) => (b.largest?.wireBits ?? 0) - (a.largest?.wireBits ?? 0));
  const dropped = new Set<SecondMoments>();
  let taken = 0;
  for (const moments of [...standing, ...others]) {
    const length = contentUnits(moments);
    if (length === 0) continue;
    if (isStanding.has(moments) || taken + length <= units) taken += length;
    else dropped.add(moments);
  }
  if (dropped.size > 0) {
    omissions.add(
      "Only of packets of seconds that stand out, and of the largest others, is shown what they consist of.",
    );
  }
  return seconds.map((moments) => dropped.has(moments) ? withoutContents(moments) : moments);
}

/** UTF-16 units of what the largest packet of a second consists of, as JSON. */
export function contentUnits({ largest }: SecondMoments): number {
  return largest?.contents === undefined ? 0 : JSON.stringify(largest.contents).length;
}

function withoutContents(second: SecondMoments): SecondMoments {
  const { contents: _, ...largest } = second.largest!;
  return { ...second, largest };
}

function wireBitsOf({ parts, restBits }: SecondMoments): number {
  return restBits + bitsOf(parts);
}

function bitsOf(things: readonly { readonly bits: number }[]): number {
  return things.reduce((sum, { bits }) => sum + bits, 0);
}
