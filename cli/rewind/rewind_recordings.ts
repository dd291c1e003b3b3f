import { jsonText } from "../terminal/json_text.ts";
import { print, printLines, warn } from "../terminal/terminal.ts";
import { answerOf, idsOf, jsonAnswer, pooledAnswer } from "./answer.ts";
import { findShot } from "./find_shot.ts";
import type { RewindFlags } from "./flags.ts";
import { readInputs } from "./inputs/read_inputs.ts";
import { selectedShot } from "./inputs/shot_flags.ts";
import { hasTables, type JudgedInputs, judgeInputs } from "./judge_inputs.ts";
import { tellLosses } from "./losses.ts";
import { refuseNonsense } from "./refuse_nonsense.ts";
import { planRepro, writeRepro } from "./repro/write_repro.ts";
import { answerLines } from "./text/answer_lines.ts";
import { explanationLines } from "./text/explanation_lines.ts";
import { pooledLines } from "./text/pooled_lines.ts";
import { writePage } from "./write_page.ts";

/**
 * Carries out `hindcast rewind`: flags to inputs, to verdicts, to files and text.
 *
 * @param command the command line as it was typed
 * @throws {CommandError | ShotError} in one line, with the exit code
 */
export async function rewindRecordings(
  paths: readonly string[],
  flags: RewindFlags,
  command: string,
): Promise<void> {
  refuseNonsense(paths, flags);
  const all: JudgedInputs[] = [];
  for (const path of paths) all.push(await rewindRecording(path, flags, command));
  if (flags.json) await print(jsonText(jsonAnswer(all, flags)) + "\n");
  else if (hasTables(flags)) await printTables(all, flags);
  for (const { inputs, notes } of all) {
    const where = all.length > 1 ? `${inputs.path}: ` : "";
    for (const note of notes) warn(`note: ${where}${note}`);
  }
  tellLosses(all, flags);
}

/** Judges a recording, and gives out what concerns it alone: one shot, a page, a reproduction. */
async function rewindRecording(
  path: string,
  flags: RewindFlags,
  command: string,
): Promise<JudgedInputs> {
  const { explain, html, json, repro, reportPage, reproImport } = flags;
  const inputs = await readInputs(path, flags);
  const explained = explain === undefined ? undefined : findShot(inputs, explain);
  const plan = repro === undefined ? undefined : planRepro(inputs, repro, selectedShot(flags));
  const judged = judgeInputs(inputs, flags);
  const { recording, report } = judged;
  if (explained !== undefined && !json) {
    const explanation = recording.explain(explained);
    await printLines(explanationLines(explanation, report.teleport, idsOf(judged)));
  }
  if (html !== undefined) await writePage(judged, { command, html, reportPage });
  if (plan !== undefined) {
    const lines = await writeRepro(inputs, recording, plan, reproImport);
    if (json) { for (const line of lines) warn(line); }
    else await printLines(lines);
  }
  return judged;
}

async function printTables(all: readonly JudgedInputs[], flags: RewindFlags): Promise<void> {
  for (const [i, judged] of all.entries()) {
    await printLines([
      ...(i > 0 ? [""] : []),
      ...answerLines(answerOf(judged, flags), idsOf(judged)),
    ]);
  }
  if (all.length > 1) await printLines(["", ...pooledLines(pooledAnswer(all, flags))]);
}
