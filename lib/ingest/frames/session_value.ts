/** What each session has its own of; another session begins once its first row is taken. */
export class SessionValue<T> {
  /** That of the session whose row is read. */
  current: T;
  #left: { readonly value: T } | undefined;

  /** Of the first session. */
  constructor(first: T) {
    this.current = first;
  }

  /** Leaves a session for one whose first row is still to be taken. @param fresh of the next */
  restart(fresh: T): void {
    this.#left ??= { value: this.current };
    this.current = fresh;
  }

  /** Stays with a session of which a row was taken. @returns true when it is another one */
  settle(): boolean {
    const isOther = this.#left !== undefined;
    this.#left = undefined;
    return isOther;
  }

  /** Goes back to the session before, since no row of another was taken. */
  unsettle(): void {
    if (this.#left !== undefined) this.current = this.#left.value;
    this.#left = undefined;
  }
}
