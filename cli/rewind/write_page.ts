import { dirname } from "node:path";
import { rewindHtml } from "../../lib/rewind/page/rewind_html.ts";
import { usageError } from "../exit_code.ts";
import { pathFrom } from "../page/file_address.ts";
import { warnWritten, writeOutput } from "../files/output.ts";
import { recordedOn } from "../page/recorded_on.ts";
import { counted } from "../terminal/counted.ts";
import { VERSION } from "../version.ts";
import type { JudgedInputs } from "./judge_inputs.ts";
import { checkReportPage } from "./report_page.ts";
import { teleportTexts } from "./text/teleport_lines.ts";

/** Writes the page of a recording. @throws {CommandError} when the file cannot be written */
export async function writePage(
  { inputs: { found, path, reader }, notes, recording, report }: JudgedInputs,
  { command, html: file, reportPage: page }: {
    readonly command: string;
    readonly html: string;
    readonly reportPage: string | undefined;
  },
): Promise<void> {
  if (page !== undefined) checkReportPage(page, path);
  const remarks = [
    ...teleportTexts(report.teleport).map((text) => `teleports: ${text}`),
    ...notes,
    ...linesLeftOut(found.badLines.length),
  ];
  const { bad: skipped } = found;
  const made = { version: VERSION, command, recordedOn: recordedOn(path, reader) };
  const folder = file === "-" ? "." : dirname(file);
  const html = page === undefined
    ? rewindHtml(recording, { recording: path, report, remarks, skipped, ...made })
    : asPage(page, () =>
      rewindHtml(recording, {
        ...{ recording: path, report, remarks, skipped, ...made },
        reportPage: pathFrom(folder, page),
      }));
  await writeOutput(file, html);
  warnWritten(file);
}

function linesLeftOut(count: number): string[] {
  if (count === 0) return [];
  return [
    `${counted(count, "line")} of the events that cannot be read ${
      count === 1 ? "is" : "are"
    } left out`,
  ];
}

/** Makes a page that links another. @throws {CommandError} when it cannot be linked */
function asPage(page: string, make: () => string): string {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.startsWith("reportPage")) throw error;
    throw usageError(
      `--report-page is ${page}, expected a path that a page can link: short, without ":", "\\" and control characters`,
    );
  }
}
