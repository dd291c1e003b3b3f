import { CommandError, EXIT } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { warn } from "../terminal/terminal.ts";
import type { RewindFlags } from "./flags.ts";
import { hasTotals, type JudgedInputs } from "./judge_inputs.ts";

/** What was left out of an answer. */
interface Losses {
  /** Lines, shots and judgements that were skipped. */
  readonly count: number;
  /** What they were, a line each, not all of them. */
  readonly lines: readonly string[];
}

/** Losses that are named; the others are only counted. */
const LOSSES_NAMED = 10;

/** Says what was skipped. @throws {CommandError} when anything was */
export function tellLosses(all: readonly JudgedInputs[], flags: RewindFlags): void {
  const losses = all.map((judged) => lossesOf(judged, flags)).filter(({ count }) => count > 0);
  if (losses.length === 0) return;
  for (const line of losses.flatMap(({ lines }) => lines)) warn(line);
  const count = losses.reduce((sum, loss) => sum + loss.count, 0);
  throw new CommandError(`${count} skipped, all others are judged`, EXIT.loss);
}

function lossesOf({ inputs, report }: JudgedInputs, flags: RewindFlags): Losses {
  const { bad, badLines } = inputs.found;
  const policies = hasTotals(flags) ? report.policies : [];
  const unjudged = policies.filter(({ skipped }) => skipped > 0);
  const named = [...badLines, ...bad].map(messageOf);
  return {
    count: named.length + unjudged.reduce((sum, { skipped }) => sum + skipped, 0),
    lines: [
      ...named.slice(0, LOSSES_NAMED),
      ...(named.length > LOSSES_NAMED ? [`and ${named.length - LOSSES_NAMED} more`] : []),
      ...unjudged.map(({ policy, skipped }) =>
        `Policy ${policy} skipped ${skipped} shots that lack a number it needs`
      ),
    ],
  };
}
