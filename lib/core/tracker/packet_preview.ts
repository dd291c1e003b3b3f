import type { View } from "../state/view.ts";
import type { EntityRecords } from "../wire/entity_records.ts";
import type { BodySource, WorldWriter } from "../wire/world_writer.ts";

/** What the next packet of one consumer would hold, entity by entity. */
export class PacketPreview {
  readonly #writer: WorldWriter;
  readonly #source: BodySource;

  /** Preview of nothing yet, of packets that a writer writes. */
  constructor(writer: WorldWriter, source: BodySource) {
    this.#writer = writer;
    this.#source = source;
  }

  /** Goes to the packet that leads from a base to a view, with what is owed. */
  start(view: View, base: View | undefined, owed: EntityRecords): this {
    this.#source.view = view;
    this.#source.base = base;
    this.#source.owed = owed;
    return this;
  }

  /** True when the entity at a position of the view has to be in the packet. */
  hasNews(position: number): boolean {
    return this.#writer.hasNews(position, this.#placeOf(position), this.#source);
  }

  /** Bytes that such an entity would add to the packet, without its record's header. */
  cost(position: number): number {
    return this.#writer.costOf(position, this.#placeOf(position), this.#source);
  }

  /** Place of an entity of the view in the base; -1 when it is not there. */
  #placeOf(position: number): number {
    const { view, base } = this.#source;
    return base === undefined ? -1 : base.find(view.ids[position]!);
  }
}
