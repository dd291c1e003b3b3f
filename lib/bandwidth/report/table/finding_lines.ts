import { visibleText } from "../../../core/visible_text.ts";
import type { Finding, FindingSeverity } from "../finding.ts";
import { COLUMNS, type Paint, proseCells, wrapped } from "../table_text.ts";

/** Findings that a terminal shows; all of them are in the JSON. */
const SHOWN_MAX = 10;
const SEVERITY_WIDTH = "warning".length;
const INDENT = " ".repeat(SEVERITY_WIDTH + 2);
/** Characters of any part, so that no name fills a screen. */
const PART_MAX = 400;
/** As wide as a space and a percent sign, with no place to break at. */
const JOINED = "\u00a0%";

const STYLES: Readonly<Record<FindingSeverity, Parameters<Paint>[0]>> = {
  error: "red",
  warning: "yellow",
  note: "dim",
};

/** The ten worst findings, each with its figures and what to change; a line where there is none. */
export function findingLines(
  findings: readonly Finding[],
  runCount: number,
  paint: Paint,
  cells: number = COLUMNS,
): string {
  if (findings.length === 0) return `${paint("bold", "findings")}  nothing stands out`;
  const lines = findings.slice(0, SHOWN_MAX).flatMap((finding) =>
    linesOf(finding, runCount, paint, proseCells(cells))
  );
  const rest = findings.length - SHOWN_MAX;
  if (rest > 0) lines.push(paint("dim", `${rest} more in the JSON`));
  return [paint("bold", "findings"), ...lines].join("\n");
}

function linesOf(finding: Finding, runCount: number, paint: Paint, cells: number): string[] {
  const { code, evidence, remedy, runs, severity, text } = finding;
  const whose = runCount > 1 ? ` (${runs.length} of ${runCount} runs)` : "";
  const [first, ...more] = wrappedText(`${code}  ${text}${whose}`, cells);
  const head = paint(STYLES[severity], severity.padEnd(SEVERITY_WIDTH));
  return [
    `${head}  ${first!.replace(code, paint("bold", code))}`,
    ...more.map((line) => INDENT + line),
    ...wrappedText(evidence, cells).map((line) => INDENT + line),
    ...wrappedText(`-> ${remedy}`, cells).map((line) => INDENT + line),
  ];
}

/** Lines of a text; numbers are not parted from their percent signs. */
function wrappedText(text: string, cells: number): string[] {
  const joined = visibleText(text, PART_MAX).replaceAll(" %", JOINED);
  return wrapped(joined, cells - INDENT.length)
    .map((line) => line.replaceAll(JOINED, " %"));
}
