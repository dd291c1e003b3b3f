import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { PREVIEW_CHANNEL, PREVIEW_TOPIC, TEXT_BYTES, TEXT_MS } from "../container/format.ts";
import type { ChunkMessages, McapOutput } from "../container/mcap_output.ts";
import type { Work } from "../queue/work.ts";
import type { WriteOrder } from "../queue/write_order.ts";
import { PREVIEW_SCHEMA, PreviewChunk } from "./preview_chunk.ts";

/** What a byte of a chunk takes, which has room to grow. */
const BYTES_PER_BYTE = 2;

/** Full states on their way into a file: chunks of them, and the channel before the first. */
export class PreviewStream {
  readonly #output: McapOutput;
  readonly #order: WriteOrder;
  readonly #level: number;
  readonly #chunk: PreviewChunk;
  #hasChannel = false;

  /**
   * No states yet.
   *
   * @param order order in which they are written
   * @param level level of zstd
   * @param names ids of the entities, if any
   */
  constructor(
    output: McapOutput,
    order: WriteOrder,
    level: number,
    names?: ReadonlyEntityNames,
  ) {
    this.#chunk = new PreviewChunk(PREVIEW_CHANNEL, names);
    this.#output = output;
    this.#order = order;
    this.#level = level;
  }

  /** Memory of the states that wait for more, in bytes. */
  get openBytes(): number {
    return BYTES_PER_BYTE * this.#chunk.length;
  }

  /** True when a second has passed since the last frame. */
  isDue(timeMs: number): boolean {
    return this.#chunk.isDue(timeMs);
  }

  /** Takes a frame; writes those that wait when they are enough. */
  add(frame: StateFrame): void {
    this.#chunk.add(frame);
    if (this.#chunk.length >= TEXT_BYTES) this.flush();
  }

  /** Writes the frames that wait for long. */
  flushOld(nowMs: number): void {
    if (nowMs - this.#chunk.sinceMs >= TEXT_MS) this.flush();
  }

  /** Writes the frames that wait. */
  flush(): void {
    const { openBytes } = this;
    if (openBytes > 0) this.#order.run(this.#write(this.#chunk.take()), openBytes);
  }

  *#write(messages: ChunkMessages): Work {
    if (!this.#hasChannel) {
      this.#hasChannel = true;
      this.#output.jsonChannel(PREVIEW_CHANNEL, PREVIEW_TOPIC, "hindcast.Preview", PREVIEW_SCHEMA);
    }
    yield* this.#output.chunkInSlices(messages, this.#level);
  }
}
