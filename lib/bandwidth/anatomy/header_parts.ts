import { frameDistance } from "../../core/time/frame.ts";
import type { PacketHeader } from "../../core/wire/packet_header.ts";
import { DATAGRAM_HEADER_BYTES, PIECE_HEADER_BYTES } from "../../replication/packet/datagrams.ts";
import type { BitPart } from "./packet_anatomy.ts";

/** Parts of a packet header that takes so many bytes. */
export function headerParts(header: PacketHeader, headerBytes: number): BitPart[] {
  const { form, frame, baselineFrame, schemaHash } = header;
  const parts: BitPart[] = [
    { part: "form", bits: 8, value: form },
    { part: "frame", bits: 32, value: frame },
  ];
  const restBits = headerBytes * 8 - 40;
  if (form === "delta" || form === "partial") {
    parts.push({
      part: "baselineDistance",
      bits: restBits,
      value: frameDistance(frame, baselineFrame),
    });
  }
  if (schemaHash !== undefined) {
    parts.push({
      part: "schemaHash",
      bits: restBits,
      value: `0x${schemaHash.toString(16).padStart(8, "0")}`,
    });
  }
  return parts;
}

/** Parts of what travels for a payload in so many datagrams. */
export function wireParts(payloadBytes: number, datagrams: number): BitPart[] {
  const parts = [{ part: "ipUdpHeaders", bits: datagrams * DATAGRAM_HEADER_BYTES * 8 }];
  if (datagrams > 1) {
    parts.push({ part: "pieceHeaders", bits: datagrams * PIECE_HEADER_BYTES * 8 });
  }
  parts.push({ part: "packet", bits: payloadBytes * 8 });
  return parts;
}
