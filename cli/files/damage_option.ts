import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** How a command takes a recording that is not whole. */
export interface DamageFlags {
  /** False to refuse one that was cut or is damaged. */
  readonly damage?: boolean;
}

/** What the help says of the flag. */
export const NO_DAMAGE = "refuse a recording that was cut or is damaged";

/** Adds the flag that refuses what is damaged to a command. */
export function withDamage<T extends CommandUnknownOpts>(command: T): T {
  command.addOption(
    new Option("--no-damage", NO_DAMAGE),
  );
  return command;
}
