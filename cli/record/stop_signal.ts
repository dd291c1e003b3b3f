import process from "node:process";
import { PipeRest } from "./pipe_rest.ts";

/** Thrown to whoever reads on after the user asked to stop; what was read so far counts. */
export class Stopped extends Error {
  override name = "Stopped";
}

/** A terminal that is closed asks for the same as Ctrl-C and as whoever runs the service. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Time in which a signal follows the end of standard input that it caused. */
const SIGNAL_MS = 25;

/** Ends a recording early, in order: the first Ctrl-C stops reading, a second one kills. */
export class StopSignal {
  /** True once the user asked to stop. */
  isRaised: boolean = false;
  /** True when there was more to read of a live source than was read after the signal. */
  isCutShort: boolean = false;
  #raisedMs = 0;
  /** Called once, when the signal is raised, by everything that waits at the moment. */
  readonly #waiting = new Set<() => void>();
  readonly #forget: () => void;
  /** What it ends with when nobody asked for it. */
  #failure: { readonly error: unknown } | undefined;

  /** @param whole signal whose part this is; undefined for that of the process */
  constructor(whole?: StopSignal) {
    if (whole !== undefined) {
      const onWhole = () => {
        this.isRaised ||= whole.isRaised;
        this.#wakeAll();
      };
      this.#forget = () => void whole.#waiting.delete(onWhole);
      whole.onceRaised(onWhole);
      return;
    }
    const onSignal = () => {
      this.isRaised = true;
      this.#raisedMs = performance.now();
      this.#forget();
      this.#wakeAll();
    };
    this.#forget = () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    };
    for (const name of SIGNALS) process.on(name, onSignal);
  }

  /** Signal that is raised with this one, and of which a failure ends nothing else. */
  part(): StopSignal {
    return new StopSignal(this);
  }

  /** Ends the reading as the signal does, with a failure of something else. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.isRaised = true;
    this.#wakeAll();
  }

  /** True when something failed, and nobody asked for the end. */
  get isFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** Calls when the signal is raised, or nobody asks for it any more. */
  onceRaised(call: () => void): void {
    if (this.isRaised) call();
    else this.#waiting.add(call);
  }

  /** Lets signals end the process again, and ends what still waits for a silent source. */
  forget(): void {
    this.#forget();
    this.#wakeAll();
  }

  /**
   * What a promise gives, unless the signal is raised before. Once that promise is settled nothing
   * of it is kept: a race against one promise that stays open would keep every answer.
   *
   * @throws {Stopped} when the signal is raised
   */
  async unlessRaised<T>(promise: Promise<T>): Promise<T> {
    return await new Promise<T>((resolve, reject) => {
      const wake = () => reject(this.#failure === undefined ? new Stopped() : this.#failure.error);
      const settle = (action: () => void) => {
        this.#waiting.delete(wake);
        action();
      };
      promise.then((value) => settle(() => resolve(value)), (error) => settle(() => reject(error)));
      if (this.isRaised) wake();
      else this.#waiting.add(wake);
    });
  }

  /**
   * The same bytes until the signal is raised, also while the source is silent. An end would make
   * a half line or half a gzip file of what is left, so it is an error.
   *
   * @param onBytes called with the length of each piece
   * @param isLive true for a pipe: what has come by the signal is still read, in bounded time
   * @throws {Stopped} while iterating
   */
  async *until(
    source: AsyncIterable<Uint8Array>,
    onBytes?: (count: number) => void,
    isLive = false,
  ): AsyncGenerator<Uint8Array, void, void> {
    const iterator = source[Symbol.asyncIterator]();
    const rest = new PipeRest();
    try {
      for (;;) {
        const coming = iterator.next();
        const next = await this.unlessRaised(coming).catch(async (error) => {
          if (!isLive || !(error instanceof Stopped)) throw error;
          const there = await rest.next(coming, this.#raisedMs);
          this.isCutShort ||= rest.isCutShort;
          if (there === undefined || there.done) throw error;
          return there;
        });
        if (next.done) return await this.#endOf(source);
        onBytes?.(next.value.length);
        yield next.value;
      }
    } finally {
      // A silent standard input would keep the process alive.
      iterator.return?.().catch(() => {});
      if (source === process.stdin) closeStandardInput();
    }
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /** Ctrl-C ends both sides of a pipe, and the end of the other one may show before the signal. */
  async #endOf(source: AsyncIterable<Uint8Array>): Promise<void> {
    if (source !== process.stdin) return;
    await this.unlessRaised(new Promise((resolve) => setTimeout(resolve, SIGNAL_MS)));
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
