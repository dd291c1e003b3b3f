import type { RecordingSink } from "./container/sink.ts";

/** How a disk fails. */
export interface Fault {
  /**
   * `short`: takes a part of the bytes and then none; `none`: takes nothing; `power`: all that was
   * not made durable is gone.
   */
  readonly how: "short" | "none" | "power";
  /** Call of `write` that fails, 1 for the first. */
  readonly at: number;
  /** Part of the bytes of that call that is taken, of `short`. */
  readonly part: number;
  /** True when the disk works again from the next call on. */
  readonly isPassing: boolean;
  /** True when it answers by promises. */
  readonly isAsync: boolean;
}

/** A disk that fails at some call. */
export class FailingSink implements RecordingSink {
  /** Calls of `write` so far. */
  writes = 0;
  /** True once it has failed. */
  hasFailed = false;
  readonly #fault: Fault;
  #bytes: number[] = [];
  #syncedLength = 0;

  /** Empty disk. */
  constructor(fault: Fault) {
    this.#fault = fault;
  }

  /** Appends bytes. @throws {Error} at the call that fails, and after it unless that passes */
  write(bytes: Uint8Array): void | Promise<void> {
    return this.#answer(() => {
      const { at, how, part, isPassing } = this.#fault;
      const fails = ++this.writes === at || (this.writes > at && !isPassing);
      if (!fails) {
        this.#bytes.push(...bytes);
        return;
      }
      if (!this.hasFailed && how === "short") {
        this.#bytes.push(...bytes.subarray(0, Math.floor(bytes.length * part)));
      }
      if (how === "power") this.#bytes.length = this.#syncedLength;
      this.hasFailed = true;
      throw Object.assign(new Error("the disk fails"), { code: how === "none" ? "ENOSPC" : "EIO" });
    });
  }

  /** Makes what was written durable. */
  sync(): void | Promise<void> {
    return this.#answer(() => {
      if (!this.hasFailed) this.#syncedLength = this.#bytes.length;
    });
  }

  /** What is on the disk. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #answer(act: () => void): void | Promise<void> {
    if (!this.#fault.isAsync) return act();
    return new Promise((resolve) => setTimeout(resolve)).then(act);
  }
}
