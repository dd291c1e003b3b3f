import { NAMES_MAX } from "../../core/state/schema.ts";

/** Bounds against hostile or mistaken input; beyond each of them input is refused, not truncated. */
export interface InputLimits {
  /** Bytes of a line. */
  readonly lineBytes: number;
  /** UTF-16 code units of a CSV record that spans lines, twice what the texts of a kind may have. */
  readonly recordUnits: number;
  /** Levels of objects and arrays inside one another, the line's own object included. */
  readonly depth: number;
  /** Values of one row, at all depths: far more than the fields of a kind. */
  readonly rowValues: number;
  /** Entities that live at one frame. */
  readonly entitiesPerFrame: number;
  /** Frames in a row in which nothing changes, between two frames of sparse input with rows. */
  readonly quietFrames: number;
  /** Sessions of a stream whose frames start again. */
  readonly sessions: number;
  /** Kinds of a stream. */
  readonly kinds: number;
  /** Distinct texts of one enum that lists none. */
  readonly textsPerField: number;
  /** UTF-16 code units of all distinct texts of such enums together. */
  readonly textUnits: number;
  /** UTF-16 code units of one text. */
  readonly textLength: number;
  /** UTF-16 code units of the name of a field, a kind, or an event. */
  readonly nameLength: number;
  /** Distinct names of events of a stream. */
  readonly eventNames: number;
  /** Latest time in milliseconds: in nanoseconds it still fits 64 bits, as a recording wants. */
  readonly timeMs: number;
}

/** The bounds that every reader of input holds. */
export const INPUT_LIMITS: InputLimits = {
  lineBytes: 64 * 1024 * 1024,
  recordUnits: 1024 * 1024,
  depth: 32,
  rowValues: 4096,
  entitiesPerFrame: 65_536,
  quietFrames: 1 << 20,
  sessions: 10_000,
  kinds: 4096,
  textsPerField: NAMES_MAX,
  textUnits: 64 * 1024 * 1024,
  textLength: 4096,
  nameLength: 256,
  eventNames: 4096,
  timeMs: 18_446_744_073_709,
};
