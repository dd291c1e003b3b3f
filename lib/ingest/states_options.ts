import type { EntityNames } from "../core/names/entity_names.ts";
import type { Schema } from "../core/state/schema.ts";
import type { StateEvent } from "../core/state/state.ts";
import type { FrameLoss } from "./frames/frame_loss.ts";
import { DECIMAL_MARKS } from "./input/decimal_mark.ts";
import type { InputSyntaxError } from "./input/input_error.ts";
import type { INPUT_FORMATS } from "./input/input_format.ts";
import type { InputNote } from "./input/input_note.ts";
import type { LineMender } from "./input/refused_line.ts";
import { LeftOut } from "./input/left_out.ts";
import { TIME_UNITS } from "./input/time_unit.ts";
import type { ShapeFacts } from "./kinds/shape_facts.ts";
import type { RowKeys } from "./rows/flat_row.ts";

/** How `readStates` reads. */
export interface ReadStatesOptions {
  /** Name of the input for messages, usually its path; "input" when left out. */
  readonly source?: string | undefined;
  /**
   * Format of every line; when left out, the first line decides between CSV and JSON, and lines of
   * JSON may be rows and whole frames.
   */
  readonly format?: typeof INPUT_FORMATS[number] | undefined;
  /** Key of the frame index; `f` when left out. A nested key is given by its dotted name. */
  readonly frameKey?: string | undefined;
  /** Key of the time; `t` when left out. */
  readonly timeKey?: string | undefined;
  /** Unit of the times; `ms` when left out. Frames have milliseconds in any case. */
  readonly timeUnit?: typeof TIME_UNITS[number] | undefined;
  /** Key of the entity's id; `id` when left out. */
  readonly idKey?: string | undefined;
  /** Key of the entity's kind; `kind` when left out. */
  readonly kindKey?: string | undefined;
  /**
   * True when whole frames and rows of one index that follow one another are one frame, as when
   * several servers send parts of it. Of two lines that contradict one another the second is refused.
   */
  readonly joined?: boolean | undefined;
  /**
   * Paths of the collections of entities in lines that are whole frames, such as `players` or
   * `state.rockets`: maps from id to entity, or lists. When left out, they are found where there is
   * one way to see them.
   */
  readonly entities?: readonly string[] | undefined;
  /**
   * Dotted paths that are left out with all below them: of rows, of entities, of what else whole
   * frames hold, and columns of CSV. Events keep all of their data. A note counts what is left out.
   */
  readonly leaveOut?: readonly string[] | undefined;
  /**
   * Patterns of fields that are left out of rows and entities, `FIELD` of all kinds or `KIND.FIELD`,
   * in which `*` is any text: `player.inventory*`. Events keep all of their data; a note counts.
   */
  readonly exclude?: readonly string[] | undefined;
  /**
   * Takes the ids of the first session, and says which entity each one names. Without it ids have to be unsigned 32-bit
   * integers.
   */
  readonly names?: EntityNames | undefined;
  /** Key whose value changes when an id is taken by another entity; none when left out. */
  readonly generationKey?: string | undefined;
  /** Bits of a frame counter that wraps; none when left out, for one that does not. */
  readonly frameBits?: 8 | 16 | undefined;
  /** Added to every frame; 0 when left out. */
  readonly frameOffset?: number | undefined;
  /** What a frame before the last one is: refused (`stop`, when left out), or a new session. */
  readonly onRestart?: "stop" | "split" | undefined;
  /**
   * Called between the frames of two sessions, with the number of the next, counted from 1, and
   * with what says which entity each id of it names: an id of the session before is another entity.
   */
  readonly onSession?:
    | ((session: number, names: EntityNames | undefined) => void | Promise<void>)
    | undefined;
  /**
   * How late an event may come, in milliseconds; 5000 when left out. All are kept and stand at their
   * frame, a note counts the later ones.
   */
  readonly eventWindowMs?: number | undefined;
  /**
   * True when a row is there only if it changed, and a field only if it changed; an entity then
   * lives until it is removed, and the frames between two frames with rows exist as well: in them
   * nothing changed. Otherwise an entity that has no row in a frame is gone, and a frame without
   * a row was never.
   */
  readonly sparse?: boolean | undefined;
  /**
   * Sparse only: step by which frames count, an integer from 1; 1 when left out. The first frame
   * starts the count, and a frame beside it is refused.
   */
  readonly every?: number | undefined;
  /** Sparse only: key that is true in a row that removes its entity; none when left out. */
  readonly despawnKey?: string | undefined;
  /** Frames a second, for rows without a time; 60 with a warning when left out. */
  readonly rateHz?: number | undefined;
  /** Types that values must fit, and fields that may be missing or null; none when left out. */
  readonly schema?: Schema | undefined;
  /**
   * What an earlier reading of the same input found that the rows before would have needed; takes
   * what this one finds.
   */
  readonly shapes?: ShapeFacts | undefined;
  /**
   * CSV only: decimal mark of numbers, which may then have a leading `+` and marks between groups
   * of three digits; when left out, numbers are as JSON spells them.
   */
  readonly decimal?: typeof DECIMAL_MARKS[number] | undefined;
  /** True to skip lines that cannot be read instead of stopping at the first. */
  readonly skipBad?: boolean | undefined;
  /** Called with the error of each line that was skipped. */
  readonly onBadLine?: ((error: InputSyntaxError) => void) | undefined;
  /**
   * Mends lines that are refused, before they are skipped or the reading stops. Those that it leaves
   * at that are not told to `onBadLine` as well.
   *
   * @internal
   */
  readonly mend?: LineMender | undefined;
  /** Called with what a frame lacks because of lines that were skipped, when that is known. */
  readonly onLoss?: ((loss: FrameLoss) => void) | undefined;
  /** Called with the frame that does not come out, as its source failed before it was complete. */
  readonly onCut?: ((frame: number) => void) | undefined;
  /** Called with how many events came where no frame did, so that they belong to nothing. */
  readonly onLostEvents?: ((count: number) => void) | undefined;
  /**
   * Key that makes a line an event; `ev` when left out. In CSV a record is an event where the cell
   * of that column is not empty. Where one of the keys above is the same, no line is an event.
   */
  readonly eventKey?: string | undefined;
  /** Takes the events among the states; without it they are refused. */
  readonly onEvent?: ((event: StateEvent) => void | Promise<void>) | undefined;
  /** Called at once with what is assumed. */
  readonly onWarning?: ((warning: InputNote) => void) | undefined;
  /** Called when reading ends, however it ends, with what the input may mean otherwise. */
  readonly onNote?: ((note: InputNote) => void) | undefined;
}

