import { ByteWriter } from "../core/bytes/bytes.ts";
import type { Schema } from "../core/state/schema.ts";
import type { Snapshot } from "../core/state/snapshot.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { FrameHead, StateFrame } from "../core/state/state.ts";
import { BlockBuilder } from "./block/block_builder.ts";
import { writeBlockInSlices } from "./block/block_codec.ts";
import type { BlockContent } from "./block/block_content.ts";
import { type BlockSpan, spanOf } from "./block/block_table.ts";
import { hasTexts } from "./block/block_texts.ts";
import { WordArena } from "./block/word_arena.ts";
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
import { beginMessage, endMessage } from "./block/block_message.ts";
import { RecentBlocks } from "./events/recent_blocks.ts";
import type { Timeline } from "./events/timeline.ts";
import type { StateFacts } from "./facts/state_facts.ts";
import { type FactsBudget, StateTally } from "./facts/state_tally.ts";
import { RevisionLimits } from "./revision/revision_limits.ts";
import { RowSharing } from "./revision/row_sharing.ts";
import { recordHash, revisionBytes, type WrittenSchema } from "./revision/schema_record.ts";
import { oneStep, type Work } from "./queue/work.ts";
import type { WriteOrder } from "./queue/write_order.ts";

/** How a {@linkcode StateStream} writes. */
export interface StateStreamOptions {
  /** Level of zstd. */
  readonly level: number;
  /** True when a state that is the same object is the same state. */
  readonly sharesStates: boolean;
  /** What is written before a block that holds this. */
  readonly beforeBlock: (content: BlockContent) => Work;
  /** Called when a block is complete, with the time of its last frame. */
  readonly onBlock: (nowMs: number) => void;
}

/** Memory that a writer takes for what the states hold: 32 MB and 8 MB at most. */
const TALLY_BUDGET: FactsBudget = { numbers: 1 << 20, texts: 1 << 19 };

/** Builders that are kept while no block is made in them. */
const SPARE_BUILDERS = 2;

/** Frames on their way into a file: blocks of them, and a channel for each schema revision. */
export class StateStream {
  /** Blocks that are complete. */
  readonly spans: BlockSpan[] = [];
  /** Blocks that the output has taken. */
  written = 0;
  /** Frames of those blocks. */
  writtenFrames = 0;
  readonly #output: McapOutput;
  readonly #order: WriteOrder;
  readonly #options: StateStreamOptions;
  readonly #bytes = new ByteWriter(1 << 16);
  readonly #arena = new WordArena();
  readonly #recent = new RecentBlocks();
  #tallied: StateTally | undefined = new StateTally(TALLY_BUDGET);
  readonly #limits = new RevisionLimits();
  #builder: BlockBuilder | undefined;
  #spare: BlockBuilder[] = [];
  #sharing: RowSharing | undefined;
  #written: WrittenSchema | undefined;
  #hasChannel = false;

  /** No frames and no schema yet. @param order order in which blocks and channels are written */
  constructor(output: McapOutput, order: WriteOrder, options: StateStreamOptions) {
    this.#output = output;
    this.#order = order;
    this.#options = options;
  }

  /** Schema of the frames to come; undefined before the first {@linkcode StateStream.revise}. */
  get schema(): Schema | undefined {
    return this.#builder?.layout.schema;
  }

  /** Memory of the block that fills up, in bytes. */
  get openBytes(): number {
    return this.#builder === undefined ? 0 : this.#builder.byteLength;
  }

  /** Number of schema revisions. */
  get revisions(): number {
    return this.#limits.revisions;
  }

