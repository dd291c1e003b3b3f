import { KEYFRAME_REASONS, type KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { Distribution } from "./distribution.ts";
import { PayloadCosts } from "../costs/payload_costs.ts";
import { type OnWindow, RateWindows, WINDOW_US, type WindowTotals } from "./rate_windows.ts";
import { costParts } from "../costs/wire_costs.ts";
import { rateOf, ratioOf, rounded } from "../report/rounding.ts";
import type { RunReport } from "../report/run_report.ts";
import { RunSeconds } from "../seconds/run_seconds.ts";
import type { RunSettings } from "../report/run_settings.ts";

/** Adds up a run's packet log into a {@linkcode RunReport}. */
export class BandwidthMeter implements PacketLog {
  readonly #options: RunOptions;
  readonly #sizes: Distribution = new Distribution();
  readonly #ages: Distribution = new Distribution();
  readonly #heals: Distribution = new Distribution();
  readonly #stale: Distribution = new Distribution();
  readonly #seconds: RunSeconds;
  readonly #windows: RateWindows;
  /** That of the last send. */
  #window!: WindowTotals;
  readonly #payload: PayloadCosts;
  readonly #reasons = Object.fromEntries(KEYFRAME_REASONS.map((reason) => [reason, 0])) as Record<
    KeyframeReason,
    number
  >;
  /** Consumers that got a patch before any keyframe. */
  readonly #withoutState: Set<number> = new Set();
  #packets = 0;
  #lost = 0;
  #discarded = 0;
  #late = 0;
  #keyframes = 0;
  #keyframeBytes = 0;
  #overMtu = 0;
  #datagrams = 0;
  #payloadBytes = 0;
  #wireBytes = 0;
  #pieces = 0;
  #wrongFieldFrames = 0;
  /** Sum of the fields that consumers should have seen at the frames of `#wrongFieldFrames`. */
  #fieldFrames = 0;
  #longestStreakFrames = 0;
  /** Times of the first and of the newest send, and of such frames; NaN before there is one. */
  #firstUs = NaN;
  #lastUs = NaN;
  #firstFrameUs = NaN;
  #lastFrameUs = NaN;

  /**
   * Meter of a run that has not begun.
   *
   * @param onWindow hears of each consumer's bytes in each second
   * @param seconds begin at the first packet
   */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    onWindow?: OnWindow,
    seconds: RunSeconds = new RunSeconds(),
  ) {
    this.#options = options;
    this.#seconds = seconds;
    this.#windows = new RateWindows(options.consumers, onWindow);
    this.#payload = new PayloadCosts(layout);
  }

  /** Counts a packet to one consumer. */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
  ): void {
    if (sendUs !== this.#lastUs) {
      if (Number.isNaN(this.#firstUs)) this.#seconds.begin(this.#firstUs = sendUs);
      this.#windows.frame(sendUs);
      this.#lastUs = sendUs;
      this.#window = this.#windows.advance(sendUs, packet.frame);
    }
    this.#windows.add(consumer, packet.wireBytes);
    if (reason === undefined) return;
    this.#reasons[reason]++;
    this.#window.keyframes++;
  }

  /** Counts a packet that will not arrive. */
  lost(): void {
    this.#lost++;
    this.#window.losses++;
  }

  /** Counts what a consumer did with a packet. */
  arrived(
    consumer: number,
    packet: EncodedPacket,
    arrivalUs: number,
    outcome: ArrivalOutcome,
    wrongFields: number,
  ): void {
    if (outcome !== "applied") this.#discarded++;
    if (outcome === "stale") this.#late++;
    if (outcome === "missing-baseline" && packet.form === "patch") {
      this.#withoutState.add(consumer);
    }
    if (outcome === "applied" || wrongFields > 0) {
      this.#fieldFrames += Math.max(packet.truthFields, wrongFields);
    }
    if (wrongFields === 0) return;
    this.#wrongFieldFrames += wrongFields;
    this.#windows.at(arrivalUs).wrongFields += wrongFields;
  }

  /** A consumer's seconds begin to count. */
  joined(consumer: number, nowUs: number): void {
    this.#windows.frame(nowUs);
    this.#windows.join(consumer, nowUs);
  }

  /** They no longer do. */
  left(consumer: number, nowUs: number): void {
    this.#windows.frame(nowUs);
    this.#windows.leave(consumer, nowUs);
  }

  /** Time goes on, also while nobody is there to be sent anything. */
  framed(_truth: Snapshot, nowUs: number): void {
    this.#windows.frame(nowUs);
    if (this.#options.churn === undefined) return;
    if (Number.isNaN(this.#firstFrameUs)) this.#firstFrameUs = nowUs;
    this.#lastFrameUs = nowUs;
    this.#windows.reach(nowUs);
  }

  /** Counts how long a field was seen wrong. */
  wrongFor(_consumer: number, frames: number, isHealed: boolean): void {
    if (isHealed) this.#heals.add(frames);
    this.#longestStreakFrames = Math.max(this.#longestStreakFrames, frames);
  }

  /** Counts how long an entity with news has waited. */
  stale(frames: number): void {
    this.#stale.add(frames);
  }

  /** Counts what a distinct packet consists of, once for each consumer that it was sent to. */
  encoded(packet: EncodedPacket): void {
    const { sends, payload } = packet;
    const bytes = payload.length * sends;
    this.#packets += sends;
    this.#payloadBytes += bytes;
    this.#wireBytes += packet.wireBytes * sends;
    this.#window.wireBytes += packet.wireBytes * sends;
    this.#datagrams += packet.datagrams * sends;
    if (packet.datagrams > 1) this.#pieces += packet.datagrams * sends;
    this.#sizes.add(payload.length, sends);
    if (payload.length > this.#options.mtuBytes) this.#overMtu += sends;
    if (packet.form === "keyframe") {
      this.#keyframes += sends;
      this.#keyframeBytes += bytes;
    } else {
      this.#ages.add(packet.baselineAgeFrames, sends);
    }
    this.#payload.add(packet);
  }

  /**
   * What a run that is over cost and broke, under a name. Call it once.
   *
   * @param names ids that the game gave to its entities; default each is its own
   */
  report(
    run: ReplicationRun,
    name: string,
    settings: RunSettings,
    names?: ReadonlyEntityNames,
  ): RunReport {
    const { policy, codec, net, consumers, mtuBytes } = this.#options;
    const coveredUs = this.#windows.finish(this.#frameUs(run));
    // One frame alone has no length that anybody knows; its window counts as a whole one.
    const egressUs = coveredUs > 0 ? coveredUs : WINDOW_US;
    const fields = this.#payload.fields();
    const overheadBits = this.#payload.overheadBits();
    const wireBytes = this.#wireBytes;
    const links = run.downStats();
    const down = run.downCounts();
    const up = run.upCounts();
    const [kbpsP95, kbpsMax] = this.#windows.kbps.quantiles([0.95, 1]);
    const [ageP50, ageP99, ageMax] = this.#ages.quantiles([0.5, 0.99, 1]);
    const [staleP50, staleP99, staleMax] = this.#stale.quantiles([0.5, 0.99, 1]);
    const [healP50, healP99, healMax] = this.#heals.quantiles([0.5, 0.99, 1]);
    return {
      name,
      settings,
      ack: policy,
      codec,
      net: net.name,
      consumers,
      mtuBytes,
      frames: run.frames,
      durationSeconds: rounded(coveredUs / 1e6),
      packets: this.#packets,
      delivered: this.#packets - this.#lost,
      lost: this.#lost,
      discarded: this.#discarded,
      late: this.#late,
      keyframes: this.#keyframes,
      keyframeReasons: this.#reasons,
      keyframeShare: ratioOf(this.#keyframeBytes, this.#payloadBytes),
      overMtu: this.#overMtu,
      datagrams: this.#datagrams,
      datagramsLost: down.lost,
      datagramsDropped: down.dropped,
      acks: { sent: up.sent, lost: up.lost + up.dropped },
      payloadBytes: this.#payloadBytes,
      wireBytes,
      bytesPerFrame: spread(this.#sizes),
      egressMbps: rateOf(wireBytes * 8, egressUs),
      egressGBPerHour: rateOf(wireBytes * 3.6, egressUs),
      kbps: {
        mean: rounded(this.#windows.kbps.mean),
        p95: rounded(kbpsP95!),
        max: rounded(kbpsMax!),
      },
      kbpsSeconds: this.#windows.kbps.count,
      secondsLeftOut: this.#windows.leftOut,
      baselineAgeFrames: { p50: ageP50!, p99: ageP99!, max: ageMax! },
      encodes: run.encodes,
      distinctBaselines: rounded(ratioOf(run.encodes, run.framesSent)),
      lossRuns: { mean: rounded(links.lossRuns.mean), max: links.lossRuns.max },
      badStay: { mean: rounded(links.badStay.mean), max: links.badStay.max },
      consumersWithoutState: this.#withoutState.size,
      divergence: {
        wrongFieldFrames: this.#wrongFieldFrames,
        wrongShare: wrongShareOf(this.#wrongFieldFrames, this.#fieldFrames),
        longestStreakFrames: this.#longestStreakFrames,
      },
      healFrames: { p50: healP50!, p99: healP99!, max: healMax! },
      stalenessFrames: { p50: staleP50!, p99: staleP99!, max: staleMax! },
      overheadBits,
      fields,
      kinds: this.#payload.kinds(),
      ...this.#payload.entities(names),
      costs: costParts({
        datagrams: this.#datagrams,
        pieces: this.#pieces,
        wireBytes,
        overheadBits,
        fields,
      }),
      packetSizes: this.#sizes.bars(BARS_MAX),
      baselineAges: this.#ages.bars(BARS_MAX),
      series: this.#windows.series.map((totals) => ({
        second: totals.second,
        frame: totals.frame,
        kbps: rounded(kbpsOf(totals)),
        keyframes: totals.keyframes,
        losses: totals.losses,
        wrongFields: totals.wrongFields,
      })),
      verified: run.fault === undefined,
      ...(run.fault === undefined ? {} : { fault: run.fault }),
      hash: run.hash,
    };
  }

  /** Typical time between two frames, by which the last one extends the recording. */
  #frameUs({ frames, framesSent }: ReplicationRun): number {
    if (this.#options.churn !== undefined) {
      return frames > 1 ? (this.#lastFrameUs - this.#firstFrameUs) / (frames - 1) : 0;
    }
    return framesSent > 1 ? Math.max(0, this.#lastUs - this.#firstUs) / (framesSent - 1) : 0;
  }
}

const BARS_MAX = 128;

/** Of one connected consumer; 0 where none was. */
function kbpsOf({ wireBytes, connectedUs }: WindowTotals): number {
  return connectedUs === 0 ? 0 : (wireBytes * 8) / 1000 / (connectedUs / 1e6);
}

/** Six digits that say something: what is rarely wrong is not never wrong. */
function wrongShareOf(wrong: number, all: number): number {
  return all === 0 ? 0 : Number((wrong / all).toPrecision(6));
}

function spread(values: Distribution): RunReport["bytesPerFrame"] {
  const [p50, p95, p99, max] = values.quantiles([0.5, 0.95, 0.99, 1]);
  return { mean: rounded(values.mean), p50: p50!, p95: p95!, p99: p99!, max: max! };
}
