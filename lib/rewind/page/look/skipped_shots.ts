import type { ShotError } from "../../shot/shot_error.ts";
import { visibleText } from "../../../core/visible_text.ts";

/** A shot that cannot be judged. */
export type SkippedShot = Pick<ShotError, "shot" | "reason">;

/** Shots that are named with their reasons, and the longest reason in characters. */
const NAMED_MAX = 5;
const REASON_MAX = 200;

/** Says which shots a page lacks since they cannot be judged; nothing when there are none. */
export function skippedSentences(skipped: readonly SkippedShot[], judged: number): string[] {
  if (skipped.length === 0) return [];
  const named = skipped.slice(0, NAMED_MAX)
    .map(({ reason, shot }) => `shot ${shot} (${visibleText(reason, REASON_MAX)})`);
  const more = skipped.length - named.length;
  const [are, them, they] = skipped.length === 1 ? ["is", "it", "it"] : ["are", "them", "they"];
  return [
    `Of ${judged + skipped.length} shots ${skipped.length} ${are} left out, and no count has ` +
    `${them}, since ${they} cannot be judged: ${named.join("; ")}${
      more === 0 ? "" : `; and ${more} more`
    }.`,
  ];
}
