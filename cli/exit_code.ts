/** Exit codes of every command; scripts rely on them. */
export const EXIT = {
  /** Done. */
  done: 0,
  /** The input or a file is at fault. */
  fault: 1,
  /** The command line is at fault. */
  usage: 2,
  /** A gate failed: a verification, a budget. */
  gate: 3,
  /** Done, with data lost and counted. */
  loss: 4,
} as const;

/** A failure that one line tells in full. */
export class CommandError extends Error {
  override name = "CommandError";
  readonly exitCode: number;

  /** @param message what, where, why and what to do, on one line */
  constructor(message: string, exitCode: number = EXIT.fault) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A command line that cannot be carried out. */
export function usageError(message: string): CommandError {
  return new CommandError(message, EXIT.usage);
}
