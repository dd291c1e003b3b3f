import { ByteReader } from "../../core/bytes/bytes.ts";
import { Mask } from "../../core/bytes/mask.ts";
import type { EntityId } from "../../core/names/entity_names.ts";
import type { SnapshotRows } from "../../core/state/snapshot.ts";
import { EntityHeaderReader } from "../../core/wire/entity_header.ts";
import { RECORD_DESPAWN, RECORD_SPAWN } from "../../core/wire/entity_records.ts";
import { readEnumTables } from "../../core/wire/enum_tables.ts";
import { readMask } from "../../core/wire/mask_coding.ts";
import { PacketHeader } from "../../core/wire/packet_header.ts";
import type { WorldCodec } from "../../core/wire/world_codec.ts";
import { headerParts } from "./header_parts.ts";
import type { BitPart, FieldAnatomy, RecordAnatomy, SentAgain } from "./packet_anatomy.ts";
import type { RecordCarriers } from "./record_carriers.ts";
import type { SentPacket } from "./traced_packet.ts";

/** What a packet consists of. */
export interface PacketParts {
  /** Bits before the entity records: header, tables of texts. */
  readonly header: readonly BitPart[];
  /** Entity records. */
  readonly records: readonly RecordAnatomy[];
}

const TYPES = ["update", "spawn", "despawn"] as const;

/**
 * Takes apart a packet that a `WorldWriter` wrote.
 *
 * @param held what a delta is against, or what the far end of a patch is assumed to hold; old values
 *   are read from it
 * @param idOf id of an entity in its game
 * @param carriers packets that carried what `nack` sends again
 * @throws {ByteSyntaxError} for bytes that no writer writes
 */
export function dissectPacket(
  bytes: Uint8Array,
  codec: WorldCodec,
  held: SnapshotRows | undefined,
  idOf: (entity: number) => EntityId,
  carriers?: RecordCarriers,
): PacketParts {
  const input = new ByteReader(bytes);
  const header = new PacketHeader().read(input);
  const parts = headerParts(header, input.offset);
  if (header.hasTables) {
    readEnumTables(input, codec.tables);
    parts.push({ part: "tables", bits: codec.tables.length * 8 });
  }
  const reader = new RecordReader(input, codec, header, held, idOf, carriers);
  const records: RecordAnatomy[] = [];
  while (input.remaining > 0) records.push(reader.next());
  return { header: parts, records };
}

/** Reads entity records one after another, as a `WorldReader` does, but keeps what each said. */
class RecordReader {
  readonly #input: ByteReader;
  readonly #codec: WorldCodec;
  readonly #isPatch: boolean;
  readonly #held: SnapshotRows | undefined;
  readonly #idOf: (entity: number) => EntityId;
  readonly #carriers: RecordCarriers | undefined;
  readonly #header: EntityHeaderReader = new EntityHeaderReader();
  readonly #mask: Mask = new Mask();
  /** Indexes of the fields that were read last. */
  readonly #fields: number[] = [];
  /** The row at hand. */
  #row: Int32Array = new Int32Array(0);

  constructor(
    input: ByteReader,
    codec: WorldCodec,
    { form }: PacketHeader,
    held: SnapshotRows | undefined,
    idOf: (entity: number) => EntityId,
    carriers: RecordCarriers | undefined,
  ) {
    this.#input = input;
    this.#codec = codec;
    this.#isPatch = form === "patch";
    this.#held = form === "keyframe" ? undefined : held;
    this.#idOf = idOf;
    this.#carriers = this.#isPatch ? carriers : undefined;
    this.#header.reset();
  }

  next(): RecordAnatomy {
    const input = this.#input;
    const held = this.#held;
    const start = input.offset;
    this.#header.read(input);
    const { id: entity, type } = this.#header;
    const place = held === undefined ? -1 : held.find(entity);
    const known = place < 0 ? undefined : held!.kinds[place]!;
    const isValue = type === RECORD_SPAWN || this.#isPatch;
    const kindStart = input.offset;
    const kind = type !== RECORD_DESPAWN && isValue
      ? this.#codec.hasKinds ? input.varint() : 0
      : known ?? this.#carriers?.kindOf(entity);
    const kindBits = (input.offset - kindStart) * 8;
    if (type !== RECORD_DESPAWN && (kind === undefined || kind >= this.#codec.kinds.length)) {
      input.refuse(`the kind of entity ${entity} is unknown`);
    }
    const entityBits = (input.offset - start) * 8;
    // The state that is assumed has what went already: it spawned, or is gone.
    const isAgain = type === RECORD_SPAWN
      ? known === kind
      : type === RECORD_DESPAWN && known === undefined;
    const record = {
      id: this.#idOf(entity),
      kind: kind === undefined ? null : this.#codec.layout.kinds[kind]!.kind.name,
      type: TYPES[type]!,
      entityBits,
      ...(kindBits === 0 ? {} : { kindBits }),
      ...(isAgain ? sentAgain(this.#carriers?.carrierOf(entity)) : {}),
    };
    if (type === RECORD_DESPAWN) return { ...record, bits: entityBits, maskBits: 0, fields: [] };
    const { fieldCount, all } = this.#codec.kinds[kind!]!;
    const maskStart = input.offset;
    if (type === RECORD_SPAWN) this.#mask.copy(all);
    else readMask(input, fieldCount, this.#mask);
    const maskBits = (input.offset - maskStart) * 8;
    const carriers = type === RECORD_SPAWN ? undefined : this.#carriers;
    const fields = this.#readFields(kind!, known === kind ? place : -1, isValue).map(
      (read, i): FieldAnatomy =>
        carriers !== undefined && Object.is(read.from, read.to)
          ? { ...read, ...sentAgain(carriers.carrierOf(entity, this.#fields[i]!)) }
          : read,
    );
    return { ...record, bits: (input.offset - start) * 8, maskBits, fields };
  }

  /** Reads the fields in the mask; old values are those of the held entity at a place, or of none. */
  #readFields(kind: number, place: number, isValue: boolean): FieldAnatomy[] {
    const input = this.#input;
    const held = this.#held;
    const codec = this.#codec.kinds[kind]!;
    const { layout } = codec;
    const codes = isValue ? codec.valueCodes : codec.deltaCodes;
    if (this.#row.length < layout.stride) this.#row = new Int32Array(layout.stride);
    const row = this.#row.fill(0);
    const heldAt = place < 0 ? -1 : held!.rows[place]!;
    if (!isValue && heldAt >= 0) row.set(held!.words.subarray(heldAt, heldAt + layout.stride));
    const fields: FieldAnatomy[] = [];
    this.#fields.length = 0;
    layout.kind.fields.forEach(({ name }, field) => {
      if (!this.#mask.has(field)) return;
      const start = input.offset;
      codec.readField(codes[field]!, field, row, 0, input);
      this.#fields.push(field);
      fields.push({
        field: name,
        bits: (input.offset - start) * 8,
        from: heldAt < 0 ? null : layout.get(held!.words, heldAt, field) ?? null,
        to: layout.get(row, 0, field) ?? null,
      });
    });
    return fields;
  }
}

function sentAgain(carrier: SentPacket | undefined): { readonly sentAgain?: SentAgain } {
  if (carrier === undefined) return {};
  const { frame, outcome } = carrier;
  return { sentAgain: { frame, outcome } };
}
