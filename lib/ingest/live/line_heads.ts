import { memberOf } from "../../core/state/member_of.ts";
import { withoutStack } from "./without_stack.ts";

/** Keys by which a line says what it is. */
export interface LineKeys {
  /** Key of the frame index, nested ones by their dotted name. */
  readonly frame: string;
  readonly time: string;
  /** Key that makes a line an event; undefined where none does. */
  readonly event: string | undefined;
}

/** What a line is, as far as joining asks. */
export interface LineHead {
  readonly kind: "state" | "event" | "unknown";
  /** What its frame counter says; undefined where it names none that can be one. */
  readonly count: number | undefined;
  /** True for an event that names its time. */
  readonly isTimed: boolean;
  /** The time that it names, as it is spelt; undefined where that is no number. */
  readonly time: number | undefined;
}

const UNKNOWN: LineHead = { kind: "unknown", count: undefined, isTimed: false, time: undefined };
const BRACE = 0x7b;
const END = 0x7d;
const COMMA = 0x2c;
/** Digits that a counter has at most. */
const DIGITS_MAX = 15;
const COUNT = /^-?\d{1,15}$/;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads of lines what joining has to know, most of it without a look at the whole line. */
export class LineHeads {
  readonly #keys: LineKeys;
  /** `{"f":`, with which most lines begin; undefined for a key that may be spelt otherwise. */
  readonly #start: Uint8Array | undefined;

  /** Reader of lines with some keys. */
  constructor(keys: LineKeys) {
    this.#keys = keys;
    this.#start = /^[\w$-]+$/.test(keys.frame)
      ? new TextEncoder().encode(`{"${keys.frame}":`)
      : undefined;
  }

  /**
   * Count of the frame of a line that begins with it; undefined for any other line, and for all
   * that takes more than a glance.
   */
  countAt(bytes: Uint8Array, at: number): number | undefined {
    const start = this.#start;
    if (start === undefined) return undefined;
    for (let i = 0; i < start.length; i++) if (bytes[at + i] !== start[i]) return undefined;
    let end = at + start.length;
    if (bytes[end] === 0x20) end++;
    const first = end;
    let count = 0;
    for (; end - first <= DIGITS_MAX; end++) {
      const digit = bytes[end]! - 0x30;
      if (!(digit >= 0 && digit <= 9)) break;
      count = count * 10 + digit;
    }
    if (end === first || (bytes[end] !== COMMA && bytes[end] !== END)) return undefined;
    // JSON has no number that begins with 0 but 0 itself.
    return bytes[first] === 0x30 && end - first > 1 ? undefined : count;
  }

  /** What a line is. */
  read(line: Uint8Array): LineHead {
    let object: unknown;
    try {
      object = withoutStack(() => JSON.parse(decoder.decode(line.subarray(startOf(line)))));
    } catch {
      return UNKNOWN;
    }
    if (typeof object !== "object" || object === null || Array.isArray(object)) return UNKNOWN;
    const { frame, time: timeKey, event } = this.#keys;
    const count = countOf(memberOf(object, frame));
    const said = memberOf(object, timeKey);
    const time = typeof said === "number" ? said : undefined;
    if (event !== undefined && (memberOf(object, event) ?? undefined) !== undefined) {
      return { kind: "event", count, isTimed: said !== undefined, time };
    }
    return count === undefined ? UNKNOWN : { kind: "state", count, isTimed: false, time };
  }
}

/** First byte of the object: marks may stand before a line without being a part of it. */
function startOf(line: Uint8Array): number {
  return Math.max(0, line.indexOf(BRACE));
}

function countOf(value: unknown): number | undefined {
  if (typeof value === "string") return COUNT.test(value) ? Number(value) : undefined;
  return Number.isSafeInteger(value) ? value as number : undefined;
}
