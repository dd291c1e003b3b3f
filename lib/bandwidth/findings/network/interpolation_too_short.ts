import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import { FIGURE_RANGES } from "../../report/run_settings.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { numberText, percentText, roundedUp } from "../figure_text.ts";
import { oneWayMs } from "../round_trip.ts";
import { belowBottleneck } from "./below_bottleneck.ts";
import { bottleneckKbps } from "./bottleneck.ts";
import { sendOftener } from "./playable_rate.ts";
import { queueWaitMs } from "./queue_delay.ts";

/** A frame and a half a second at 144 Hz: a stutter that is seen. */
const UNDERRUN_WARNING = 0.01;
/** Every fifth frame. */
const UNDERRUN_ERROR = 0.2;
/** No buffer of a player is longer. */
const DELAY_MAX_MS = 1000;

/** Too little delay to draw between two states most of the time. */
export const INTERPOLATION_TOO_SHORT: FindingRule = {
  code: "interpolation-too-short",
  isSeen: true,
  isOfStream: false,
  judge(run) {
    const { interpolation, stateAgeMs, timeToFirstStateMs: first } = run.report;
    if (interpolation === undefined || stateAgeMs === undefined) return undefined;
    // Without any state, no delay would do.
    if (first !== undefined && first.open === first.joins) return undefined;
    const { delayMs, delayMsFor99, delayMsFor999, fillingShare, underrunShare } = interpolation;
    const { withoutStateShare } = interpolation;
    const underrun = underrunShare - fillingShare - withoutStateShare;
    if (underrun < UNDERRUN_WARNING || delayMsFor999 <= delayMs) return undefined;
    const wanted = Math.ceil(delayMsFor99 > delayMs ? delayMsFor99 : delayMsFor999);
    const cause = causeOf(run, wanted);
    const others = [
      ...(fillingShare > 0
        ? [`${percentText(fillingShare)} that fill the buffer after a join`]
        : []),
      ...(withoutStateShare > 0
        ? [`${percentText(withoutStateShare)} before the first state`]
        : []),
    ];
    return {
      severity: underrun >= UNDERRUN_ERROR ? "error" : "warning",
      size: underrun,
      demand: wanted,
      text: TEXTS[cause],
      evidence: `for ${percentText(underrun)} of the time at ${numberText(delayMs)} ms${
        others.length === 0 ? "" : `, beside ${others.join(" and ")}`
      }; 99 % of the time need ${tenths(delayMsFor99)} ms, 99.9 % ${tenths(delayMsFor999)} ms`,
      remedy: remedyOf(run, wanted, cause),
    };
  },
};

/** Whether players see that states come too late to be drawn, or that none comes. */
export function isFelt({ report: { freezes, interpolation } }: JudgedRun): boolean {
  const { fillingShare, underrunShare, withoutStateShare } = interpolation ??
    { fillingShare: 0, underrunShare: 0, withoutStateShare: 0 };
  return underrunShare - fillingShare - withoutStateShare >= UNDERRUN_WARNING ||
    (freezes?.share ?? 0) - withoutStateShare >= UNDERRUN_WARNING;
}

/** What a delay is too short for: half of the time not even the newest state is so young. */
type Cause = "late" | "queue" | "way" | "pace" | "spread";

const TEXTS: Readonly<Record<Cause, string>> = {
  late: "states come so late that no interpolation delay which can be played with does",
  queue: "states wait in the queue of a bottleneck for longer than the interpolation delay",
  way: "the interpolation delay is shorter than the way through the network, which is part of it",
  pace: "the interpolation delay is shorter than packets are apart",
  spread: "the interpolation delay is too short: there is no newer state yet to draw towards",
};

function causeOf(run: JudgedRun, wanted: number): Cause {
  if (queueWaitMs(run) !== undefined) return "queue";
  if (wanted > DELAY_MAX_MS) return "late";
  const { intervalMs, report, sendMs } = run;
  const { delayMs } = report.interpolation!;
  const wayMs = wayOf(run);
  if (sendMs > intervalMs && sendMs >= wayMs && delayMs < sendMs + wayMs) return "pace";
  return delayMs < report.stateAgeMs!.p50 && wayMs > sendMs ? "way" : "spread";
}

/** Milliseconds from a state to its arrival: at p50 the newest is older by half of what packets are apart. */
function wayOf({ intervalMs, report, sendMs }: JudgedRun): number {
  return Math.max(0, report.stateAgeMs!.p50 - Math.max(0, sendMs - intervalMs) / 2);
}

/** What to do where a delay of a second is too short: it is no matter of the delay then. */
function remedyOfLate(run: JudgedRun, wanted: number): Remedy {
  const oftener = sendOftener(run, "the next packet comes sooner where one is lost");
  if (oftener !== undefined) return oftener;
  if (oneWayMs(run.options.net.down) + run.sendMs <= DELAY_MAX_MS) {
    return remedy`end the losses and freezes that make them late first; until then draw on from the newest state`;
  }
  const [, max] = FIGURE_RANGES.interpMs;
  return wanted <= max
    ? remedy`serve players from nearer by; ${
      optionKey("interpMs")
    } ${wanted} only where nobody plays, as spectators do not`
    : remedy`serve players from nearer by; no ${optionKey("interpMs")} up to ${max} is enough`;
}

function remedyOf(run: JudgedRun, wanted: number, cause: Cause): Remedy {
  if (cause === "queue") return belowBottleneck(run, bottleneckKbps(run)!);
  if (cause === "late") return remedyOfLate(run, wanted);
  const longer = remedy`${optionKey("interpMs")} ${wanted}`;
  const oftener = cause === "pace" ? oftenerOf(run) : undefined;
  return oftener === undefined ? longer : remedy`${longer}, or send more often: ${oftener}`;
}

/** Packets so near to each other that the delay reaches over them; undefined where none are. */
function oftenerOf(run: JudgedRun): Remedy | undefined {
  const { dueMs, intervalMs, options, report, sendMs } = run;
  const { delayMs } = report.interpolation!;
  const apartMs = delayMs - wayOf(run);
  if (bottleneckKbps(run) !== undefined || apartMs < intervalMs || apartMs >= sendMs) {
    return undefined;
  }
  const { budgetKbps, sendEveryFrames, sendRateHz } = options;
  const isPaced = dueMs > apartMs;
  const pace = sendRateHz === undefined
    ? remedy`${optionKey("sendEveryFrames")} ${
      Math.min(sendEveryFrames, Math.floor(apartMs / intervalMs))
    }`
    : remedy`${optionKey("sendRateHz")} ${roundedUp(1000 / apartMs)}`;
  if (budgetKbps === undefined) return isPaced ? pace : undefined;
  const limit = remedy`${optionKey("budgetKbps")} ${
    roundedUp((budgetKbps * sendMs) / apartMs)
  }kbps`;
  return isPaced ? remedy`${pace} with ${limit}` : limit;
}

/** Exact enough to tell it from the delay that is too short. */
function tenths(ms: number): string {
  return String(Number(ms.toFixed(1)));
}
