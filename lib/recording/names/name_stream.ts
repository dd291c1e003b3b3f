import { McapChunkBuilder } from "@mcap/core";
import type { ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import type { BlockContent } from "../block/block_content.ts";
import { NAME_CHANNEL, NAME_TOPIC } from "../container/format.ts";
import { utf8 } from "../container/json_text.ts";
import { logTimeNs } from "../container/log_time.ts";
import type { McapOutput } from "../container/mcap_output.ts";
import type { Work } from "../queue/work.ts";
import { KIND_LENGTH_MAX, nameMessage, NAMES_SCHEMA, nameText } from "./name_message.ts";

/** Length of the names at which a message is closed and another begun. */
const MESSAGE_TEXT_MAX = 1 << 16;

/** Ids on their way into a file: each stands before the first block that has its entity. */
export class NameStream {
  readonly #output: McapOutput;
  readonly #level: number;
  readonly #names: ReadonlyEntityNames;
  /** Places of the names that the file has. */
  readonly #written = new Set<number>();
  #hasChannel = false;

  /**
   * No names yet.
   *
   * @param level level of zstd
   */
  constructor(output: McapOutput, level: number, names: ReadonlyEntityNames) {
    this.#output = output;
    this.#level = level;
    this.#names = names;
  }

  /**
   * Writes the names of a block's entities that the file does not have.
   *
   * @throws {RangeError} for a kind that is too long
   */
  *writeBefore({ kinds, frames, timesMs }: BlockContent): Work {
    if (this.#names.list.length === this.#written.size) return;
    const places: number[] = [];
    for (const { ids } of kinds) {
      for (const entity of ids) {
        this.#need(this.#names.placeOf(entity), places);
      }
    }
    // In the order in which they came, so that the last of an id is the one that has it.
    places.sort((a, b) => a - b);
    for (const texts of this.#messages(places)) {
      yield* this.#write(texts, frames[0]!, timesMs[0]!);
    }
  }

  /**
   * Takes a name that the file does not have, and what it takes to know which of the id's lives it
   * is: those before it, and who has the number that its id spells.
   */
  #need(place: number, places: number[]): void {
    while (place >= 0 && !this.#written.has(place)) {
      this.#take(place, places);
      const { entity, id, kind } = this.#names.list[place]!;
      const lives = this.#names.entitiesOf(id);
      for (let i = lives.lastIndexOf(entity) - 1; i >= 0; i--) {
        const before = this.#names.placeOf(lives[i]!);
        if (this.#names.list[before]?.kind !== kind) continue;
        if (before < 0 || this.#written.has(before)) break;
        this.#take(before, places);
      }
      const number = Number(id) >>> 0;
      const isHeld = kind === undefined && String(number) === String(id) && number !== entity;
      place = isHeld ? this.#names.placeOf(number) : -1;
    }
  }

  #take(place: number, places: number[]): void {
    this.#written.add(place);
    places.push(place);
  }

  *#messages(places: readonly number[]): Generator<string[], void, void> {
    let texts: string[] = [];
    let length = 0;
    for (const place of places) {
      const name = this.#names.list[place]!;
      const text = nameText(name);
      if ((name.kind?.length ?? 0) > KIND_LENGTH_MAX) {
        throw new RangeError(
          `Cannot record entity ${name.entity}: ids are told apart by its kind, which has ${
            name.kind!.length
          } characters, more than ${KIND_LENGTH_MAX}`,
        );
      }
      texts.push(text);
      length += text.length;
      if (length < MESSAGE_TEXT_MAX) continue;
      yield texts;
      texts = [];
      length = 0;
    }
    if (texts.length > 0) yield texts;
  }

  *#write(texts: readonly string[], frame: number, timeMs: number): Work {
    if (!this.#hasChannel) {
      this.#hasChannel = true;
      this.#output.jsonChannel(NAME_CHANNEL, NAME_TOPIC, "hindcast.Names", NAMES_SCHEMA);
    }
    const logTime = logTimeNs(timeMs);
    const chunk = new McapChunkBuilder({});
    chunk.addMessage({
      channelId: NAME_CHANNEL,
      sequence: frame,
      logTime,
      publishTime: logTime,
      data: utf8(nameMessage(texts)),
    });
    yield* this.#output.chunkInSlices(chunk, this.#level);
  }
}
