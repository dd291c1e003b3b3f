import { ByteWriter } from "./bytes.ts";
import type { KeyframeReason } from "./chunk.ts";
import { Consumer } from "./consumer.ts";
import { writeEntityHeader } from "./entity_header.ts";
import { enumTables } from "./enum_tables.ts";
import { addFragment, type Fragment, FragmentCodec } from "./fragment.ts";
import { type Frame, frameDistance, isNewer } from "./frame.ts";
import { PacketBreakdown, RECORD_DESPAWN } from "./packet_breakdown.ts";
import { type PacketForm, writePacketHeader } from "./packet_header.ts";
import { Ring } from "./ring.ts";
import type { RowVersion } from "./row_version.ts";
import type { SnapshotLayout } from "./snapshot.ts";
import type { CodecName } from "./snapshot_codec.ts";
import type { TrackerOptions } from "./tracker.ts";

/** The entities that one consumer is shown at a frame, ids ascending. */
export type View = readonly RowVersion[];

const NOTHING: View = [];

/** What a `ViewTracker` remembers of one consumer. */
interface Viewer {
  readonly acks: Consumer;
  /** Views that were sent. */
  views: Ring<View>;
}

/** A packet of a `ViewTracker`. */
export interface ViewPacket {
  /** The packet. */
  readonly bytes: Uint8Array;
  /** Form of its body. */
  readonly form: PacketForm;
  /** Frame that it is against. */
  readonly baselineFrame: Frame;
  /** Bytes of the packet header. */
  readonly headerLength: number;
  /** Why it is a keyframe. */
  readonly reason: KeyframeReason | undefined;
}

/** A `Tracker` for consumers that each see their own part of the world. */
export class ViewTracker<K = string> {
  /** What the last packet consists of. */
  readonly breakdown: PacketBreakdown;
  /** Makes and counts the fragments. */
  readonly fragments: FragmentCodec;
  readonly #codec: CodecName;
  readonly #tables: Uint8Array;
  readonly #options: Required<Pick<TrackerOptions, "historyFrames">> & TrackerOptions;
  readonly #viewers: Map<K, Viewer> = new Map();
  readonly #out: ByteWriter = new ByteWriter(1024);
  #previousId = -1;

  /** Tracker without consumers. */
  constructor(layout: SnapshotLayout, codec: CodecName, options: TrackerOptions = {}) {
    this.#codec = codec;
    this.#options = { historyFrames: 64, ...options };
    this.breakdown = new PacketBreakdown(layout);
    this.fragments = new FragmentCodec(layout, codec);
    this.#tables = enumTables(layout);
  }

