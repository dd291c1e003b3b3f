import { statSync } from "node:fs";
import type { RecordingReader } from "../../lib/recording.ts";

/**
 * Times between these are taken for milliseconds since 1970, of the years 2001 to 5138; smaller ones
 * count from the start of a game, larger ones are no dates.
 */
const EPOCH_MS_MIN = 1e12, EPOCH_MS_MAX = 1e14;

/** When a recording was made, in words, and how that is known. */
export function recordedOn(path: string, { blocks }: Pick<RecordingReader, "blocks">): string {
  const firstMs = blocks[0]?.firstTimeMs;
  if (firstMs !== undefined && firstMs > EPOCH_MS_MIN && firstMs < EPOCH_MS_MAX) {
    return `${minuteText(firstMs)}, by its times`;
  }
  return `file written ${minuteText(statSync(path).mtimeMs)}`;
}

/** `2026-11-28 14:02 UTC`. */
function minuteText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
