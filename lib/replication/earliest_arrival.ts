/** Of two copies of a datagram the earliest counts, as a far end drops what it has seen. */
export function earliestArrival(arrivalsUs: Float64Array, copies: number): number {
  return copies === 1 ? arrivalsUs[0]! : Math.min(arrivalsUs[0]!, arrivalsUs[1]!);
}
