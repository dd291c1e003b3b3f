import { wilsonInterval } from "./wilson.ts";

/** One shot as the search sees it: at which rewinds the verdict is the game's. */
export interface RuleSample {
  /** Who shot. */
  readonly shooter?: number;
  /** The shot's round trip in milliseconds, the x of `a*x + b`. */
  readonly pingMs: number;
  /** Milliseconds that the rule adds for this shot: its age, or 0. */
  readonly offsetMs: number;
  /** Rewinds at which policy and game agree: from, to, from, to ... in milliseconds. */
  readonly agreeing: readonly number[];
}

/** A rule `rewind = max(0, a*ping + b)`, with `age` added when it goes by the shooter's path. */
export interface RewindRule {
  /** The rule as a policy that can be tried: `ping-13`, `ms:44`, `age+ping-32`, `none`. */
  readonly policy: string;
  /** Factor of the ping. */
  readonly a: number;
  /** Milliseconds added; below 0 they are taken off. */
  readonly b: number;
  /** Share of the shots on which it agrees with the game. */
  readonly accuracy: number;
  /** Shots on which it agrees. */
  readonly agrees: number;
  /** Bounds of the accuracy at 95 % (Wilson). */
  readonly confidence: readonly [low: number, high: number];
  /** All b between which, with this a, it agrees on just as many shots. */
  readonly plateau: readonly [fromMs: number, toMs: number];
}

/** Answer of {@linkcode searchRule}. */
export interface RuleSearch {
  /** Shots that were looked at. */
  readonly shots: number;
  /** The rule that agrees most often; of equals the one with the simplest a, then widest plateau. */
  readonly best: RewindRule;
  /** The simplest a (1, then 0, 0.5, then the others) that cannot be told from the best. */
  readonly simple: RewindRule;
  /** Smallest and largest a of the rules that cannot be told from the best. */
  readonly aRange: readonly [number, number];
  /** Smallest and largest b of `simple`'s a whose rules cannot be told from the best. */
  readonly bRange: readonly [fromMs: number, toMs: number];
  /** Number of different pings; with one the data say nothing about a, which then is 0. */
  readonly pings: number;
  /** Smallest and largest ping in milliseconds. */
  readonly pingRange: readonly [number, number];
  /** Shots on which no rewinding at all agrees with the game. */
  readonly noneAgrees: number;
  /** True when that cannot be told from the best rule. */
  readonly isNoneAsGood: boolean;
  /** True when the best rule agrees on 95 % of the shots; below that no `a*ping + b` explains them. */
  readonly explains: boolean;
}

/** Share of the shots on which a rule has to agree to explain them. */
export const EXPLAINS_SHARE = 0.95;

/**
 * Shots by which a rule may fall behind the best without being told from it: of 5 shots on which
 * two rules differ, all 5 for one of them has a two-sided probability of 1/16 (sign test), of 6
 * less than 1/20.
 */
export const INDISTINGUISHABLE_SHOTS = 5;

/**
 * Finds the rule `max(0, a*ping + b)` that agrees with the game most often.
 *
 * For every a from 0 to 2 in steps of 0.05, or for 0 alone where all shots have one ping, the best b is exact: each shot agrees in intervals of b,
 * and the b in most of them is found by walking their ends in order.
 *
 * @param offset name of the number that the samples' offsets are, as `age`; none by default
 * @returns undefined without samples
 */
export function searchRule(
  samples: readonly RuleSample[],
  offset: string = "",
): RuleSearch | undefined {
  if (samples.length === 0) return undefined;
  const pings = samples.map(({ pingMs }) => pingMs);
  const candidates = new Set(pings).size > 1 ? A_CANDIDATES : [0];
  const scans = candidates.map((a) => scan(samples, a));
  const noneAgrees = samples.filter(({ agreeing }) => agreeing[0] === 0).length;
  const most = Math.max(...scans.map((found) => found.agrees));
  const bestScan = scans.reduce((best, found) => isBetter(found, best) ? found : best);
  const close = scans.filter((found) => found.agrees >= most - INDISTINGUISHABLE_SHOTS);
  const simpleScan = close[0]!;
  const factors = close.map((found) => found.a);
  return {
    shots: samples.length,
    best: ruleOf(bestScan, samples.length, offset),
    simple: ruleOf(simpleScan, samples.length, offset),
    aRange: [Math.min(...factors), Math.max(...factors)],
    bRange: rangeOf(samples, simpleScan.a, most - INDISTINGUISHABLE_SHOTS),
    pings: new Set(pings).size,
    pingRange: [smallest(pings), -smallest(pings.map((ping) => -ping))],
    noneAgrees,
    // Of few shots five are most of them.
    isNoneAsGood: noneAgrees >= most - INDISTINGUISHABLE_SHOTS && noneAgrees * 2 >= most,
    explains: most >= EXPLAINS_SHARE * samples.length,
  };
}

// Not by spreading: there may be more shots than a call takes arguments.
function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => value < least ? value : least, Infinity);
}

