import type { CandidateResult, CaseResult } from "./case_result.ts";

/** What the short form tells of a case, whose times are of no use. */
export function resultLine({ name, candidates, differing, mayDiffer }: CaseResult): string {
  const others = mayDiffer ? "meant to differ" : `from ${differing.join(" and ")}`;
  const agree = differing.length === 0 ? "results agree" : `results differ, ${others}`;
  return `${name.padEnd(16)} ${candidates.length} ran, ${agree}`;
}

/** Lines for people: ratios first, absolute figures second, then what the bytes buy. */
export function resultTable(result: CaseResult): string {
  const { name, title, unit, candidates, differing, reach, notes } = result;
  const width = Math.max(...candidates.map((one) => one.name.length));
  const hasBytes = candidates.some(({ bytes }) => bytes !== null);
  const head = `${"".padEnd(width)}   ratio    quartiles  ${unit.padStart(14)}`;
  const lines = [`${name}: ${title}`, `  ${head}${hasBytes ? "       bytes" : ""}`];
  for (const one of candidates) lines.push(`  ${candidateLine(one, width)}`);
  if (hasBytes) lines.push(...flippedRanking(result));
  for (const other of differing) {
    lines.push(`  no ratio for ${other}: its result is not that of ${candidates[0]!.name}`);
  }
  for (const { candidate, ratioMax, figureMax, isMet } of reach) {
    const limits = [
      ...(ratioMax === undefined ? [] : [`ratio ${ratioMax}`]),
      ...(figureMax === undefined ? [] : [`${rounded(figureMax)} ${unit}`]),
    ].join(" and ");
    lines.push(`  reach of ${candidate}: ${limits}, ${isMet ? "met" : "not met"}`);
  }
  const bought = Map.groupBy(candidates.filter(({ buys }) => buys !== null), ({ buys }) => buys);
  for (const [buys, buyers] of bought) {
    lines.push(`  bytes of ${buyers.map((one) => one.name).join(" and of ")}: ${buys}`);
  }
  for (const note of notes) lines.push(`  note: ${note}`);
  return lines.join("\n");
}

function candidateLine({ name, ratio, figure, bytes }: CandidateResult, width: number): string {
  const columns = ratio === null
    ? ["-".padStart(7), "".padStart(12)]
    : [ratio.median.toFixed(2).padStart(7), quartiles(ratio.q1, ratio.q3).padStart(12)];
  const last = bytes === null ? "" : rounded(bytes).padStart(12);
  return `${name.padEnd(width)} ${columns.join(" ")} ${rounded(figure.median).padStart(15)}${last}`;
}

function quartiles(q1: number, q3: number): string {
  return `${q1.toFixed(2)}-${q3.toFixed(2)}`;
}

/** The rank by time and the rank by bytes, where they are not the same. */
function flippedRanking({ candidates }: CaseResult): string[] {
  const sent = candidates.filter(({ bytes, ratio }) => bytes !== null && ratio !== null);
  const byFigure = [...sent].sort((a, b) => a.figure.median - b.figure.median);
  const byBytes = [...byFigure].sort((a, b) => a.bytes! - b.bytes!);
  const names = (ranked: readonly CandidateResult[]) => ranked.map(({ name }) => name).join(" < ");
  if (names(byFigure) === names(byBytes)) return [];
  return [`  by time:  ${names(byFigure)}`, `  by bytes: ${names(byBytes)}`];
}

function rounded(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(4)} M`;
  return value >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
}
