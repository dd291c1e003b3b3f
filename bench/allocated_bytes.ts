import process from "node:process";
import v8 from "node:v8";
import type { SteadyState } from "./steady_state.ts";

/** How {@linkcode allocatedPerAppend} measures on this runtime. */
export type Counter = "total_allocated_bytes" | "used_heap_size" | "none";

const WARM_UP_STEPS = 60_000;
const STEPS = 200_000;
const ATTEMPTS = 5;
const BATCHES = 50;

/** Bytes per append that pass for noise; the smallest object takes 12. */
export const NOISE_BYTES = 1;

function totalAllocated(): number | undefined {
  const statistics = v8.getHeapStatistics() as { total_allocated_bytes?: number };
  return statistics.total_allocated_bytes;
}

/**
 * The counter of this runtime. V8 from 14 on counts every byte that it ever allocated, in steps of
 * its allocation buffers. Before, the growth of the heap between two collections says the same.
 * JavaScriptCore has neither.
 */
export const COUNTER: Counter = "bun" in process.versions
  ? "none"
  : totalAllocated() === undefined
  ? "used_heap_size"
  : "total_allocated_bytes";

/**
 * Bytes that an append allocates in the steady state. What is allocated by chance (notes of the
 * compiler, the rest of a buffer) differs between attempts; a path that allocates does so in each.
 */
export function allocatedPerAppend(path: SteadyState): number {
  for (let i = 0; i < WARM_UP_STEPS; i++) path.step();
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= NOISE_BYTES; attempt++) {
    least = Math.min(least, COUNTER === "used_heap_size" ? byHeapGrowth(path) : byTotal(path));
  }
  return least;
}

function byTotal(path: SteadyState): number {
  const before = totalAllocated() ?? NaN;
  for (let i = 0; i < STEPS; i++) path.step();
  return ((totalAllocated() ?? NaN) - before) / (STEPS * path.appends);
}

/** Median over batches, since a batch during which a collection ran shrinks the heap. */
function byHeapGrowth(path: SteadyState): number {
  const steps = STEPS / BATCHES;
  const growths = Array.from({ length: BATCHES }, () => {
    const before = v8.getHeapStatistics().used_heap_size;
    for (let i = 0; i < steps; i++) path.step();
    return v8.getHeapStatistics().used_heap_size - before;
  });
  growths.sort((a, b) => a - b);
  return growths[BATCHES >> 1]! / (steps * path.appends);
}
