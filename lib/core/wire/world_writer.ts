import type { ByteWriter } from "../bytes/bytes.ts";
import { DeltaRunWriter } from "./delta_run.ts";
import { ENTITY_HEADER_BYTES_MAX, putEntityHeader } from "./entity_header.ts";
import { Mask } from "../bytes/mask.ts";
import { writeDelta, writeKindFields } from "./kind_codec.ts";
import { writeMask } from "./mask_coding.ts";
import { EntityRecords, RECORD_DESPAWN, RECORD_SPAWN, RECORD_UPDATE } from "./entity_records.ts";
import type { RecordCache } from "./record_cache.ts";
import { diffRows } from "../state/row_layout.ts";
import type { RowStore } from "../state/row_store.ts";
import type { Snapshot } from "../state/snapshot.ts";
import { View } from "../state/view.ts";
import type { WorldCodec } from "./world_codec.ts";

/** What a body is written from. */
export interface BodySource {
  /** What the consumer is to hold. */
  view: Snapshot;
  /** What it holds, or is assumed to; undefined for nothing, before a keyframe. */
  base: Snapshot | undefined;
  /** True when it surely holds the base, so that updates may be differences from it. */
  isDelta: boolean;
  /** What has to be in the packet besides. */
  owed: EntityRecords;
  /** Entities of the view that are left out. */
  omitted: ReadonlySet<number> | undefined;
  /** Filled with what the packet holds, when given. */
  records: EntityRecords | undefined;
  /** Records that are written already, for views that differ; undefined where none do. */
  cache: RecordCache | undefined;
}

/** Source of a body that leads from nothing to nothing. */
export function emptySource(
  nothing: Snapshot,
  isDelta: boolean,
  cache: RecordCache | undefined,
): BodySource {
  const owed = new EntityRecords();
  return {
    view: nothing,
    base: undefined,
    isDelta,
    owed,
    omitted: undefined,
    records: undefined,
    cache,
  };
}

/** No place, no record. */
const NONE = -1;
/** Above every id. */
const NO_ID = 2 ** 32;

/** Writes the entity records that a `WorldReader` reads. */
export class WorldWriter {
  readonly #codec: WorldCodec;
  readonly #nothing: Snapshot;
  readonly #mask: Mask = new Mask();
  readonly #run: DeltaRunWriter = new DeltaRunWriter();
  #out!: ByteWriter;
  #source!: BodySource;
  #base: Snapshot;
  #previousId = -1;
  /** How far the walk over the base and over what is owed has come. */
  #b = 0;
  #o = 0;

  /** Writer of views of a store's rows. */
  constructor(codec: WorldCodec, store: RowStore) {
    this.#codec = codec;
    this.#nothing = this.#base = new View(codec.layout, store);
  }

