import process from "node:process";
import { outputPlace } from "../files/output_place.ts";
import type { Progress } from "./terminal.ts";

/**
 * Function to call for every one of so many, as of {@linkcode Progress.bar}; it shows nothing where
 * the bar would be written over the data.
 *
 * @param output path of the data, or `-` for standard output
 */
export function outputBar(
  progress: Progress,
  output: string,
  verb: string,
  total: number,
): () => void {
  const isInTheWay = process.stdout.isTTY === true && outputPlace(output).target === "-";
  return isInTheWay ? () => {} : progress.bar(verb, total);
}
