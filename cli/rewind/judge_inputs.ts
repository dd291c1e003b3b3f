import type { PolicySummary, RewindReport, RewindSetting } from "../../lib/rewind.ts";
import { JudgedRecording } from "../../lib/rewind/report/judged_recording.ts";
import { Progress } from "../terminal/terminal.ts";
import type { RewindFlags } from "./flags.ts";
import type { RewindInputs } from "./inputs/read_inputs.ts";

/** A recording whose shots were judged. */
export interface JudgedInputs {
  readonly inputs: RewindInputs;
  readonly recording: JudgedRecording;
  readonly report: RewindReport;
  /** What looks odd about inputs and verdicts, a sentence each, with its remedy. */
  readonly notes: readonly string[];
}

/** Judges the shots of a recording. @throws {ShotError} unless bad shots are skipped */
export function judgeInputs(inputs: RewindInputs, flags: RewindFlags): JudgedInputs {
  const recording = judgeAll(inputs.setting);
  const report = reportOf(recording, flags);
  return { inputs, recording, report, notes: [...inputs.notes, ...resultNotes(report.policies)] };
}

/** Sums up, with a bar while rewinds and rules are tried. */
function reportOf(recording: JudgedRecording, flags: RewindFlags): RewindReport {
  const options = hasTotals(flags) ? reportOptions(flags) : {};
  const calls = recording.sweptCalls(options ?? {});
  if (calls === 0) return recording.report(options);
  const progress = new Progress();
  const onSwept = progress.bar("trying rules", calls, "shots");
  try {
    return recording.report({ ...options, onSwept: () => onSwept() });
  } finally {
    progress.clear();
  }
}

function judgeAll(setting: RewindSetting): JudgedRecording {
  const progress = new Progress();
  const total = setting.shots.length * setting.policies.length;
  const onVerdict = progress.bar("judging", total, "verdicts");
  try {
    return new JudgedRecording(setting, onVerdict);
  } finally {
    progress.clear();
  }
}

/** True where totals are looked at, and not one shot alone. */
export function hasTotals(flags: RewindFlags): boolean {
  return flags.json === true || flags.html !== undefined || hasTables(flags);
}

/** True where the answer is tables: explanations and reproductions stand for themselves. */
export function hasTables({ explain, html, json, repro }: RewindFlags): boolean {
  return !json && explain === undefined && repro === undefined && html !== "-";
}

function reportOptions(
  { by, details, html, list, sweep: asked }: RewindFlags,
): Parameters<JudgedRecording["report"]>[0] {
  // The page shows the sweep in any case.
  const sweep = asked ?? (html === undefined ? undefined : {});
  return {
    details: details === true,
    byShooter: by === "shooter",
    ...(list === undefined ? {} : { list }),
    ...(sweep === undefined ? {} : { sweep }),
  };
}

/** What the judged shots say about the recording and the model. */
function resultNotes(policies: readonly PolicySummary[]): string[] {
  return [...holeNotes(policies), ...targetNotes(policies)];
}

/** Policies whose poses lie where nothing was recorded. */
function holeNotes(policies: readonly PolicySummary[]): string[] {
  const inHoles = policies.filter((summary) => summary.inHoles > 0)
    .map((summary) => `${summary.inHoles} under ${summary.policy}`);
  if (inHoles.length === 0) return [];
  return [
    `shots whose pose lies in a hole of the recording, where nobody knows: ${
      inHoles.join(", ")
    }; ` +
    `--explain says which frames are missing`,
  ];
}

/** Policies that hit what hardly is a target. */
function targetNotes(policies: readonly PolicySummary[]): string[] {
  const most = Math.max(0, ...policies.map(({ rules }) => rules["not-a-target"] ?? 0));
  if (most === 0) return [];
  return [
    `up to ${most} shots of a policy would agree with the game if who is hit were not a target: the ` +
    `ray starts inside of it, or another entity stands at the same place; say who is a target with ` +
    `--alive`,
  ];
}
