import { finish, type Work } from "./work.ts";

/** Order in which the parts of a recording are made and handed to its sink. */
export interface WriteOrder {
  /** Bytes that works which are not done hold in memory. */
  readonly waitingBytes: number;

  /**
   * Does a work after all works before it.
   *
   * @param bytes memory that it holds until it is done
   * @param onTaken called when the output has taken what it made
   */
  run(work: Work, bytes: number, onTaken?: () => void): void;

  /** What to wait for before more works come, undefined for nothing. Rejects as `idle`. */
  room(): Promise<void> | undefined;

  /** Settles when every work is done; rejects with the error that ended one. */
  idle(): Promise<void> | undefined;

  /** Has everything so far made durable. @returns what to wait for before more works come */
  sync(): Promise<void> | undefined;

  /** Does no work any more, neither those that wait nor those that come. */
  abandon(error: unknown): void;
}

/** Where works put what they make. */
export interface WorkOutput {
  /** Settles when everything is taken; rejects with the error that kept something from it. */
  drain(): Promise<void> | undefined;
  /** Drains, and makes it durable. */
  sync(): Promise<void>;
}

/** Does every work within the call that hands it over, which gets its errors. */
export class AtOnce implements WriteOrder {
  /** Always 0. */
  readonly waitingBytes: number = 0;
  readonly #output: WorkOutput;

  /** Order of nothing yet. @param output where works put what they make */
  constructor(output: WorkOutput) {
    this.#output = output;
  }

  /** Does a work; what an output that answers later keeps from it, `room` tells. */
  run(work: Work, _bytes: number, onTaken?: () => void): void {
    finish(work);
    onTaken?.();
  }

  /** Settles when the output has everything. */
  room(): Promise<void> | undefined {
    return this.#output.drain();
  }

  /** The same. */
  idle(): Promise<void> | undefined {
    return this.#output.drain();
  }

  /** Settles when everything is durable. */
  sync(): Promise<void> {
    return this.#output.sync();
  }

  /** Nothing waits. */
  abandon(): void {}
}
