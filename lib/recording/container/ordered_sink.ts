import type { RecordingSink } from "./sink.ts";
import { handled } from "../queue/handled.ts";

/**
 * Hands bytes to a sink one write after another, whoever waits for what. After its first error the
 * sink gets nothing any more: what would follow a torn record could not be found again.
 */
export class OrderedSink {
  readonly #sink: RecordingSink;
  #tail: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Sink that nothing was written to. */
  constructor(sink: RecordingSink) {
    this.#sink = sink;
  }

  /** Hands over bytes, which nobody may change. @throws {Error} of the sink, also an earlier one */
  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#tail !== undefined) {
      this.#follow(this.#tail.then(() => this.#sink.write(bytes)));
      return;
    }
    try {
      const written = this.#sink.write(bytes);
      // Promises of other libraries too.
      if (typeof written?.then === "function") this.#follow(Promise.resolve(written));
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Settles when the sink has taken everything; rejects with the sink's error.
   *
   * @returns undefined when there is nothing to wait for
   */
  drain(): Promise<void> | undefined {
    return this.#failure === undefined ? this.#tail : handled(Promise.reject(this.#failure.error));
  }

  /** Drains, then asks the sink to make the bytes durable. @throws {Error} of the sink */
  sync(): Promise<void> {
    return handled(this.#sync());
  }

  async #sync(): Promise<void> {
    await this.drain();
    try {
      await this.#sink.sync?.();
    } catch (error) {
      this.#fail(error);
    }
  }

  #follow(written: Promise<void>): void {
    this.#tail = written;
    // The error reaches the caller at the next drain; until then it must not count as unhandled.
    written.catch((error) => void (this.#failure ??= { error }));
  }

  #fail(error: unknown): never {
    this.#failure ??= { error };
    throw error;
  }
}
