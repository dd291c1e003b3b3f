import process from "node:process";
import { EXIT } from "../exit_code.ts";

let isTold = false;

/** Notes that a recording was read without what is damaged: the command ends with its own code. */
export function noteDamage(): void {
  isTold = true;
}

/** Forgets what an earlier command of the same process noted. */
export function forgetDamage(): void {
  isTold = false;
}

/** Gives a command that did its work the exit code of a loss, where there was one. */
export function endWithDamage(): void {
  const isDone = process.exitCode === undefined || Number(process.exitCode) === EXIT.done;
  if (isTold && isDone) process.exitCode = EXIT.loss;
}
