import { type NumberLookup, parseExpression } from "./expression.ts";
import type { Moment } from "./moment.ts";
import { type RewindPolicy, type RewindWish, wishMs } from "./policy.ts";
import { indexAtTime } from "../past/frame_time.ts";
import { round } from "./source_policy.ts";

/** Parameters of {@linkcode ackedPolicy}. */
export interface AckedPolicyOptions {
  /** Milliseconds since the frame that the client acked was sent; default `ping`. */
  readonly latency?: string;
  /** Milliseconds by which clients predict beyond that frame; default 20. */
  readonly ahead?: number;
}

/**
 * The rule of QuakeWorld servers (MVDSV, `sv_antilag`): the time of the frame that the client
 * acked, plus up to 20 ms for its prediction, never the future. The acked frame is taken to be the
 * newest one that is at least `latency` old; where the server holds none, to be just that old.
 */
export function ackedPolicy(name: string, options: AckedPolicyOptions = {}): RewindPolicy {
  const latency = parseExpression(options.latency ?? "ping");
  const ahead = options.ahead ?? 20;
  return {
    name,
    needs: latency.names,
    wish(moment: Moment, numbers: NumberLookup, out: RewindWish): void {
      const { source, nowIndex, nowMs, oldestIndex } = moment;
      const owedMs = latency.evaluate(numbers);
      const index = indexAtTime(source, nowMs - owedMs, oldestIndex, nowIndex);
      const ageMs = nowMs - source.timeMsAt(index);
      const isHeld = ageMs >= owedMs;
      const ackedMs = isHeld ? ageMs : owedMs;
      const frame = isHeld ? `frame ${source.frameAt(index)}` : "a frame that is not held";
      const ms = ackedMs - ahead;
      wishMs(out, ms, ms, `acked ${frame}, ${round(ackedMs)} ms back, plus ${ahead} ms`);
    },
  };
}
