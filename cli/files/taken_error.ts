import { CommandError } from "../exit_code.ts";

/** A path that somebody else has, or that something is at which is not to be replaced. */
export class TakenError extends CommandError {}
