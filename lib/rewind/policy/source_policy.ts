import { type Expression, type NumberLookup, parseExpression } from "./expression.ts";
import { framesBetween } from "../past/frame_time.ts";
import type { Moment } from "./moment.ts";
import { type RewindPolicy, type RewindWish, wishMs } from "./policy.ts";

/** Parameters of {@linkcode sourcePolicy}. */
export interface SourcePolicyOptions {
  /** One frame in milliseconds, the tick interval; default `interval`, the recording's mean. */
  readonly interval?: string;
  /** Latency in milliseconds; default `ping`. */
  readonly latency?: string;
  /** Interpolation delay in milliseconds; default `interp`. */
  readonly lerp?: string;
  /** Most that is corrected, in milliseconds; default 1000 (`sv_maxunlag 1`). */
  readonly maxunlag?: number;
  /** Difference of the two estimates in milliseconds above which the client's is dropped. */
  readonly tolerance?: number;
  /** Horizontal step in units that stops rewinding a target; default 64. */
  readonly stop?: number;
}

/**
 * The rule of the Source SDK (`CLagCompensationManager::StartLagCompensation`).
 *
 * With `lerpTicks = floor(.5 + lerp / interval)` and
 * `correct = clamp(latency + lerpTicks * interval, 0, maxunlag)` it goes to the tick of the command
 * (`tick`; never what the client drew, which is `stamp`) minus `lerpTicks`; when that is more than `tolerance` away from `correct`, or the shot
 * has no tick, to `now - floor(.5 + correct / interval)`. A target that was dead, or made a
 * horizontal step above `stop`, anywhere between the newest row and the wanted time, is not rewound.
 */
export function sourcePolicy(name: string, options: SourcePolicyOptions = {}): RewindPolicy {
  const interval = parseExpression(options.interval ?? "interval");
  const latency = parseExpression(options.latency ?? "ping");
  const lerp = parseExpression(options.lerp ?? "interp");
  const maxunlag = options.maxunlag ?? 1000;
  const tolerance = options.tolerance ?? 200;
  const formulas: readonly Expression[] = [interval, latency, lerp];
  return {
    name,
    needs: [...new Set(formulas.flatMap((formula) => formula.names))],
    rules: { interpolates: true, ignoresTeleports: true, stopUnits: options.stop ?? 64 },
    wish(moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const intervalMs = interval.evaluate(numbers);
      if (!(intervalMs > 0)) throw new RangeError(`the frame interval is ${intervalMs} ms`);
      const lerpTicks = Math.floor(0.5 + lerp.evaluate(numbers) / intervalMs);
      const owedMs = latency.evaluate(numbers) + lerpTicks * intervalMs;
      const correctMs = Math.min(Math.max(owedMs, 0), maxunlag);
      const correctTicks = Math.floor(0.5 + correctMs / intervalMs);
      const tick = numbers("tick");
      if (tick === undefined) {
        const isClamped = correctMs !== owedMs;
        wishMs(
          out,
          isClamped ? owedMs : correctTicks * intervalMs,
          correctTicks * intervalMs,
          `correct ${round(correctMs)} ms = ${correctTicks} frames of ${
            round(intervalMs)
          } ms (no tick)`,
        );
        return;
      }
      const ticks = framesBetween(tick, moment.frame) + lerpTicks;
      const isFar = Math.abs(correctMs - ticks * intervalMs) > tolerance;
      wishMs(
        out,
        ticks * intervalMs,
        (isFar ? correctTicks : ticks) * intervalMs,
        isFar
          ? `the client asks for ${ticks} frames, over ${tolerance} ms from correct ${
            round(correctMs)
          } ms: ${correctTicks} frames`
          : `tick ${tick} minus ${lerpTicks} frames of interpolation`,
      );
    },
  };
}

/** At most two digits behind the point, for people. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
