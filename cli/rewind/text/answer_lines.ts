import type { EntityIds, PolicySummary, RewindReport } from "../../../lib/rewind.ts";
import { counted } from "../../terminal/counted.ts";
import { fittedLines, fittedText } from "../../terminal/fitted_text.ts";
import { visible } from "../../terminal/terminal.ts";
import type { RecordingAnswer } from "../answer.ts";
import { percent, round } from "./figures.ts";
import { policyLines } from "./policy_lines.ts";
import { ruleLines } from "./rule_lines.ts";
import { shooterLines } from "./shooter_lines.ts";
import { teleportLines } from "./teleport_lines.ts";
import { worstLines } from "./worst_lines.ts";

/** The report as lines: one a policy, then the sweep. @param ids what entities are called */
export function answerLines(answer: RecordingAnswer, ids: EntityIds): string[] {
  const { policies, sweep, search, searchByPath, views } = answer;
  const judged = policies[0] === undefined
    ? undefined
    : policies[0].tp + policies[0].fn + policies[0].fp + policies[0].tn;
  const game = judged === undefined || judged === 0
    ? "no verdict of the game"
    : `the game hit with ${policies[0]!.tp + policies[0]!.fn} of ${judged}`;
  const path = visible(answer.recording);
  const shots = counted(answer.shots, "shot");
  const lines = [...fittedText(`${path}: ${shots}, ${game}`, { keep: path }), ""];
  lines.push(...policyLines(policies), "", ...recordedLines(answer.recorded));
  lines.push(...teleportLines(answer.teleport));
  if (answer.worst.length > 0) lines.push("", ...worstLines(answer, ids));
  if (answer.byShooter !== undefined) {
    lines.push("", ...shooterLines(answer.byShooter, policies, ids));
  }
  if (views !== undefined) lines.push("", ...viewLines(views));
  if (sweep !== undefined && sweep.length > 0 && policies.some(isJudged)) {
    lines.push("", ...sweepLines(sweep));
    if (search !== undefined) lines.push(...ruleLines("from the event", "", search));
    if (searchByPath !== undefined) {
      lines.push(...ruleLines("from the path", "age", searchByPath));
    }
  }
  return lines;
}

/** What the file itself said, so that no flag had to. */
function recordedLines(recorded: RecordingAnswer["recorded"]): string[] {
  if (recorded === undefined) return [];
  const { policy, ringFrames, shapes, shots, teleport } = recorded;
  const parts = [
    ...(shapes === undefined ? [] : [`shapes of ${shapes.map(visible).join(", ")}`]),
    ...(shots === undefined ? [] : [`shots in events ${visible(shots)}`]),
    ...(policy === undefined ? [] : [`policy ${visible(policy)}`]),
    ...(ringFrames === undefined ? [] : [`ring of ${ringFrames} frames`]),
    ...(teleport === undefined ? [] : [`teleports ${visible(teleport)}`]),
  ];
  return parts.length === 0 ? [] : fittedText(`recorded  ${parts.join(" · ")}`, { hang: 10 });
}

/** True when the game said what it made of any shot. */
function isJudged({ accuracy }: PolicySummary): boolean {
  return accuracy !== null;
}

function viewLines(views: NonNullable<RecordingAnswer["views"]>): string[] {
  const { errorUnits: units, errorFrames: frames } = views;
  return fittedLines([
    `what shooters saw over ${visible(views.net)}, ${views.ack}: ${views.shots} shots, ` +
    `${views.agrees} as the game decided`,
    `  off by      p50 ${round(units.p50)}, p95 ${round(units.p95)}, max ${
      round(units.max)
    } units; ` +
    `p50 ${round(frames.p50)}, p95 ${round(frames.p95)}, max ${round(frames.max)} frames`,
  ]);
}

function sweepLines(sweep: NonNullable<RewindReport["sweep"]>): string[] {
  const best = sweep.reduce((most, point) => point.accuracy > most.accuracy ? point : most);
  const [first, last] = [sweep[0]!, sweep.at(-1)!];
  return fittedLines([
    `sweep of ${round(first.rewindMs)} to ${round(last.rewindMs)} ms: ` +
    `${round(best.rewindMs)} ms is the best fixed rewind, ${percent(best.accuracy)}`,
  ]);
}
