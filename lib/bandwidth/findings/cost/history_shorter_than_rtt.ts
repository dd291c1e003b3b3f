import { optionKey, remedy } from "../../../core/remedy.ts";
import type { FindingRule } from "../finding_rule.ts";
import { numberText, partOf, percentText } from "../figure_text.ts";
import { roundTripMs } from "../round_trip.ts";
import { historyNeeds } from "./history.ts";

/** Keyframes for want of a baseline that are more than an accident. */
const EVICTED_WARNING = 0.01;
/** Most packets are keyframes. */
const EVICTED_ERROR = 0.5;

/** A history that forgets baselines before their acks come back. */
export const HISTORY_SHORTER_THAN_RTT: FindingRule = {
  code: "history-shorter-than-rtt",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { keyframeReasons, keyframes, packets, settings } = run.report;
    const evicted = partOf(keyframeReasons.evicted, packets);
    const { least, enough } = historyNeeds(run);
    if (evicted < EVICTED_WARNING || least < settings.history) return undefined;
    return {
      severity: evicted >= EVICTED_ERROR ? "error" : "warning",
      size: evicted,
      demand: enough,
      text: "acks come back after their frames have left the history, so that keyframes are sent",
      evidence: `${keyframeReasons.evicted} of ${packets} packets are keyframes because their ` +
        `baseline was evicted (${percentText(partOf(keyframes, packets))} are keyframes in all); ` +
        `${settings.history} frames are ${
          numberText(settings.history * run.facts.frameMs)
        } ms, the round trip ${numberText(roundTripMs(run))} ms`,
      remedy: remedy`${optionKey("historyFrames")} ${enough}`,
    };
  },
};
