import type { Counted, SharedPacket } from "../wire/shared_packet.ts";
import type { ConsumerTable } from "./consumer_table.ts";
import type { FramePackets } from "./frame_packets.ts";

/**
 * Packets to a consumer that no ack has settled, oldest first; undefined where one was given up.
 *
 * @internal
 */
export interface Unsettled<T> {
  /** Number of packets. */
  readonly count: number;
  /** Packet at an index. */
  itemAt(index: number): T | undefined;
}

/** Those of one consumer of a table after the other; read in order, each index costs the same. */
export class UnsettledPackets<S extends Counted> implements Unsettled<SharedPacket<S>> {
  readonly #table: ConsumerTable;
  readonly #packets: FramePackets<S>;
  #consumer = 0;
  #index = 0;
  #node = 0;

  /** Packets of no consumer yet. */
  constructor(table: ConsumerTable, packets: FramePackets<S>) {
    this.#table = table;
    this.#packets = packets;
  }

  /** Number of packets, counted one by one. */
  get count(): number {
    return this.#table.count(this.#consumer);
  }

  /** Goes to a consumer of the table. */
  of(consumer: number): this {
    this.#consumer = consumer;
    this.#index = 0;
    this.#node = this.#table.oldest(consumer);
    return this;
  }

  /** Packet at an index. */
  itemAt(index: number): SharedPacket<S> | undefined {
    if (index < this.#index) {
      this.#index = 0;
      this.#node = this.#table.oldest(this.#consumer);
    }
    while (this.#index < index) {
      this.#node = this.#table.following(this.#node);
      this.#index++;
    }
    return this.#packets.at(this.#table.packetOf(this.#node));
  }
}
