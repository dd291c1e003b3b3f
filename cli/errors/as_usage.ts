import { CommandError, usageError } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";

/** What the command line is to blame for, with the exit code that says so. */
export function asUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const isRefusal = error instanceof RangeError || error instanceof SyntaxError ||
      error instanceof TypeError;
    throw isRefusal ? usageError(messageOf(error)) : error;
  }
}
