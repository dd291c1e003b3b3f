import { setImmediate } from "node:timers";
import { handled } from "./handled.ts";
import type { Work } from "./work.ts";
import type { WorkOutput, WriteOrder } from "./write_order.ts";

/** Time after which other code gets its turn, in milliseconds; a step of a work takes less. */
const SLICE_MS = 0.5;

/** Bytes of works from which on whoever can wait should: some blocks. */
const ROOM_BYTES = 1 << 23;

interface QueuedWork {
  readonly work: Work;
  readonly bytes: number;
  readonly onTaken: (() => void) | undefined;
}

interface Waiter {
  readonly isOver: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does works one after another, a slice of each turn of the event loop at a time. After an error
 * none is done any more: what is waiting and what comes is forgotten.
 */
export class WriteQueue implements WriteOrder {
  /** Bytes that works which are not done hold in memory. */
  waitingBytes = 0;
  readonly #output: WorkOutput;
  readonly #onFailure: ((error: unknown) => void) | undefined;
  #works: QueuedWork[] = [];
  #waiters: Waiter[] = [];
  #failure: { readonly error: unknown } | undefined;
  #isRunning = false;

  /**
   * No works yet.
   *
   * @param output where works put what they make, waited for after each of them
   * @param onFailure told when one of them fails
   */
  constructor(output: WorkOutput, onFailure?: (error: unknown) => void) {
    this.#output = output;
    this.#onFailure = onFailure;
  }

  /** Does a work after all works before it. */
  run(work: Work, bytes: number, onTaken?: () => void): void {
    if (this.#failure !== undefined) return;
    this.#works.push({ work: this.#settling(work), bytes, onTaken });
    this.waitingBytes += bytes;
    if (this.#isRunning) return;
    this.#isRunning = true;
    setImmediate(this.#turn, undefined);
  }

  /** What to wait for while many bytes wait. */
  room(): Promise<void> | undefined {
    return this.#wait(() => this.waitingBytes < ROOM_BYTES);
  }

  /** Settles when every work is done. */
  idle(): Promise<void> | undefined {
    const isIdle = this.#works.length === 0 && this.#failure === undefined;
    return isIdle ? this.#output.drain() : this.#wait(() => this.#works.length === 0);
  }

  /** Has everything so far made durable, in its turn. */
  sync(): Promise<void> | undefined {
    this.run(this.#syncing(), 0);
    return this.room();
  }

  /** Does no work any more; what was begun stays half done, and nobody is told. */
  abandon(error: unknown): void {
    if (this.#failure === undefined) this.#end(error);
  }

  #wait(isOver: () => boolean): Promise<void> | undefined {
    if (this.#failure !== undefined) return handled(Promise.reject(this.#failure.error));
    if (isOver()) return undefined;
    return handled(
      new Promise((resolve, reject) => this.#waiters.push({ isOver, resolve, reject })),
    );
  }

  *#settling(work: Work): Work {
    yield* work;
    const drained = this.#output.drain();
    if (drained !== undefined) yield drained;
  }

  *#syncing(): Work {
    yield this.#output.sync();
  }

  /** Goes on with the first work. @param answer what the promise that it waited for gave */
  readonly #turn = (answer: unknown): void => {
    if (this.#failure !== undefined) return;
    const untilMs = performance.now() + SLICE_MS;
    do {
      const { work, bytes, onTaken } = this.#works[0]!;
      try {
        const step = work.next(answer);
        answer = undefined;
        if (step.done) {
          this.#works.shift();
          this.waitingBytes -= bytes;
          onTaken?.();
          this.#tellWaiters();
        } else if (step.value !== undefined) {
          step.value.then(this.#turn, this.#fail);
          return;
        }
      } catch (error) {
        this.#fail(error);
        return;
      }
      if (this.#works.length === 0) {
        this.#isRunning = false;
        return;
      }
    } while (performance.now() < untilMs);
    setImmediate(this.#turn, undefined);
  };

  readonly #fail = (error: unknown): void => {
    if (this.#failure !== undefined) return;
    this.#end(error);
    this.#onFailure?.(error);
  };

  #end(error: unknown): void {
    this.#failure = { error };
    this.#works = [];
    this.waitingBytes = 0;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const { reject } of waiters) reject(error);
  }

  #tellWaiters(): void {
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = waiters.filter(({ isOver }) => !isOver());
    for (const { isOver, resolve } of waiters) if (isOver()) resolve();
  }
}
