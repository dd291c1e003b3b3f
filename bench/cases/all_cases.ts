import type { BenchCase } from "../harness/bench_case.ts";
import { APPEND_CASES } from "./append.ts";
import { COMMAND_CASES } from "./commands.ts";
import { CROWD_CASES } from "./crowds.ts";
import { FIGURE_CASES } from "./figures.ts";
import { LONG_CASES } from "./long.ts";
import { MEMORY_CASES } from "./memory.ts";
import { RECORD_CASES } from "./record.ts";
import { RECORD_ID_CASES } from "./record_ids.ts";
import { REPORT_CASES } from "./report.ts";
import { RING_CASES } from "./ring.ts";
import { WIRE_CASES } from "./wires.ts";

/** Every case, in the order in which they run. */
export const ALL_CASES: readonly BenchCase[] = [
  ...APPEND_CASES,
  ...RING_CASES,
  ...WIRE_CASES,
  ...CROWD_CASES,
  ...RECORD_CASES,
  ...RECORD_ID_CASES,
  ...REPORT_CASES,
  ...FIGURE_CASES,
  ...COMMAND_CASES,
  ...MEMORY_CASES,
  ...LONG_CASES,
];

/** Cases whose names hold a word, or all of them; a long one wants to be named whole. */
export function casesNamed(words: readonly string[]): BenchCase[] {
  if (words.length === 0) return ALL_CASES.filter(({ isLong }) => !isLong);
  return ALL_CASES.filter(({ name, isLong }) =>
    words.some((word) => isLong ? name === word : name.includes(word))
  );
}
