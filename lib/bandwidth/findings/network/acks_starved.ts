import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { countText, numberText, partOf, percentText } from "../figure_text.ts";
import { oneWayMs, roundTripMs } from "../round_trip.ts";

/** Every fifth ack lost ages baselines by frames, not now and then. */
const LOST_NOTE = 0.2;
/** Every second. */
const LOST_WARNING = 0.5;
/** An ack that takes so many times what its packet took is late by itself. */
const UP_TIMES = 2;
/** Below it a slow way up costs little. */
const UP_MIN_MS = 100;

/** Acks that are lost or late, so that packets go against old states. */
export const ACKS_STARVED: FindingRule = {
  code: "acks-starved",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { acks, baselineAgeFrames: age, settings } = run.report;
    if (settings.ack === "append" || age.p50 === 0) return undefined;
    const lost = partOf(acks.lost, acks.sent);
    const { ackLagFrames, down } = run.options.net;
    const upMs = roundTripMs(run) - (ackLagFrames === undefined ? oneWayMs(down) : 0);
    const isLate = upMs >= UP_MIN_MS && upMs >= UP_TIMES * oneWayMs(down);
    if (lost < LOST_NOTE && !isLate) return undefined;
    const { frameMs } = run.facts;
    return {
      severity: lost >= LOST_WARNING ? "warning" : "note",
      size: Math.max(lost, isLate ? LOST_NOTE : 0),
      text: lost < LOST_NOTE
        ? "acks take much longer than packets, so that packets go against old states"
        : "acks are lost, so that packets go against old states and repeat what was already sent",
      evidence:
        `${
          ackLagFrames === undefined
            ? `${acks.lost} of ${acks.sent} acks lost (${percentText(lost)})`
            : `acks lag by ${countText(ackLagFrames, "frame")}`
        }; baselines are ` +
        `${age.p50} frames old (${numberText(age.p50 * frameMs)} ms), ${age.p99} at p99`,
      remedy: lost < LOST_NOTE
        ? remedy`send acks at once instead of with the next input, and keep ${
          optionKey("historyFrames")
        } above ${age.max}`
        : run.options.net.up.capacity.model !== "unlimited"
        ? remedy`send fewer acks, one for several packets: the way up has no room for all, and each says what the 32 before it said`
        : remedy`send acks with every input of the player, several times over: each says what the 32 before it said`,
    };
  },
};
