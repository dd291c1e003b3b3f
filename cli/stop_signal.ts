import process from "node:process";

/** Thrown to whoever reads on after the user asked to stop; what was read so far counts. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** Time in which a signal follows the end of standard input that it caused. */
const SIGNAL_MS = 25;

/** Ends a recording early, in order: the first Ctrl-C stops reading, a second one kills. */
export class StopSignal {
  /** True once the user asked to stop. */
  isRaised: boolean = false;
  readonly #raised: Promise<void>;
  readonly #forget: () => void;

  constructor() {
    let raise = () => {};
    this.#raised = new Promise((resolve) => raise = resolve);
    const onSignal = () => {
      this.isRaised = true;
      this.#forget();
      raise();
    };
    this.#forget = () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  }

  /** Lets signals end the process again. */
  forget(): void {
    this.#forget();
  }

  /**
   * The same bytes until the signal is raised, also while the source is silent. An end would make
   * a half line or half a gzip file of what is left, so it is an error.
   *
   * @throws {Stopped} while iterating
   */
  async *until(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const iterator = source[Symbol.asyncIterator]();
    const stopped = this.#raised.then(() => undefined);
    try {
      for (;;) {
        const reading = iterator.next();
        const next = await Promise.race([reading, stopped]);
        if (next === undefined) {
          reading.catch(() => {});
          throw new Stopped();
        }
        if (next.done) return await this.#endOf(source);
        yield next.value;
      }
    } finally {
      // A silent standard input would keep the process alive.
      iterator.return?.().catch(() => {});
      if (source === process.stdin) closeStandardInput();
    }
  }

  /** Ctrl-C ends both sides of a pipe, and the end of the other one may show before the signal. */
  async #endOf(source: AsyncIterable<Uint8Array>): Promise<void> {
    if (source !== process.stdin) return;
    await Promise.race([this.#raised, new Promise((resolve) => setTimeout(resolve, SIGNAL_MS))]);
    if (this.isRaised) throw new Stopped();
  }
}

function closeStandardInput(): void {
  process.stdin.destroy();
  // On Deno that leaves a read under way, which ends with the next byte only.
  const { Deno } = globalThis as { Deno?: { readonly stdin: { close(): void } } };
  try {
    Deno?.stdin.close();
  } catch {
    // It is closed already.
  }
}
