import { McapChunkBuilder } from "@mcap/core";
import { ByteWriter } from "../core/bytes/bytes.ts";
import type { Schema } from "../core/state/schema.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { FrameHead, StateFrame } from "../core/state/state.ts";
import { BlockBuilder } from "./block/block_builder.ts";
import { writeBlock } from "./block/block_codec.ts";
import type { BlockContent } from "./block/block_content.ts";
import { type BlockSpan, spanOf } from "./block/block_table.ts";
import {
  BLOCK_ENCODING,
  BLOCK_FRAMES_MAX,
  BLOCK_MS_MAX,
  BLOCK_TEXT_COST,
  BLOCK_WORDS,
  SCHEMA_ENCODING,
  STATE_CHANNEL,
  STATE_TOPIC,
} from "./container/format.ts";
import { logTimeNs } from "./container/log_time.ts";
import type { McapOutput } from "./container/mcap_output.ts";
import { RecentBlocks } from "./events/recent_blocks.ts";
import type { Timeline } from "./events/timeline.ts";
import type { StateFacts } from "./facts/state_facts.ts";
import { type FactsBudget, StateTally } from "./facts/state_tally.ts";
import { RevisionLimits } from "./revision/revision_limits.ts";
import { RowSharing } from "./revision/row_sharing.ts";
import { recordHash, revisionBytes, type WrittenSchema } from "./revision/schema_record.ts";

/** How a {@linkcode StateStream} writes. */
export interface StateStreamOptions {
  /** Level of zstd. */
  readonly level: number;
  /** True when a state that is the same object is the same state. */
  readonly sharesStates: boolean;
  /** Called before each block with what it holds. */
  readonly beforeBlock: (content: BlockContent) => void;
  /** Called after each block with the time of its last frame. */
  readonly onBlock: (nowMs: number) => void;
}

/** Memory that a writer takes for what the states hold: 32 MB and 8 MB at most. */
const TALLY_BUDGET: FactsBudget = { numbers: 1 << 20, texts: 1 << 19 };

/** Frames on their way into a file: blocks of them, and a channel for each schema revision. */
export class StateStream {
  /** Blocks that were written. */
  readonly spans: BlockSpan[] = [];
  readonly #output: McapOutput;
  readonly #options: StateStreamOptions;
  readonly #bytes = new ByteWriter(1 << 16);
  readonly #recent = new RecentBlocks();
  #tallied: StateTally | undefined = new StateTally(TALLY_BUDGET);
  readonly #limits = new RevisionLimits();
  #builder: BlockBuilder | undefined;
  #sharing: RowSharing | undefined;
  #written: WrittenSchema | undefined;
  #hasChannel = false;

  /** No frames and no schema yet. */
  constructor(output: McapOutput, options: StateStreamOptions) {
    this.#output = output;
    this.#options = options;
  }

  /** Schema of the frames to come; undefined before the first {@linkcode StateStream.revise}. */
  get schema(): Schema | undefined {
    return this.#builder?.layout.schema;
  }

  /** Number of schema revisions. */
  get revisions(): number {
    return this.#limits.revisions;
  }

  /** Goes on with another schema. @throws {RangeError} after too many; {SchemaError} */
  revise(schema: Schema): void {
    this.flush();
    this.#limits.add(schema);
    const layout = new SnapshotLayout(schema);
    // A block has to have all texts of its rows.
    layout.texts.keepsAll = true;
    this.#builder = new BlockBuilder(layout, this.#options);
    this.#sharing = new RowSharing(layout);
    this.#hasChannel = false;
  }

  /** True when rows of a layout are rows of the block. */
  sharesRows(layout: SnapshotLayout): boolean {
    return this.#sharing?.includes(layout) === true;
  }

  /** Adds a frame. @throws {RangeError} when it does not fit the schema; it is not added then */
  add(frame: StateFrame): void {
    this.#append(frame, (builder) => builder.stage(frame));
  }

  /** Adds a frame of rows that are rows of the block. @throws {RangeError} likewise */
  addRows(snapshot: Snapshot): void {
    this.#append(snapshot, (builder) => builder.stageRows(snapshot));
  }

  /** Writes the block that is not full yet. */
  flush(): void {
    const builder = this.#builder;
    if (builder === undefined || builder.frames.length === 0) return;
    const content = builder.take();
    this.announce();
    this.#options.beforeBlock(content);
    writeBlock(this.#bytes.clear(), content, builder.layout);
    this.#tally(content, builder.layout);
    // No row is left that holds one of them, so that ever new texts do not add up.
    builder.layout.texts.clear();
    const logTime = logTimeNs(content.timesMs[0]!);
    const chunk = new McapChunkBuilder({});
    chunk.addMessage({
      channelId: this.#channel,
      sequence: content.frames[0]!,
      logTime,
      publishTime: logTime,
      data: this.#bytes.bytes(),
    });
    this.#output.chunk(chunk, this.#options.level);
    this.spans.push(spanOf(content));
    this.#recent.add(content);
    this.#options.onBlock(content.timesMs[content.timesMs.length - 1]!);
  }

  /** Writes the channel of the schema, once. */
  announce(): void {
    const { schema } = this;
    if (this.#hasChannel || schema === undefined) return;
    this.#hasChannel = true;
    const id = this.#channel;
    const data = revisionBytes(schema, this.#written);
    this.#written = { schema, hash: recordHash(data) };
    this.#output.channel(
      { id, name: "hindcast.State", encoding: SCHEMA_ENCODING, data },
      {
        id,
        schemaId: id,
        topic: STATE_TOPIC,
        messageEncoding: BLOCK_ENCODING,
        metadata: new Map([["schemaHash", this.#written.hash]]),
      },
    );
  }

  /**
   * Frames so far, as events are placed by.
   *
   * @param waiting frames that follow those that were added
   */
  timeline(waiting: readonly FrameHead[], rateHz: number | undefined): Timeline {
    const { frames, timesMs } = this.#builder ?? { frames: [], timesMs: [] };
    return {
      spans: this.spans.slice(0, this.spans.length - this.#recent.count),
      frames: [...this.#recent.frames, ...frames, ...waiting.map((head) => head.frame)],
      timesMs: [...this.#recent.timesMs, ...timesMs, ...waiting.map((head) => head.timeMs)],
      rateHz,
    };
  }

  /** What the states hold; undefined when to count it would have taken too much memory. */
  get facts(): StateFacts | undefined {
    return this.#tallied?.facts();
  }

  #tally(content: BlockContent, layout: SnapshotLayout): void {
    this.#tallied?.add(content, layout);
    if (this.#tallied?.isWhole === false) this.#tallied = undefined;
  }

  get #channel(): number {
    return STATE_CHANNEL + this.#limits.revisions - 1;
  }

  /** @param stage stages the frame and returns the words that it adds */
  #append(head: FrameHead, stage: (builder: BlockBuilder) => number): void {
    const builder = this.#builder!;
    if (isOver(builder, head)) this.flush();
    const words = stage(builder);
    if (builder.frames.length > 0 && builder.wordCount + words > BLOCK_WORDS) {
      this.flush();
      stage(builder);
    }
    builder.commit(head);
  }
}

/** True when a block ends before a frame, whatever the frame holds. */
function isOver({ frames, layout, timesMs }: BlockBuilder, next: FrameHead): boolean {
  if (frames.length === 0) return false;
  const spanMs = next.timeMs - timesMs[0]!;
  return !(spanMs < BLOCK_MS_MAX && spanMs > -BLOCK_MS_MAX) ||
    frames.length === BLOCK_FRAMES_MAX || layout.texts.cost > BLOCK_TEXT_COST;
}
