import {
  type ExplainedPolicy,
  type ExplainedTarget,
  type Explanation,
  gameWords,
} from "./explanation.ts";

/** The explanation as a page of plain text, lines of at most about 100 characters. */
export function renderExplanation(explanation: Explanation): string {
  const { shot } = explanation;
  const { ray } = shot;
  const lines = [
    `Shot ${shot.index} by ${shot.shooter}: the game ${gameWords(shot.verdict)}`,
    "",
    `  server   frame ${shot.frame} at ${fixed(shot.timeMs)} ms, last frame interval ${
      fixed(explanation.frameMs)
    } ms`,
    `  ring     ${ringWords(explanation)}`,
    `  ray      from ${point(ray.origin)} along ${ray.direction.map(unit).join(" ")}, ${
      fixed(ray.lengthUnits)
    } units${ray.radiusUnits > 0 ? `, radius ${fixed(ray.radiusUnits)}` : ""}`,
    `  numbers  ${numberWords(explanation)}`,
  ];
  for (const policy of explanation.policies) lines.push("", ...policyLines(policy));
  lines.push("", ...intervalLines(explanation), ...viewLines(explanation));
  return lines.join("\n") + "\n";
}

function ringWords(explanation: Explanation): string {
  const { oldestFrame, oldestMs, ringFrames, shot } = explanation;
  const size = ringFrames === undefined ? "all that was recorded" : `${ringFrames} frames`;
  return `${size}: frames ${oldestFrame} to ${shot.frame}, ${fixed(oldestMs)} ms back`;
}

const NUMBERS_SHOWN = ["ping", "interp", "delay", "stamp", "stampMs"];

function numberWords(explanation: Explanation): string {
  const { numbers } = explanation.shot;
  const words = NUMBERS_SHOWN.filter((name) => numbers.has(name))
    .map((name) => `${name} ${fixed(numbers.get(name)!)}`);
  return words.length === 0 ? "none" : words.join(", ");
}

function policyLines(policy: ExplainedPolicy): string[] {
  const outcome = policy.victim === null
    ? "miss"
    : `hits ${policy.victim}${policy.shape === undefined ? "" : ` (${policy.shape})`} at ${
      fixed(policy.distanceUnits!)
    } units`;
  const clamp = policy.clamped === null ? "" : `, clamped by ${CLAMP_WORDS[policy.clamped]}`;
  const wanted = policy.wantedFrame < 0 ? "outside the recording" : `frame ${policy.wantedFrame}`;
  return [
    `${policy.policy}: ${outcome}${policy.cause === undefined ? "" : ` [${policy.cause.word}]`}`,
    `  formula  ${policy.reason}`,
    `  wanted   ${fixed(policy.wantedMs)} ms back, ${wanted}`,
    `  used     ${fixed(policy.usedMs)} ms back, ${frameWords(policy)}${clamp}`,
    ...policy.targets.map(targetLine),
    `  why      ${policy.sentence}`,
  ];
}

const CLAMP_WORDS = {
  now: "the present (it asked for the future)",
  limit: "the policy's own limit",
  ring: "the ring (evicted)",
  recording: "the recording's start",
} as const;

function frameWords(policy: ExplainedPolicy): string {
  if (policy.toFrame === policy.fromFrame) return `frame ${policy.fromFrame}`;
  return `frame ${fixed(policy.usedFrame)}, between ${policy.fromFrame} and ${policy.toFrame}`;
}

function targetLine(target: ExplainedTarget): string {
  const margin = Math.abs(target.marginUnits);
  const distance = target.marginUnits > 0
    ? `missed by ${fixed(margin)}`
    : `hit, ${fixed(margin)} deep`;
  const state = target.isAlive ? "" : ", dead";
  const note = target.note === null ? "" : `, ${target.note}`;
  return `  target   ${target.kind} ${target.id} at ${
    point(target.position)
  }: ${distance}${state}${note}`;
}

function intervalLines(explanation: Explanation): string[] {
  const { intervals, flipMs } = explanation;
  if (intervals.length === 0) return [`Within ${fixed(flipMs)} ms back the ray hits nobody.`];
  return [
    `Rewinds that hit, up to ${fixed(flipMs)} ms back:`,
    ...intervals.map((span) => `  ${span.target}  ${fixed(span.fromMs)} to ${fixed(span.toMs)} ms`),
  ];
}

function viewLines(explanation: Explanation): string[] {
  const { view } = explanation;
  if (view === undefined) return [];
  return [
    "",
    `The shooter's client showed frame ${
      fixed(view.viewFrame)
    } (newest applied ${view.newestFrame}, ` +
    `interpolation ${fixed(view.interpMs)} ms): ${
      view.victim === null ? "a miss" : `a hit on ${view.victim}`
    } on its screen`,
    ...view.errors.map((error) =>
      `  ${error.id}  ${fixed(error.errorUnits)} units from the truth, ${
        fixed(error.errorFrames)
      } frames old`
    ),
  ];
}

function point(position: readonly number[]): string {
  return position.map(fixed).join(" ");
}

function unit(value: number): string {
  return String(Math.round(value * 10000) / 10000);
}

/** At most two digits behind the point. */
function fixed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
