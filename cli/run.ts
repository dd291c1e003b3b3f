import process from "node:process";
import { endWithDamage, forgetDamage } from "./files/damage_told.ts";
import { EXIT } from "./exit_code.ts";
import { program } from "./program.ts";
import { exitCodeOf } from "./errors/failure.ts";
import { print } from "./terminal/terminal.ts";

/** Does what words after the program's name say, on the process's own streams and exit code. */
export async function run(words: readonly string[]): Promise<void> {
  let help = "";
  forgetDamage();
  try {
    const root = await program(words, (text) => help += text);
    await root.parseAsync(words, { from: "user" });
    process.exitCode ??= EXIT.done;
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
  await endWithDamage();
  // Commander would not wait until it is written, nor mind a closed pipe.
  if (help !== "") await print(help).catch((error) => process.exitCode = exitCodeOf(error));
}
