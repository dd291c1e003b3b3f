import process from "node:process";
import { EXIT } from "../exit_code.ts";
import { warn } from "../terminal/terminal.ts";

const told = new Set<string>();
let tellers: (() => Promise<void>)[] = [];

/**
 * Warns that a recording was read without what is damaged, once of a file that is read twice: the
 * command ends with its own code.
 */
export function tellDamage(text: string): void {
  if (told.has(text)) return;
  told.add(text);
  warn(text);
}

/** Takes what tells of damage that shows while a recording is read; it is called at the end. */
export function tellAtEnd(tell: () => Promise<void>): void {
  tellers.push(tell);
}

/** Forgets what an earlier command of the same process noted. */
export function forgetDamage(): void {
  told.clear();
  tellers = [];
}

/** Tells of damage, and gives a command that did its work the exit code of a loss. */
export async function endWithDamage(): Promise<void> {
  for (const tell of tellers.splice(0)) await tell();
  const isDone = process.exitCode === undefined || Number(process.exitCode) === EXIT.done;
  if (told.size > 0 && isDone) process.exitCode = EXIT.loss;
}
