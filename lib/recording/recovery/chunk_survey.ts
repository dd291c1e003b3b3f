import { ByteReader, ByteSyntaxError } from "../../core/bytes/bytes.ts";
import {
  type ChunkIndex,
  type McapMessage,
  OPCODE,
  readMessage,
  readRecord,
} from "../container/mcap_records.ts";
import { CHUNK_CRC_AT, NO_CRC, readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { checksum } from "../container/zstd.ts";
import { readEventMessage } from "../events/event_message.ts";
import { NameList } from "../names/read_names.ts";
import type { DamageLog } from "./damage_log.ts";
import { DUPLICATE, FoundBlocks } from "./found_blocks.ts";
import type { FoundChannels, Role } from "../definitions/found_channels.ts";
import { type MessageIndexRecord, readDefinition } from "../definitions/found_record.ts";
import { MetChunks, type RepeatedEvents, takeRepeated } from "./repeated_events.ts";

/** Section of the fault that a chunk is whose values nothing vouches for. */
const UNCHECKED = "unchecked chunk";

/** What the chunks of a recording hold, each of which was read whole. Memory holds one at a time. */
export class ChunkSurvey {
  /** Blocks. */
  readonly blocks = new FoundBlocks();
  /** Chunks with events. */
  eventChunks: ChunkIndex[] = [];
  /** Number of events by name. */
  readonly eventCounts = new Map<string, number>();
  /** Ids of entities. */
  readonly names = new NameList();
  /** Channels of the chunk that was met last; undefined where it could not be read. */
  #last: Set<number> | undefined = new Set();
  readonly #met = new MetChunks();
  readonly #repeats: RepeatedEvents[] = [];
  readonly #source: RecordingSource;
  readonly #channels: FoundChannels;
  readonly #log: DamageLog;
  readonly #isOurs: boolean;

  /**
   * No chunk yet.
   *
   * @param channels those that are known before the chunks; it takes theirs
   * @param isOurs true for a file that no other program has written anew
   */
  constructor(
    source: RecordingSource,
    channels: FoundChannels,
    log: DamageLog,
    isOurs: boolean,
  ) {
    this.#isOurs = isOurs;
    this.#source = source;
    this.#channels = channels;
    this.#log = log;
  }

  /** Reads a chunk; one that is damaged is left out whole. */
  async add(chunk: ChunkIndex): Promise<void> {
    const roles = chunk.channels.map((channel) => this.#channels.roleOf(channel));
    const needs = (role: Role | undefined) => role !== "preview" && role !== "other";
    if (roles.length > 0 && !roles.some(needs)) return;
    const known = new Set(roles);
    const name = known.size === 1 ? SECTIONS[roles[0] ?? "other"] : "chunk";
    const section = new Section(name, chunk.offset, this.#source.name);
    const costs =
      roles.length === 0 || known.has(undefined) || (known.has("state") && known.has("event"))
        ? "anything"
        : known.has("state")
        ? "blocks"
        : known.has("event")
        ? "events"
        : known.has("names")
        ? "names"
        : "nothing";
    const last = this.#last;
    this.#last = undefined;
    await this.#log.attempt(
      async () => {
        const raw = await readChunk(this.#source, chunk, section);
        this.#take(chunk, raw, section, last);
        await this.#checkCrc(chunk, raw);
      },
      (fault) => this.#log.add(fault, chunk, costs),
    );
  }

  /** Notes that nobody vouches for the values of a chunk, where our recorder always does. */
  async #checkCrc({ offset }: ChunkIndex, raw: Uint8Array): Promise<void> {
    if (!this.#isOurs) return;
    const crc = await this.#source.read(offset + CHUNK_CRC_AT, 4);
    if (crc.some((byte) => byte !== 0) || checksum(raw) === 0) return;
    this.#log.add({ section: UNCHECKED, offset, problem: NO_CRC }, undefined, "nothing");
  }

  /** Takes what indexes the messages of a chunk: one that lacks its chunk says what is lost. */
  addIndex(index: MessageIndexRecord): void {
    const { channel, length, offset } = index;
    const last = this.#last;
    const role = this.#channels.roleOf(channel);
    if (last === undefined || last.has(channel) || role === undefined) return;
    last.add(channel);
    const problem = "the chunk before it is lost";
    const section = role === "preview" || role === "other" ? "message index" : SECTIONS[role];
    this.#log.add({ section, offset, problem }, { offset, length }, COSTS[role]);
  }

  /** Leaves out events that are there twice. @param expected number of events that was written */
  leaveOutRepeated(expected: ReadonlyMap<string, number> | undefined): void {
    const repeated = new Set(takeRepeated(this.#repeats, this.eventCounts, expected));
    for (const chunk of repeated) this.#addDuplicate(chunk, "its events stand before it as well");
    this.eventChunks = this.eventChunks.filter((chunk) => !repeated.has(chunk));
  }

  #addDuplicate(chunk: ChunkIndex, problem: string): void {
    this.#log.add({ section: DUPLICATE, offset: chunk.offset, problem }, chunk, "nothing");
  }

  #take(chunk: ChunkIndex, raw: Uint8Array, section: Section, last: Set<number> | undefined): void {
    const input = new ByteReader(raw);
    const events: string[] = [];
    const met = new Set<number>();
    const faults: { readonly role: Role; readonly problem: string }[] = [];
    let unknown: number | undefined;
    let hasEvents = false;
    let hasNames = false;
    let messages = 0;
    const blocksBefore = this.blocks.count;
    const before = this.#met.add(raw, blocksBefore);
    section.parse(() => {
      while (input.remaining > 0) {
        const at = input.offset;
        if (raw[at] === OPCODE.schema || raw[at] === OPCODE.channel) {
          this.#define(raw, input, chunk.offset);
        } else {
          const message = readMessage(input);
          messages++;
          met.add(message.channel);
          const isLost = this.#channels.refusal(message.channel) !== undefined;
          const role = isLost ? "state" : this.#channels.roleOf(message.channel);
          hasEvents ||= role === "event";
          hasNames ||= role === "names";
          if (role === "names" && before !== undefined) continue;
          if (role === undefined) unknown ??= message.channel;
          else {
            // One that does not decode costs no other of its chunk, whose CRC is right.
            const problem = problemOf(() => this.#takeMessage(chunk, at, message, role, events));
            if (problem !== undefined) faults.push({ role, problem });
          }
        }
      }
    });
    // A copy may stand between a chunk and its index.
    if (before === undefined) this.#last = met;
    else this.#last = last && new Set([...last, ...met]);
    for (const { role, problem } of faults) {
      const fault = { section: SECTIONS[role], offset: chunk.offset, problem };
      this.#log.add(fault, messages === 1 ? chunk : undefined, COSTS[role]);
    }
    if (hasEvents) this.eventChunks.push(chunk);
    addTo(this.eventCounts, events);
    if (before !== undefined) {
      if (hasNames) this.#addDuplicate(chunk, "its ids stand before it as well");
      const counts = addTo(new Map(), events);
      if (hasEvents) this.#repeats.push({ chunk, counts, isApart: blocksBefore > before });
    }
    if (unknown !== undefined) section.refuse(`channel ${unknown} of its messages is not there`);
  }

  #takeMessage(
    chunk: ChunkIndex,
    at: number,
    message: McapMessage,
    role: Role,
    events: string[],
  ): void {
    if (role === "state") this.blocks.add(chunk, at, message);
    else if (role === "names") this.names.add(message.data);
    else if (role === "event") {
      for (const { name } of readEventMessage(message.data)) events.push(name);
    }
  }

  /** Takes a schema or a channel that lies among messages. */
  #define(raw: Uint8Array, input: ByteReader, chunkOffset: number): void {
    const start = input.offset;
    input.take(readRecord(input).length);
    const found = readDefinition(raw.subarray(start, input.offset), chunkOffset);
    if (found.type === "schema") this.#channels.addSchema(found.schema, chunkOffset);
    else this.#channels.addChannel(found.channel, chunkOffset, true);
  }
}

function addTo(counts: Map<string, number>, names: readonly string[]): Map<string, number> {
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

const SECTIONS: Readonly<Record<Role, string>> = {
  state: "block",
  event: "events",
  names: "names",
  preview: "chunk",
  other: "chunk",
};

const COSTS: Readonly<Record<Role, "blocks" | "events" | "names" | "nothing">> = {
  state: "blocks",
  event: "events",
  names: "names",
  preview: "nothing",
  other: "nothing",
};

/** What a reader finds at fault with bytes; undefined when that is nothing. */
function problemOf(read: () => void): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ByteSyntaxError) return `raw byte ${error.offset}: ${error.problem}`;
    if (error instanceof RangeError || error instanceof TypeError) return error.message;
    throw error;
  }
}
