import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import { FIGURE_RANGES } from "../../report/run_settings.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { numberText, partOf, percentText, roundedDown } from "../figure_text.ts";
import { jitterReachUs } from "../round_trip.ts";
import { isFelt } from "./interpolation_too_short.ts";
import { PACKETS } from "./playable_rate.ts";

/** Below it what arrives too late costs less than the loss of a good network. */
const LATE_NOTE = 0.01;
/** Every tenth packet is paid for and of no use. */
const LATE_MANY = 0.1;
/** Every fourth: it is dear even where nobody sees it. */
const LATE_UNSEEN = 0.25;

/** Packets that newer ones overtook. */
export const LATE_PACKETS: FindingRule = {
  code: "late-packets",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { delivered, late } = run.report;
    const part = partOf(late, delivered);
    const isSeen = isFelt(run);
    if (part < (isSeen ? LATE_NOTE : LATE_UNSEEN) || run.sendMs === 0) return undefined;
    const apartMs = jitterMs(run);
    const isByJitter = apartMs > run.sendMs && run.options.net.down.delay.reorder === 0;
    return {
      severity: isSeen && part >= LATE_MANY ? "warning" : "note",
      size: part,
      demand: isByJitter ? apartMs : 0,
      text:
        "packets arrive after newer ones and are of no use: the network turns their order around",
      evidence: `${late} of ${delivered} packets that arrived were late (${percentText(part)})`,
      remedy: isByJitter
        ? apart(run, apartMs)
        : remedy`nothing that the server sends; let no packet carry what has to be seen only once`,
    };
  },
};

/** Milliseconds that packets have to be apart to keep their order, whatever the jitter. */
function jitterMs({ options: { net: { down: { delay } } } }: JudgedRun): number {
  return (2 * jitterReachUs(delay)) / 1000;
}

/** Sends so far apart that they keep their order, with what that takes; none where it freezes. */
function apart(run: JudgedRun, apartMs: number): Remedy {
  const { interpolation, settings } = run.report;
  // The option counts recorded frames, whatever their numbers are.
  const frames = Math.ceil(apartMs / (run.intervalMs || 1));
  // At a rate packets go at the nearest frames, and so may be one frame nearer to each other.
  const sendMs = settings.sendRateHz === null
    ? Math.max(frames * run.intervalMs, apartMs)
    : apartMs + run.intervalMs;
  if (PACKETS * sendMs > settings.freezeMs) {
    return remedy`none: packets keep their order only where they are ${
      numberText(apartMs)
    } ms apart, which the picture would show; let no packet carry what has to be seen only once`;
  }
  const olderMs = sendMs - run.sendMs;
  const sends = settings.sendRateHz === null
    ? remedy`${optionKey("sendEveryFrames")} ${frames}`
    : remedy`${optionKey("sendRateHz")} ${numberText(roundedDown(1000 / sendMs))}`;
  const { delayMs, delayMsFor99 } = interpolation ?? { delayMs: Infinity, delayMsFor99: 0 };
  const neededMs = Math.ceil(delayMsFor99 + olderMs);
  const [, max] = FIGURE_RANGES.interpMs;
  const drawn = neededMs <= delayMs
    ? remedy``
    : neededMs <= max
    ? remedy`, which takes ${optionKey("interpMs")} ${neededMs}`
    : remedy`, for which no ${optionKey("interpMs")} up to ${max} is enough`;
  return remedy`${sends} sends as far apart as the jitter reaches, with states up to ${
    numberText(olderMs)
  } ms older${drawn}`;
}