  /** Goes on with another schema. @throws {RangeError} after too many; {SchemaError} */
  revise(schema: Schema): void {
    this.flush();
    this.#limits.add(schema);
    const layout = layoutOf(schema);
    this.#builder = new BlockBuilder(layout, this.#options);
    this.#spare = [];
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

  /** Completes the block that is not full yet, which is then written in its turn. */
  flush(): void {
    const builder = this.#builder;
    if (builder === undefined || builder.frames.length === 0) return;
    const run = {
      frames: Uint32Array.from(builder.frames),
      timesMs: Float64Array.from(builder.timesMs),
    };
    this.announce();
    try {
      this.#order.run(this.#write(builder, this.#channel), builder.byteLength, () => {
        this.written++;
        this.writtenFrames += run.frames.length;
      });
    } finally {
      this.#builder = this.#spare.pop() ?? this.#likeOf(builder);
    }
    this.spans.push(spanOf(run));
    this.#recent.add(run);
    this.#options.onBlock(run.timesMs[run.timesMs.length - 1]!);
  }

  /** Writes the channel of the schema, once. */
  announce(): void {
    const { schema } = this;
    if (this.#hasChannel || schema === undefined) return;
    this.#hasChannel = true;
    const id = this.#channel;
    const data = revisionBytes(schema, this.#written);
    const hash = recordHash(data);
    this.#written = { schema, hash };
    const write = () =>
      this.#output.channel(
        { id, name: "hindcast.State", encoding: SCHEMA_ENCODING, data },
        {
          id,
          schemaId: id,
          topic: STATE_TOPIC,
          messageEncoding: BLOCK_ENCODING,
          metadata: new Map([["schemaHash", hash]]),
        },
      );
    this.#order.run(oneStep(write), data.length);
  }

  /**
   * Frames so far, as events are placed by.
   *
   * @param waiting frames that follow those that were added
   */
  timeline(waiting: readonly FrameHead[], rateHz: number | undefined): Timeline {
    const { blocks } = this.#recent;
    const waitingRun = {
      frames: waiting.map((head) => head.frame),
      timesMs: waiting.map((head) => head.timeMs),
    };
    return {
      spans: this.spans,
      spanCount: this.spans.length - blocks.length,
      runs: [...blocks, ...(this.#builder === undefined ? [] : [this.#builder]), waitingRun],
      rateHz,
    };
  }

  /** What the states hold; undefined when to count it would have taken too much memory. */
  get facts(): StateFacts | undefined {
    return this.#tallied?.facts();
  }

  *#write(builder: BlockBuilder, channelId: number): Work {
    const { layout } = builder;
    const content = yield* builder.takeInSlices(this.#arena);
    yield* this.#options.beforeBlock(content);
    const logTime = logTimeNs(content.timesMs[0]!);
    const head = { channelId, sequence: content.frames[0]!, logTime };
    beginMessage(this.#bytes.clear(), head);
    yield* writeBlockInSlices(this.#bytes, content, layout, this.#arena);
    yield* this.#tally(content, layout);
    this.#arena.giveBack(0);
    // No row is left that holds one of them, so that ever new texts do not add up.
    layout.texts.clear();
    const isOfUse = layout.schema === this.schema && this.#spare.length < SPARE_BUILDERS;
    if (isOfUse) this.#spare.push(builder);
    yield* this.#output.chunkInSlices(endMessage(this.#bytes, head), this.#options.level);
  }

  *#tally(content: BlockContent, layout: SnapshotLayout): Work {
    if (this.#tallied === undefined) return;
    yield* this.#tallied.addInSlices(content, layout);
    if (!this.#tallied.isWhole) this.#tallied = undefined;
  }

  /** Another builder of the same rows; texts have a pool in each, for as long as its block lasts. */
  #likeOf({ layout }: BlockBuilder): BlockBuilder {
    const own = hasTexts(layout) ? layoutOf(layout.schema) : layout;
    return new BlockBuilder(own, this.#options);
  }

  get #channel(): number {
    return STATE_CHANNEL + this.#limits.revisions - 1;
  }

  /** @param stage stages the frame and returns the words that it adds */
  #append(head: FrameHead, stage: (builder: BlockBuilder) => number): void {
    if (isOver(this.#builder!, head)) this.flush();
    const builder = this.#builder!;
    const words = stage(builder);
    if (builder.frames.length > 0 && builder.wordCount + words > BLOCK_WORDS) {
      this.flush();
      stage(this.#builder!);
    }
    this.#builder!.commit(head);
  }
}

/** Layout of rows that a block is made of, which has to have all of their texts. */
function layoutOf(schema: Schema): SnapshotLayout {
  const layout = new SnapshotLayout(schema);
  layout.texts.keepsAll = true;
  return layout;
}

/** True when a block ends before a frame, whatever the frame holds. */
function isOver({ frames, layout, timesMs }: BlockBuilder, next: FrameHead): boolean {
  if (frames.length === 0) return false;
  const spanMs = next.timeMs - timesMs[0]!;
  return !(spanMs < BLOCK_MS_MAX && spanMs > -BLOCK_MS_MAX) ||
    frames.length === BLOCK_FRAMES_MAX || layout.texts.cost > BLOCK_TEXT_COST;
}
