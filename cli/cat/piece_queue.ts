import type { Output } from "../files/output.ts";

/** Pieces on their way to an output, which may take them only later. */
export class PieceQueue {
  readonly #output: Output;
  #pending: Promise<void> | undefined;

  /** Nothing on its way. */
  constructor(output: Output) {
    this.#output = output;
  }

  /** Puts a piece behind those that are on their way; bound to its queue. */
  readonly put = (bytes: Uint8Array): void => {
    const write = () => this.#output.write(bytes);
    this.#pending = this.#pending?.then(write) ?? (write() || undefined);
    // Whoever puts in more than one piece at a time looks at the first failure only then.
    this.#pending?.catch(() => {});
  };

  /** What has to be waited for before more is put in; undefined when all is taken. */
  get pending(): Promise<void> | undefined {
    return this.#pending;
  }

  /** Waits until all is taken. @throws {CommandError | ClosedPipe} when it is not */
  async drain(): Promise<void> {
    await this.#pending;
    this.#pending = undefined;
  }
}
