import process from "node:process";
import { outputPlace } from "../files/output_place.ts";
import type { BarUnit } from "./bar_text.ts";
import type { Progress } from "./terminal.ts";

/**
 * Function to call as work goes on, as that of {@linkcode Progress.bar}; it shows nothing where
 * the bar would be written over the data.
 *
 * @param outputs paths of the data, `-` for standard output
 */
export function outputBar(
  progress: Progress,
  outputs: readonly string[],
  verb: string,
  total: number,
  unit?: BarUnit,
): (amount?: number) => void {
  const isInTheWay = process.stdout.isTTY === true &&
    outputs.some((output) => outputPlace(output).target === "-");
  return isInTheWay ? () => {} : progress.bar(verb, total, unit);
}
