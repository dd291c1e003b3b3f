import type { Snapshot } from "../../core/state/snapshot.ts";
import { frameDistance, isNewer } from "../../core/time/frame.ts";
import { ACK_FRAMES_MIN } from "../../core/tracker/tracker_options.ts";
import type { KeyframeReason } from "../../core/wire/shared_packet.ts";
import { AckReplay } from "../../replication/ack_replay.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { RecordCarriers } from "./record_carriers.ts";
import type { Moment, SentPacket, TracedPacket } from "./traced_packet.ts";

/** Packets that are listed at most. */
const LISTED_MAX = 1000;

/**
 * Follows what one consumer is sent up to the packet of one frame, and what becomes of that. It
 * remembers packets for as long as the server would take an ack of them.
 */
export class ConsumerTrace implements PacketLog {
  /** The packet that is looked for, once it was sent. */
  traced: TracedPacket | undefined;
  /** Where the consumer joined, for the last time; undefined before. */
  joinedAt: Moment | undefined;
  /** Where it left, for the last time; undefined before. */
  leftAt: Moment | undefined;
  /** True while the server sends to it. */
  isConnected: boolean = false;
  /** Last packet before; undefined when there is none since it joined. */
  last: SentPacket | undefined;
  /** Which packets before it carried what; undefined where nothing is sent again for being lost. */
  readonly carriers: RecordCarriers | undefined;
  readonly #consumer: number;
  readonly #frame: number;
  readonly #isStrict: boolean;
  readonly #isAppend: boolean;
  readonly #historyFrames: number;
  readonly #ackFrames: number;
  readonly #acks: AckReplay;
  /** Frame at hand. */
  #now: Moment = { frame: 0, us: 0 };
  /** Packets since the newest acked one (`append`: applied one), by frame, the oldest first. */
  readonly #sent: Map<number, SentPacket> = new Map();
  /** Packets whose bytes are kept, the oldest first. */
  readonly #kept: SentPacket[] = [];
  /** Packets whose ack is on its way. */
  #unacked: SentPacket[] = [];
  #acked: SentPacket | undefined;
  #applied: SentPacket | undefined;
  #keyframe: SentPacket | undefined;
  /** Packets that were forgotten since the newest acked one. */
  #forgotten = 0;
  /** Packets since the last keyframe, and those of them that were lost or came to nothing. */
  #since = { sent: 0, lost: 0, discarded: 0 };

  /** Trace of a run that has not begun. */
  constructor(options: RunOptions, consumer: number, frame: number) {
    const { codec, policy, historyFrames } = options;
    this.carriers = policy === "nack" && codec !== "raw" ? new RecordCarriers() : undefined;
    this.#consumer = consumer;
    this.#frame = frame;
    this.#isStrict = policy === "strict";
    this.#isAppend = policy === "append";
    this.#historyFrames = historyFrames;
    this.#ackFrames = Math.max(historyFrames, ACK_FRAMES_MIN);
    this.#acks = new AckReplay(options, consumer);
  }

  /** True once it is known what became of the packet. */
  get isSettled(): boolean {
    return this.traced !== undefined && this.traced.sent.outcome !== "on-its-way";
  }

  /** Time of the frame at hand, microseconds. */
  get nowUs(): number {
    return this.#now.us;
  }

  /** Takes in the next recorded frame, before the run does. */
  begin({ frame, timeMs }: Snapshot): void {
    this.#now = { frame, us: Math.round(timeMs * 1000) };
    this.#acks.begin(frame, this.#now.us);
  }

