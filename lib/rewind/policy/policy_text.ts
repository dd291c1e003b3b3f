import { wordRemedy } from "../../core/names/nearest_word.ts";
import { ackedPolicy } from "./acked_policy.ts";
import { type NumberLookup, parseExpression } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { type RewindPolicy, type RewindWish, wishFrames, wishMs } from "./policy.ts";
import { round, sourcePolicy } from "./source_policy.ts";
import { stampedPolicy } from "./stamped_policy.ts";
import { unityPolicy } from "./unity_policy.ts";

/**
 * Reads a rewind policy.
 *
 * | text | rewinds |
 * |---|---|
 * | `none` | not at all |
 * | `frames:K` | K whole frames, recorded or not; K is an expression |
 * | `ms:L` | L milliseconds, interpolated; L is an expression |
 * | `rtt+interp`, `half-rtt+interp` | the round trip, or half of it, plus the interpolation delay |
 * | `source`, `source:maxunlag=1000,stop=64,...` | see {@linkcode sourcePolicy} |
 * | `unity`, `unity:history=32,delay=EXPR` | see {@linkcode unityPolicy} |
 * | `stamped`, `stamped:500`, `stamped:max=500` | see {@linkcode stampedPolicy} |
 * | `acked`, `acked:ahead=20,latency=EXPR` | see {@linkcode ackedPolicy} |
 * | any other | an expression in milliseconds: `ping`, `ping-13`, `ping*0.5+50`, `age+ping-33` |
 *
 * `stamped` reads what the client drew (`stamp`, `stampMs`, or a pair of frames), `source` the tick
 * of his command (`tick`).
 *
 * Expressions read the shot's numbers (`ping`, `interp`, `delay`, and every number of the event),
 * `rtt` (the same as `ping`), `interval` (mean frame interval, ms) and `age` (how long ago the
 * shooter stood where the ray starts, ms). `interp` is 0 for a shot that has none. Nothing is
 * rewound by less than 0.
 *
 * @throws {SyntaxError} naming the policy and what was not understood
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseRewindPolicy } from "@hindcast/hindcast/rewind";
 *
 * assert.deepEqual(parseRewindPolicy("max(0, ping-13)").needs, ["ping"]);
 * assert.throws(() => parseRewindPolicy("pong:3"), SyntaxError);
 * ```
 */
export function parseRewindPolicy(text: string): RewindPolicy {
  const name = text.trim();
  const colon = name.indexOf(":");
  const head = colon < 0 ? name : name.slice(0, colon);
  const rest = colon < 0 ? undefined : name.slice(colon + 1);
  const take = (): string => rest ?? refuse(name, `${head} needs a value, as ${head}:5`);
  switch (head) {
    case "none":
      if (rest !== undefined) refuse(name, "none takes no value; to go back say ms:5 or frames:5");
      return expressionPolicy(name, "0");
    case "frames":
      return framesPolicy(name, take());
    case "ms":
      return expressionPolicy(name, take());
    case "rtt+interp":
      return expressionPolicy(name, "ping+interp");
    case "half-rtt+interp":
      return expressionPolicy(name, "ping/2+interp");
    case "source":
      return sourcePolicy(name, parseOptions(name, rest, SOURCE_OPTIONS));
    case "unity":
      return unityPolicy(name, parseOptions(name, rest, UNITY_OPTIONS));
    case "stamped": {
      const isNumber = rest !== undefined && !rest.includes("=");
      return stampedPolicy(name, parseOptions(name, isNumber ? `max=${rest}` : rest, ["#max"]));
    }
    case "acked":
      return ackedPolicy(name, parseOptions(name, rest, ["latency", "#ahead"]));
    default:
      if (colon >= 0) {
        refuse(name, `there is no policy ${head}; ${wordRemedy(head, POLICY_NAMES, "policies")}`);
      }
      return expressionPolicy(name, name);
  }
}

/** Names of policies; what else is given is a formula. */
export const POLICY_NAMES: readonly string[] = [
  ...["none", "frames", "ms", "rtt+interp", "half-rtt+interp", "source", "unity", "stamped"],
  "acked",
];

// A # marks an option that is a number; the others are expressions.
const SOURCE_OPTIONS = ["interval", "latency", "lerp", "#maxunlag", "#tolerance", "#stop"];
const UNITY_OPTIONS = ["delay", "#history"];

function expressionPolicy(name: string, formula: string): RewindPolicy {
  const expression = parseExpression(formula);
  return {
    name,
    needs: expression.names,
    wish(_moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const ms = expression.evaluate(numbers);
      const names = expression.names.map((n) => `${n} ${round(numbers(n)!)}`).join(", ");
      wishMs(out, ms, ms, names === "" ? `${formula} ms` : `${formula} with ${names}`);
    },
  };
}

function framesPolicy(name: string, formula: string): RewindPolicy {
  const expression = parseExpression(formula);
  return {
    name,
    needs: expression.names,
    rules: { interpolates: false },
    wish(_moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const frames = Math.floor(expression.evaluate(numbers) + 0.5);
      wishFrames(out, frames, frames, `${frames} frames`);
    },
  };
}

function parseOptions(
  policy: string,
  text: string | undefined,
  known: readonly string[],
): Record<string, never> {
  const options: Record<string, string | number> = {};
  for (const pair of text === undefined ? [] : splitOutside(text)) {
    const equals = pair.indexOf("=");
    const key = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    const isNumber = known.includes(`#${key}`);
    if (equals < 1 || (!isNumber && !known.includes(key))) {
      refuse(policy, `${pair} is none of ${known.map((k) => k.replace("#", "") + "=").join(", ")}`);
    }
    const number = value === "" ? NaN : Number(value);
    if (isNumber && !(number >= 0)) refuse(policy, `${key} is ${value}, expected 0 or more`);
    if (!isNumber) parseExpression(value);
    options[key] = isNumber ? number : value;
  }
  return options as Record<string, never>;
}

/** Splits at commas that no parenthesis holds. */
function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    else if (text[i] === ")") depth--;
    else if (text[i] === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function refuse(policy: string, why: string): never {
  throw new SyntaxError(`Cannot read policy ${JSON.stringify(policy)}: ${why}`);
}
