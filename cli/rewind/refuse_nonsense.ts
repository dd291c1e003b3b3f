import { usageError } from "../exit_code.ts";
import { isSameFile } from "../files/files.ts";
import { refuseOtherPage } from "../page/other_page.ts";
import type { RewindFlags } from "./flags.ts";
import { selectedShot } from "./inputs/shot_flags.ts";

/** Refuses flags that contradict each other. @throws {CommandError} */
export function refuseNonsense(paths: readonly string[], flags: RewindFlags): void {
  const selected = selectedShot(flags);
  if (selected !== undefined && flags.repro === undefined) {
    throw usageError(`--shot ${selected} selects a shot for --repro DIR; to explain it: --explain`);
  }
  for (const name of ["explain", "html", "repro"] as const) {
    if (paths.length > 1 && flags[name] !== undefined) {
      throw usageError(`--${name} takes one recording, not ${paths.length}`);
    }
  }
  if (flags.html === "-" && (flags.json || flags.explain !== undefined)) {
    throw usageError("--html - leaves no room on standard output for anything else; name a file");
  }
  const { eventsFile, html, shots } = flags;
  for (const read of [...paths, eventsFile, shots]) {
    if (read !== undefined && html !== undefined && isSameFile(read, html)) {
      throw usageError(`The output ${html} is an input as well; name another file`);
    }
  }
  if (flags.reportPage !== undefined) {
    if (html === undefined) {
      throw usageError("--report-page goes with --html: that page links to it");
    }
    refuseOtherPage("--report-page", flags.reportPage, { html, of: "report" });
  }
  if (flags.handed !== undefined && html === undefined && flags.repro === undefined) {
    throw usageError("--handed goes with --html: it says how the figures of that page look");
  }
  if (flags.details && !flags.json) throw usageError("--details needs --json");
}
