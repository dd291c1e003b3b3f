import type { ByteReader } from "../bytes/bytes.ts";
import { readDeltaRun } from "./delta_run.ts";
import { EntityHeaderReader } from "./entity_header.ts";
import { readEnumTables } from "./enum_tables.ts";
import { Mask } from "../bytes/mask.ts";
import { readMask } from "./mask_coding.ts";
import type { PacketBreakdown } from "./packet_breakdown.ts";
import type { PacketForm, PacketHeader } from "./packet_header.ts";
import { RECORD_SPAWN, RECORD_UPDATE } from "./entity_records.ts";
import { sameWords } from "../state/words.ts";
import { SnapshotRows } from "../state/snapshot.ts";
import type { SnapshotLayout } from "../state/snapshot_layout.ts";
import type { Frame } from "../time/frame.ts";
import type { StateReader } from "./state_reader.ts";
import { type CodecName, WorldCodec } from "./world_codec.ts";

/**
 * Reads the bodies that a `WorldWriter` writes, for a {@linkcode Receiver}.
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
 * const tracker = new WorldTracker<string>(layout, "varint");
 * const receiver = new Receiver(new WorldReader(layout, "varint"));
 *
 * const entities = [{ id: 7, kind: "ship", fields: { x: -3 } }];
 * tracker.begin(Snapshot.of(layout, { frame: 1, timeMs: 50, entities }));
 * const received = receiver.receive(tracker.append("ada"));
 * assert.ok(received.outcome === "decoded");
 * assert.deepEqual(received.state.entity(0), entities[0]);
 * ```
 */
export class WorldReader implements StateReader<SnapshotRows> {
  /** What both ends agree on. */
  readonly codec: WorldCodec;
  /** When set, filled by every read with what the body consists of. */
  breakdown: PacketBreakdown | undefined;
  readonly #nothing: SnapshotRows;
  readonly #mask: Mask = new Mask();
  readonly #header: EntityHeaderReader = new EntityHeaderReader();

  /** Reader of worlds of a layout. @throws {RangeError} for an unknown codec */
  constructor(layout: SnapshotLayout, codec: CodecName) {
    this.codec = new WorldCodec(layout, codec);
    this.#nothing = new SnapshotRows(layout);
  }

  /** Stands for the schema and the codec. */
  get schemaHash(): number {
    return this.codec.schemaHash;
  }

  /**
   * Reads entity records. Onto what is held, a patch's update of an entity that is not there, or is
   * there as another kind, makes a blank one first, and a despawn of an unknown entity does nothing:
   * packets in between may have been lost. The state is of the packet's frame, and of time 0, which
   * does not travel.
   *
   * @throws {ByteSyntaxError} for bytes that no writer writes
   */
  read(
    { form, frame, hasTables }: PacketHeader,
    input: ByteReader,
    baseline: SnapshotRows | undefined,
    held: SnapshotRows | undefined,
    reuse: SnapshotRows | undefined,
  ): SnapshotRows {
    if (form === "delta" && baseline && this.#readRun(frame, input, baseline, reuse)) return reuse!;
    const isWhole = form === "keyframe" || this.codec.name === "raw";
    const from = isWhole ? this.#nothing : (form === "delta" ? baseline : held) ?? this.#nothing;
    if (isWhole && form === "partial") input.refuse("the codec raw leaves nothing out");
    const state = (reuse ?? new SnapshotRows(this.codec.layout)).clear(frame, 0);
    this.breakdown?.clear();
    if (hasTables) this.#readTables(input);
    const header = this.#header;
    header.reset();
    let position = 0;
    while (input.remaining > 0) {
      const start = input.offset;
      header.read(input);
      const { id, type } = header;
      this.breakdown?.addEntity(input.offset - start);
      position = state.addBelow(id, from, position);
      const isHeld = position < from.count && from.ids[position] === id;
      if (type === RECORD_SPAWN) {
        this.#readSpawn(state, input);
        if (!isWhole && form !== "patch" && isChanged(form, state, baseline!)) {
          input.refuse(`entity ${id} spawns twice`);
        }
      } else if (isWhole) input.refuse("a keyframe holds only spawns");
      else if (form === "delta" && !isHeld) input.refuse(`the baseline lacks entity ${id}`);
      else if (type === RECORD_UPDATE) {
        const source = form === "partial" ? baseline! : from;
        const place = form === "partial" ? source.find(id) : isHeld ? position : -1;
        this.#readUpdate(form, source, place, state, input);
      } else {
        const kind = isHeld ? from.kinds[position]! : -1;
        this.breakdown?.addRecord(header, kind, this.#mask.clear());
      }
      if (isHeld) position++;
    }
    state.addBelow(Infinity, from, position);
    return state;
  }

  /** Reads a delta of nothing but updates of steps into a snapshot that is there, the usual case. */
  #readRun(
    frame: Frame,
    input: ByteReader,
    baseline: SnapshotRows,
    into: SnapshotRows | undefined,
  ): boolean {
    if (into === undefined || this.codec.name === "raw") return false;
    const { offset } = input;
    into.copy(baseline).frame = frame;
    into.timeMs = 0;
    if (readDeltaRun(this.codec.kinds, input, into, this.breakdown)) return true;
    input.offset = offset;
    return false;
  }

  #readTables(input: ByteReader): void {
    readEnumTables(input, this.codec.tables);
    this.breakdown?.addTables(this.codec.tables.length);
  }

