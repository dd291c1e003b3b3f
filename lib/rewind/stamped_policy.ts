import type { NumberLookup } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { type RewindPolicy, type RewindWish, wishMs } from "./policy.ts";
import { indexAtFrame } from "./pose.ts";
import { round, signedFrames } from "./source_policy.ts";

/** Parameters of {@linkcode stampedPolicy}. */
export interface StampedPolicyOptions {
  /** Most that is rewound, in milliseconds; default 250. */
  readonly max?: number;
}

/**
 * Trust the client's stamp within limits: what it says it saw (`stampMs`, or the frame `stamp`),
 * clamped to `[newest - max, newest]` and interpolated. With 250 ms this is like Overwatch, with
 * 500 like Colyseus.
 */
export function stampedPolicy(name: string, options: StampedPolicyOptions = {}): RewindPolicy {
  const max = options.max ?? 250;
  return {
    name,
    needs: ["stampMs|stamp"],
    wish(moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const stampMs = numbers("stampMs") ?? timeOfFrame(moment, numbers("stamp")!);
      const wantedMs = moment.nowMs - stampMs;
      const limitedMs = Math.min(wantedMs, max);
      wishMs(out, wantedMs, limitedMs, `stamped at ${round(stampMs)} ms, at most ${max} ms back`);
    },
  };
}

/** Time of a frame that may have a fraction; the ends go on at the source's own pace. */
function timeOfFrame(moment: Moment, stamp: number): number {
  const { source, nowIndex } = moment;
  const ahead = -signedFrames(source.frameAt(nowIndex), stamp);
  if (ahead >= 0) return source.timeMsAt(nowIndex) + ahead * paceMs(moment, nowIndex);
  const index = indexAtFrame(source, Math.floor(stamp) >>> 0, 0, nowIndex);
  if (index < 0) {
    return source.timeMsAt(0) + signedFrames(source.frameAt(0), stamp) * -paceMs(moment, 1);
  }
  const into = -signedFrames(source.frameAt(index), stamp);
  return source.timeMsAt(index) + into * paceMs(moment, index + 1);
}

/** Milliseconds a frame from the index before to this one. */
function paceMs(moment: Moment, index: number): number {
  const { source } = moment;
  if (index < 1 || index >= source.length) return 0;
  const frames = (source.frameAt(index) - source.frameAt(index - 1)) >>> 0;
  return (source.timeMsAt(index) - source.timeMsAt(index - 1)) / frames;
}