/** Simplest first. */
const A_CANDIDATES: readonly number[] = [
  1,
  0,
  0.5,
  ...Array.from({ length: 41 }, (_, i) => i / 20).filter((a) => a !== 1 && a !== 0 && a !== 0.5),
];

/** What overlaps by less only touches: the shares of a ping that meet in one b are rounded. */
const ROUNDING_MS = 1e-9;

interface Scan {
  readonly a: number;
  readonly agrees: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** True when every smaller b agrees as well. */
  readonly isOpen: boolean;
}

function isBetter(found: Scan, best: Scan): boolean {
  if (found.agrees !== best.agrees) return found.agrees > best.agrees;
  const isSimple = (scan: Scan): boolean => scan.a === 1 || scan.a === 0 || scan.a === 0.5;
  if (isSimple(best)) return false;
  return found.toMs - found.fromMs > best.toMs - best.fromMs;
}

/** Ends of all intervals of b in which a shot agrees, sorted. */
function endsOf(samples: readonly RuleSample[], a: number): [Float64Array, Float64Array] {
  const count = samples.reduce((sum, { agreeing }) => sum + agreeing.length / 2, 0);
  const starts = new Float64Array(count);
  const ends = new Float64Array(count);
  let k = 0;
  for (const { pingMs, offsetMs, agreeing } of samples) {
    const shift = a * pingMs + offsetMs;
    for (let i = 0; i < agreeing.length; i += 2) {
      // A rewind is never below 0, so what holds at 0 holds for every smaller b.
      starts[k] = agreeing[i] === 0 ? -Infinity : agreeing[i]! - shift;
      ends[k++] = agreeing[i + 1]! - shift;
    }
  }
  return [starts.sort(), ends.sort()];
}

/** The widest of the stretches of b in which most shots agree. */
function scan(samples: readonly RuleSample[], a: number): Scan {
  const [starts, ends] = endsOf(samples, a);
  let best: Scan = { a, agrees: 0, fromMs: 0, toMs: 0, isOpen: false };
  let s = 0;
  for (let e = 0; e < ends.length; e++) {
    // Where one shot's stretch ends and another's begins, both only touch.
    while (s < starts.length && starts[s]! < ends[e]! - ROUNDING_MS) s++;
    const agrees = s - e;
    // The stretch ends here; it began at the last start or after the end before, whichever is later.
    const fromMs = Math.max(starts[s - 1]!, e > 0 ? ends[e - 1]! : -Infinity);
    const toMs = ends[e]!;
    // A rule that asks for the future is clamped to now, so that the stretch has no end below:
    // it is counted from 0, or as 1 ms where it ends before that, so that its middle lies inside.
    const from = fromMs !== -Infinity ? fromMs : toMs > 0 ? 0 : toMs - 1;
    if (agrees > best.agrees || (agrees === best.agrees && toMs - from > best.toMs - best.fromMs)) {
      best = { a, agrees, fromMs: from, toMs, isOpen: fromMs === -Infinity };
    }
  }
  return best;
}

/** Smallest and largest b with at least `least` agreeing shots. */
function rangeOf(samples: readonly RuleSample[], a: number, least: number): [number, number] {
  const [starts, ends] = endsOf(samples, a);
  let low = Infinity;
  let high = -Infinity;
  let s = 0;
  for (let e = 0; e < ends.length; e++) {
    while (s < starts.length && starts[s]! < ends[e]! - ROUNDING_MS) {
      s++;
      if (s - e >= least) low = Math.min(low, starts[s - 1]!);
    }
    if (s - e >= least) high = Math.max(high, ends[e]!);
  }
  return [low === -Infinity ? -a * samples[0]!.pingMs : low, high];
}

function ruleOf(found: Scan, shots: number, offset: string): RewindRule {
  const isOpen = found.isOpen && found.toMs > 0;
  const b = isOpen ? 0 : roundestBetween(found.fromMs, found.toMs);
  return {
    policy: policyText(found.a, b, offset),
    a: found.a,
    b,
    accuracy: found.agrees / shots,
    agrees: found.agrees,
    confidence: wilsonInterval(found.agrees, shots),
    plateau: [found.fromMs, found.toMs],
  };
}

function policyText(a: number, b: number, offset: string): string {
  const ms = Math.round(Math.abs(b) * 1000) / 1000;
  const ping = a === 0 ? "" : a === 1 ? "ping" : `${a}*ping`;
  const terms = [offset, ping].filter((term) => term !== "");
  if (terms.length === 0) return b > 0 ? `ms:${ms}` : "none";
  return terms.join("+") + (ms === 0 ? "" : `${b > 0 ? "+" : "-"}${ms}`);
}

/** Middle of an interval, rounded to as few digits as keep it strictly inside. */
function roundestBetween(from: number, to: number): number {
  const middle = from + (to - from) / 2;
  for (const scale of [1, 10, 100, 1000]) {
    const value = Math.round(middle * scale) / scale;
    if (value > from && value < to) return value;
  }
  return middle;
}
