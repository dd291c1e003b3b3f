import type { RewindRule, RuleSearch } from "../../../lib/rewind.ts";
import { fittedLines, fittedText } from "../../terminal/fitted_text.ts";
import { percent, round } from "./figures.ts";

/** Column at which a rule stands behind its title. */
const RULE_AT = 29;
const RULE = /^ {2}(?:best rule|simplest|as good)[^:]*$/;

/** Best rules over the ping, with what the shots cannot tell. */
export function ruleLines(title: string, prefix: string, search: RuleSearch): string[] {
  return textsOf(title, prefix, search).flatMap((text) =>
    RULE.test(text) ? fittedText(text, { hang: RULE_AT }) : fittedLines([text])
  );
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
    lines.push(`  ${`as good, ${title}`.padEnd(RULE_AT - 3)} none  ${percent(noneAgrees / shots)}`);
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
  return `  ${title.padEnd(RULE_AT - 3)} ${rule.policy}  ${percent(rule.accuracy)} ` +
    `(95 % confidence ${percent(low)} to ${percent(high)})`;
}
