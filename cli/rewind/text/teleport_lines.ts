import type { KindSteps, TeleportRule, UsedTeleports } from "../../../lib/rewind.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { visible } from "../../terminal/terminal.ts";

/** Which steps counted as teleports, and why, as lines that fit a terminal. */
export function teleportLines(used: UsedTeleports): string[] {
  return teleportTexts(used).flatMap((text) => fittedText(`teleport  ${text}`, { hang: 10 }));
}

/** The same in clauses, one for each kind. */
export function teleportTexts({ above, kinds, rule, steps }: UsedTeleports): string[] {
  return kinds?.map(foundWords) ?? [`${givenWords(rule)}: ${above} of ${steps} steps`];
}

function foundWords(steps: KindSteps): string {
  const { above, from, kind, limitUnits, steps: count, widestBelow } = steps;
  const name = `${visible(kind)}: `;
  const limit = round(limitUnits);
  const all = count === 1 ? "1 step" : `${count} steps`;
  switch (from) {
    case "gap":
      return `${name}steps above ${limit} units a frame are teleports, as the recording's own show ` +
        `(${above} of ${all}; the widest below is ${round(widestBelow)})`;
    case "size":
      if (count === 0) return `${name}nothing moves`;
      return `${name}${all}, too few to tell; a step above ${limit} units a frame, 4 times the ` +
        `target's size or usual step, counts as a teleport (${above} of them)`;
    default:
      return `${name}no step of ${count} stands apart; all are interpolated`;
  }
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
