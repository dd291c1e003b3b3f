import type { BadLines } from "../../lib/ingest.ts";
import { CommandError, EXIT } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { warn } from "./terminal.ts";

/** Says at the end which lines were skipped. @throws {CommandError} when any were */
export function throwIfSkipped(bad: BadLines): void {
  if (bad.count === 0) return;
  for (const error of bad.first) warn(messageOf(error));
  const losses = bad.losses();
  throw new CommandError(
    `${bad.summary()}, all others are recorded${losses && `; ${losses}`}`,
    EXIT.loss,
  );
}
