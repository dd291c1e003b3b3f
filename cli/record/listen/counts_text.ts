import type { LiveCounts } from "../../../lib/ingest.ts";
import { counted } from "../../terminal/counted.ts";

/** What came, and what became of it, in one line. */
export function countsText(counts: LiveCounts): string {
  const losses = lossesText(counts);
  return `${counted(counts.producers, "producer")}, ${counts.bytes} bytes${
    losses && `, ${losses}`
  }`;
}

/**
 * What is not recorded, in words; empty when all is.
 *
 * @param turnedAway producers for which there was no room
 * @param cutOff producers of which more was there at the stop than was read
 */
export function lossesText(
  { bad, late, dropped, gaps, frameGaps }: LiveCounts,
  turnedAway = 0,
  cutOff = 0,
): string {
  return [
    ...bad > 0 ? [`${counted(bad, "bad line")} skipped`] : [],
    ...late > 0 ? [`${counted(late, "late line")} left out`] : [],
    ...dropped > 0 ? [`${counted(dropped, "line")} above the rate left out`] : [],
    ...gaps > 0 ? [`${counted(gaps, "datagram")} lost by their seq`] : [],
    ...frameGaps > 0 ? [`${counted(frameGaps, "frame")} missing of datagrams without seq`] : [],
    ...turnedAway > 0 ? [turnedAwayText(turnedAway)] : [],
    ...cutOff > 0 ? [cutOffText(cutOff)] : [],
  ].join(", ");
}

/** Producers that may not send, in words. */
export function refusedText(count: number): string {
  return `${counted(count, "producer")} refused`;
}

/** Producers for which there was no room, in words. */
export function turnedAwayText(count: number): string {
  return `${counted(count, "producer")} above --max-producers turned away`;
}

/** Producers of which more was there at the stop than was read, in words. */
export function cutOffText(count: number): string {
  return `${counted(count, "producer")} cut off by the stop, with more to read`;
}

/** What was left out and is no loss, in words; empty when nothing was. @param refused producers */
export function remarkText({ duplicates, afterStop }: LiveCounts, refused: number): string {
  return [
    ...duplicates > 0 ? [`${counted(duplicates, "datagram")} came twice`] : [],
    ...afterStop > 0 ? [`${counted(afterStop, "line")} came after the stop`] : [],
    ...refused > 0 ? [refusedText(refused)] : [],
  ].join(", ");
}
