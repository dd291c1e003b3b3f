import { EntityNames } from "../../core/names/entity_names.ts";
import { type ChunkIndex, readMessages } from "../container/mcap_records.ts";
import { readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { readNameMessage } from "./name_message.ts";

/** Most kinds of a schema. */
const KINDS_MAX = 65536;

/** Ids of entities as the messages of a recording name them. */
export class NameList {
  /** One text for all names of a kind. */
  readonly #kinds = new Map<string, string>();
  #names: EntityNames | undefined;

  /** Names so far; none where no message named one. */
  get names(): EntityNames {
    return this.#names ?? new EntityNames();
  }

  /** Takes the names of a message. @throws {RangeError} when it is none, or one is there twice */
  add(message: Uint8Array): void {
    for (const { entity, id, kind } of readNameMessage(message)) {
      this.#names ??= new EntityNames({ isByKind: kind !== undefined });
      this.#names.keep({ entity, id, kind: kind === undefined ? undefined : this.#shared(kind) });
    }
  }

  #shared(kind: string): string {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    this.#kinds.set(kind, kind);
    if (this.#kinds.size > KINDS_MAX) {
      throw new RangeError(`names have more than ${KINDS_MAX} kinds`);
    }
    return kind;
  }
}

/**
 * Ids of the entities of a recording; none in one that keeps none.
 *
 * @param chunks chunks with names, in the order of the file
 * @param channels channels of names
 * @throws {RecordingSyntaxError} when a chunk is damaged, or names an entity twice
 */
export async function readNames(
  source: RecordingSource,
  chunks: readonly ChunkIndex[],
  channels: ReadonlySet<number>,
): Promise<EntityNames> {
  const list = new NameList();
  for (const chunk of chunks) {
    const section = new Section("names", chunk.offset, source.name);
    const raw = await readChunk(source, chunk, section);
    section.parse(() => {
      for (const { channel, data } of readMessages(raw)) if (channels.has(channel)) list.add(data);
    });
  }
  return list.names;
}
