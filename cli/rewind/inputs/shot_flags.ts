import { usageError } from "../../exit_code.ts";
import type { RewindFlags } from "../flags.ts";

/** The index that a bare `--shot N` selects; undefined without one. @throws {CommandError} */
export function selectedShot({ shot = [] }: RewindFlags): number | undefined {
  const indexes = shot.filter(isIndex);
  if (indexes.length <= 1) return indexes[0] === undefined ? undefined : Number(indexes[0]);
  throw usageError(`--shot selects one shot by its index, not ${indexes.join(" and ")}`);
}

/** Shots that `--shot` describes, and does not only select. */
export function describedShots({ shot = [] }: RewindFlags): string[] {
  return shot.filter((text) => !isIndex(text));
}

function isIndex(text: string): boolean {
  return /^\d+$/.test(text.trim());
}
