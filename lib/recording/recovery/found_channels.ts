import type { TypedMcapRecords } from "@mcap/core";
import {
  EVENT_TOPIC,
  NAME_TOPIC,
  PREVIEW_TOPIC,
  SCHEMA_ENCODING,
  STATE_TOPIC,
} from "../container/format.ts";
import { RevisionChain } from "../revision/revision_chain.ts";
import { recordHash } from "../revision/schema_record.ts";

type Schema = TypedMcapRecords["Schema"];
type Channel = TypedMcapRecords["Channel"];

/** What the messages of a channel are. */
export type Role = "state" | "event" | "names" | "preview" | "other";

const ROLES: ReadonlyMap<string, Role> = new Map([
  [STATE_TOPIC, "state"],
  [EVENT_TOPIC, "event"],
  [NAME_TOPIC, "names"],
  [PREVIEW_TOPIC, "preview"],
]);

/** Records of revisions that do not fit, after which no other is tried. */
const FAULTS_MAX = 16;

/**
 * Schemas and channels as they are found. Such a record has no CRC, so one of states counts only if
 * its schema has the hash that its channel names, unless both were proved by what they lay in.
 */
export class FoundChannels {
  readonly #schemas = new Map<number, Schema>();
  readonly #channels = new Map<number, Channel>();
  readonly #refused = new Map<number, string>();

  /** Takes a schema; the first of a number counts. */
  addSchema(schema: Schema): void {
    if (!this.#schemas.has(schema.id)) this.#schemas.set(schema.id, schema);
  }

  /**
   * Takes a channel; of one number, that of states counts, else the first.
   *
   * @param isProven true when the bytes of the record are those that were written
   */
  addChannel(channel: Channel, isProven: boolean): void {
    const { id } = channel;
    const before = this.#channels.get(id);
    if (channel.topic !== STATE_TOPIC) {
      if (before === undefined) this.#channels.set(id, channel);
      return;
    }
    const problem = this.#problemOf(channel, isProven);
    if (problem !== undefined) this.#refused.set(id, problem);
    else if (before?.topic !== STATE_TOPIC) this.#channels.set(id, channel);
  }

  /** What the messages of a channel are; undefined when its record is not there. */
  roleOf(id: number): Role | undefined {
    const channel = this.#channels.get(id);
    return channel && (ROLES.get(channel.topic) ?? "other");
  }

  /** Channels of a role, in the order in which they came. */
  of(role: Role): number[] {
    return [...this.#channels.keys()].filter((id) => this.roleOf(id) === role);
  }

  /** Why a channel of states is not known; undefined when none of that number was found at fault. */
  refusal(id: number): string | undefined {
    return this.#refused.get(id);
  }

  /** What is wrong with channels of states, a text each. */
  refusals(): Iterable<string> {
    return this.#refused.values();
  }

  /** Revisions that can be read, and the channel of each. */
  revisions(): { readonly chain: RevisionChain; readonly channels: readonly number[] } {
    let chain = new RevisionChain();
    const taken: { readonly id: number; readonly data: Uint8Array; before?: Uint8Array }[] = [];
    let before: Uint8Array | undefined;
    let faults = 0;
    for (const id of this.of("state")) {
      const { data } = this.#schemas.get(this.#channels.get(id)!.schemaId)!;
      const revision = { id, data, ...(before === undefined ? {} : { before }) };
      try {
        chain.add(data, revision.before);
        taken.push(revision);
        // One that adds to another than the last that is read says so by its hash, and is refused.
        before = data;
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        this.#refused.set(id, error.message);
        chain = new RevisionChain();
        for (const { data, before } of taken) chain.add(data, before);
        if (++faults === FAULTS_MAX) break;
      }
    }
    return { chain, channels: taken.map(({ id }) => id) };
  }

  /** What is wrong with a channel of states; undefined when nothing is. */
  #problemOf({ schemaId, metadata }: Channel, isProven: boolean): string | undefined {
    const schema = this.#schemas.get(schemaId);
    if (schema?.encoding !== SCHEMA_ENCODING) return "its schema is not there";
    if (isProven) return undefined;
    const hash = metadata.get("schemaHash");
    return hash === recordHash(schema.data) ? undefined : "its schema is damaged";
  }
}
