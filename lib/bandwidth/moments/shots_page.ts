import * as v from "valibot";
import { visibleText } from "../../core/visible_text.ts";
import type { PageShotLink } from "./page_events.ts";

/** What a page of `rewind` says of its shots. */
export interface ShotsPage {
  /** Recording, as it was named. */
  readonly recording: string;
  /** Its shots, in order of time. */
  readonly shots: readonly PageShotLink[];
  /** Shots of the recording that are not on it. */
  readonly leftOut: number;
}

/** Longest text of a shot, in cells, and most policies that it names. */
const TEXT_MAX = 200;
const POLICIES_MAX = 6;
/** Most shots that are linked. */
const SHOTS_MAX = 20_000;

const BEGIN = '<script type="application/json" id="page">';
const END = "</script>";

const NUMBER = v.pipe(v.number(), v.finite());
const INDEX = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ID = v.union([v.number(), v.string()]);
const PAGE = v.object({
  recording: v.string(),
  shotCount: INDEX,
  policies: v.array(v.object({ policy: v.string() })),
  names: v.optional(v.record(v.string(), v.string())),
  shots: v.array(v.object({
    index: INDEX,
    frame: v.pipe(INDEX, v.maxValue(0xffff_ffff)),
    timeMs: NUMBER,
    shooter: ID,
    game: v.optional(v.nullable(ID)),
    results: v.array(v.nullable(v.object({ victim: v.nullable(ID) }))),
  })),
});

type Page = v.InferOutput<typeof PAGE>;

/**
 * Reads the shots out of the HTML that `rewindHtml` makes; undefined when it is none. What the page
 * holds beside them is left alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readShotsPage } from "@hindcast/hindcast/report";
 *
 * assert.equal(readShotsPage("<!DOCTYPE html><title>another page</title>"), undefined);
 * ```
 */
export function readShotsPage(html: string): ShotsPage | undefined {
  const page = parsed(html);
  if (page === undefined) return undefined;
  const { recording, shotCount } = page;
  const shots = page.shots.slice(0, SHOTS_MAX).map((shot) => ({
    ...{ index: shot.index, frame: shot.frame, timeMs: shot.timeMs },
    text: visibleText(textOf(shot, page), TEXT_MAX),
  })).sort((a, b) => a.timeMs - b.timeMs || a.index - b.index);
  return { recording, shots, leftOut: Math.max(0, shotCount - shots.length) };
}

function parsed(html: string): Page | undefined {
  const begin = html.indexOf(BEGIN);
  const end = html.indexOf(END, begin);
  if (begin < 0 || end < 0) return undefined;
  try {
    return v.parse(PAGE, JSON.parse(html.slice(begin + BEGIN.length, end)));
  } catch {
    return undefined;
  }
}

/** `by 0: game hits 2; none misses, ping-13 misses`. */
function textOf({ game, results, shooter }: Page["shots"][number], page: Page): string {
  const nameOf = (id: number | string) => page.names?.[id] ?? String(id);
  const verdict = (victim: number | string | null) =>
    victim === null ? "misses" : victim === "hit" ? "hits" : `hits ${nameOf(victim)}`;
  const said = page.policies.slice(0, POLICIES_MAX).flatMap(({ policy }, i) => {
    const result = results[i];
    return result === undefined || result === null ? [] : [`${policy} ${verdict(result.victim)}`];
  });
  const more = results.length > POLICIES_MAX ? ["…"] : [];
  const parts = [
    ...(game === undefined ? [] : [`game ${verdict(game)}`]),
    ...(said.length === 0 ? [] : [[...said, ...more].join(", ")]),
  ];
  return `by ${nameOf(shooter)}${parts.length === 0 ? "" : `: ${parts.join("; ")}`}`;
}
