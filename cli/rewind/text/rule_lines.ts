import type { RewindRule, RuleSearch } from "../../../lib/rewind.ts";
import { fittedLines } from "../../terminal/fitted_text.ts";
import { percent, round } from "./figures.ts";

/** Best rules over the ping, with what the shots cannot tell. */
export function ruleLines(title: string, prefix: string, search: RuleSearch): string[] {
  return fittedLines(textsOf(title, prefix, search));
}

function textsOf(title: string, prefix: string, search: RuleSearch): string[] {
  const { aRange, best, explains, isNoneAsGood, noneAgrees, pingRange, pings, shots, simple } =
    search;
  const first = prefix === "" ? "" : `${prefix}+`;
  if (!explains) {
    const [low, high] = best.confidence;
    return [
      `  ${title}: no ${first}a*ping + b explains these shots (the best, ${best.policy}, agrees on ${
        percent(best.accuracy)
      }, 95 % confidence ${percent(low)} to ${percent(high)})`,
    ];
  }
  const lines: string[] = [];
  if (isNoneAsGood) {
    lines.push(`  ${`as good, ${title}`.padEnd(26)} none  ${percent(noneAgrees / shots)}`);
  }
  lines.push(ruleLine(`best rule, ${title}`, best));
  if (simple.a !== best.a) lines.push(ruleLine("simplest, as good", simple));
  const [from, to] = aRange;
  if (pings === 1) {
    lines.push(
      `  (all shots have one ping, ${round(pingRange[0])} ms: nothing tells a factor of it)`,
    );
  } else if (to - from >= FACTOR_UNKNOWN) {
    lines.push(
      `  (pings of ${round(pingRange[0])} to ${round(pingRange[1])} ms do not tell the factor: ` +
        `${from} to ${to} agree as well)`,
    );
  }
  return lines;
}

/** Width of the factors that agree as well from which on the shots do not tell it. */
const FACTOR_UNKNOWN = 0.5;

function ruleLine(title: string, rule: RewindRule): string {
  const [low, high] = rule.confidence;
  return `  ${title.padEnd(26)} ${rule.policy}  ${percent(rule.accuracy)} ` +
    `(95 % confidence ${percent(low)} to ${percent(high)})`;
}
