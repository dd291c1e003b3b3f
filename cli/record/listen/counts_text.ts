import type { LiveCounts } from "../../../lib/ingest.ts";

/** What came, and what became of it, in one line. */
export function countsText(counts: LiveCounts): string {
  const losses = lossesText(counts);
  return `${many(counts.producers, "producer")}, ${counts.bytes} bytes${losses && `, ${losses}`}`;
}

/** What is not recorded, in words; empty when all is. */
export function lossesText({ bad, late, dropped, gaps, frameGaps }: LiveCounts): string {
  return [
    ...bad > 0 ? [`${many(bad, "bad line")} skipped`] : [],
    ...late > 0 ? [`${many(late, "late row")} left out`] : [],
    ...dropped > 0 ? [`${many(dropped, "row")} above the rate left out`] : [],
    ...gaps > 0 ? [`${many(gaps, "datagram")} lost by their seq`] : [],
    ...frameGaps > 0 ? [`${many(frameGaps, "frame")} missing of datagrams without seq`] : [],
  ].join(", ");
}

/** What was left out and is no loss, in words; empty when nothing was. @param refused producers */
export function remarkText({ duplicates }: LiveCounts, refused: number): string {
  return [
    ...duplicates > 0 ? [`${many(duplicates, "datagram")} came twice`] : [],
    ...refused > 0 ? [`${many(refused, "producer")} refused`] : [],
  ].join(", ");
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
