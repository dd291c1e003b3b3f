import type { BitPart, SentAgain } from "./packet_anatomy.ts";

const HEADER_PARTS: Readonly<Record<string, string>> = {
  baselineDistance: "frames back to the baseline",
  schemaHash: "hash of the schema",
  tables: "texts of all enums",
};

/** A part of a packet's header in words, with its value where it has one. */
export function headerPartText({ part, value }: BitPart): string {
  const name = HEADER_PARTS[part] ?? part;
  return value === undefined ? name : `${name}: ${value}`;
}

/** Why something is sent again though nothing changed. */
export function againText({ frame, outcome }: SentAgain): string {
  return outcome === "lost"
    ? `sent again: lost with frame ${frame}`
    : outcome === "late"
    ? `sent again: frame ${frame} came late`
    : `sent again: no ack told of frame ${frame}`;
}
