import type { NumberLookup } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { msAtFramePoint } from "../past/frame_time.ts";
import { type FramePair, type RewindPolicy, type RewindWish, wishMs } from "./policy.ts";
import { STAMP_PAIR } from "../shot/stamp_pair.ts";
import { round } from "./source_policy.ts";

/** Parameters of {@linkcode stampedPolicy}. */
export interface StampedPolicyOptions {
  /** Most that is rewound, in milliseconds; default 250. */
  readonly max?: number;
}

/**
 * Trust the client's stamp within limits: what it drew (`stampMs`, the frame `stamp`, or the point
 * between two frames of {@linkcode STAMP_PAIR}), clamped to `[newest - max, newest]` and interpolated. With 250 ms this is like Overwatch, with
 * 500 like Colyseus.
 */
export function stampedPolicy(name: string, options: StampedPolicyOptions = {}): RewindPolicy {
  const max = options.max ?? 250;
  return {
    name,
    needs: ["stampMs|stamp|stamp.src"],
    wish(moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const pair = pairOf(numbers);
      const stampMs = numbers("stampMs") ??
        (pair === undefined
          ? msAtFramePoint(moment.source, numbers("stamp")!)
          : pairMs(moment, pair));
      const wantedMs = moment.nowMs - stampMs;
      const limitedMs = Math.min(wantedMs, max);
      const between = pair === undefined
        ? ""
        : `, ${round(pair.fraction)} of the way from frame ${pair.srcFrame} to ${pair.dstFrame}`;
      const reason = `stamped at ${round(stampMs)} ms${between}, at most ${max} ms back`;
      wishMs(out, wantedMs, limitedMs, reason);
      out.pair = pair;
    },
  };
}

function pairOf(numbers: NumberLookup): FramePair | undefined {
  if (numbers("stampMs") !== undefined || numbers("stamp") !== undefined) return undefined;
  const [src, dst, fraction] = STAMP_PAIR.map(numbers);
  if (src === undefined || dst === undefined || fraction === undefined) return undefined;
  return { srcFrame: src, dstFrame: dst, fraction };
}

function pairMs({ source }: Moment, { dstFrame, fraction, srcFrame }: FramePair): number {
  const fromMs = msAtFramePoint(source, srcFrame);
  return fromMs + (msAtFramePoint(source, dstFrame) - fromMs) * fraction;
}
