import { CommanderError } from "@commander-js/extra-typings";
import { CommandError, EXIT } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { ClosedPipe, warn } from "../terminal/terminal.ts";

/** Says on standard error, in one line, why a command failed. @returns the exit code */
export function exitCodeOf(error: unknown): number {
  if (error instanceof ClosedPipe) return EXIT.done;
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof CommandError) {
    warn(`hindcast: ${error.message}`);
    return error.exitCode;
  }
  if (error instanceof SyntaxError || error instanceof RangeError) {
    warn(`hindcast: ${messageOf(error)}`);
    return EXIT.fault;
  }
  if (error instanceof TypeError && error.message.startsWith("Requires read access to")) {
    warn(
      "hindcast: Cannot load a part of hindcast: Deno was not allowed to read it; run it with --allow-read, or name its folder there as well",
    );
    return EXIT.fault;
  }
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  const [, access, name] = /Requires (\w+) access to (.*?), run again/.exec(text) ?? [];
  if (access !== undefined) {
    warn(
      `hindcast: Deno does not allow ${access} access to ${name}; run it with --allow-${access}`,
    );
    return EXIT.fault;
  }
  warn(`hindcast: unexpected failure, please report it: ${text}`);
  return EXIT.fault;
}
