import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { printError, visible } from "./terminal/terminal.ts";

/** Version of the package. */
export const VERSION = "0.1.0";

/** Commands by name, in the order of the help; each is loaded only when it is named. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandUnknownOpts>>> = {
  record: async () => (await import("./record.ts")).recordCommand(),
  info: async () => (await import("./info.ts")).infoCommand(),
  at: async () => (await import("./at.ts")).atCommand(),
  cat: async () => (await import("./cat.ts")).catCommand(),
  cut: async () => (await import("./cut.ts")).cutCommand(),
  merge: async () => (await import("./merge.ts")).mergeCommand(),
  diff: async () => (await import("./diff.ts")).diffCommand(),
  report: async () => (await import("./report.ts")).reportCommand(),
  rewind: async () => (await import("./rewind.ts")).rewindCommand(),
};

/** Every command, for what speaks of them all: help, a suggestion for a typo. */
export function commands(): Promise<CommandUnknownOpts[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()));
}

/**
 * The command line, with the command that it names, or with all when it names none.
 *
 * @param words what follows the program's name on the command line
 * @param writeHelp takes what is asked for by --help and --version
 */
export async function program(
  words: readonly string[],
  writeHelp: (text: string) => void,
): Promise<CommandUnknownOpts> {
  const root = new Command("hindcast")
    .description("Record a game server's state stream, measure what it costs, rewind it.")
    .version(VERSION)
    .addHelpText("after", EXIT_CODES);
  const name = words[0] ?? "";
  const named = Object.hasOwn(COMMANDS, name) ? [await COMMANDS[name]!()] : await commands();
  for (const command of named) root.addCommand(command);
  for (const command of [root, ...root.commands]) {
    command.exitOverride().configureOutput({
      // One line: a suggestion for a typo comes on a second one.
      outputError: (text, write) =>
        write(`hindcast: ${visible(text.trim().replace(/\s*\n\s*/g, " "))}\n`),
      writeErr: printError,
      writeOut: writeHelp,
      // Nothing of it is coloured, and asking needs a permission of Deno.
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return root;
}

const EXIT_CODES = `
Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 a gate failed, 4 done with data lost.`;
