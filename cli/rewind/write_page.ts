import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { rewindHtml } from "../../lib/rewind/page/rewind_html.ts";
import { asUsage } from "../errors/as_usage.ts";
import { pathFrom } from "../page/file_address.ts";
import { warnWritten, writeOutput } from "../files/output.ts";
import { recordedOn } from "../report/recorded_on.ts";
import { warn } from "../terminal/terminal.ts";
import { VERSION } from "../version.ts";
import type { JudgedInputs } from "./judge_inputs.ts";
import { teleportTexts } from "./text/teleport_lines.ts";

/** Writes the page of a recording. @throws {CommandError} when the file cannot be written */
export async function writePage(
  { inputs: { path, reader }, notes, recording, report }: JudgedInputs,
  { command, html: file, reportPage: page }: {
    readonly command: string;
    readonly html: string;
    readonly reportPage: string | undefined;
  },
): Promise<void> {
  const remarks = [
    ...teleportTexts(report.teleport).map((text) => `teleports: ${text}`),
    ...notes,
  ];
  const made = { version: VERSION, command, recordedOn: recordedOn(path, reader) };
  const folder = file === "-" ? "." : dirname(file);
  const html = page === undefined
    ? rewindHtml(recording, { recording: path, report, remarks, ...made })
    : asUsage(() =>
      rewindHtml(recording, {
        ...{ recording: path, report, remarks, ...made },
        reportPage: pathFrom(folder, page),
      })
    );
  await writeOutput(file, html);
  warnWritten(file);
  if (page !== undefined && !existsSync(page)) {
    warn(
      `note: ${page} is not there yet: the links to it work once \`hindcast report ${path} --html ${page}\` has written it`,
    );
  }
}
