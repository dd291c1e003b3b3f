import type { Schema } from "../../core/state/schema.ts";
import { InputSyntaxError } from "../input/input_error.ts";
import type { RefusedLine } from "../input/refused_line.ts";
import type { FaultSort } from "../input/row_fault.ts";
import { isNumberText } from "../kinds/text_facts.ts";
import type { RowKeys } from "../rows/flat_row.ts";
import { EditedText } from "./edited_text.ts";
import { memberStart, type Place, placeOf, wordPath, wordPlace } from "./fault_places.ts";
import type { FaultGroups } from "./fault_groups.ts";
import { heldValue } from "./held_value.ts";

/** Characters that are read again for the faults of one line, but for the first ones. */
const LINE_UNITS_MAX = 1 << 19;
const EDITS_FREE = 8;
const EDITS_MAX = 256;
/** Characters that are read again in a whole input. */
const UNITS_MAX = 1 << 27;
/** Lines that are given the frame or time before them: a restart makes all that follow lie behind. */
const HEADS_MAX = 1000;
/** How often one value is replaced: by its other spelling, by nothing, by what a schema holds. */
const TRIES_MAX = 3;

/** An integer as JSON has it, or its text. */
const INTEGER = /^("?)-?(?:0|[1-9]\d*)\1$/;

/** Faults that follow from a frame or a time that was put in for one that is refused. */
const FOLLOWING: ReadonlySet<string> = new Set([
  "id-twice",
  "frame-twice",
  "bad-time",
  "time-back",
  "no-time",
]);

/** Values of fields, by kind and field. */
export type FieldCounts = Map<string, Map<string, number>>;

/** What a mender puts in where a line has nothing that can be read. */
export interface MenderParts {
  /** False to count the first fault of every line and mend none. */
  readonly isMending: boolean;
  /** Takes the faults. */
  readonly groups: FaultGroups;
  /** Keys of the rows. */
  readonly keys: RowKeys;
  /** Types that values have to fit; undefined without a schema. */
  readonly schema: Schema | undefined;
  /** A frame as the input counts. */
  readonly spellFrame: (frame: number) => string;
  /** A time as the input spells it. */
  readonly spellTime: (timeMs: number) => string;
}

/**
 * Counts the faults of every line: what a fault points at is left out of the line, which is then
 * read again, until nothing is wrong with the rest. A number that is a text, or the other way round,
 * is put in as the other; where there has to be something, the frame and time before it, or
 * anything that fits.
 */
export class CheckMender {
  /** Lines that have a fault. */
  lines: number = 0;
  /** Lines that nothing mended. */
  skipped: number = 0;
  readonly #parts: MenderParts;
  #line: EditedText | undefined;
  /** How often what stands at a path was replaced, or what is missing put in. */
  #tries = new Map<string, number>();
  readonly #mixed = new Map<string, Set<string>>();
  readonly #integers: FieldCounts = new Map();
  readonly #inexact: FieldCounts = new Map();
  /** Fields of the line that took the other spelling of their values, by path. */
  #respelt = new Map<string, FaultSort>();
  /** Sorts of faults of the line that are counted. */
  readonly #counted = new Set<string>();
  #isHeadGiven = false;
  /** Frame that was put in last; undefined before the first. */
  #headFrame: number | undefined;
  #heads = 0;
  #units = 0;
  #left = UNITS_MAX;
  /** Number of the line that was refused last. */
  #number = 0;

  /** Mender of an input. */
  constructor(parts: MenderParts) {
    this.#parts = parts;
  }

  /** Gives a refused line another text, as a `LineMender`; bound to this mender. */
  readonly mend = (refused: RefusedLine): string | undefined => {
    if (refused.text !== this.#line?.text) this.#begin(refused);
    if (this.#isOfHead(refused)) {
      if (this.#line!.edits === 0) this.lines--;
      this.#line = undefined;
      return undefined;
    }
    const mended = this.#mend(refused, this.#line!);
    if (mended !== undefined) return mended;
    this.skipped++;
    this.#line = undefined;
    return undefined;
  };

  /** Counts a fault that no line was refused for; as an `onBadLine`. */
  readonly add = (error: InputSyntaxError): void => {
    this.lines++;
    this.skipped++;
    this.#parts.groups.add(error.sort, () => error);
  };

  /**
   * Counts the fault that ended the reading, unless its line was refused before, or it only follows
   * from those that were. No line is skipped for it.
   */
  addLast(error: InputSyntaxError): void {
    const { code } = error.sort;
    const { line } = error.place;
    if (code === "all-bad" || (code === "no-rows" && this.lines > 0)) return;
    if (line === undefined || line !== this.#number) this.add(error);
    this.skipped--;
  }

  /** Fields that hold numbers and texts that spell numbers, by kind. */
  get mixed(): ReadonlyMap<string, ReadonlySet<string>> {
    this.#settle();
    return this.#mixed;
  }

  /** Fields that had integers, or texts of such, where they held something else: how many, by kind. */
  get integers(): FieldCounts {
    return this.#integers;
  }

  /** Fields that had integers that no type of numbers holds: how many, by kind. */
  get inexact(): FieldCounts {
    return this.#inexact;
  }

  #begin({ text, line }: RefusedLine): void {
    this.#settle();
    this.lines++;
    this.#number = line;
    this.#line = new EditedText(text);
    this.#tries = new Map();
    this.#counted.clear();
    this.#isHeadGiven = false;
    this.#units = 0;
  }

  #mend(refused: RefusedLine, line: EditedText): string | undefined {
    const { target, sort } = refused;
    const path = target === undefined
      ? missingKey(sort)
      : "path" in target
      ? target.path
      : wordPath(refused.text, target.offset);
    const tries = path === undefined ? 0 : this.#tries.get(path) ?? 0;
    // A cell of an id that was taken out reads as none.
    const isIdTaken = sort.code === "no-id" && this.#tries.has(this.#parts.keys.id);
    const follows = tries > 0 || isIdTaken ||
      (this.#isHeadGiven && FOLLOWING.has(sort.code)) || this.#isOfAbsence(sort);
    if (!follows && this.#isNew(sort)) {
      this.#parts.groups.add(sort, () => originalError(refused.error(), line));
    }
    if (
      !this.#parts.isMending || path === undefined || tries >= TRIES_MAX ||
      !this.#isAffordable(line)
    ) return undefined;
    const { frame: frameKey, time: timeKey } = this.#parts.keys;
    const isHead = path === frameKey || path === timeKey;
    if (isHead) {
      if (tries > 0 || refused.frame === undefined || this.#heads >= HEADS_MAX) return undefined;
      this.#heads++;
    }
    this.#tries.set(path, tries + 1);
    this.#respelt.delete(path);
    const place = target === undefined
      ? memberStart(refused)
      : "path" in target
      ? placeOf(refused, path)
      : wordPlace(refused.text, target.offset);
    if (place !== undefined && sort.code === "inexact-number") {
      const literal = refused.text.slice(place.start, place.end);
      if (INTEGER.test(literal)) countField(this.#inexact, sort);
    }
    const value = place && this.#valueOf(refused, path, tries, place);
    if (place === undefined || value === undefined) return undefined;
    const isMember = target === undefined;
    line.replace(place.start, place.end, isMember ? `${JSON.stringify(path)}:${value},` : value);
    return line.text;
  }

  /** What is put in for a value; undefined when nothing can be. */
  #valueOf(
    { sort, frame, timeMs, isCsv, target, text }: RefusedLine,
    path: string,
    tries: number,
    { start, end }: Place,
  ): string | undefined {
    const { keys, schema, spellFrame, spellTime } = this.#parts;
    if (path === keys.frame || path === keys.time) {
      this.#isHeadGiven = true;
      if (path === keys.frame) this.#headFrame = frame;
      return path === keys.frame ? spellFrame(frame!) : spellTime(timeMs);
    }
    const isType = sort.code === "field-type" && tries === 0 && !isCsv;
    const other = isType ? otherSpelling(text.slice(start, end)) : undefined;
    if (other !== undefined) {
      this.#respelt.set(path, sort);
      if (INTEGER.test(other)) countField(this.#integers, sort);
      return other;
    }
    const held = heldValue(schema, sort);
    if (held === undefined) return target === undefined ? undefined : isCsv ? "" : "null";
    return isCsv ? String(held) : JSON.stringify(held);
  }

  /** True for a row whose id one has in its frame that was put into that. */
  #isOfHead({ sort, frame }: RefusedLine): boolean {
    return sort.code === "id-twice" && !this.#isHeadGiven &&
      frame !== undefined && frame === this.#headFrame;
  }

  /** True for the lack of a field that was taken out of the line. */
  #isOfAbsence({ code, field }: FaultSort): boolean {
    return code === "field-missing" && field !== undefined &&
      [...this.#tries.keys()].some((path) => path === field || path.endsWith(`.${field}`));
  }

  /** False for what the line was counted for. */
  #isNew({ code, kind, field }: FaultSort): boolean {
    // Which fields are too many changes with each that is taken out.
    const key = JSON.stringify(code === "fields-max" ? [code, kind] : [code, kind, field]);
    return this.#counted.size !== this.#counted.add(key).size;
  }

  #settle(): void {
    for (const sort of this.#respelt.values()) addField(this.#mixed, sort);
    this.#respelt.clear();
  }

  #isAffordable({ text, edits }: EditedText): boolean {
    this.#units += text.length;
    this.#left -= text.length;
    return edits < EDITS_FREE ||
      (edits < EDITS_MAX && this.#units <= LINE_UNITS_MAX && this.#left > 0);
  }
}

function addField(fieldsOf: Map<string, Set<string>>, { kind, field }: FaultSort): void {
  if (kind === undefined || field === undefined) return;
  const fields = fieldsOf.get(kind);
  if (fields === undefined) fieldsOf.set(kind, new Set([field]));
  else fields.add(field);
}

function countField(counts: FieldCounts, { kind, field }: FaultSort): void {
  if (kind === undefined || field === undefined) return;
  const fields = counts.get(kind) ?? new Map<string, number>();
  counts.set(kind, fields.set(field, (fields.get(field) ?? 0) + 1));
}

/** Key that a line lacks, by its fault. */
function missingKey({ code, field }: FaultSort): string | undefined {
  return code === "no-frame" || code === "no-time" || code === "field-missing" ? field : undefined;
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
