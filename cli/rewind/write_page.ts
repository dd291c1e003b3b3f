import { explainOptionsOf, rewindHtml, rewindPage } from "../../lib/rewind.ts";
import { warnWritten, writeOutput } from "../files/output.ts";
import type { JudgedInputs } from "./judge_inputs.ts";
import { teleportLines } from "./text/teleport_lines.ts";

/** Writes the page of a recording. @throws {CommandError} when the file cannot be written */
export async function writePage(
  { inputs: { path, setting }, notes, recording, report }: JudgedInputs,
  file: string,
): Promise<void> {
  const { model, policies, shots, source } = setting;
  const page = rewindPage({
    recording: path,
    source,
    shots,
    policies,
    model,
    report,
    remarks: [...teleportLines(report.teleport), ...notes],
    optionsOf: explainOptionsOf(recording),
  });
  await writeOutput(file, rewindHtml(page));
  warnWritten(file);
}
