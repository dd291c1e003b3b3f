import {
  IP_HEADER_BYTES,
  PIECE_HEADER_BYTES,
  UDP_HEADER_BYTES,
} from "../../replication/packet/datagrams.ts";
import { ratioOf } from "../report/rounding.ts";
import type { CostPart, RunReport } from "../report/run_report.ts";

/** What went over the wire, and what of it is in payloads. */
export interface WireTotals extends Pick<RunReport, "datagrams" | "wireBytes" | "overheadBits"> {
  /** Datagrams of packets that are more than one. */
  readonly pieces: number;
  /** Every field. */
  readonly fields: RunReport["fields"];
}

/**
 * Everything on the wire, most expensive first, without what took nothing. It adds up to the bytes on
 * the wire, bit for bit.
 */
export function costParts(totals: WireTotals): CostPart[] {
  const { datagrams, pieces, overheadBits, fields, wireBytes } = totals;
  const parts: Omit<CostPart, "share">[] = [
    { part: "ip", bits: datagrams * IP_HEADER_BYTES * 8 },
    { part: "udp", bits: datagrams * UDP_HEADER_BYTES * 8 },
    { part: "pieces", bits: pieces * PIECE_HEADER_BYTES * 8 },
    { part: "packet", bits: overheadBits.packet },
    { part: "entity", bits: overheadBits.entity },
    { part: "mask", bits: overheadBits.mask },
    { part: "tables", bits: overheadBits.tables },
    ...fields.map(({ kind, field, bits }) => ({ part: "field" as const, kind, field, bits })),
  ];
  return parts.filter(({ bits }) => bits > 0).sort((a, b) => b.bits - a.bits)
    .map((part) => ({ ...part, share: ratioOf(part.bits, wireBytes * 8) }));
}
