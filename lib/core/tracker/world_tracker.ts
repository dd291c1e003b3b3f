import { walkToId } from "../state/sorted_ids.ts";
import { assertFrame, type Frame } from "../time/frame.ts";
import { EntityRecords, RECORD_DESPAWN } from "../wire/entity_records.ts";
import { PacketTracker } from "./packet_tracker.ts";
import type { ConsumerId, TrackerOptions } from "./tracker_options.ts";
import { Pool } from "../state/pool.ts";
import { RecordCache } from "../wire/record_cache.ts";
import type { SharedPacket } from "../wire/shared_packet.ts";
import { RowStore } from "../state/row_store.ts";
import type { Unsettled } from "./unsettled_packets.ts";
import { noteUnsure } from "./unsure_records.ts";
import { PacketPreview } from "./packet_preview.ts";
import type { Snapshot } from "../state/snapshot.ts";
import type { SnapshotLayout } from "../state/snapshot_layout.ts";
import { View } from "../state/view.ts";
import { type CodecName, WorldCodec } from "../wire/world_codec.ts";
import { type BodySource, emptySource, WorldWriter } from "../wire/world_writer.ts";

/**
 * A packet of a {@linkcode WorldTracker}.
 *
 * @internal
 */
export type WorldPacket = SharedPacket<View>;

/**
 * Turns the frames of a world into packets, one stream for each consumer: of the whole world, or of
 * the part that the consumer is shown. Consumers that are brought from the same view to the same
 * view share the packet; where views differ, they share the records of entities. A keyframe holds
 * the tables of enum texts as well until a consumer acked a frame. Nothing is allocated in the
 * steady state.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Receiver } from "@hindcast/hindcast";
 * import { Snapshot, SnapshotLayout, WorldReader, WorldTracker } from "@hindcast/hindcast/world";
 *
 * const layout = new SnapshotLayout({
 *   kinds: [{ name: "ship", fields: [{ name: "x", type: "i16" }] }],
 * });
 * const at = (frame: number, x: number) =>
 *   Snapshot.of(layout, {
 *     frame,
 *     timeMs: frame * 50,
 *     entities: [1, 2].map((id) => ({ id, kind: "ship", fields: { x } })),
 *   });
 * const tracker = new WorldTracker<string>(layout, "varint");
 * tracker.begin(at(7, 100));
 * const near = tracker.view().show(tracker.world, 1); // ada is shown ship 2 alone
 * const ada = new Receiver(new WorldReader(layout, "varint"));
 * const received = ada.receive(tracker.append("ada", near));
 * assert.deepEqual(
 *   received.outcome === "decoded" && received.state.toFrame().entities,
 *   [{ id: 2, kind: "ship", fields: { x: 100 } }],
 * );
 * tracker.append("bob"); // the whole world
 * ```
 */
export class WorldTracker<K extends ConsumerId = ConsumerId> extends PacketTracker<View, K> {
  /** What both ends agree on. */
  readonly codec: WorldCodec;
  /** Rows of views that share them. */
  readonly rows: RowStore = new RowStore();
  /** Frame at hand. */
  frame: Frame = 0;
  readonly #writer: WorldWriter;
  readonly #cache: RecordCache = new RecordCache();
  readonly #source: BodySource;
  readonly #preview: PacketPreview;
  #world: View | undefined;
  /** True once a part of the world was asked for: rows are shared from then on. */
  #hasParts = false;
  /** Different views of the frame at hand besides the world; each holds a reference. */
  readonly #views: Pool<View> = new Pool();
  readonly #unused: Pool<View> = new Pool();
  #omitted: ReadonlySet<number> | undefined;
  readonly #unsure: EntityRecords = new EntityRecords();

