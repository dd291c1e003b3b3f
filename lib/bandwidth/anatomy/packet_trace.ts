import type { EntityId } from "../../core/names/entity_names.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { frameDistance } from "../../core/time/frame.ts";
import { RECORD_DESPAWN } from "../../core/wire/entity_records.ts";
import { WorldCodec } from "../../core/wire/world_codec.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import { SendClock } from "../../replication/send_clock.ts";
import { baselineReason } from "./baseline_reason.ts";
import { ConsumerTrace, latencyMs } from "./consumer_trace.ts";
import { dissectPacket, type PacketParts } from "./dissect_packet.ts";
import { wireParts } from "./header_parts.ts";
import { missingText, type UnsentReason } from "./missing_text.ts";
import type { NoPacket, PacketAnatomy } from "./packet_anatomy.ts";
import type { TracedPacket } from "./traced_packet.ts";

/** A packet by its consumer and frame. */
export interface WantedPacket {
  readonly frame: number;
  readonly consumer: number;
}

/** One run up to what became of one packet. */
export class PacketTrace {
  readonly #layout: SnapshotLayout;
  readonly #options: RunOptions;
  readonly #name: string;
  readonly #wanted: WantedPacket;
  readonly #idOf: (entity: number) => EntityId;
  readonly #trace: ConsumerTrace;
  readonly #run: ReplicationRun;
  readonly #clock: SendClock;
  /** What the packet consists of, read while the texts of its frame and its baseline are kept. */
  #parts: PacketParts = { header: [], records: [] };
  /** Why there is no packet, once the frame has come. */
  #missing: UnsentReason | undefined;
  /** Frames at which packets are due, before the wanted one and after it. */
  #dueBefore: number | undefined;
  #dueAfter: number | undefined;

  /** Run at its start. @throws {RangeError} for a consumer that the run lacks */
  constructor(
    layout: SnapshotLayout,
    options: RunOptions,
    name: string,
    wanted: WantedPacket,
    idOf: (entity: number) => EntityId,
  ) {
    const { consumer, frame } = wanted;
    if (!(Number.isInteger(consumer) && consumer >= 0 && consumer < options.consumers)) {
      throw new RangeError(
        `consumer is ${consumer}, expected 0 to ${options.consumers - 1}: they count from 0`,
      );
    }
    this.#layout = layout;
    this.#options = options;
    this.#name = name;
    this.#wanted = wanted;
    this.#idOf = idOf;
    this.#trace = new ConsumerTrace(options, consumer, frame);
    // Consumers share nothing but the bytes of their packets, so the others need not be there.
    const alone = { ...options, consumers: consumer + 1 };
    this.#run = new ReplicationRun(layout, alone, this.#trace, true, consumer);
    this.#clock = new SendClock(options);
  }

  /** True once nothing can come that is told. */
  get isDone(): boolean {
    if (this.#missing === "not-due") return this.#dueAfter !== undefined;
    return this.#missing !== undefined || this.#trace.isSettled;
  }

  /** Takes in the next frame as it is sent, and the time of the one after it. */
  step(frame: Snapshot, nextMs: number | undefined): void {
    if (this.isDone) return;
    const nowUs = Math.round(frame.timeMs * 1000);
    const isDue = this.#clock.isDue(
      nowUs,
      nextMs === undefined ? nowUs : Math.round(nextMs * 1000),
    );
    const { frame: wanted } = this.#wanted;
    if (isDue && this.#missing !== undefined) this.#dueAfter ??= frame.frame;
    else if (isDue && frame.frame !== wanted) this.#dueBefore = frame.frame;
    if (this.#missing !== undefined) return;
    const trace = this.#trace;
    trace.begin(frame);
    this.#run.step(frame, nextMs);
    if (frame.frame !== wanted) return;
    if (trace.traced !== undefined) this.#parts = this.#dissect(trace.traced);
    else this.#missing = !trace.isConnected ? "not-connected" : isDue ? "budget" : "not-due";
  }

  /** The packet, or why there is none; called once its frame has come and the recording, or all, is done. */
  finish(): PacketAnatomy | NoPacket {
    const { traced } = this.#trace;
    const { consumer, frame } = this.#wanted;
    if (traced === undefined) {
      const missing = this.#missing!;
      const text = missingText(missing, this.#wanted, this.#trace, this.#options, {
        before: this.#dueBefore,
        after: this.#dueAfter,
      });
      return { run: this.#name, consumer, frame, missing, text };
    }
    const isOver = !this.#trace.isSettled;
    if (isOver) this.#run.finish();
    return this.#anatomy(traced, isOver);
  }

  #dissect({ packet, held }: TracedPacket): PacketParts {
    const codec = new WorldCodec(this.#layout, this.#options.codec);
    const { carriers } = this.#trace;
    return dissectPacket(packet.payload, codec, held, this.#idOf, carriers);
  }

  #anatomy(traced: TracedPacket, isOver: boolean): PacketAnatomy {
    const { packet, sent, baseline, acked, applied } = traced;
    const waiting = stillWaiting(traced);
    const { form, payload, datagrams, wireBytes } = packet;
    const isAgainst = form === "delta" || form === "partial";
    const { codec, policy } = this.#options;
    // What takes no time arrives at the very time of the last frame.
    const isAfter = isOver && sent.outcome !== "lost" &&
      !(sent.arrivalUs !== undefined && sent.arrivalUs <= this.#trace.nowUs);
    const { header, records } = this.#parts;
    return {
      run: this.#name,
      consumer: this.#wanted.consumer,
      frame: sent.frame,
      timeMs: sent.sendUs / 1000,
      form,
      ack: policy,
      codec,
      baselineFrame: isAgainst ? packet.baselineFrame : null,
      assumedFrame: form === "patch" ? baseline?.frame ?? null : null,
      baselineAgeFrames: baseline === undefined ? null : frameDistance(sent.frame, baseline.frame),
      baselineAgeMs: baseline === undefined ? null : (sent.sendUs - baseline.sendUs) / 1000,
      ackedFrame: acked?.frame ?? null,
      appliedFrame: applied?.frame ?? null,
      keyframeReason: traced.reason ?? null,
      reason: baselineReason({ ...traced, waiting }, this.#options),
      between: traced.between,
      betweenLeftOut: traced.betweenLeftOut,
      waiting: waiting === undefined ? null : [...waiting].map((entity) => this.#idOf(entity)),
      bits: payload.length * 8,
      wireBits: wireBytes * 8,
      datagrams,
      wire: wireParts(payload.length, datagrams),
      header,
      records,
      fate: {
        outcome: isAfter ? "on-its-way" : sent.outcome,
        latencyMs: latencyMs(sent),
        wrongFields: sent.wrongFields ?? null,
      },
    };
  }
}

/** Entities that wait for the budget, without those whose end is in the packet. */
function stillWaiting({ packet: { records }, waiting }: TracedPacket): TracedPacket["waiting"] {
  if (waiting === undefined || records === undefined) return waiting;
  return new Set([...waiting].filter((entity) => {
    const record = records.find(entity);
    return record < 0 || records.types[record] !== RECORD_DESPAWN;
  }));
}
