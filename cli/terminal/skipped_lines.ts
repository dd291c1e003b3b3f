import type { BadLines } from "../../lib/ingest.ts";
import { CommandError, EXIT } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { warn } from "./terminal.ts";

/**
 * Says at the end which lines were skipped.
 *
 * @param live what of live input is not recorded, in words; undefined for any other
 * @throws {CommandError} when any were
 */
export function throwIfSkipped(bad: BadLines, live?: string): void {
  if (bad.count === 0 && (live ?? "") === "") return;
  for (const error of bad.first) warn(messageOf(error));
  const losses = bad.losses();
  if (live !== undefined) {
    throw new CommandError(
      `${live}, all others are recorded${losses && `; ${losses}`}`,
      EXIT.loss,
    );
  }
  throw new CommandError(
    `${bad.summary()}, all others are recorded${losses && `; ${losses}`}`,
    EXIT.loss,
  );
}

/** Says at the end what is lost. @throws {CommandError} unless that is nothing */
export function throwIfLost(losses: string): void {
  if (losses !== "") throw new CommandError(losses, EXIT.loss);
}
