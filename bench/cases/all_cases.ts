import type { BenchCase } from "../harness/bench_case.ts";
import { APPEND_CASES } from "./append.ts";
import { CROWD_CASES } from "./crowds.ts";
import { RING_CASES } from "./ring.ts";
import { WIRE_CASES } from "./wires.ts";

/** Every case, in the order in which they run. */
export const ALL_CASES: readonly BenchCase[] = [
  ...APPEND_CASES,
  ...RING_CASES,
  ...WIRE_CASES,
  ...CROWD_CASES,
];