/** Refuses options that make no sense. @throws {RangeError} */
export function assertStatesOptions(options: ReadStatesOptions): void {
  const { rateHz, every, despawnKey, sparse = false } = options;
  if (rateHz !== undefined && !(rateHz > 0 && Number.isFinite(rateHz))) {
    throw new RangeError(`Rate is ${rateHz} Hz, expected a number above 0`);
  }
  if (despawnKey !== undefined && !sparse) {
    throw new RangeError(
      "Despawn key is for sparse input; in dense input an entity without a row is gone",
    );
  }
  if (every !== undefined && !sparse) {
    throw new RangeError(
      "Step between frames is for sparse input; in dense input a frame without a row was never",
    );
  }
  if (every !== undefined && !(Number.isInteger(every) && every >= 1)) {
    throw new RangeError(`Step between frames is ${every}, expected an integer from 1`);
  }
  const { frameBits, frameOffset, eventWindowMs } = options;
  if (frameBits !== undefined && frameBits !== 8 && frameBits !== 16) {
    throw new RangeError(`Bits of the frame counter are ${frameBits}, expected 8 or 16`);
  }
  if (frameOffset !== undefined && !Number.isSafeInteger(frameOffset)) {
    throw new RangeError(`Frame offset is ${frameOffset}, expected an integer below 2^53`);
  }
  if (eventWindowMs !== undefined && !(eventWindowMs >= 0)) {
    throw new RangeError(`Event window is ${eventWindowMs} ms, expected a number from 0`);
  }
  refuseUnknown("What a restart does", options.onRestart, ["stop", "split"]);
  const names = Object.values(rowKeys(options)).filter((name) => name !== undefined);
  if (new Set(names).size !== names.length) {
    throw new RangeError(`Keys are ${names.join(", ")}, expected different ones`);
  }
  refuseHeadsLeftOut(options, names);
  refuseUnknown("Time unit", options.timeUnit, TIME_UNITS);
  refuseUnknown("Decimal mark", options.decimal, DECIMAL_MARKS);
}

function refuseHeadsLeftOut(
  { leaveOut, exclude, generationKey, entities = [] }: ReadStatesOptions,
  keys: readonly string[],
): void {
  const [paths, leftOut] = [LeftOut.of({ leaveOut }), LeftOut.of({ leaveOut, exclude })];
  if (leftOut === undefined) return;
  // A key is no field: a pattern that it is of has it only with what it lies in.
  const heads = keys.map((key) => [key, paths?.pathOf(key) ?? ancestorIn(key, leftOut)] as const);
  const others = [...entities, ...generationKey === undefined ? [] : [generationKey]];
  for (
    const [key, path] of [
      ...heads,
      ...others.map((key) => [key, leftOut.pathOf(key)] as const),
    ]
  ) {
    if (path === undefined) continue;
    const what = path === key ? "which is needed" : `which has the key ${key}`;
    throw new RangeError(`What is left out is ${path}, ${what}`);
  }
}

/** What leaves out an object that a key lies in. */
function ancestorIn(key: string, leftOut: LeftOut): string | undefined {
  for (let dot = key.indexOf("."); dot >= 0; dot = key.indexOf(".", dot + 1)) {
    const path = leftOut.pathOf(key.slice(0, dot));
    if (path !== undefined) return path;
  }
  return undefined;
}

function refuseUnknown(what: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw new RangeError(`${what} is ${value}, expected one of ${known.join(", ")}`);
}

/** Keys of a row that are no fields, as the options or their defaults name them. */
export function rowKeys(options: ReadStatesOptions): RowKeys {
  return {
    frame: options.frameKey ?? "f",
    time: options.timeKey ?? "t",
    id: options.idKey ?? "id",
    kind: options.kindKey ?? "kind",
    despawn: options.despawnKey,
  };
}
