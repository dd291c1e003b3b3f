import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";

/** Below it what arrives too late costs less than the loss of a good network. */
const LATE_NOTE = 0.01;
/** Every tenth packet is paid for and of no use. */
const LATE_WARNING = 0.1;

/** Packets that newer ones overtook. */
export const LATE_PACKETS: FindingRule = {
  code: "late-packets",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { delivered, late, settings } = run.report;
    const part = partOf(late, delivered);
    if (part < LATE_NOTE || run.sendMs === 0) return undefined;
    const { delay } = run.options.net.down;
    // Two packets so far apart keep their order.
    const apartMs = (2 * (delay.jitterDistribution === "normal" ? 2 : 1) * delay.jitterUs) / 1000;
    // The option counts recorded frames, whatever their numbers are.
    const frames = Math.ceil(apartMs / (run.intervalMs || 1));
    const isByJitter = apartMs > run.sendMs && delay.reorder === 0;
    const older = numberText(Math.max(frames * run.intervalMs, apartMs) - run.sendMs);
    return {
      severity: part >= LATE_WARNING ? "warning" : "note",
      size: part,
      demand: isByJitter ? apartMs : 0,
      text:
        "packets arrive after newer ones and are of no use: the network turns their order around",
      evidence: `${late} of ${delivered} packets that arrived were late (${percentText(part)})`,
      remedy: isByJitter && settings.sendRateHz === null
        ? remedy`${
          optionKey("sendEveryFrames")
        } ${frames} sends as far apart as the jitter reaches, with states up to ${older} ms older`
        : isByJitter
        ? remedy`${optionKey("sendRateHz")} ${
          Math.max(1, Math.floor(1000 / apartMs))
        } sends as far apart as the jitter reaches, with states up to ${older} ms older`
        : remedy`nothing that the server sends; let no packet carry what has to be seen only once`,
    };
  },
};
