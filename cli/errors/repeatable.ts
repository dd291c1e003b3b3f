import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";

const repeatables = new WeakSet<object>();

/** Marks a parser as one of an option that may be given several times. @returns the parser */
export function repeatable<T extends object>(parser: T): T {
  repeatables.add(parser);
  return parser;
}

/** True for an option that may be given several times. */
export function isRepeatable({ parseArg }: Pick<Option, "parseArg">): boolean {
  return parseArg !== undefined && repeatables.has(parseArg);
}

/**
 * Makes a command refuse an option that is given twice, and of which the first value would be lost
 * without a word.
 */
export function refuseTwice(command: CommandUnknownOpts): void {
  for (const option of command.options) {
    const takesValue = option.required || option.optional;
    if (!takesValue || isRepeatable(option)) continue;
    let before: string | undefined;
    command.on(`option:${option.name()}`, (value: string) => {
      if (before !== undefined) {
        command.error(`error: option '${option.flags}' is given twice, ${before} and ${value}`);
      }
      before = String(value);
    });
  }
}