  /**
   * Writes what leads from the base to the view: updates as differences or as values that stand
   * alone. Where there is no base, and with the codec `raw`, everything spawns.
   */
  write(source: BodySource, out: ByteWriter): void {
    this.#start(source, out);
    const { view, owed, omitted } = source;
    const base = this.#base;
    const { rows, count } = view;
    const isPlain = owed.count === 0 && omitted === undefined;
    const isRun = isPlain && source.isDelta && source.cache === undefined && !source.records;
    const isShared = isPlain && !base.isPacked && !view.isPacked;
    for (let i = 0; i < count;) {
      const length = isRun && this.#b < base.count ? this.#writeRun(i) : 0;
      i += length;
      if (length > 0) continue;
      if (isShared && this.#b < base.count && base.rows[this.#b] === rows[i]) this.#b++;
      else this.#change(i);
      i++;
    }
    if (this.#b < base.count || this.#o < owed.count) this.#despawnBelow(NO_ID);
  }

  /** True when something has to be said of an entity of the source's view. */
  hasNews(position: number, place: number, source: BodySource): boolean {
    const owes = this.#start(source, source.cache!.out, position);
    return this.#typeOf(position, place, owes) === RECORD_SPAWN ||
      this.#differs(position, place, owes);
  }

  /**
   * Bytes that an entity adds behind its record's header, when something has to be said of it.
   *
   * @param place place in the base, or -1
   */
  costOf(position: number, place: number, source: BodySource): number {
    const cache = source.cache!;
    const owes = this.#start(source, cache.out, position);
    const type = this.#typeOf(position, place, owes);
    return cache.lengthOf(this.#cached(cache, position, place, owes, type));
  }

  /** Goes to the start of the views; returns what is owed of an entity. */
  #start(source: BodySource, out: ByteWriter, position: number = NONE): number {
    const isWhole = source.base === undefined || this.#codec.name === "raw";
    this.#source = source;
    this.#base = isWhole ? this.#nothing : source.base!;
    this.#out = out;
    this.#previousId = -1;
    this.#b = this.#o = 0;
    return position < 0 ? NONE : source.owed.find(source.view.ids[position]!);
  }

  /** Writes the updates of a run of entities from a position on; returns its length. */
  #writeRun(position: number): number {
    const { view } = this.#source;
    const codec = this.#codec.kinds[view.kinds[position]!]!;
    const run = this.#run;
    run.previousId = this.#previousId;
    const length = run.write(codec, view, position, this.#base, this.#b, this.#out);
    this.#previousId = run.previousId;
    this.#b += length;
    return length;
  }

  /** Writes the record of an entity that may have changed, and the despawns before it. */
  #change(position: number): void {
    const { owed, omitted, view, cache, records } = this.#source;
    const base = this.#base;
    const id = view.ids[position]!;
    if (this.#b < base.count && base.ids[this.#b]! < id || this.#o < owed.count) {
      this.#despawnBelow(id);
    }
    const place = this.#b < base.count && base.ids[this.#b] === id ? this.#b++ : NONE;
    const owes = this.#o < owed.count && owed.ids[this.#o] === id ? this.#o++ : NONE;
    if (omitted !== undefined && omitted.has(id)) return;
    const out = this.#out;
    const start = out.length;
    const type = this.#typeOf(position, place, owes);
    const previousId = this.#previousId;
    this.#header(id, type);
    const isShared = cache !== undefined && !base.isPacked;
    const isSaid = isShared
      ? this.#appendCached(cache, position, place, owes, type)
      : this.#body(position, place, owes, type, out);
    if (isSaid) {
      if (records !== undefined) records.add(id, type, this.#mask.lo, this.#mask.hi);
    } else {
      out.length = start;
      this.#previousId = previousId;
    }
  }

  #header(id: number, type: number): void {
    const out = this.#out;
    const buffer = out.reserve(ENTITY_HEADER_BYTES_MAX);
    out.length = putEntityHeader(buffer, out.length, id, this.#previousId, type);
    this.#previousId = id;
  }

  #typeOf(position: number, place: number, owes: number): number {
    const { view, owed } = this.#source;
    const isSpawn = place < 0 || this.#base.kinds[place] !== view.kinds[position] ||
      (owes >= 0 && owed.types[owes] !== RECORD_UPDATE);
    return isSpawn ? RECORD_SPAWN : RECORD_UPDATE;
  }

  /** Writes what follows a record's header: kind, mask, fields; false when nothing has to be said. */
  #body(
    position: number,
    place: number,
    owes: number,
    type: number,
    out: ByteWriter,
  ): boolean {
    const { view, isDelta } = this.#source;
    const base = this.#base;
    const kind = view.kinds[position]!;
    const codec = this.#codec.kinds[kind]!;
    const row = view.rows[position]!;
    const mask = this.#mask;
    if (type === RECORD_UPDATE && isDelta) {
      return writeDelta(codec, view.words, row, base.words, base.rows[place]!, mask, out);
    }
    if (type === RECORD_SPAWN) mask.copy(codec.all);
    else if (!this.#differs(position, place, owes)) return false;
    if (this.#codec.hasKinds) out.varint(kind);
    if (type === RECORD_UPDATE) writeMask(mask, codec.fieldCount, out);
    writeKindFields(codec, codec.valueCodes, view.words, row, view.words, row, mask, out);
    return true;
  }

  /** Makes the mask the fields that differ or are owed; false when there are none. */
  #differs(position: number, place: number, owes: number): boolean {
    const { view, owed } = this.#source;
    const { words, rows } = this.#base;
    const mask = this.#mask;
    const { layout } = this.#codec.kinds[view.kinds[position]!]!;
    mask.lo = owes < 0 ? 0 : owed.los[owes]!;
    mask.hi = owes < 0 ? 0 : owed.his[owes]!;
    diffRows(layout, view.words, view.rows[position]!, words, rows[place]!, mask);
    return !mask.isEmpty;
  }

  #appendCached(
    cache: RecordCache,
    position: number,
    place: number,
    owes: number,
    type: number,
  ): boolean {
    const entry = this.#cached(cache, position, place, owes, type);
    if (entry >= 0) cache.appendTo(this.#out, entry);
    return entry >= 0;
  }

  /** A record in the cache, written when it was not there; NONE when nothing has to be said. */
  #cached(
    cache: RecordCache,
    position: number,
    place: number,
    owes: number,
    type: number,
  ): number {
    const { view, isDelta } = this.#source;
    const row = view.rows[position]!;
    const mask = this.#mask;
    const isStep = type === RECORD_UPDATE && isDelta;
    if (type === RECORD_UPDATE && !isDelta && !this.#differs(position, place, owes)) return NONE;
    if (type === RECORD_SPAWN) mask.copy(this.#codec.kinds[view.kinds[position]!]!.all);
    const against = isStep ? this.#base.rows[place]! : NONE - type;
    const known = cache.find(row, against, mask);
    if (known >= 0) return known;
    const start = cache.out.length;
    const isSaid = this.#body(position, place, owes, type, cache.out);
    return isSaid ? cache.add(row, against, mask, start) : NONE;
  }

  /** Writes the despawns of entities below an id that are held, or that are owed. */
  #despawnBelow(id: number): void {
    const base = this.#base;
    const { owed, records } = this.#source;
    for (;;) {
      const held = this.#b < base.count ? base.ids[this.#b]! : NO_ID;
      const owes = this.#o < owed.count ? owed.ids[this.#o]! : NO_ID;
      const next = Math.min(held, owes);
      if (next >= id) return;
      if (held === next) this.#b++;
      if (owes === next) this.#o++;
      if (held !== next && owed.types[this.#o - 1] !== RECORD_DESPAWN) continue;
      if (records !== undefined) records.add(next, RECORD_DESPAWN, 0, 0);
      this.#header(next, RECORD_DESPAWN);
    }
  }
}
