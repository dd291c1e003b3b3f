import type { InputNote } from "../mod.ts";

/** Flag of each option of `readStates` that a note may name. */
const FLAGS: Readonly<Record<string, string>> = {
  sparse: "--sparse",
  every: "--every",
};

/** A note on an input as one line, with the flag that mends it. */
export function inputNoteLine({ message, option, value }: InputNote): string {
  const flag = option === undefined ? undefined : FLAGS[option];
  if (flag === undefined) return `note: ${message}`;
  return `note: ${message}; give ${flag}${value === undefined ? "" : ` ${value}`}`;
}
