import { readFileSync } from "node:fs";

/** Memory that a process had at a moment. */
export interface MemoryMark {
  /** Rows that it was sent by then. */
  readonly rows: number;
  /** Bytes that lie in memory. */
  readonly residentBytes: number;
}

/** Bytes of a process that lie in memory; 0 once it has ended. */
export function residentBytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))!;
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** How memory grows over the later half of some marks, in bytes a row: a line of least squares. */
export function slopeOf(marks: readonly MemoryMark[]): number {
  const late = marks.slice(marks.length >> 1);
  const meanRows = mean(late.map(({ rows }) => rows));
  const meanBytes = mean(late.map(({ residentBytes }) => residentBytes));
  let product = 0;
  let square = 0;
  for (const { rows, residentBytes } of late) {
    product += (rows - meanRows) * (residentBytes - meanBytes);
    square += (rows - meanRows) ** 2;
  }
  return square === 0 ? 0 : product / square;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
