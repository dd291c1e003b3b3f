/**
 * A file that is no recording, or one that is damaged; says where.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySource, RecordingReader } from "@hindcast/hindcast/recording";
 * import { RecordingSyntaxError } from "@hindcast/hindcast/recording";
 *
 * const source = new MemorySource(new TextEncoder().encode("frame,x,y"), "positions.csv");
 * await assert.rejects(RecordingReader.open(source), (error) => {
 *   assert.ok(error instanceof RecordingSyntaxError);
 *   assert.equal(error.section, "header");
 *   assert.equal(error.offset, 0);
 *   assert.equal(error.file, "positions.csv");
 *   assert.equal(error.remedy, "name a file that hindcast record wrote");
 *   return true;
 * });
 * ```
 */
export class RecordingSyntaxError extends SyntaxError {
  /** Name of the error class. */
  override name = "RecordingSyntaxError";
  /** Part of the file that could not be read: header, footer, summary, block ... */
  readonly section: string;
  /** Byte of the file at which that part, or the fault in it, lies. */
  readonly offset: number;
  /** Name of the file, when it has one. */
  readonly file: string | undefined;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it, where that is known. */
  readonly remedy: string | undefined;

  /**
   * Error at a byte of a file.
   *
   * @param fault part of the file, byte at which it or the fault in it lies, name of the file,
   *   what is wrong, and what to do about it
   */
  constructor(
    fault: {
      readonly section: string;
      readonly offset: number;
      readonly file?: string | undefined;
      readonly problem: string;
      readonly remedy?: string | undefined;
    },
  ) {
    const { section, offset, file, problem, remedy } = fault;
    const advice = remedy === undefined ? "" : `; ${remedy}`;
    const name = file === undefined ? "" : ` (${file})`;
    super(`Cannot read ${section} at byte ${offset}: ${problem}${advice}${name}`);
    this.section = section;
    this.offset = offset;
    this.file = file;
    this.problem = problem;
    this.remedy = remedy;
  }
}
