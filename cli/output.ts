import type { RecordingSink } from "../mod.ts";
import { describing } from "./files.ts";
import { print } from "./terminal.ts";

/** A sink that a command opened and has to close. */
export interface Output extends RecordingSink {
  /** Ends the output. */
  close(): void;
}

/** Output of a path, or standard output for `-`. @throws {CommandError} when it cannot be opened */
export async function openOutput(path: string): Promise<Output> {
  if (path === "-") return { write: print, close: () => {} };
  const { FileSink } = await import("../mod.ts");
  const sink = describing("write", path, () => new FileSink(path));
  return {
    write: (bytes) => describing("write", path, () => sink.write(bytes)),
    sync: () => describing("write", path, () => sink.sync()),
    close: () => sink.close(),
  };
}
