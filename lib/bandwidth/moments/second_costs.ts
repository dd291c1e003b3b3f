import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EncodedPacket } from "../../replication/packet/encoded_packet.ts";
import { PayloadCosts } from "../costs/payload_costs.ts";
import { costParts } from "../costs/wire_costs.ts";
import { chooseEntities, type UsualBits } from "./entity_choice.ts";
import type { SecondMoments } from "./run_moments.ts";

/** Parts that are listed of a second, and entities. */
const PARTS_MAX = 12, ENTITIES_MAX = 8;

/** What was sent in one second. */
export class SecondCosts {
  /** Bytes on the wire to all consumers. */
  wireBytes: number = 0;
  #packets = 0;
  #datagrams = 0;
  #pieces = 0;
  readonly #payload: PayloadCosts;

  /** Nothing was sent yet. */
  constructor(layout: SnapshotLayout) {
    this.#payload = new PayloadCosts(layout);
  }

  /** Adds a packet, as often as it was sent. */
  add(packet: EncodedPacket): void {
    const { datagrams, sends, wireBytes } = packet;
    this.#packets += sends;
    this.wireBytes += wireBytes * sends;
    this.#datagrams += datagrams * sends;
    if (datagrams > 1) this.#pieces += datagrams * sends;
    this.#payload.add(packet);
  }

  /** Where its bits went, of a run whose entities took `usual` in the seconds before; this one is added. */
  parts(
    names: ReadonlyEntityNames | undefined,
    usual: UsualBits,
  ): Pick<SecondMoments, "packets" | "parts" | "restBits" | "entities" | "entityCount"> {
    const payload = this.#payload;
    const parts = costParts({
      datagrams: this.#datagrams,
      pieces: this.#pieces,
      wireBytes: this.wireBytes,
      overheadBits: payload.overheadBits(),
      fields: payload.fields(),
    }).map(({ share: _, ...part }) => part);
    const { all, count } = payload.allEntities(names);
    const entities = chooseEntities(all, usual, ENTITIES_MAX);
    usual.add(all);
    return {
      packets: this.#packets,
      parts: parts.slice(0, PARTS_MAX),
      restBits: parts.slice(PARTS_MAX).reduce((sum, { bits }) => sum + bits, 0),
      entities,
      entityCount: count,
    };
  }
}
