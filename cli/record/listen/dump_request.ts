/** What becomes of `POST /dump`. */
export interface DumpAnswer {
  /** HTTP status. */
  readonly status: number;
  /** What is said, as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Writes what is kept to a recording, as `POST /dump` asks for. */
export type DumpHook = () => Promise<DumpAnswer>;
