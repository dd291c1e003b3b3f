import { ByteReader } from "../../core/bytes/bytes.ts";
import { type EntityName, EntityNames } from "../../core/names/entity_names.ts";
import { type ChunkIndex, readMessage } from "../container/mcap_records.ts";
import { readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { readNameMessage } from "./name_message.ts";

/** Most kinds of a schema. */
const KINDS_MAX = 65536;

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
  // One text for all names of a kind.
  const kinds = new Map<string, string>();
  let names: EntityNames | undefined;
  const keep = ({ entity, id, kind }: EntityName) => {
    names ??= new EntityNames({ isByKind: kind !== undefined });
    if (kind !== undefined && !kinds.has(kind)) kinds.set(kind, kind);
    if (kinds.size > KINDS_MAX) throw new RangeError(`names have more than ${KINDS_MAX} kinds`);
    names.keep({ entity, id, kind: kind === undefined ? undefined : kinds.get(kind) });
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
