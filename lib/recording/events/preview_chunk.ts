import { McapChunkBuilder } from "@mcap/core";
import { jsonInteger } from "../../core/json_integer.ts";
import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { utf8 } from "../container/json_text.ts";
import { logTimeNs } from "../container/log_time.ts";

const INTERVAL_MS = 1000;

/** JSON schema of the preview topic. */
export const PREVIEW_SCHEMA: string = JSON.stringify({
  title: "hindcast.Preview",
  type: "object",
  required: ["f", "t", "entities"],
  properties: {
    f: { type: "integer", description: "frame" },
    t: { type: "number", description: "time in ms" },
    entities: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "kind", "fields"],
        properties: {
          id: { type: ["number", "string"] },
          kind: { type: "string" },
          fields: { type: "object", additionalProperties: true },
        },
      },
    },
  },
});

/** Full states on their way into a chunk, one a second. */
export class PreviewChunk {
  /** Time of the first frame in the chunk in milliseconds. */
  sinceMs = 0;
  readonly #channelId: number;
  readonly #names: ReadonlyEntityNames | undefined;
  #builder = new McapChunkBuilder({});
  #lastMs = -Infinity;

  /** No states yet. @param names ids of the entities; their numbers when left out */
  constructor(channelId: number, names?: ReadonlyEntityNames) {
    this.#channelId = channelId;
    this.#names = names;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#builder.byteLength;
  }

  /** True when a second has passed since the last frame. */
  isDue(timeMs: number): boolean {
    return !(Math.abs(timeMs - this.#lastMs) < INTERVAL_MS);
  }

  /** Adds a frame. */
  add(frame: StateFrame): void {
    if (this.length === 0) this.sinceMs = frame.timeMs;
    this.#lastMs = frame.timeMs;
    const logTime = logTimeNs(frame.timeMs);
    this.#builder.addMessage({
      channelId: this.#channelId,
      sequence: frame.frame,
      logTime,
      publishTime: logTime,
      data: previewMessage(frame, this.#names),
    });
  }

  /** Messages so far, which are forgotten. */
  take(): McapChunkBuilder {
    const builder = this.#builder;
    this.#builder = new McapChunkBuilder({});
    return builder;
  }
}

/** All states of a frame as JSON, for viewers: what JSON cannot hold becomes null, or text. */
function previewMessage(frame: StateFrame, names: ReadonlyEntityNames | undefined): Uint8Array {
  const entities = frame.entities.map(({ id, kind, fields }) => {
    return { id: names?.idOf(id) ?? id, kind, fields };
  });
  const preview = { f: frame.frame, t: frame.timeMs, entities };
  return utf8(JSON.stringify(preview, (_, value) => {
    return typeof value === "bigint" ? jsonInteger(value) : value;
  }));
}