  /**
   * Tracker without consumers; the first append of a consumer makes it known.
   *
   * @param layout layout of the snapshots
   * @param codec how they become bytes
   * @throws {RangeError} for an option outside its range
   */
  constructor(layout: SnapshotLayout, codec: CodecName, options: TrackerOptions = {}) {
    const worldCodec = new WorldCodec(layout, codec);
    super(options, worldCodec.schemaHash);
    this.codec = worldCodec;
    this.#writer = new WorldWriter(worldCodec, this.rows);
    const nothing = new View(layout, this.rows);
    const isDelta = this.policy === "strict";
    this.#source = emptySource(nothing, isDelta, undefined);
    this.#preview = new PacketPreview(this.#writer, emptySource(nothing, isDelta, this.#cache));
  }

  /** Records of entities encoded so far for consumers that are shown different parts of the world. */
  get recordEncodes(): number {
    return this.#cache.encodes;
  }

  /** The whole world at the frame at hand. @throws {RangeError} before the first */
  get world(): View {
    if (this.#world !== undefined) return this.#world;
    throw new RangeError("There is no frame yet; begin one");
  }

  /**
   * Takes in the next frame, which is copied, and returns the whole world as a view. Once parts of
   * it are shown, its rows are those of the frame before where nothing changed.
   *
   * @throws {RangeError} when the frame is none, or texts are of another layout
   */
  begin(snapshot: Snapshot): View {
    assertFrame(snapshot.frame);
    if (this.codec.hasTexts && snapshot.layout !== this.codec.layout) {
      throw new RangeError(
        "The snapshot has another layout than the codec; share one SnapshotLayout",
      );
    }
    this.rows.recycle();
    this.#cache.clear();
    while (this.#views.count > 0) this.releaseState(this.#views.pop());
    const world = this.#hasParts
      ? this.#taken().follow(snapshot, this.#world)
      : this.#taken().copy(snapshot);
    world.isPacked = !this.#hasParts;
    world.references = 1;
    world.number = 0;
    this.releaseState(this.#world);
    this.#world = world;
    this.frame = snapshot.frame;
    return world;
  }

  /** Empty view, to be filled from the world; cleared, it may be filled again once appended. */
  view(): View {
    this.#shareRows();
    return new View(this.codec.layout, this.rows);
  }

  /**
   * Packet that brings a consumer to a view of the frame at hand. The bytes are valid until the next
   * append or removal of the same consumer.
   *
   * @param view what the consumer is shown; the whole world unless given
   * @param omitted entities of the view that do not go now: the consumer keeps of them what it has,
   *   which after a keyframe is nothing
   * @throws {RangeError} when the frame is not newer than the consumer's last
   */
  append(consumer: K, view?: View, omitted?: ReadonlySet<number>): Uint8Array {
    return this.appendPacket(consumer, view, omitted).bytes;
  }

  /** As {@linkcode WorldTracker.append}, with what the packet is; same lifetime. */
  appendPacket(consumer: K, view?: View, omitted?: ReadonlySet<number>): WorldPacket {
    this.#omitted = omitted;
    const whole = view ?? this.world;
    this.#assertOfFrame(whole);
    if (omitted === undefined) return this.send(consumer, this.frame, this.#known(whole));
    if (this.codec.name === "raw") {
      throw new RangeError("The codec raw sends everything, so no entity can be left out");
    }
    this.#shareRows();
    const base = this.baseline(consumer);
    const isPartial = this.policy === "strict" && base !== undefined && omitted.size > 0;
    const shown = isPartial ? whole : this.#shown(whole, base, omitted);
    return this.send(consumer, this.frame, this.#known(shown), isPartial, false);
  }

  /** View that the next packet of a consumer will be against; undefined when it is a keyframe. */
  baseline(consumer: K): View | undefined {
    return this.baseOf(consumer, this.frame);
  }

  /**
   * What the next packet of a consumer would be if it brought it to a view of the frame at hand;
   * valid until the tracker is asked for anything else.
   *
   * @throws {RangeError} when the view is of another frame
   */
  preview(consumer: K, view: View): PacketPreview {
    this.#assertOfFrame(view);
    this.#shareRows();
    const base = this.baseline(consumer);
    if (base !== undefined) this.rows.take(base);
    return this.#preview.start(view, base, this.owedTo(consumer));
  }

  /** Bytes of the tables of texts that the next packet of a consumer begins with. */
  tableBytes(consumer: K): number {
    const isFirst = this.ackedFrame(consumer) === undefined;
    const isKeyframe = isFirst && this.baseline(consumer) === undefined;
    return isKeyframe ? this.codec.tables.length : 0;
  }

  /** True when an enum has texts, which a consumer is sent when it joins. */
  protected override get hasTables(): boolean {
    return this.codec.tables.length > 0;
  }

  /** Writes entity records. */
  protected override write(packet: WorldPacket, unsettled: Unsettled<WorldPacket>): void {
    const { form, base, hasTables, out } = packet;
    const view = packet.state!;
    const omitted = this.#omitted;
    // A packet of the codec raw holds everything, and so what any before it held.
    const isOwed = this.policy === "nack" && this.codec.name !== "raw";
    const isNoted = isOwed || omitted !== undefined;
    const source = this.#source;
    source.view = view;
    source.base = base;
    source.owed = form === "partial"
      ? noteUnsure(view, base!, unsettled, this.#unsure)
      : packet.owed;
    source.omitted = omitted;
    source.records = isNoted ? packet.records : undefined;
    source.cache = view === this.#world && omitted === undefined ? undefined : this.#cache;
    if (hasTables) out.append(this.codec.tables);
    this.#writer.write(source, out);
  }

  /** A held view with the records of a packet that left entities out. */
  protected override merge(held: View, { state, records }: WorldPacket): View {
    this.rows.take(held);
    const merged = this.#taken();
    let h = 0;
    for (let r = 0; r < records.count; r++) {
      const id = records.ids[r]!;
      const end = walkToId(held.ids, h, held.count, id);
      while (h < end) merged.pushFrom(held, h++);
      if (h < held.count && held.ids[h] === id) h++;
      if (records.types[r] !== RECORD_DESPAWN) merged.pushFrom(state!, state!.find(id));
    }
    while (h < held.count) merged.pushFrom(held, h++);
    this.rows.retainAll(merged);
    return merged;
  }

  /** Gives up the rows of a view. */
  protected override free(view: View): void {
    this.rows.releaseAll(view);
    this.#unused.push(view);
  }

  #assertOfFrame({ store, count, frame }: View): void {
    if (store === this.rows && (count === 0 || frame === this.frame)) return;
    throw new RangeError(
      `The view is of frame ${frame} or another tracker; fill one from the world of frame ${this.frame}`,
    );
  }

  /** Keeps rows in the store from now on. */
  #shareRows(): void {
    if (!this.#hasParts && this.#world !== undefined) this.rows.take(this.#world);
    this.#hasParts = true;
  }

  #taken(): View {
    const view = this.#unused.pop() ?? new View(this.codec.layout, this.rows);
    view.clear(0, 0);
    return view;
  }

  /** The view, or one of this frame that shows the same. */
  #known(view: View): View {
    if (view === this.#world || this.world.isSame(view)) return this.world;
    const last = this.#views.count - 1;
    for (let i = last; i >= 0 && i > last - TRIES_MAX; i--) {
      const known = this.#views.at(i);
      if (known === view || known.isSame(view)) return known;
    }
    const copy = this.#taken();
    for (let i = 0; i < view.count; i++) copy.pushFrom(view, i);
    this.rows.retainAll(copy);
    copy.references = 1;
    copy.number = this.#views.count + 1;
    this.#views.push(copy);
    return copy;
  }

  /** What a consumer will hold when entities are left out: of those, what it is sent already. */
  #shown(view: View, base: View | undefined, omitted: ReadonlySet<number>): View {
    const shown = this.view();
    if (base !== undefined) this.rows.take(base);
    for (let i = 0; i < view.count; i++) {
      const isOmitted = omitted.has(view.ids[i]!);
      const position = isOmitted ? (base?.find(view.ids[i]!) ?? -1) : i;
      if (position >= 0) shown.pushFrom(isOmitted ? base! : view, position);
    }
    shown.words = this.rows.words;
    return shown;
  }
}

/** Views of a frame that one is compared with: sharing saves time, and so must not take it. */
const TRIES_MAX = 64;
