const NS_PER_MS = 1e6;
const NS_MAX = 2n ** 63n - 1n;

/** MCAP log time of a time: nanoseconds in `[0, 2^63)`, for viewers; exact times lie in blocks. */
export function logTimeNs(timeMs: number): bigint {
  const ns = Math.round(timeMs * NS_PER_MS);
  if (!(ns > 0)) return 0n;
  return ns < 2 ** 63 ? BigInt(ns) : NS_MAX;
}
