import { InputSyntaxError } from "../input/input_error.ts";
import type { RefusedLine } from "../input/refused_line.ts";
import { isNumberText } from "../kinds/text_facts.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { findMember } from "../rows/json_places.ts";
import { cellAt } from "./cell_at.ts";
import { EditedText } from "./edited_text.ts";
import type { FaultGroups } from "./fault_groups.ts";

/** Characters that are read again for the faults of one line, but for the first ones. */
const LINE_UNITS_MAX = 1 << 22;
const EDITS_FREE = 8;
const EDITS_MAX = 256;
/** Characters that are read again in a whole input. */
const UNITS_MAX = 1 << 28;

/** Faults that follow from a frame that was put in for one that is refused. */
const FRAME_FOLLOWS: ReadonlySet<string> = new Set([
  "id-twice",
  "frame-twice",
  "bad-time",
  "time-back",
  "no-time",
]);

/**
 * Counts the faults of every line: what a fault points at is left out of the line, which is then
 * read again, until nothing is wrong with the rest. A number that is a text, or the other way round,
 * is put in as the other.
 */
export class CheckMender {
  /** Fields that hold numbers and texts that spell numbers, by kind. */
  readonly mixed = new Map<string, Set<string>>();
  /** Lines that have a fault. */
  lines: number = 0;
  readonly #groups: FaultGroups;
  readonly #keys: RowKeys;
  #line: EditedText | undefined;
  /** How often what stands at a path was replaced. */
  #tries = new Map<string, number>();
  #isFrameGiven = false;
  #units = 0;
  #left = UNITS_MAX;
  #isCounted = false;

  /**
   * Mender of an input.
   *
   * @param groups takes the faults
   */
  constructor(groups: FaultGroups, keys: RowKeys) {
    this.#groups = groups;
    this.#keys = keys;
  }

  /** Gives a refused line another text, as a `LineMender`; bound to this mender. */
  readonly mend = (refused: RefusedLine): string | undefined => {
    if (refused.text !== this.#line?.text || this.#isCounted) this.#begin(refused.text);
    const mended = this.#mend(refused, this.#line!);
    this.#isCounted = mended === undefined;
    if (mended === undefined) this.#line = undefined;
    return mended;
  };

  /** Counts the fault of a line that was given up or never asked about; as an `onBadLine`. */
  readonly add = (error: InputSyntaxError): void => {
    if (!this.#isCounted) {
      this.lines++;
      this.#groups.add(error);
    }
    this.#isCounted = false;
  };

  #begin(text: string): void {
    this.lines++;
    this.#line = new EditedText(text);
    this.#tries = new Map();
    this.#isFrameGiven = false;
    this.#units = 0;
  }

  #mend(refused: RefusedLine, line: EditedText): string | undefined {
    const { target, error } = refused;
    const path = target !== undefined && "path" in target ? target.path : undefined;
    const tries = path === undefined ? 0 : this.#tries.get(path) ?? 0;
    const follows = tries > 0 || (this.#isFrameGiven && FRAME_FOLLOWS.has(error.sort.code)) ||
      this.#isOfAbsence(error);
    if (!follows) this.#groups.add(originalError(error, line));
    if (path === undefined || tries > 1 || !this.#isAffordable(line)) return undefined;
    this.#tries.set(path, tries + 1);
    if (path === this.#keys.frame) return this.#mendFrame(refused, line);
    if (path === this.#keys.time) return undefined;
    const place = placeOf(refused, path);
    if (place === undefined) return undefined;
    const { start, end } = place;
    const value = refused.text.slice(start, end);
    const isOther = tries === 0 && !refused.isCsv && error.sort.code === "field-type";
    const other = isOther ? otherSpelling(value) : undefined;
    if (other !== undefined) this.#addMixed(error);
    line.replace(start, end, other ?? (refused.isCsv ? "" : "null"));
    return line.text;
  }

  /** True for the lack of a field that was taken out of the line. */
  #isOfAbsence({ sort: { code, field } }: InputSyntaxError): boolean {
    return code === "field-missing" && field !== undefined &&
      [...this.#tries.keys()].some((path) => path === field || path.endsWith(`.${field}`));
  }

  #mendFrame({ text, isCsv, frame }: RefusedLine, line: EditedText): string | undefined {
    if (isCsv || frame === undefined || this.#isFrameGiven) return undefined;
    const member = findMember(text, this.#keys.frame);
    if (member === undefined) return undefined;
    this.#isFrameGiven = true;
    line.replace(member.valueAt, member.valueEnd, String(frame));
    return line.text;
  }

  #addMixed({ sort: { kind, field } }: InputSyntaxError): void {
    if (kind === undefined || field === undefined) return;
    const fields = this.mixed.get(kind);
    if (fields === undefined) this.mixed.set(kind, new Set([field]));
    else fields.add(field);
  }

  #isAffordable({ text, edits }: EditedText): boolean {
    this.#units += text.length;
    this.#left -= text.length;
    return edits < EDITS_FREE ||
      (edits < EDITS_MAX && this.#units <= LINE_UNITS_MAX && this.#left > 0);
  }
}

/** Where the value at a path stands in a line. */
function placeOf(
  { text, isCsv, error }: RefusedLine,
  path: string,
): { readonly start: number; readonly end: number } | undefined {
  if (!isCsv) {
    const member = findMember(text, path);
    return member && { start: member.valueAt, end: member.valueEnd };
  }
  // A record that spans lines has its place in lines, which say no character of it.
  const { column } = error.place;
  return column === undefined || text.includes("\n") ? undefined : cellAt(text, column - 1);
}

/** A number for a text that spells one, a text for a number; undefined for all else. */
function otherSpelling(value: string): string | undefined {
  if (/^-?\d/.test(value)) return JSON.stringify(value);
  if (!value.startsWith('"')) return undefined;
  const text: unknown = JSON.parse(value);
  return typeof text === "string" && isNumberText(text) ? text : undefined;
}

/** The error with its place in the line as it came. */
function originalError(error: InputSyntaxError, line: EditedText): InputSyntaxError {
  const { place, problem, remedy, sort } = error;
  if (place.column === undefined || line.edits === 0) return error;
  const column = line.original(place.column - 1) + 1;
  return new InputSyntaxError({ ...place, column }, problem, remedy, sort);
}
