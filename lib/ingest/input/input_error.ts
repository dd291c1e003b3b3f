import type { OptionNaming, OptionNamingError, Remedy } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";
import { type FaultSort, OTHER_SORT } from "./row_fault.ts";

/** Where in an input something is. */
export interface InputPlace {
  /** Name of the input, usually its path. */
  readonly source: string;
  /** Line, counted from 1; undefined when the input as a whole is meant. */
  readonly line?: number | undefined;
  /** Column in UTF-16 code units, counted from 1; undefined when the line as a whole is meant. */
  readonly column?: number | undefined;
}

/**
 * Input that cannot be read. The message is one line: where, what is wrong, and what to do, with
 * options named by their keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { InputSyntaxError, readStates } from "@hindcast/hindcast/ingest";
 *
 * const frames = readStates(new Blob(['{"t":0,"id":3}']).stream(), { source: "duel.ndjson" });
 * const error = await frames.next().catch((error) => error);
 * assert.ok(error instanceof InputSyntaxError);
 * assert.deepEqual(error.place, { source: "duel.ndjson", line: 1, column: undefined });
 * assert.equal(error.problem, 'the frame "f" is missing');
 * assert.equal(error.remedy.toString(), "name its key with frameKey");
 * assert.equal(
 *   error.messageWith((key) => key === "frameKey" ? "the frame key" : key),
 *   'Cannot read duel.ndjson:1: the frame "f" is missing; name its key with the frame key',
 * );
 * ```
 */
export class InputSyntaxError extends SyntaxError implements OptionNamingError {
  /** Name of the error class. */
  override name = "InputSyntaxError";
  /** Where it is. */
  readonly place: InputPlace;
  /** What is wrong. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: Remedy;
  /** What sort of fault it is. */
  readonly sort: FaultSort;

  /**
   * Error at a place.
   *
   * @param problem what is wrong, without the place
   * @param remedy what the user can do about it
   * @param sort what sort of fault it is
   */
  constructor(place: InputPlace, problem: string, remedy: Remedy, sort: FaultSort = OTHER_SORT) {
    super(messageOf(place, problem, remedy.toString()));
    this.place = place;
    this.problem = problem;
    this.remedy = remedy;
    this.sort = sort;
  }

  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string {
    return messageOf(this.place, this.problem, this.remedy.render(nameOf));
  }
}

/** One line, since input must neither forge nor hide output. */
function messageOf(place: InputPlace, problem: string, remedy: string): string {
  return visibleText(`Cannot read ${describePlace(place)}: ${problem}; ${remedy}`);
}

function describePlace({ source, line, column }: InputPlace): string {
  if (line === undefined) return source;
  return column === undefined ? `${source}:${line}` : `${source}:${line}:${column}`;
}
