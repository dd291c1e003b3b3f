import * as v from "valibot";
import { visibleText } from "../../core/visible_text.ts";
import { type JsonMember, jsonMembers } from "./json_members.ts";
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
/**
 * Longest page that is read, in characters, most values in a member of it, and how deep they may
 * lie. One of 2000 shots under 16 policies has 10 MB, and some 600,000 values in its shots.
 */
const PAGE_MAX = 1 << 24;
const VALUES_MAX = 1_000_000;
const DEPTH_MAX = 32;

const BEGIN = '<script type="application/json" id="page">';
const END = "</script>";

const NUMBER = v.pipe(v.number(), v.finite());
const INDEX = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ID = v.union([v.number(), v.string()]);
const ENTRIES = {
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
};
const PAGE = v.object(ENTRIES);

type Page = v.InferOutput<typeof PAGE>;

/**
 * Reads the shots out of the HTML that `rewindHtml` makes; undefined when it is none. What the page
 * holds beside them is left alone.
 *
 * @throws {RangeError} when it is longer, or has more in it, than a page that `rewindHtml` makes
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
  const shots = page.shots.map((shot) => ({
    ...{ index: shot.index, frame: shot.frame, timeMs: shot.timeMs },
    text: visibleText(textOf(shot, page), TEXT_MAX),
  })).sort((a, b) => a.timeMs - b.timeMs || a.index - b.index);
  return { recording, shots, leftOut: Math.max(0, shotCount - shots.length) };
}

function parsed(html: string): Page | undefined {
  if (html.length > PAGE_MAX) {
    throw new RangeError(`it is longer than ${PAGE_MAX} characters`);
  }
  const begin = html.indexOf(BEGIN);
  const end = html.indexOf(END, begin);
  if (begin < 0 || end < 0) return undefined;
  const members = jsonMembers(html.slice(begin + BEGIN.length, end), DEPTH_MAX);
  if (members === undefined) return undefined;
  // One thing that is wrong is enough: each of millions would be listed.
  const { output, success } = v.safeParse(PAGE, valuesOf(members), { abortEarly: true });
  return success ? output : undefined;
}

/** Values of the members that are looked at, of shots the first; undefined when one is no JSON. */
function valuesOf(members: ReadonlyMap<string, JsonMember>): unknown {
  const values: Record<string, unknown> = {};
  for (const key of Object.keys(ENTRIES)) {
    const member = members.get(key);
    if (member === undefined) continue;
    if (member.values > VALUES_MAX) {
      throw new RangeError(`its ${key} hold more than ${VALUES_MAX} values`);
    }
    try {
      values[key] = JSON.parse(member.text);
    } catch {
      return undefined;
    }
  }
  const { shots } = values;
  return Array.isArray(shots) ? { ...values, shots: shots.slice(0, SHOTS_MAX) } : values;
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