  /** View that the next packet of a consumer will be against: empty when it will be a keyframe. */
  baseline(consumer: K, frame: Frame): View {
    const viewer = this.#viewers.get(consumer);
    if (viewer === undefined || this.#reasonFor(viewer, frame) !== undefined) return NOTHING;
    return viewer.views.get(viewer.acks.ackedFrame)!;
  }

  /** Bytes of the tables of texts that the next packet of a consumer begins with. */
  tableBytes(consumer: K, frame: Frame): number {
    const viewer = this.#viewers.get(consumer);
    if (viewer === undefined) return this.#tables.length;
    const isJoin = !viewer.acks.hasTables && this.#reasonFor(viewer, frame) !== undefined;
    return isJoin ? this.#tables.length : 0;
  }

  /** Packet that brings a consumer to a view of a frame. */
  append(consumer: K, frame: Frame, view: View): ViewPacket {
    const viewer = this.#viewers.get(consumer) ?? this.#join(consumer);
    const { acks } = viewer;
    if (acks.hasSent && !isNewer(frame, acks.sentFrame)) {
      throw new RangeError(
        `Cannot append frame ${frame}: the consumer was sent frame ${acks.sentFrame} already`,
      );
    }
    const reason = this.#reasonFor(viewer, frame);
    const base = this.baseline(consumer, frame);
    const form = reason !== undefined ? "keyframe" : "delta";
    const baselineFrame = form === "keyframe" ? frame : acks.ackedFrame;
    const out = this.#out.clear();
    const tableBytes = this.tableBytes(consumer, frame);
    writePacketHeader(form, frame, baselineFrame, out, tableBytes > 0);
    const headerLength = out.length;
    this.breakdown.clear();
    if (tableBytes > 0) out.append(this.#tables);
    this.breakdown.tableBits = tableBytes * 8;
    this.#previousId = -1;
    this.#writeBody(view, base, out);
    this.#note(viewer, frame, view, form, tableBytes > 0);
    return { bytes: out.bytes(), form, baselineFrame, headerLength, reason };
  }

  /** As `Tracker.ack`. */
  ack(consumer: K, frame: Frame, appliedBits: number = 0, epoch?: number): boolean {
    const viewer = this.#viewers.get(consumer);
    if (viewer === undefined || !viewer.acks.isAckable(frame, epoch)) return false;
    const { acks } = viewer;
    acks.noteTables(frame, appliedBits);
    if (acks.hasAck && !isNewer(frame, acks.ackedFrame)) return false;
    acks.hasAck = true;
    acks.ackedFrame = frame;
    return true;
  }

  #join(consumer: K): Viewer {
    const viewer: Viewer = {
      acks: new Consumer(Math.max(ACK_FRAMES_MIN, this.#options.historyFrames)),
      views: new Ring(this.#options.historyFrames),
    };
    this.#viewers.set(consumer, viewer);
    return viewer;
  }

  #reasonFor(viewer: Viewer, frame: Frame): KeyframeReason | undefined {
    const { acks, views } = viewer;
    const unknown = acks.epoch > 0 ? "reset" : "no-ack";
    if (!acks.hasSent) return unknown;
    const every = this.#options.keyframeEveryFrames ?? Infinity;
    if (frameDistance(frame, acks.keyframeFrame) >= every) return "interval";
    if (!acks.hasAck) return unknown;
    const isHeld = views.get(acks.ackedFrame) !== undefined &&
      frameDistance(frame, acks.ackedFrame) < this.#options.historyFrames;
    return isHeld ? undefined : "evicted";
  }

  #writeBody(view: View, base: View, out: ByteWriter): void {
    const gone = this.#codec === "raw" ? NOTHING : despawned(view, base);
    let b = 0;
    let g = 0;
    for (const version of view) {
      while (g < gone.length && gone[g]!.id < version.id) this.#writeDespawn(gone[g++]!, out);
      while (b < base.length && base[b]!.id < version.id) b++;
      const held = base[b]?.id === version.id ? base[b] : undefined;
      const fragment = this.#fragment(version, held);
      if (fragment !== undefined) this.#writeRecord(version, fragment, out);
    }
    while (g < gone.length) this.#writeDespawn(gone[g++]!, out);
  }

  /** What brings a consumer from a held version to another. */
  #fragment(version: RowVersion, held: RowVersion | undefined): Fragment | undefined {
    const isSpawn = held === undefined || held.kind !== version.kind || this.#codec === "raw";
    if (isSpawn) return this.fragments.spawn(version);
    return this.fragments.delta(version, held);
  }

  #writeRecord(version: RowVersion, fragment: Fragment, out: ByteWriter): void {
    this.#writeHeader(version.id, fragment.type, out);
    out.append(fragment.bytes);
    addFragment(this.breakdown, version.id, version.kind, fragment);
  }

  #writeDespawn(gone: RowVersion, out: ByteWriter): void {
    this.#writeHeader(gone.id, RECORD_DESPAWN, out);
    this.breakdown.addRecord(RECORD_DESPAWN, gone.id, gone.kind, 0, 0);
  }

  #writeHeader(id: number, type: number, out: ByteWriter): void {
    const start = out.length;
    writeEntityHeader(id, this.#previousId, type, out);
    this.#previousId = id;
    this.breakdown.entityBits += (out.length - start) * 8;
  }

  #note(
    viewer: Viewer,
    frame: Frame,
    view: View,
    form: PacketForm,
    withTables: boolean,
  ): void {
    viewer.acks.noteSent(frame, withTables);
    if (form === "keyframe") viewer.acks.keyframeFrame = frame;
    viewer.views.push(frame, view);
  }
}

const ACK_FRAMES_MIN = 1024;

/** Entities that a packet has to take away, ids ascending, each once. */
function despawned(view: View, base: View): View {
  const shown = new Set(view.map(({ id }) => id));
  const gone = new Map<number, RowVersion>();
  for (const version of base) if (!shown.has(version.id)) gone.set(version.id, version);
  return gone.size === 0 ? NOTHING : [...gone.values()].sort((a, b) => a.id - b.id);
}
