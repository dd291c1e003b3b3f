import type { Shot } from "../../lib/rewind.ts";
import { CommandError } from "../exit_code.ts";
import type { RewindInputs } from "./inputs/read_inputs.ts";

/** The shot of an index. @throws {CommandError} */
export function findShot({ found: { bad, shots }, path }: RewindInputs, index: number): Shot {
  const shot = shots.find((candidate) => candidate.index === index);
  if (shot !== undefined) return shot;
  const skipped = bad.find((candidate) => candidate.shot === index);
  const why = skipped === undefined
    ? `shots are ${shots[0]?.index ?? "none"} to ${shots.at(-1)?.index ?? "none"}`
    : `it was skipped: ${skipped.reason}`;
  throw new CommandError(`Cannot find shot ${index} in ${path}: ${why}`);
}