  joined(consumer: number): void {
    if (consumer !== this.#consumer) return;
    this.isConnected = true;
    this.joinedAt = this.#now;
  }

  left(consumer: number): void {
    if (consumer !== this.#consumer) return;
    this.isConnected = false;
    this.leftAt = this.#now;
    this.#sent.clear();
    this.carriers?.clear();
    this.#kept.length = this.#unacked.length = this.#forgotten = 0;
    this.last =
      this.#acked =
      this.#applied =
      this.#keyframe =
        undefined;
    this.#since = { sent: 0, lost: 0, discarded: 0 };
  }

  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
    omitted?: ReadonlySet<number>,
  ): void {
    if (consumer !== this.#consumer || this.traced !== undefined) return;
    this.#takeAcks(sendUs);
    if (this.last !== undefined) this.carriers?.take(this.last);
    const { frame } = packet;
    const sent: SentPacket = {
      frame,
      sendUs,
      packet,
      outcome: "on-its-way",
      arrivalUs: undefined,
      ack: null,
      wrongFields: undefined,
    };
    if (frame === this.#frame) this.#capture(sent, packet, reason, omitted);
    if (reason !== undefined) {
      this.#keyframe = sent;
      this.#since = { sent: 0, lost: 0, discarded: 0 };
    } else this.#since.sent++;
    this.#keep(sent);
    this.last = sent;
  }

  lost(consumer: number, packet: EncodedPacket): void {
    const sent = this.#find(consumer, packet);
    if (sent === undefined) return;
    sent.outcome = "lost";
    if (packet.form !== "keyframe") this.#since.lost++;
  }

  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    if (consumer !== this.#consumer) return;
    // The ack is sent whether anybody remembers the packet or not.
    const ack = outcome === "applied" ? this.#acks.send(packet.frame, arrivalUs) : null;
    const isSince = this.#keyframe !== undefined && isNewer(packet.frame, this.#keyframe.frame);
    if (outcome !== "applied" && isSince) this.#since.discarded++;
    const sent = this.#find(consumer, packet);
    if (sent === undefined) return;
    sent.outcome = outcome === "stale" ? "late" : outcome;
    sent.arrivalUs = outcome === "disconnected" ? undefined : arrivalUs;
    sent.wrongFields = outcome === "stale" || outcome === "disconnected" ? undefined : wrongFields;
    sent.ack = ack;
    if (outcome !== "applied") return;
    this.#applied = sent;
    if (this.#isAppend) this.#forgetBefore(sent.frame);
    else if (ack !== null && ack !== undefined) this.#unacked.push(sent);
  }

  wrongFor(): void {}
  stale(): void {}
  framed(): void {}
  encoded(): void {}

  /** Packet of the consumer that is remembered, or looked for. */
  #find(consumer: number, { frame }: EncodedPacket): SentPacket | undefined {
    return consumer === this.#consumer ? this.#sent.get(frame) : undefined;
  }

  /** Takes the acks that have come by now: an older one changes nothing, nor does one of a frame too old. */
  #takeAcks(nowUs: number): void {
    const before = this.#acked;
    this.#unacked = this.#unacked.filter((sent) => {
      if (!this.#acks.isBack(sent.ack!, nowUs)) return true;
      const isOld = frameDistance(this.last?.frame ?? sent.frame, sent.frame) >= this.#ackFrames;
      if (!isOld && (this.#acked === undefined || isNewer(sent.frame, this.#acked.frame))) {
        this.#acked = sent;
      }
      return false;
    });
    if (this.#acked !== before) this.#forgetBefore(this.#acked!.frame);
  }

  /** Forgets the packets up to a frame, which is acked or applied. */
  #forgetBefore(frame: number): void {
    for (const older of this.#sent.keys()) {
      if (isNewer(older, frame)) break;
      this.#sent.delete(older);
    }
    this.#forgotten = 0;
  }

  /** Remembers a packet, its bytes for as long as another may be against it. */
  #keep(sent: SentPacket): void {
    const { frame } = sent;
    this.#sent.set(frame, sent);
    for (const older of this.#sent.keys()) {
      if (frameDistance(frame, older) < this.#ackFrames) break;
      this.#sent.delete(older);
      this.#forgotten++;
    }
    const kept = this.#kept;
    const frames = this.#isStrict ? this.#historyFrames : 1;
    while (kept.length > 0 && frameDistance(frame, kept[0]!.frame) >= frames) {
      kept.shift()!.packet = undefined;
    }
    kept.push(sent);
  }

  #capture(
    sent: SentPacket,
    packet: EncodedPacket,
    reason: KeyframeReason | undefined,
    omitted: ReadonlySet<number> | undefined,
  ): void {
    const { form, baselineFrame } = packet;
    const isAgainst = form === "delta" || form === "partial";
    const baseline = isAgainst
      ? this.#acked?.frame === baselineFrame ? this.#acked : this.#sent.get(baselineFrame)
      : form === "patch"
      ? this.last
      : undefined;
    const base = baseline?.packet;
    const between = [...this.#sent.values()].filter((earlier) =>
      this.#acked === undefined || isNewer(earlier.frame, this.#acked.frame)
    );
    const listed = between.slice(-LISTED_MAX);
    this.traced = {
      sent,
      packet,
      reason,
      waiting: omitted,
      baseline,
      held: isAgainst ? base?.held : base?.truth,
      acked: this.#acked,
      applied: this.#applied,
      keyframe: this.#keyframe,
      joinedAt: this.joinedAt,
      since: { ...this.#since },
      between: listed.map((earlier) => ({
        frame: earlier.frame,
        outcome: earlier.outcome,
        latencyMs: latencyMs(earlier),
        ack: earlier.ack === null
          ? null
          : earlier.ack === undefined
          ? "lost"
          : this.#acks.isBack(earlier.ack, sent.sendUs)
          ? "back"
          : "on-its-way",
      })),
      betweenLeftOut: between.length - listed.length + this.#forgotten,
    };
  }
}

/** Milliseconds from send to arrival; null while there is none. */
export function latencyMs({ arrivalUs, sendUs }: SentPacket): number | null {
  return arrivalUs === undefined ? null : (arrivalUs - sendUs) / 1000;
}