  #readSpawn(state: SnapshotRows, input: ByteReader): void {
    const kind = this.#readKind(input);
    const at = state.add(this.#header.id, kind);
    this.#mask.copy(this.codec.kinds[kind]!.all);
    this.#readFields("valueCodes", kind, at, state, input);
  }

  /** Reads an update of the entity at a place of a snapshot, or of none (-1). */
  #readUpdate(
    form: PacketForm,
    source: SnapshotRows,
    place: number,
    state: SnapshotRows,
    input: ByteReader,
  ): void {
    const { id } = this.#header;
    if (form !== "patch" && place < 0) input.refuse(`the baseline lacks entity ${id}`);
    const kind = form === "patch" ? this.#readKind(input) : source.kinds[place]!;
    const isKept = place >= 0 && source.kinds[place] === kind;
    const at = isKept ? state.addFrom(source, place) : state.add(id, kind);
    const start = input.offset;
    readMask(input, this.codec.kinds[kind]!.fieldCount, this.#mask);
    if (this.#mask.isEmpty) input.refuse("an update holds no field");
    this.breakdown?.addMask(input.offset - start);
    this.#readFields(form === "patch" ? "valueCodes" : "deltaCodes", kind, at, state, input);
  }

  /** Reads the fields in the mask. */
  #readFields(
    codes: "deltaCodes" | "valueCodes",
    kind: number,
    at: number,
    state: SnapshotRows,
    input: ByteReader,
  ): void {
    const codec = this.codec.kinds[kind]!;
    this.breakdown?.addRecord(this.#header, kind, this.#mask);
    codec.read(codec[codes], state.words, at, this.#mask, input, this.breakdown);
  }

  #readKind(input: ByteReader): number {
    if (!this.codec.hasKinds) return 0;
    const start = input.offset;
    const kind = input.varint();
    if (kind >= this.codec.kinds.length) input.refuse(`kind index is ${kind}, there is none`);
    this.breakdown?.addEntity(input.offset - start);
    return kind;
  }
}

/**
 * True when the last entity of a state should be an update: the baseline holds it as the same kind,
 * and, in a partial delta, otherwise; there it may go whole to undo what is on its way.
 */
function isChanged(form: PacketForm, state: SnapshotRows, baseline: SnapshotRows): boolean {
  const last = state.count - 1;
  const place = baseline.find(state.ids[last]!);
  if (place < 0 || baseline.kinds[place] !== state.kinds[last]) return false;
  const { stride } = state.layoutOf(last);
  return form === "delta" ||
    !sameWords(state.words, state.rows[last]!, baseline.words, baseline.rows[place]!, stride);
}
