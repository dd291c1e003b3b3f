import { ByteReader } from "../core/bytes/bytes.ts";
import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { Block } from "./block/block.ts";
import { readBlock } from "./block/block_codec.ts";
import type { BlockContent } from "./block/block_content.ts";
import { DecodedBlock } from "./block/decoded_block.ts";
import { readMessage } from "./container/mcap_records.ts";
import { RecordingSyntaxError } from "./container/recording_error.ts";
import { Section } from "./container/section.ts";
import { readChunk } from "./container/recording_parts.ts";
import type { RecordingSource } from "./container/sink.ts";
import type { RecordingContents } from "./contents/recording_contents.ts";
import { convertContent } from "./revision/revision.ts";

/** Stands for a block that does not decode. */
const NO_FRAMES: BlockContent = {
  frames: new Uint32Array(),
  timesMs: new Float64Array(),
  kinds: [],
};

/** Decodes the blocks of a recording, into rows of its last schema. */
export class BlockReader {
  readonly #source: RecordingSource;
  readonly #contents: RecordingContents;
  readonly #layout: SnapshotLayout;
  readonly #onFault: ((index: number, error: RecordingSyntaxError) => unknown) | undefined;
  #chunk: { readonly offset: number; readonly raw: Promise<Uint8Array> } | undefined;
  #cached: { index: number; block: Promise<Block> } | undefined;

  /**
   * Reader of a recording that was opened.
   *
   * @param layout that of its last schema
   * @param onFault takes what is at fault with a block, which has no frames then; it is thrown when
   *   this is left out
   */
  constructor(
    source: RecordingSource,
    contents: RecordingContents,
    layout: SnapshotLayout,
    onFault?: (index: number, error: RecordingSyntaxError) => unknown,
  ) {
    this.#onFault = onFault;
    this.#source = source;
    this.#contents = contents;
    this.#layout = layout;
  }

  /**
   * Decodes a block, or gives the one that was decoded last.
   *
   * @throws {RangeError} for an index that is none
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  read(index: number): Promise<Block> {
    if (this.#cached?.index === index) return this.#cached.block;
    const block = this.#decode(index);
    this.#cached = { index, block };
    return block;
  }

  /**
   * Decodes a block as tracks, in rows of the last schema. Its texts are there until the next is.
   *
   * @throws {RecordingSyntaxError} when the block is damaged
   */
  content(index: number): Promise<BlockContent> {
    return this.#take(index, (content) => {
      // Refuses entities that are there twice.
      new DecodedBlock(content, this.#layout);
      return content;
    });
  }

  #decode(index: number): Promise<Block> {
    return this.#take(index, (content) => new DecodedBlock(content, this.#layout));
  }

  async #take<T>(index: number, take: (content: BlockContent) => T): Promise<T> {
    try {
      return await this.#parse(index, take);
    } catch (error) {
      if (this.#onFault === undefined || !(error instanceof RecordingSyntaxError)) throw error;
      this.#onFault(index, error);
      return take(NO_FRAMES);
    }
  }

  async #parse<T>(index: number, take: (content: BlockContent) => T): Promise<T> {
    const { blocks, messageAts, stateChannels } = this.#contents;
    const entry = blocks[index];
    if (entry === undefined) {
      throw new RangeError(`Block is ${index}, the recording has ${blocks.length}`);
    }
    const section = new Section("block", entry.offset, this.#source.name);
    const raw = await this.#readChunk(index, section);
    return section.parse(() => {
      const records = new ByteReader(raw);
      records.offset = messageAts?.[index] ?? 0;
      const message = readMessage(records);
      if (messageAts === undefined) records.end();
      if (message.channel !== stateChannels[entry.revision]) {
        records.refuse(`the block belongs to channel ${message.channel}`);
      }
      const content = this.#readContent(message.data, entry.revision);
      const taken = take(content);
      const { frames } = content;
      const isSame = frames.length === entry.frameCount && frames[0] === entry.firstFrame &&
        frames[frames.length - 1] === entry.lastFrame;
      if (!isSame) records.refuse("the block and the block table disagree");
      return taken;
    });
  }

  /** Records of a block's chunk; the last chunk is kept where chunks have several blocks. */
  #readChunk(index: number, section: Section): Promise<Uint8Array> {
    const { messageAts, stateChunks } = this.#contents;
    const chunk = stateChunks[index]!;
    if (messageAts === undefined) return readChunk(this.#source, chunk, section);
    if (this.#chunk?.offset !== chunk.offset) {
      this.#chunk = { offset: chunk.offset, raw: readChunk(this.#source, chunk, section) };
    }
    return this.#chunk.raw;
  }

  #readContent(data: Uint8Array, revision: number): BlockContent {
    const { revisions } = this.#contents;
    const input = new ByteReader(data);
    if (revisions.isLast(revision)) return readBlock(input, this.#layout);
    const rows = revisions.earlier(revision);
    return convertContent(readBlock(input, rows.layout), rows, this.#layout);
  }
}
