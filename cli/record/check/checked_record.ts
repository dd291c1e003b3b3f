import type { StatesCheck } from "../../../lib/ingest.ts";

/** What a check found, and the commands that mend it. */
export interface CheckedRecord {
  readonly check: StatesCheck;
  /** Records as much as can be; undefined where nothing can be recorded. */
  readonly command: string | undefined;
  /** As `command`, of a file in place of a pipe, where that records more; else undefined. */
  readonly fileCommand: string | undefined;
  /** Writes the schema that the command names; undefined where it names none of the check's. */
  readonly schemaCommand: string | undefined;
}
