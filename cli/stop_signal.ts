import process from "node:process";

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

  /** The same bytes, ending when the signal is raised even while the source is silent. */
  async *until(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const iterator = source[Symbol.asyncIterator]();
    const stopped = this.#raised.then(() => ({ done: true, value: undefined }) as const);
    try {
      for (;;) {
        const next = await Promise.race([iterator.next(), stopped]);
        if (next.done) return;
        yield next.value;
      }
    } finally {
      // A silent standard input would keep the process alive.
      void iterator.return?.();
      if (source === process.stdin) process.stdin.destroy();
    }
  }
}
