/** How to take back what a record changed that may still turn out to be bad. */
export class UndoLog {
  readonly #steps: (() => void)[] = [];

  /** Adds how the last change is taken back. */
  add(step: () => void): void {
    this.#steps.push(step);
  }

  /** As {@linkcode UndoLog.add}, of a change by which known rows of a table read otherwise. */
  addFor(table: { version: number }, step: () => void): void {
    table.version++;
    this.#steps.push(() => {
      step();
      table.version++;
    });
  }

  /** True when nothing changed since the last {@linkcode UndoLog.keep}. */
  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  /** Lets all changes stand. */
  keep(): void {
    if (this.#steps.length > 0) this.#steps.length = 0;
  }

  /** Takes back all changes since the last {@linkcode UndoLog.keep}, the last one first. */
  rollBack(): void {
    while (this.#steps.length > 0) this.#steps.pop()!();
  }
}
