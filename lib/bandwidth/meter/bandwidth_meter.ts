import { KEYFRAME_REASONS, type KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import {
  ENTITY_BITS,
  MASK_BITS,
  PARTS_BEFORE_FIELDS,
  TABLE_BITS,
} from "../../core/wire/packet_breakdown.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import type { ArrivalOutcome, PacketLog } from "../../replication/packet/packet_log.ts";
import type { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { Distribution } from "./distribution.ts";
import { type OnWindow, RateWindows, type WindowTotals } from "./rate_windows.ts";
import type { RunReport } from "../report/run_report.ts";
import type { RunSettings } from "../report/run_settings.ts";

/** Adds up a run's packet log into a {@linkcode RunReport}. */
export class BandwidthMeter implements PacketLog {
  readonly #options: RunOptions;
  readonly #layout: SnapshotLayout;
  readonly #sizes: Distribution = new Distribution();
  readonly #ages: Distribution = new Distribution();
  readonly #heals: Distribution = new Distribution();
  readonly #stale: Distribution = new Distribution();
  readonly #windows: RateWindows;
  /** That of the last send. */
  #window!: WindowTotals;
  readonly #partBits: Float64Array;
  readonly #fieldSends: Float64Array;
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
  #headerBits = 0;
  #wrongFieldFrames = 0;
  #longestStreakFrames = 0;
  #firstUs = -1;
  #lastUs = -1;

  /** Meter of a run that has not begun; `onWindow` hears of each consumer's bytes in each second. */
  constructor(layout: SnapshotLayout, options: RunOptions, onWindow?: OnWindow) {
    this.#layout = layout;
    this.#options = options;
    this.#windows = new RateWindows(options.consumers, onWindow);
    const fields = layout.kinds.reduce((sum, kind) => sum + kind.kind.fields.length, 0);
    this.#partBits = new Float64Array(PARTS_BEFORE_FIELDS + fields);
    this.#fieldSends = new Float64Array(fields);
  }

  /** Counts a packet to one consumer. */
  sent(
    consumer: number,
    packet: EncodedPacket,
    sendUs: number,
    reason: KeyframeReason | undefined,
  ): void {
    if (sendUs !== this.#lastUs) {
      if (this.#firstUs < 0) this.#firstUs = sendUs;
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
    if (wrongFields === 0) return;
    this.#wrongFieldFrames += wrongFields;
    this.#windows.at(arrivalUs).wrongFields += wrongFields;
  }

  /** Nothing is counted of a consumer that comes. */
  joined(): void {}

  /** Nothing is counted of one that goes. */
  left(): void {}

  /** Nothing is counted when a frame is over. */
  framed(): void {}

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
    const { sends, payload, breakdown } = packet;
    const bytes = payload.length * sends;
    this.#packets += sends;
    this.#payloadBytes += bytes;
    this.#wireBytes += packet.wireBytes * sends;
    this.#window.wireBytes += packet.wireBytes * sends;
    this.#datagrams += packet.datagrams * sends;
    this.#headerBits += packet.headerBytes * 8 * sends;
    this.#sizes.add(payload.length, sends);
    if (payload.length > this.#options.mtuBytes) this.#overMtu += sends;
    if (packet.form === "keyframe") {
      this.#keyframes += sends;
      this.#keyframeBytes += bytes;
    } else {
      this.#ages.add(packet.baselineAgeFrames, sends);
    }
    addScaled(this.#partBits, breakdown.bits, sends);
    addScaled(this.#fieldSends, breakdown.sends, sends);
  }

  /** What a run that is over cost and broke, under a name. Call it once. */
  report(run: ReplicationRun, name: string, settings: RunSettings): RunReport {
    const { policy, codec, net, consumers, mtuBytes } = this.#options;
    const spanUs = Math.max(0, this.#lastUs - this.#firstUs);
    const coveredUs = this.#windows.finish(run.framesSent > 1 ? spanUs / (run.framesSent - 1) : 0);
    const links = run.downStats();
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
      keyframeShare: share(this.#keyframeBytes, this.#payloadBytes),
      overMtu: this.#overMtu,
      datagrams: this.#datagrams,
      payloadBytes: this.#payloadBytes,
      wireBytes: this.#wireBytes,
      bytesPerFrame: spread(this.#sizes),
      egressMbps: rounded(coveredUs === 0 ? 0 : (this.#wireBytes * 8) / coveredUs),
      egressGBPerHour: rounded(coveredUs === 0 ? 0 : (this.#wireBytes * 3.6) / coveredUs),
      kbps: {
        mean: rounded(this.#windows.kbps.mean),
        p95: rounded(kbpsP95!),
        max: rounded(kbpsMax!),
      },
      baselineAgeFrames: { p50: ageP50!, p99: ageP99!, max: ageMax! },
      encodes: run.encodes,
      distinctBaselines: rounded(share(run.encodes, run.framesSent)),
      lossRuns: { mean: rounded(links.lossRuns.mean), max: links.lossRuns.max },
      badStay: { mean: rounded(links.badStay.mean), max: links.badStay.max },
      consumersWithoutState: this.#withoutState.size,
      divergence: {
        wrongFieldFrames: this.#wrongFieldFrames,
        longestStreakFrames: this.#longestStreakFrames,
      },
      healFrames: { p50: healP50!, p99: healP99!, max: healMax! },
      stalenessFrames: { p50: staleP50!, p99: staleP99!, max: staleMax! },
      overheadBits: {
        packet: this.#headerBits,
        entity: this.#partBits[ENTITY_BITS]!,
        mask: this.#partBits[MASK_BITS]!,
        tables: this.#partBits[TABLE_BITS]!,
      },
      fields: this.#fieldCosts(),
      kinds: [],
      entities: [],
      entityCount: 0,
      costs: [],
      packetSizes: this.#sizes.bars(BARS_MAX),
      baselineAges: this.#ages.bars(BARS_MAX),
      series: this.#windows.series.map((totals, second) => ({
        second,
        frame: totals.frame,
        kbps: rounded((totals.wireBytes * 8) / 1000 / consumers),
        keyframes: totals.keyframes,
        losses: totals.losses,
        wrongFields: totals.wrongFields,
      })),
      verified: run.fault === undefined,
      ...(run.fault === undefined ? {} : { fault: run.fault }),
      hash: run.hash,
    };
  }

  #fieldCosts(): RunReport["fields"] {
    const costs: RunReport["fields"][number][] = [];
    for (const { kind } of this.#layout.kinds) {
      for (const { name } of kind.fields) {
        const place = costs.length;
        const bits = this.#partBits[PARTS_BEFORE_FIELDS + place]!;
        costs.push({
          kind: kind.name,
          field: name,
          bits,
          share: share(bits, this.#payloadBytes * 8),
          changes: this.#fieldSends[place]!,
          bitsPerChange: rounded(ratio(bits, this.#fieldSends[place]!)),
        });
      }
    }
    return costs.sort((a, b) => b.bits - a.bits);
  }
}

const BARS_MAX = 128;

function addScaled(sums: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) sums[i]! += values[i]! * factor;
}

function spread(values: Distribution): RunReport["bytesPerFrame"] {
  const [p50, p95, p99, max] = values.quantiles([0.5, 0.95, 0.99, 1]);
  return { mean: rounded(values.mean), p50: p50!, p95: p95!, p99: p99!, max: max! };
}

/** Three decimals: what a reader can use, and no more digits than the arithmetic is sure of. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1e6) / 1e6;
}
