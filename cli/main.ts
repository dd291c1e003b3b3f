#!/usr/bin/env -S deno run --allow-read --allow-write --allow-env
import process from "node:process";
import { EXIT } from "./exit_code.ts";
import { program } from "./program.ts";
import { exitCodeOf } from "./failure.ts";

try {
  await program().parseAsync(process.argv);
  process.exitCode ??= EXIT.done;
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
