import type { RecordingDiff } from "../../lib/recording.ts";
import { textWidth } from "../../lib/bandwidth/report/text_width.ts";
import { terminalColumns } from "../terminal/columns.ts";
import { fittedText } from "../terminal/fitted_text.ts";
import { visible } from "../terminal/terminal.ts";
import { differenceText, placeText } from "./difference_text.ts";
import { columnLines, driftLines, eventLines, fieldLines } from "./field_lines.ts";
import { shortNumber } from "./value_text.ts";
import { loneFrameLines, structuralLines } from "./structural_lines.ts";

/** Differences of the first frame that are told. */
const FIRST_MAX = 10;

/** What `hindcast diff` prints. @param paths of the two recordings */
export function diffLines(diff: RecordingDiff, paths: readonly [string, string]): string[] {
  const sections = [
    firstFrameLines(diff),
    fieldLines(diff),
    loneFrameLines(diff.structural),
    structuralLines(diff.structural),
    eventLines(diff),
    driftLines(diff),
    columnLines(diff),
    comparedLines(diff),
  ];
  return [
    ...headlines(diff),
    ...pathLines("A", paths[0]),
    ...pathLines("B", paths[1]),
    ...sections.filter(({ length }) => length > 0).flatMap((lines) => ["", ...lines]),
  ];
}

function pathLines(side: string, path: string): string[] {
  const keep = visible(path);
  return fittedText(`${side}: ${keep}`, { keep });
}

function headlines({ first, drift, compared }: RecordingDiff): string[] {
  if (first !== null) {
    const [place, what] = [`A and B differ: first at ${placeText(first)}:`, differenceText(first)];
    const line = `${place} ${what}`;
    return textWidth(line) <= terminalColumns()
      ? [line]
      : [...fittedText(place), ...fittedText(what, { indent: "  " })];
  }
  const within = drift.length > 0 ? " within the tolerances" : "";
  return fittedText(`A and B are equal${within}: ${comparedText(compared)} compared`);
}

function comparedText({ frames, states, events }: RecordingDiff["compared"]): string {
  return `${frames} frames, ${states} states, ${events} events`;
}

function firstFrameLines({ firstFrame }: RecordingDiff): string[] {
  if (firstFrame === null || firstFrame.count === 1) return [];
  const { frame, count, differences } = firstFrame;
  const shown = differences.slice(0, FIRST_MAX);
  return [
    `what differs at frame ${frame}:`,
    ...shown.flatMap((difference) => fittedText(differenceText(difference), { indent: "  " })),
    ...(count > shown.length ? [`  and ${count - shown.length} more`] : []),
  ];
}

function comparedLines({ first, compared, setting }: RecordingDiff): string[] {
  const { by, tolerances, timeToleranceMs } = setting;
  const tolerated = Object.entries(tolerances).map(([name, value]) => `${visible(name)} ${value}`);
  const { a, b } = compared;
  const settings = [
    ...(by === "time" ? [`frames paired by time, within ${shortNumber(timeToleranceMs)} ms`] : []),
    ...(by === "frame" && timeToleranceMs > 0 ? [`times within ${timeToleranceMs} ms`] : []),
    ...(tolerated.length > 0 ? [`tolerances: ${tolerated.join(", ")}`] : []),
  ];
  return [
    ...(first === null ? [] : fittedText(
      `pairs: ${comparedText(compared)} (of ${sideText(a)} in A, ${sideText(b)} in B)`,
    )),
    ...(settings.length > 0 ? fittedText(settings.join("; ")) : []),
  ];
}

function sideText({ frames, events }: { readonly frames: number; readonly events: number }) {
  return `${frames} frames, ${events} events`;
}
