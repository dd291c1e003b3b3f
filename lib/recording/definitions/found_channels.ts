import type { TypedMcapRecords } from "@mcap/core";
import {
  EVENT_CHANNEL,
  EVENT_TOPIC,
  NAME_CHANNEL,
  NAME_TOPIC,
  PREVIEW_CHANNEL,
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

/** Channels that our recorder always gives the same number. */
const NUMBERS: ReadonlyMap<number, Role> = new Map([
  [EVENT_CHANNEL, "event"],
  [PREVIEW_CHANNEL, "preview"],
  [NAME_CHANNEL, "names"],
]);

/** Records of revisions that do not fit, after which no other is tried. */
const FAULTS_MAX = 16;

/** Schemas of one number that are kept, as the data and the summary have them. */
const VERSIONS_MAX = 4;

/** Why a channel of states is not known, and the byte of the file at which that shows. */
export interface Refusal {
  readonly problem: string;
  readonly offset: number;
}

/** A record where it lies. */
interface Placed<T> {
  readonly record: T;
  readonly offset: number;
}

/**
 * Schemas and channels as they are found. Such a record has no CRC, so one of states counts only if
 * its schema has the hash that its channel names, unless both were proved by what they lay in.
 */
export class FoundChannels {
  readonly #schemas = new Map<number, Placed<Schema>[]>();
  readonly #channels = new Map<number, Channel>();
  /** Schema of each channel of states. */
  readonly #schemaOf = new Map<number, Placed<Schema>>();
  readonly #refused = new Map<number, Refusal>();
  readonly #isOurs: boolean;

  /** None yet. @param isOurs true for a file that no other program has written anew */
  constructor(isOurs: boolean) {
    this.#isOurs = isOurs;
  }

  /** Takes a schema. @param offset byte of the file at which it lies */
  addSchema(schema: Schema, offset: number): void {
    const versions = this.#schemas.get(schema.id) ?? [];
    if (versions.length < VERSIONS_MAX) versions.push({ record: schema, offset });
    this.#schemas.set(schema.id, versions);
  }

  /**
   * Takes a channel; of one number, that of states counts, else the first.
   *
   * @param offset byte of the file at which it lies
   * @param isProven true when the bytes of the record are those that were written
   */
  addChannel(channel: Channel, offset: number, isProven: boolean): void {
    const { id } = channel;
    const before = this.#channels.get(id);
    if (channel.topic !== STATE_TOPIC) {
      if (before === undefined) this.#channels.set(id, channel);
      return;
    }
    if (before?.topic === STATE_TOPIC) return;
    const schema = this.#schemaFor(channel, isProven);
    if (schema === undefined) this.#refused.set(id, this.#refusalOf(channel, offset));
    else {
      this.#channels.set(id, channel);
      this.#schemaOf.set(id, schema);
      this.#refused.delete(id);
    }
  }

  /**
   * True for a channel of states that is proved by its hash, of a number that stands for another
   * schema: no recording gives a number twice, so another begins there.
   */
  isOfOther(channel: Channel): boolean {
    const before = this.#schemaOf.get(channel.id);
    if (before === undefined || channel.topic !== STATE_TOPIC) return false;
    const schema = this.#schemaFor(channel, false);
    return schema !== undefined && schema !== before &&
      recordHash(schema.record.data) !== recordHash(before.record.data);
  }

  /** What the messages of a channel are; undefined when its record is not there. */
  roleOf(id: number): Role | undefined {
    const fixed = this.#isOurs ? NUMBERS.get(id) : undefined;
    if (fixed !== undefined) return fixed;
    const channel = this.#channels.get(id);
    return channel && (ROLES.get(channel.topic) ?? "other");
  }

  /** Channels of a role, in the order in which they came. */
  of(role: Role): number[] {
    const known = [...this.#channels.keys()].filter((id) => this.roleOf(id) === role);
    const others = this.#isOurs
      ? [...NUMBERS.keys()].filter((id) => this.roleOf(id) === role && !this.#channels.has(id))
      : [];
    return [...known, ...others];
  }

  /** True when the record of a channel of a role was found. */
  has(role: Role): boolean {
    return this.of(role).some((id) => this.#channels.has(id));
  }

  /** Why a channel of states is not known; undefined when none of that number was found at fault. */
  refusal(id: number): string | undefined {
    return this.#refused.get(id)?.problem;
  }

  /** What is wrong with channels of states. */
  refusals(): Iterable<Refusal> {
    return this.#refused.values();
  }

  /** Revisions that can be read, the channel of each, and the byte at which the last one lies. */
  revisions(): {
    readonly chain: RevisionChain;
    readonly channels: readonly number[];
    readonly offset: number;
  } {
    let chain = new RevisionChain();
    const taken: { readonly id: number; readonly data: Uint8Array; before?: Uint8Array }[] = [];
    let before: Uint8Array | undefined;
    let faults = 0;
    const channels = this.of("state");
    // What a summary repeats may have come before what the data alone have.
    if (this.#isOurs) channels.sort((a, b) => a - b);
    for (const id of channels) {
      const { offset, record: { data } } = this.#schemaOf.get(id)!;
      const revision = { id, data, ...(before === undefined ? {} : { before }) };
      try {
        chain.add(data, revision.before);
        taken.push(revision);
        // One that adds to another than the last that is read says so by its hash, and is refused.
        before = data;
      } catch (error) {
        if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
        this.#refused.set(id, { problem: error.message, offset });
        chain = new RevisionChain();
        for (const { data, before } of taken) chain.add(data, before);
        if (++faults === FAULTS_MAX) break;
      }
    }
    const last = taken.at(-1);
    const offset = last === undefined ? 0 : this.#schemaOf.get(last.id)!.offset;
    return { chain, channels: taken.map(({ id }) => id), offset };
  }

  #schemaFor(
    { id, metadata, schemaId }: Channel,
    isProven: boolean,
  ): Placed<Schema> | undefined {
    // Our recorder numbers the two alike, and no hash speaks for the numbers.
    if (this.#isOurs && !isProven && id !== schemaId) return undefined;
    const versions = (this.#schemas.get(schemaId) ?? [])
      .filter(({ record }) => record.encoding === SCHEMA_ENCODING);
    if (isProven) return versions[0];
    const hash = metadata.get("schemaHash");
    return versions.find(({ record }) => hash === recordHash(record.data));
  }

  #refusalOf({ id, schemaId }: Channel, offset: number): Refusal {
    if (this.#isOurs && id !== schemaId) {
      return { problem: `channel ${id} is of schema ${schemaId}`, offset };
    }
    const schema = this.#schemas.get(schemaId)
      ?.find(({ record }) => record.encoding === SCHEMA_ENCODING);
    return schema === undefined
      ? { problem: "its schema is not there", offset }
      : { problem: "its schema is damaged", offset: schema.offset };
  }
}
