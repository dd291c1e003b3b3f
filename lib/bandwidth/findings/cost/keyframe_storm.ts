import { optionKey, type Remedy, remedy } from "../../../core/remedy.ts";
import { KEYFRAME_REASONS, type KeyframeReason } from "../../../core/wire/shared_packet.ts";
import type { FindingRule, JudgedRun } from "../finding_rule.ts";
import { partOf, percentText } from "../figure_text.ts";
import { isLossy } from "../network/heavy_loss.ts";
import { queueWaitMs } from "../network/queue_delay.ts";
import { roundTripMs } from "../round_trip.ts";
import { historyNeeds, powerAbove } from "./history.ts";

/** Every twentieth packet is more than joins and a keyframe a second take. */
const KEYFRAMES_PART = 0.05;
/** Part of the payload that keyframes take before it pays to be rid of them. */
const BYTES_NOTE = 0.25;
const BYTES_WARNING = 0.5;
/** Times that a keyframe is larger than another packet; where they are alike, none costs. */
const LARGER = 2;
/** Part of the acks from which on more of them do not help: they are sent, and lost. */
const LOST_ACKS = 0.2;

/** Keyframes that take much of the payload. */
export const KEYFRAME_STORM: FindingRule = {
  code: "keyframe-storm",
  isSeen: false,
  isOfStream: true,
  judge(run) {
    const { keyframeReasons, keyframeShare, keyframes, packets, payloadBytes, settings } =
      run.report;
    const reason = KEYFRAME_REASONS.reduce((most, other) =>
      keyframeReasons[other] > keyframeReasons[most] ? other : most
    );
    const part = partOf(keyframes, packets);
    if (part < KEYFRAMES_PART || keyframeShare < BYTES_NOTE) return undefined;
    const keyframeBytes = partOf(keyframeShare * payloadBytes, keyframes);
    const otherBytes = partOf((1 - keyframeShare) * payloadBytes, packets - keyframes);
    if (packets > keyframes && keyframeBytes < LARGER * otherBytes) return undefined;
    // That has a finding of its own.
    if (reason === "evicted" && historyNeeds(run).least >= settings.history) return undefined;
    if (reason === "no-ack" && isJoining(run)) return undefined;
    // Acks are late since packets wait: what fits through ends both.
    if (reason !== "interval" && queueWaitMs(run) !== undefined) return undefined;
    return {
      severity: keyframeShare >= BYTES_WARNING ? "warning" : "note",
      size: keyframeShare,
      text: `keyframes take much of what is sent, most of them ${WHY[reason]}`,
      evidence:
        `${keyframes} of ${packets} packets are keyframes (${percentText(part)}) and take ` +
        `${percentText(keyframeShare)} of the payload; ${reason} ${keyframeReasons[reason]} times`,
      remedy: isLossy(run.report) && (reason === "no-ack" || reason === "evicted")
        ? remedy`none but a link that loses less: acks are lost with everything else`
        : remedyOf(run, reason),
    };
  },
};

const WHY: Readonly<Record<KeyframeReason, string>> = {
  "no-ack": "because no ack has come yet",
  evicted: "because the last acked frame has left the history",
  reset: "because consumers connect again",
  interval: "because they are due",
};

/** Whether keyframes for want of an ack are those that every join takes. */
function isJoining(run: JudgedRun): boolean {
  const { acks, consumers, keyframeReasons, timeToFirstStateMs } = run.report;
  const joins = timeToFirstStateMs?.joins ?? consumers;
  const each = run.sendMs === 0 ? 0 : roundTripMs(run) / run.sendMs + 2;
  const delivered = 1 - partOf(acks.lost, acks.sent);
  return keyframeReasons["no-ack"] <= (2 * joins * each) / (delivered || 1);
}

function remedyOf(run: JudgedRun, reason: KeyframeReason): Remedy {
  const { settings } = run.report;
  const every = optionKey("keyframeEveryFrames");
  const { acks } = run.report;
  if (
    (reason === "evicted" || reason === "no-ack") && partOf(acks.lost, acks.sent) >= LOST_ACKS
  ) return remedy`let more acks arrive: without one there is nothing that a delta can go against`;
  switch (reason) {
    case "interval":
      return settings.ack === "append"
        ? remedy`${every} ${4 * (settings.keyframeEvery ?? 1)}, or ${
          optionKey("policy")
        } strict without them`
        : remedy`leave ${every} out: ${settings.ack} mends what was lost without them`;
    case "evicted":
      return remedy`${optionKey("historyFrames")} ${powerAbove(2 * settings.history)}`;
    case "reset":
      return remedy`keep what a consumer acked while it is away for a moment, and go on from there`;
    case "no-ack":
      return remedy`send an ack for every packet from the first on: until one comes, each packet is a keyframe`;
  }
}
