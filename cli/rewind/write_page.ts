import { rewindHtml } from "../../lib/rewind/page/rewind_html.ts";
import { warnWritten, writeOutput } from "../files/output.ts";
import type { JudgedInputs } from "./judge_inputs.ts";
import { teleportLines } from "./text/teleport_lines.ts";

/** Writes the page of a recording. @throws {CommandError} when the file cannot be written */
export async function writePage(
  { inputs: { path }, notes, recording, report }: JudgedInputs,
  file: string,
): Promise<void> {
  const remarks = [...teleportLines(report.teleport), ...notes];
  const html = rewindHtml(recording, { recording: path, report, remarks });
  await writeOutput(file, html);
  warnWritten(file);
}
