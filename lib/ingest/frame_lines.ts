import { optionKey, remedy } from "../core/remedy.ts";
import type { FrameHead } from "../core/state/state.ts";
import type { StreamEvents } from "./events/stream_events.ts";
import type { FrameAssembler } from "./frames/frame_assembler.ts";
import type { LeftOut } from "./input/left_out.ts";
import type { InputFormat } from "./input/input_format.ts";
import type { InputNote } from "./input/input_note.ts";
import { RowFault } from "./input/row_fault.ts";
import { Collections, ENTITIES_KEY, type FrameParts } from "./collections/collections.ts";
import type { RowKeys } from "./rows/flat_row.ts";
import { frameNotes } from "./collections/frame_notes.ts";
import { listedEntitiesNote } from "./collections/listed_entities.ts";
import { JsonFrames } from "./collections/json_frames.ts";
import { FRAME_ENTITY } from "./input/row_kind.ts";
import { LineForms } from "./collections/line_form.ts";

/** Key of events where none is named. */
const EVENT_KEY = "ev";

/** Lines of JSON that are whole frames: their entities, their events, and what else they hold. */
export class FrameLines<T extends FrameHead> {
  /** Takes a line apart into rows. */
  readonly parser: JsonFrames;
  readonly #keys: RowKeys;
  readonly #assembler: FrameAssembler<T>;
  readonly #events: StreamEvents;
  readonly #collections: Collections;
  readonly #forms: LineForms;

  /**
   * None so far.
   *
   * @param entities paths of the entities; undefined to find them
   * @param leftOut what frames and entities are read without
   */
  constructor(
    keys: RowKeys,
    assembler: FrameAssembler<T>,
    events: StreamEvents,
    entities: readonly string[] | undefined,
    leftOut?: LeftOut,
  ) {
    this.#keys = keys;
    this.#assembler = assembler;
    this.#events = events;
    this.parser = new JsonFrames(
      keys,
      events.key,
      assembler.ids.canRenew,
      assembler.isSparse,
      leftOut,
    );
    this.#collections = new Collections(
      { id: keys.id, event: events.key, despawn: keys.despawn },
      entities,
      leftOut,
    );
    this.#forms = new LineForms(keys, this.#collections, entities, {
      isSparse: assembler.isSparse,
      isEventKeyNamed: events.key !== EVENT_KEY,
      hasValue: (path) => assembler.tables.hasField(FRAME_ENTITY, path),
    });
  }

  /** True for a line that the key of kinds makes an event. @throws {RowFault} */
  isKindEvent(object: object, format: InputFormat | undefined): boolean {
    return this.#events.kindKey !== undefined && this.#forms.isKindEvent(object, format);
  }

  /** As {@linkcode LineForms.partsOf}. @throws {RowFault} */
  partsOf(
    object: object,
    format: InputFormat | undefined,
    isFixed: boolean,
  ): FrameParts | undefined {
    return this.#forms.partsOf(object, format, isFixed);
  }

  /**
   * Reads the line at hand of the parser.
   *
   * @returns frames that are complete by now
   * @throws {RowFault} when the line is refused; it then had no effect
   */
  read(object: object, parts: FrameParts, colons: number): readonly T[] {
    const { parser } = this;
    try {
      const head = parser.read(object, parts, colons);
      const frames = this.#assembler.addFrame(head, parser.rows(), {
        accept: (frame) => this.#events.takeAll(parser.events(), frame),
      });
      this.#collections.settle();
      parser.settle();
      return frames;
    } catch (fault) {
      // A value that is refused may be one of two under a key.
      parser.refuseKeyTwice();
      throw fault;
    }
  }

  /** Refuses a whole frame that is an event as well, because its states would be gone. */
  refuseEvent(object: object): void {
    const list = (object as Readonly<Record<string, unknown>>)[ENTITIES_KEY];
    const first: unknown = Array.isArray(list) ? list[0] : undefined;
    if (typeof first !== "object" || first === null || !(this.#keys.id in first)) return;
    const { key } = this.#events;
    if (key === undefined) return;
    throw new RowFault(
      `the line is a whole frame, and the key ${JSON.stringify(key)} makes it an event`,
      remedy`send the event as a line of its own, or name another key with ${
        optionKey("eventKey")
      }`,
      { path: key, part: "key" },
      { code: "event-bad", field: key },
    );
  }

  /** Notes on what frames hold beside entities, and on entities that none holds. */
  notes(): InputNote[] {
    const { restPaths } = this.parser;
    const listed = this.#collections.isGiven
      ? undefined
      : listedEntitiesNote(restPaths, this.#keys.id);
    return [
      ...listed === undefined ? [] : [listed],
      ...frameNotes(
        restPaths,
        this.#collections.unseen,
        this.#forms.rowKey,
        this.#collections.eventLists,
      ),
    ];
  }
}
