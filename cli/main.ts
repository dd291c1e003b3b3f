#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env
import process from "node:process";
import { EXIT } from "./exit_code.ts";
import { program } from "./program.ts";
import { exitCodeOf } from "./failure.ts";
import { print } from "./terminal/terminal.ts";

let help = "";
try {
  const root = await program(process.argv.slice(2), (text) => help += text);
  await root.parseAsync(process.argv);
  process.exitCode ??= EXIT.done;
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// Commander would not wait until it is written, nor mind a closed pipe.
if (help !== "") await print(help).catch((error) => process.exitCode = exitCodeOf(error));
