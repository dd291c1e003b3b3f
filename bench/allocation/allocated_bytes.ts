import process from "node:process";
import v8 from "node:v8";
import type { SteadyState } from "./steady_state.ts";

/** True where the runtime tells how large the heap is: V8 does, JavaScriptCore does not. */
export const IS_COUNTED: boolean = !("bun" in process.versions);

const WARM_UP_STEPS = 30_000;
const STEPS = 2500;
const BATCHES_MIN = 25;
const BATCHES_MAX = 200;
/** Place among the last batches, by how much each changed the heap, of the one that counts. */
const PLACE = 20;

/** Bytes per packet that pass for noise: reading takes some itself. The smallest object takes 12. */
export const NOISE_BYTES = 0.5;

/**
 * Bytes that a packet, written or received, allocates in the steady state: what nearly all of the
 * last batches stay below, once that is noise. Batches allocate by chance, most of all while V8
 * compiles, and a collection shrinks the heap; a path that allocates changes it in each.
 */
export function allocatedPerPacket(path: SteadyState): number {
  for (let i = 0; i < WARM_UP_STEPS; i++) path.step();
  const batches: number[] = [];
  let bytes = Infinity;
  while (batches.length < BATCHES_MAX && bytes >= NOISE_BYTES) {
    const before = v8.getHeapStatistics().used_heap_size;
    for (let i = 0; i < STEPS; i++) path.step();
    const growth = v8.getHeapStatistics().used_heap_size - before;
    batches.push(Math.abs(growth) / (STEPS * path.packets));
    if (batches.length < BATCHES_MIN) continue;
    bytes = batches.slice(-BATCHES_MIN).sort((a, b) => a - b)[PLACE]!;
  }
  return bytes;
}
