import type { RecordingSummary, RecordingWriter, Schema } from "../mod.ts";
import { openOutput, type Output } from "./output.ts";
import type { RecordOptions } from "./record_options.ts";

/** Where a session records to; opened only when there is something to write. */
export class RecordOutput {
  readonly #options: RecordOptions;
  #output: Output | undefined;
  #writer: RecordingWriter | undefined;

  /** Output that is not open. */
  constructor(options: RecordOptions) {
    this.#options = options;
  }

  /** True once there was something to write. */
  get isOpen(): boolean {
    return this.#writer !== undefined;
  }

  /** The writer, opened by the first call, so that bad input destroys nothing. */
  async open(schema: Schema | undefined): Promise<RecordingWriter> {
    if (this.#writer !== undefined) return this.#writer;
    const { RecordingWriter } = await import("../mod.ts");
    this.#output = await openOutput(this.#options.output);
    const { rate, preview } = this.#options;
    return this.#writer = await RecordingWriter.open(this.#output, {
      ...(schema === undefined ? {} : { schema }),
      ...(rate === undefined ? {} : { rateHz: rate }),
      ...(preview === undefined ? {} : { preview }),
      sharesStates: true,
    });
  }

  /** Writes what is left and ends the output. */
  async close(): Promise<RecordingSummary> {
    const summary = await this.#writer!.close();
    await this.#output!.close();
    return summary;
  }
}
