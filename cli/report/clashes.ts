import { usageError } from "../exit_code.ts";
import { isSameFile, isSamePlace } from "../files/files.ts";
import { refuseOtherPage } from "../page/other_page.ts";
import type { ReportOptions } from "./options.ts";

/** Files that are written; `-` is standard output. */
export function filesOf({ html, csv, parquet }: ReportOptions): string[] {
  return [html, csv, parquet].filter((file) => file !== undefined);
}

/** Refuses to write over what is read, or two things to one place. @throws {CommandError} */
export function refuseClashes(path: string, options: ReportOptions): void {
  const { html, shotsPage } = options;
  if (html !== undefined && shotsPage !== undefined) {
    refuseOtherPage("--shots-page", shotsPage, { html, of: "rewind" });
  }
  const written = filesOf(options);
  for (const [i, file] of written.entries()) {
    if (written.slice(0, i).some((other) => isSamePlace(other, file))) {
      throw usageError(`Two outputs go to ${file}; name another file for one`);
    }
    for (const read of [path, ...options.wire ?? [], options.compare, ...options.net ?? []]) {
      if (read !== undefined && read !== "-" && isSameFile(read, file)) {
        throw usageError(`The output ${file} is an input as well; name another file`);
      }
    }
    // It may not be there yet.
    if (shotsPage !== undefined && isSamePlace(shotsPage, file)) {
      throw usageError(`The output ${file} is the page of --shots-page as well; name another file`);
    }
  }
  const isPrinted = options.json === true || options.compare !== undefined;
  if (written.includes("-") && isPrinted) {
    throw usageError("A file that goes to standard output leaves no room for --json or --compare");
  }
}

/** Refuses flags that others leave nothing to say. @throws {CommandError} */
export function refuseIgnored(
  { anyway, compare, figures, freeze, html, interp, shotsPage }: ReportOptions,
): void {
  if (shotsPage !== undefined && html === undefined) {
    throw usageError("--shots-page goes with --html; name the page to write");
  }
  if (anyway === true && compare === undefined) {
    throw usageError("--anyway goes with --compare; name the old report");
  }
  if (figures !== "cost") return;
  for (const [flag, value] of [["--interp", interp], ["--freeze", freeze]] as const) {
    if (value === undefined) continue;
    throw usageError(
      `${flag} is of what the player sees, which --figures cost leaves out; leave one of them away`,
    );
  }
}
