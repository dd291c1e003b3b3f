import { ByteReader } from "../../core/bytes/bytes.ts";
import { type EntityName, EntityNames } from "../../core/names/entity_names.ts";
import { type ChunkIndex, readMessage } from "../container/mcap_records.ts";
import { readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { readNameMessage } from "./name_message.ts";

/**
 * Ids of the entities of a recording; none in one that keeps none.
 *
 * @param chunks chunks with names, in the order of the file
 * @param channels channels of names
 * @param kinds names of all kinds of the recording
 * @throws {RecordingSyntaxError} when a chunk is damaged, or names an entity twice
 */
export async function readNames(
  source: RecordingSource,
  chunks: readonly ChunkIndex[],
  channels: ReadonlySet<number>,
  kinds: readonly string[],
): Promise<EntityNames> {
  // One text for all names of a kind.
  const kindOf = new Map(kinds.map((kind) => [kind, kind]));
  let names: EntityNames | undefined;
  const keep = ({ entity, id, kind }: EntityName) => {
    if (kind !== undefined && !kindOf.has(kind)) {
      throw new RangeError(`the schema lacks the kind of entity ${entity}`);
    }
    names ??= new EntityNames({ isByKind: kind !== undefined });
    names.keep({ entity, id, kind: kind && kindOf.get(kind) });
  };
  for (const chunk of chunks) {
    const section = new Section("names", chunk.offset, source.name);
    const input = new ByteReader(await readChunk(source, chunk, section));
    section.parse(() => {
      while (input.remaining > 0) {
        const { channel, data } = readMessage(input);
        if (channels.has(channel)) readNameMessage(data).forEach(keep);
      }
    });
  }
  return names ?? new EntityNames();
}
