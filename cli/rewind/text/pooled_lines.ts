import type { PooledRecordings } from "../../../lib/rewind.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { policyLines } from "./policy_lines.ts";
import { ruleLines } from "./rule_lines.ts";

/** Several recordings as if they were one, as lines. */
export function pooledLines(
  { leftOut, policies, recordings, search, shots }: PooledRecordings,
): string[] {
  return [
    `pooled: ${shots} shots of ${recordings} recordings`,
    "",
    ...policyLines(policies),
    ...(leftOut.length === 0 ? [] : [
      "",
      ...fittedText(
        `left out, since not every recording was judged by them: ${leftOut.join(", ")}`,
      ),
    ]),
    ...(search === undefined ? [] : ["", ...ruleLines("from the event", "", search)]),
  ];
}
