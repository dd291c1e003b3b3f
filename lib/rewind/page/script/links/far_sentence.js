import { reachOf, state } from "../shots.js";
import { numberText } from "../verdict_text.js";

/** Says that a rewind is beyond what the present shot can be scrubbed to; undefined where it is not. */
export function farSentence(ms) {
  const reachMs = reachOf(state.shot);
  if (ms <= reachMs) return undefined;
  const most = `${numberText(reachMs, 1)} ms back at most`;
  return `Shot ${state.shot.index} can be scrubbed ${most}, not ${numberText(ms, 1)} ms.`;
}
