import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import type { JudgedRun } from "../finding_rule.ts";
import { numberText, partOf, roundedDown, roundedUp } from "../figure_text.ts";
import { bottleneckKbps, USED_PART } from "./bottleneck.ts";

/** Packets within the threshold of a freeze: one that is lost or late leaves another one. */
export const PACKETS = 2;
/** Part of what may be used that headers may take, so that some of each state fits in as well. */
const HEADERS_PART = 0.8;
/** Packets so many times further apart than they are due are left out, where this part of a budget goes. */
const STARVED_TIMES = 1.1;
const STARVED_PART = 0.7;
/** Bytes of a packet that says nothing: IP, UDP and the packet header. */
export const EMPTY_BYTES = 36;

/** Packets a second that keep the picture moving, at most as many as frames were recorded. */
export function playableHz({ intervalMs, report }: JudgedRun): number {
  const hz = (PACKETS * 1000) / report.settings.freezeMs;
  return intervalMs > 0 ? Math.min(hz, 1000 / intervalMs) : hz;
}

/**
 * Why no rate of packets fits: headers of those that a moving picture takes leave no room for what
 * they carry.
 *
 * @param usableKbps what a stream may take
 * @returns undefined where they do
 */
export function nothingFits(run: JudgedRun, usableKbps: number): Remedy | undefined {
  const hz = playableHz(run);
  const headersKbps = (hz * EMPTY_BYTES * 8) / 1000;
  if (headersKbps <= HEADERS_PART * usableKbps) return undefined;
  const limitKbps = usableKbps / USED_PART;
  return remedy`no rate fits: the link carries ${numberText(limitKbps)} kbit/s, ${
    numberText(usableKbps)
  } of which may be used, and the headers alone of ${
    numberText(hz)
  } packets a second, ${PACKETS} in ${numberText(run.report.settings.freezeMs)} ms, are ${
    numberText(headersKbps)
  }; a picture that moves takes another link`;
}

/** Whether a budget is used up, so that it leaves out packets that are due. */
export function isStarved({ dueMs, options: { budgetKbps }, report, sendMs }: JudgedRun): boolean {
  return budgetKbps !== undefined && sendMs > dueMs * STARVED_TIMES &&
    report.kbps.mean >= budgetKbps * STARVED_PART;
}

/** Kilobits per second of packets as large as they are now, at a rate that a moving picture takes. */
function playableKbps(run: JudgedRun): number {
  const { packets, wireBytes } = run.report;
  const bytes = Math.max(EMPTY_BYTES, partOf(wireBytes, packets));
  return (bytes * 8 * playableHz(run)) / 1000;
}

/** A budget of which no packet is left out for long: never below twice the one there is. */
export function enoughKbps(run: JudgedRun): number {
  return roundedUp(Math.max(2 * (run.options.budgetKbps ?? 0), playableKbps(run)));
}

/**
 * What lets packets go often enough for a picture that moves, as far as the link carries it.
 *
 * @param why what is wrong with how often they go now
 * @returns undefined where they go so often already
 */
export function sendOftener(run: JudgedRun, why: string): Remedy | undefined {
  const { budgetKbps } = run.options;
  const limitKbps = bottleneckKbps(run);
  const usableKbps = limitKbps === undefined ? Infinity : roundedDown(USED_PART * limitKbps);
  const isLeftOut = isStarved(run);
  const pace = paceOf(run);
  if (!isLeftOut && pace === undefined) return undefined;
  const none = nothingFits(run, usableKbps);
  if (none !== undefined) return none;
  const wanted = isLeftOut || (budgetKbps !== undefined && budgetKbps < playableKbps(run))
    ? enoughKbps(run)
    : playableKbps(run) > usableKbps
    ? usableKbps
    : undefined;
  const budget = wanted === undefined ? undefined : Math.min(wanted, usableKbps);
  const isRaised = budget !== undefined && budget !== budgetKbps;
  if (isLeftOut && budget! <= budgetKbps!) {
    return remedy`send less of what changes: ${optionKey("interest")}, ${
      optionKey("wire")
    }; the link carries no larger budget`;
  }
  const limit = remedy`${optionKey("budgetKbps")} ${numberText(budget ?? 0)}kbps`;
  if (pace === undefined) return remedy`${limit}: ${why}`;
  return isRaised ? remedy`${pace} with ${limit}: ${why}` : remedy`${pace}: ${why}`;
}

/** A send rate or divisor so high; undefined where the one there is comes so often already. */
function paceOf(run: JudgedRun): Remedy | undefined {
  const { dueMs, intervalMs, options: { sendEveryFrames, sendRateHz } } = run;
  if (intervalMs === 0 || dueMs <= intervalMs) return undefined;
  const apartMs = 1000 / playableHz(run);
  if (dueMs <= apartMs) return undefined;
  if (sendRateHz !== undefined) {
    const hz = roundedUp(1000 / apartMs);
    return hz > sendRateHz ? remedy`${optionKey("sendRateHz")} ${hz}` : undefined;
  }
  const every = Math.max(1, Math.floor(apartMs / intervalMs));
  return every < sendEveryFrames ? remedy`${optionKey("sendEveryFrames")} ${every}` : undefined;
}
