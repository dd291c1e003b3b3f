import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { shellWord } from "../terminal/shell_word.ts";

/** Words of the command line as they were typed; those of a parser that stands alone are none. */
export function typedWords(root: CommandUnknownOpts | null): readonly string[] {
  return (root as { readonly rawArgs?: readonly string[] } | null)?.rawArgs ?? [];
}

/** Words of a command line as a POSIX shell takes them again. */
export function commandText(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
