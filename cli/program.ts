import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { COMMANDS } from "./command_list.ts";
import { refuseTwice } from "./errors/repeatable.ts";
import { printError, visible } from "./terminal/terminal.ts";
import { VERSION } from "./version.ts";

/**
 * The command line. The command that it names has its options and what it does; of the others there
 * is what speaks of them all: the help, and suggestions for a typo.
 *
 * @param words what follows the program's name on the command line
 * @param writeHelp takes what is asked for by --help and --version
 */
export async function program(
  words: readonly string[],
  writeHelp: (text: string) => void,
): Promise<CommandUnknownOpts> {
  const root: CommandUnknownOpts = new Command("hindcast")
    .description("Record a game server's state stream, measure what it costs, rewind it.")
    .version(VERSION)
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText("after", EXIT_CODES);
  const named = namedCommand(words);
  for (const [name, { usage, description, load }] of Object.entries(COMMANDS)) {
    const command = new Command(name).description(description);
    if (name !== named) {
      root.addCommand(command.usage(`[options] ${usage}`));
      continue;
    }
    const loaded = (await load())(command);
    refuseTwice(loaded);
    root.addCommand(loaded);
  }
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

/** The command of `hindcast at x` and `hindcast help at`: no option before it takes a value. */
function namedCommand(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith("-"));
  return first === "help" ? second : first;
}

const EXIT_CODES = `
Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 a gate failed, 4 done with data lost.`;
