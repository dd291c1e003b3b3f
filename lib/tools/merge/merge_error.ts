import type { OptionNaming, OptionNamingError, Remedy } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";

/**
 * Recordings that cannot be merged. The message is one line: what is in the way, where, and what to
 * do, with options named by their keys.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource, MergeError } from "@hindcast/hindcast/recording";
 * import { mergeRecordings, RecordingReader, RecordingWriter } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * const entities = [{ id: 7, kind: "ship", fields: { x: 1 } }];
 * await writer.write({ frame: 120, timeMs: 0, entities });
 * await writer.close();
 *
 * const reader = await RecordingReader.open(new MemorySource(sink.bytes()));
 * const inputs = ["a", "b"].map((name) => ({ name, reader }));
 * const error = await mergeRecordings(inputs, new MemorySink()).catch((error) => error);
 * assert.ok(error instanceof MergeError);
 * assert.equal(error.problem, 'entity 7 ("ship") is in both a and b at frame 120');
 * ```
 */
export class MergeError extends RangeError implements OptionNamingError {
  /** Name of the error class. */
  override name = "MergeError";
  /** What is in the way, and where. */
  readonly problem: string;
  /** What the user can do about it. */
  readonly remedy: Remedy;

  /** Error of recordings that do not go together. */
  constructor(problem: string, remedy: Remedy) {
    super(messageOf(problem, remedy.toString()));
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The message with options as they are called where it is read. */
  messageWith(nameOf: OptionNaming): string {
    return messageOf(this.problem, this.remedy.render(nameOf));
  }
}

function messageOf(problem: string, remedy: string): string {
  return visibleText(`Cannot merge: ${problem}; ${remedy}`);
}
