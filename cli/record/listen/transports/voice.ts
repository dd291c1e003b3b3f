/** Time within which so many lines are said to a producer. */
const WINDOW_MS = 1000;

/** Says to a producer what is wrong, some lines a second at most: a flood of faults is no answer. */
export class Voice {
  readonly #send: (line: string) => void;
  readonly #linesMax: number;
  #sinceMs = -Infinity;
  #lines = 0;

  /** @param linesMax lines a second */
  constructor(send: (line: string) => void, linesMax: number) {
    this.#send = send;
    this.#linesMax = linesMax;
  }

  /** Says a line, unless many were said just now. @param message called only when it is said */
  tell(message: () => string): void {
    const nowMs = performance.now();
    if (nowMs - this.#sinceMs >= WINDOW_MS) {
      this.#sinceMs = nowMs;
      this.#lines = 0;
    }
    if (this.#lines++ < this.#linesMax) this.#send(errorLine(message()));
  }
}

/** What is said, as one line of JSON. */
export function errorLine(error: string): string {
  return JSON.stringify({ error });
}
