import type { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { Frame } from "../core/time/frame.ts";
import { BlockIndex } from "./block_index.ts";
import { BlockReader } from "./block_reader.ts";
import type { RecordingSource } from "./container/sink.ts";
import type { RecordingContents } from "./contents/recording_contents.ts";
import type { RecordingDamage } from "./contents/recording_damage.ts";
import {
  countEvents,
  type OnEventFault,
  type PlacedEvent,
  readEvents,
} from "./events/event_messages.ts";
import { LateDamage } from "./recovery/late_damage.ts";
import type { DamageHandling } from "./recovery/open_contents.ts";

/** Blocks and events of a recording: all of them, or those that can be read. */
export class ReadableParts {
  /** Blocks by their frames and times. */
  readonly index: BlockIndex;
  /** Decodes blocks. */
  readonly blocks: BlockReader;
  readonly #source: RecordingSource;
  readonly #contents: RecordingContents;
  readonly #late: LateDamage | undefined;

  /** Parts of a recording that was opened. @param layout that of its last schema */
  constructor(
    source: RecordingSource,
    contents: RecordingContents,
    layout: SnapshotLayout,
    handling: DamageHandling,
  ) {
    this.#source = source;
    this.#contents = contents;
    const index = new BlockIndex(contents.blocks);
    const offsetOf = (frame: Frame) => index.axis.offsetOf(frame);
    const late = handling === "refuse" ? undefined : new LateDamage(contents, offsetOf);
    this.index = index;
    this.#late = late;
    this.blocks = new BlockReader(
      source,
      contents,
      layout,
      late && ((block, error) => late.loseBlock(block, error) && index.lose(block)),
    );
  }

  /** What is left out, as far as that is known. */
  get damage(): RecordingDamage | undefined {
    return this.#late?.damage;
  }

  /** Number of events by name. */
  get eventCounts(): ReadonlyMap<string, number> {
    return (this.#late ?? this.#contents).eventCounts;
  }

  /** Events with their places. @throws {RecordingSyntaxError} when damage is refused */
  events(order: "written" | "frame"): AsyncGenerator<PlacedEvent, void, void> {
    const { axis } = this.index;
    const late = this.#late;
    const onFault = late && ((...fault: Parameters<OnEventFault>) => this.#lose(late, ...fault));
    return readEvents(this.#source, this.#contents, order, (at) => axis.offsetOf(at), onFault);
  }

  async #lose(late: LateDamage, ...fault: Parameters<OnEventFault>): Promise<void> {
    if (!late.loseEvents(...fault)) return;
    const onMore: OnEventFault = (chunk, error) => late.loseEvents(chunk, error);
    late.countEvents(await countEvents(this.#source, this.#contents, onMore));
  }
}
