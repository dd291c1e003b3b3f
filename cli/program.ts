import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { atCommand } from "./at.ts";
import { infoCommand } from "./info.ts";
import { recordCommand } from "./record.ts";
import { reportCommand } from "./report.ts";
import { rewindCommand } from "./rewind.ts";
import { printError, visible } from "./terminal/terminal.ts";

/** Version of the package. */
export const VERSION = "0.1.0";

/**
 * The whole command line. Commands load what they need when they run, so help is quick.
 *
 * @param writeHelp takes what is asked for by --help and --version
 */
export function program(writeHelp: (text: string) => void): CommandUnknownOpts {
  const root = new Command("hindcast")
    .description("Record a game server's state stream, measure what it costs, rewind it.")
    .version(VERSION)
    .addCommand(recordCommand())
    .addCommand(infoCommand())
    .addCommand(atCommand())
    .addCommand(reportCommand())
    .addCommand(rewindCommand())
    .addHelpText("after", EXIT_CODES);
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
