import { SnapshotLayout } from "../state/snapshot_layout.ts";
import { enumTables } from "./enum_tables.ts";
import { KindCodec } from "./kind_codec.ts";
import { schemaHash } from "./schema_hash.ts";

/** Wire codecs of worlds; see {@linkcode WorldCodec}. */
export const CODEC_NAMES = ["raw", "mask", "varint"] as const;

/** Name of a wire codec. */
export type CodecName = (typeof CODEC_NAMES)[number];

/**
 * What both ends of a world's stream have to agree on.
 *
 * `raw` sends every field of every entity in every packet, at native width, and needs no baseline.
 * `mask` sends a mask and the changed fields at native width. `varint` sends a mask and zigzag
 * varints of differences; a patch's and a keyframe's values stand alone.
 *
 * A body is entity records in ascending order of id to the end of the packet. A record is the
 * header of {@linkcode putEntityHeader}; then, in a spawn and in a patch's update, the kind index
 * as LEB128 when the schema has more than one kind; then, in an update, the mask; then the fields.
 * A spawn over an entity that the baseline holds replaces it by one of another kind. In a keyframe
 * for a consumer that joins, {@linkcode enumTables} stand before the records.
 *
 * @internal
 */
export class WorldCodec {
  /** Layout of the worlds. */
  readonly layout: SnapshotLayout;
  /** Which of the codecs this is. */
  readonly name: CodecName;
  /** Codec of each kind's rows. */
  readonly kinds: readonly KindCodec[];
  /** True when there is more than one kind. */
  readonly hasKinds: boolean;
  /** Texts of all enums, as they travel. */
  readonly tables: Uint8Array;
  /** True when a kind has a field of the type `text`. */
  readonly hasTexts: boolean;
  /** Stands for the schema and the codec. */
  readonly schemaHash: number;

  /** Codec by name for worlds of a layout. @throws {RangeError} for another name, {TypeError} for no layout */
  constructor(layout: SnapshotLayout, name: CodecName) {
    if (!(layout instanceof SnapshotLayout)) {
      throw new TypeError(
        "The layout is no SnapshotLayout: give the layout of defineSchema, or new SnapshotLayout(schema)",
      );
    }
    if (!CODEC_NAMES.includes(name)) {
      throw new RangeError(`Codec is ${name}, expected one of ${CODEC_NAMES.join(", ")}`);
    }
    this.layout = layout;
    this.name = name;
    const coding = name === "varint" ? "varint" : "native";
    this.kinds = layout.kinds.map((kind) => new KindCodec(kind, coding));
    this.hasKinds = layout.kinds.length > 1;
    this.tables = enumTables(layout);
    this.hasTexts = layout.kinds.some(({ kind }) => kind.fields.some((f) => f.type === "text"));
    this.schemaHash = schemaHash(layout.schema.kinds, name);
  }
}
