import { frameDistance } from "../../core/time/frame.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { EarlierPacket } from "./packet_anatomy.ts";
import type { SentPacket, TracedPacket } from "./traced_packet.ts";

/** Why the baseline of a packet is what it is: sentences, with the evidence. */
export function baselineReason(traced: TracedPacket, options: RunOptions): string[] {
  const { form } = traced.packet;
  const sentences = form === "keyframe"
    ? keyframeReason(traced, options)
    : form === "patch"
    ? patchReason(traced, options)
    : deltaReason(traced);
  if (options.codec === "raw" && form !== "keyframe") {
    sentences.push("The codec raw sends every field all the same, so nothing rests on that.");
  }
  const waiting = traced.waiting?.size ?? 0;
  if (waiting > 0) {
    sentences.push(
      form === "keyframe"
        ? `The budget leaves out ${entities(waiting)}, which the consumer does not get to see yet.`
        : `The budget leaves out ${entities(waiting)} with news; the consumer keeps what it has.`,
    );
  }
  return sentences;
}

function deltaReason({ sent, acked, baseline }: TracedPacket): string[] {
  if (baseline === undefined) return [];
  const { frame, ack, sendUs, arrivalUs } = baseline;
  const isNewest = acked === baseline;
  const sentences = [
    `Against frame ${frame}, ${frames(sent, baseline)} before: ${
      isNewest ? "the newest whose ack had come" : "the newest that the server took as held"
    }.`,
  ];
  if (arrivalUs !== undefined && ack) {
    const way = ack.arrivalUs === undefined
      ? "its ack counted by frames"
      : `its ack came ${ms(ack.arrivalUs - arrivalUs)} later`;
    sentences.push(`That was applied ${ms(arrivalUs - sendUs)} after it was sent; ${way}.`);
  }
  return sentences;
}

function patchReason(traced: TracedPacket, { policy }: RunOptions): string[] {
  const { sent, baseline, acked, applied, keyframe, since } = traced;
  if (baseline === undefined) return [];
  const goesOn = `goes on from frame ${baseline.frame}, ${
    frames(sent, baseline)
  } before, which was sent last`;
  if (policy === "append") {
    const held = applied === undefined
      ? "had no state yet"
      : applied === baseline
      ? "had applied it"
      : `had applied frame ${applied.frame} last`;
    return [
      `append ${goesOn}, and assumes that it arrives: values stand alone; the consumer ${held}.`,
      keyframe === undefined
        ? "No keyframe was sent."
        : `Of ${packets(since.sent)} since the keyframe of frame ${keyframe.frame}: ` +
          `${since.lost} lost, ${since.discarded} discarded; what they held is sent again only ` +
          "when it changes.",
    ];
  }
  return [
    `nack ${goesOn}, and assumes that it arrives: values stand alone.`,
    acked === undefined
      ? "No frame is acked."
      : `The newest ack that had come is of frame ${acked.frame}, ${
        frames(sent, acked)
      } before; what an ack passes by as lost is sent again, unless it was sent since.`,
  ];
}

function keyframeReason(traced: TracedPacket, options: RunOptions): string[] {
  const { reason, sent, acked, keyframe } = traced;
  const { historyFrames, keyframeEveryFrames } = options;
  switch (reason) {
    case "evicted": {
      if (acked === undefined) return ["Keyframe: what was acked has left the history."];
      const age = frameDistance(sent.frame, acked.frame);
      if (age < historyFrames) {
        return [
          `Keyframe: the newest acked frame is ${acked.frame}, ${frames(sent, acked)} before, ` +
          "but acks told too little of the packets before it to know what the consumer holds.",
        ];
      }
      return [
        `Keyframe: the newest acked frame is ${acked.frame}, ${frames(sent, acked)} before, ` +
        `and the history keeps ${historyFrames}.`,
        tallyOf(traced),
      ];
    }
    case "interval":
      return [
        `Keyframe: one is due every ${keyframeEveryFrames} frames, and the last was that of ` +
        (keyframe === undefined
          ? "no frame."
          : `frame ${keyframe.frame}, ${frames(sent, keyframe)} before.`),
      ];
    case "reset":
      return [
        `Keyframe: the consumer came back${since(traced)}, and none of its acks has come since.`,
        tallyOf(traced),
      ];
    default:
      if (acked !== undefined) {
        return [
          `Keyframe: acks tell that ${
            keyframe === undefined ? "the keyframe" : `the keyframe of frame ${keyframe.frame}`
          } or one before was lost, on which all that was sent since rests.`,
        ];
      }
      return [
        `Keyframe: no ack has come since the consumer joined${since(traced)}.`,
        tallyOf(traced),
      ];
  }
}

/** ` at frame 12, 3 frames (50 ms) before`. */
function since({ joinedAt, sent }: TracedPacket): string {
  if (joinedAt === undefined) return "";
  if (joinedAt.frame === sent.frame) return ` at this frame`;
  return ` at frame ${joinedAt.frame}, ${
    frames(sent, { frame: joinedAt.frame, sendUs: joinedAt.us })
  } before`;
}

/** What became of the packets since then. */
function tallyOf({ between, betweenLeftOut }: TracedPacket): string {
  if (between.length === 0) return "This is the first packet since.";
  const count = (test: (packet: EarlierPacket) => boolean) => between.filter(test).length;
  const parts = [
    [count(({ outcome }) => outcome === "lost"), "lost"],
    [count(({ outcome }) => outcome === "on-its-way"), "on the way"],
    [count(({ ack }) => ack === "on-its-way"), "applied with the ack on its way"],
    [count(({ ack }) => ack === "lost"), "applied with the ack lost"],
    [count(({ ack }) => ack === "back"), "acked too late to count"],
    [count(({ outcome }) => outcome === "late"), "late"],
    [
      count(({ outcome }) => outcome === "missing-baseline" || outcome === "disconnected"),
      "discarded",
    ],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const more = betweenLeftOut > 0 ? `the last ${between.length} of ` : "";
  const sent = packets(between.length + betweenLeftOut);
  return `Of ${more}${sent} sent in between: ${told.join(", ")}.`;
}

/** `6 frames (100 ms)`. */
function frames(
  { frame, sendUs }: Pick<SentPacket, "frame" | "sendUs">,
  earlier: Pick<SentPacket, "frame" | "sendUs">,
): string {
  const age = frameDistance(frame, earlier.frame);
  return `${age} ${age === 1 ? "frame" : "frames"} (${ms(sendUs - earlier.sendUs)})`;
}

function packets(count: number): string {
  return `${count} ${count === 1 ? "packet" : "packets"}`;
}

function entities(count: number): string {
  return `${count} ${count === 1 ? "entity" : "entities"}`;
}

function ms(us: number): string {
  return `${Math.round(us / 100) / 10} ms`;
}
