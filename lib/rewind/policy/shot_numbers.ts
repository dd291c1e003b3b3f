import type { NumberLookup } from "./expression.ts";
import { frameIntervalMs } from "../past/frame_time.ts";
import type { RewindPolicy } from "./policy.ts";
import type { PoseSource } from "../shape/pose.ts";
import { shotAgeMs } from "../shot/shooter_path.ts";
import type { Shot } from "../shot/shot.ts";

/**
 * Numbers of a shot as policies read them: its own, `rtt` (the same as `ping`), `interp` (0 when it
 * has none), `interval` (mean frame interval of the source; none while no time passes) and `age` ({@linkcode shotAgeMs}).
 *
 * @param ageMs age when it is known already; by default it is looked up when a policy asks for it
 */
export function shotNumbers(source: PoseSource, shot: Shot, ageMs?: number): NumberLookup {
  const { numbers } = shot;
  return (name) => {
    const own = numbers.get(name);
    if (own !== undefined) return own;
    switch (name) {
      case "rtt":
        return numbers.get("ping");
      case "interp":
        return 0;
      case "interval": {
        const ms = frameIntervalMs(source);
        return ms > 0 ? ms : undefined;
      }
      case "age":
        return ageMs ?? shotAgeMs(source, shot);
      default:
        return undefined;
    }
  };
}

/** The first number that a policy needs and a shot lacks; undefined when it can decide. */
export function missingNumber(policy: RewindPolicy, numbers: NumberLookup): string | undefined {
  return policy.needs.find((names) =>
    names.split("|").every((name) => numbers(name) === undefined)
  );
}
