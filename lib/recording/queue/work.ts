/**
 * Work in slices: a generator that yields where something else may run, or a promise when it has to
 * wait for one. Who has the time does it at once, who runs a server does a slice at a time.
 */
export type Work<T = void> = Generator<Promise<unknown> | undefined, T, unknown>;

/** Does a whole work at once. @throws {TypeError} when it has to wait for something */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (step.value !== undefined) throw new TypeError("The work has to wait: it needs a queue");
  }
}

/** Waits within a work. @throws what the promise rejects with */
export function* waitFor<T>(promise: Promise<T>): Work<T> {
  return (yield promise) as T;
}

/** Work of one step. */
export function* oneStep(act: () => void): Work {
  act();
  yield;
}
