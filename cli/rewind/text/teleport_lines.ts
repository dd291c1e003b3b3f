import type { KindSteps, TeleportRule, UsedTeleports } from "../../../lib/rewind.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { visible } from "../../terminal/terminal.ts";

/** Which steps counted as teleports, and why, as lines that fit a terminal. */
export function teleportLines(used: UsedTeleports): string[] {
  return teleportTexts(used).flatMap((text) => fittedText(`teleport  ${text}`, { hang: 10 }));
}

/** The same in clauses, one for all kinds of which the same can be said. */
export function teleportTexts({ above, kinds, rule, steps }: UsedTeleports): string[] {
  if (kinds === undefined) return [`${givenWords(rule)}: ${above} of ${steps} steps`];
  const alike = new Map<unknown, KindSteps[]>();
  for (const found of kinds) {
    // Gaps are findings of their own; of all else there are as many as kinds.
    const key = found.from === "gap" ? found : `${found.from} ${found.steps === 0}`;
    alike.set(key, [...alike.get(key) ?? [], found]);
  }
  return [...alike.values()].map((all) => `${namesOf(all)}: ${foundWords(all)}`);
}

/** Kinds that are named in a clause. */
const NAMED_MAX = 20;

function namesOf(all: readonly KindSteps[]): string {
  const named = all.slice(0, NAMED_MAX).map(({ kind }) => visible(kind)).join(", ");
  const more = all.length - NAMED_MAX;
  return more > 0 ? `${named} and ${more} more kinds` : named;
}

function foundWords(all: readonly KindSteps[]): string {
  const [{ above, from, widestBelow }] = all as readonly [KindSteps];
  const limit = span(all.map(({ limitUnits }) => limitUnits));
  const most = Math.max(...all.map(({ steps }) => steps));
  const count = span(all.map(({ steps }) => steps));
  const steps = most === 1 ? `${count} step` : `${count} steps`;
  switch (from) {
    case "gap":
      return `steps above ${limit} units a frame are teleports, as the recording's own show ` +
        `(${above} of ${steps}; the widest below is ${round(widestBelow)})`;
    case "size":
      if (most === 0) return "nothing moves";
      return `${steps}, too few to tell; a step above ${limit} units a frame, 4 times the ` +
        `target's size or usual step, counts as a teleport (${
          all.reduce((sum, found) => sum + found.above, 0)
        } of them)`;
    default:
      return `no step of ${count} stands apart; all are interpolated`;
  }
}

/** `3`, or `3 to 12`. */
function span(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(round);
  return least === most ? `${least}` : `${least} to ${most}`;
}

function givenWords(rule: TeleportRule): string {
  switch (rule.by) {
    case "units":
      return rule.units === Infinity ? "no step" : `steps above ${round(rule.units)} units`;
    case "speed":
      return `steps faster than ${round(rule.unitsPerSecond)} units a second`;
    case "field":
      return rule.as === "flag" ? "rows whose field is set" : "rows whose field has changed";
    case "event":
      return `${Object.keys(rule.timesMs).length} entities at the times of their events`;
    default:
      return "steps above the limit of their kind";
  }
}

/** Two digits behind the point, and as many as it takes to be more than 0. */
function round(value: number): number {
  return value >= 0.01 ? Math.round(value * 100) / 100 : Number(value.toPrecision(2));
}
