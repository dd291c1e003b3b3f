import { ByteReader } from "../../core/bytes/bytes.ts";
import { NAME_CHANNEL, STATE_CHANNEL, STATE_TOPIC } from "../container/format.ts";
import { type ChunkIndex, readMessage } from "../container/mcap_records.ts";
import { RecordingSyntaxError } from "../container/recording_error.ts";
import type { RecordingIndex } from "../container/recording_index.ts";
import { readChunk } from "../container/recording_parts.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { FoundChannels } from "./found_channels.ts";
import type { FoundRecord } from "./found_record.ts";

/** Sizes of the chunks that an index has, by which those of another recording are told apart. */
export class IndexedSizes {
  readonly #sizes: ReadonlySet<string>;

  /** Sizes of an index. */
  constructor({ chunks }: Pick<RecordingIndex, "chunks">) {
    this.#sizes = new Set(chunks.map(sizesOf));
  }

  /** True for a chunk that the index has, wherever it lies. */
  has(chunk: ChunkIndex): boolean {
    return this.#sizes.has(sizesOf(chunk));
  }
}

/** Neither where it lies nor its times, so that one which moved, or whose times are damaged, fits. */
function sizesOf({ length, rawSize }: ChunkIndex): string {
  return `${length} ${rawSize}`;
}

/**
 * True when the data begin as those of another recording than an index is of: its schema, or the
 * first block that is whole, is not there in the index.
 *
 * @param records those of the data
 */
export async function isOfOther(
  source: RecordingSource,
  index: Pick<RecordingIndex, "channels" | "chunks">,
  records: AsyncIterable<FoundRecord>,
): Promise<boolean> {
  const sizes = new IndexedSizes(index);
  const channels = new FoundChannels(true);
  for await (const record of records) {
    if (record.type === "schema") channels.addSchema(record.schema, record.offset);
    else if (record.type === "channel") {
      const { channel, offset } = record;
      channels.addChannel(channel, offset, false);
      if (channel.topic !== STATE_TOPIC || channels.refusal(channel.id) !== undefined) continue;
      const other = index.channels.find(({ id }) => id === channel.id);
      const hash = channel.metadata.get("schemaHash");
      if (other !== undefined && other.metadata.get("schemaHash") !== hash) return true;
    } else if (record.type === "chunk" && await isBlock(source, record.chunk)) {
      return !sizes.has(record.chunk);
    }
  }
  return false;
}

/** True for a chunk that is whole and holds a block. */
async function isBlock(source: RecordingSource, chunk: ChunkIndex): Promise<boolean> {
  const section = new Section("chunk", chunk.offset, source.name);
  try {
    const raw = await readChunk(source, chunk, section);
    const { channel } = section.parse(() => readMessage(new ByteReader(raw)));
    return channel >= STATE_CHANNEL && channel !== NAME_CHANNEL;
  } catch (error) {
    if (error instanceof RecordingSyntaxError) return false;
    throw error;
  }
}
