import type { FieldValue } from "../../core/state/schema.ts";
import type { PacketParts } from "../anatomy/dissect_packet.ts";
import type { FieldAnatomy, RecordAnatomy } from "../anatomy/packet_anatomy.ts";
import type { PacketContents } from "./run_moments.ts";

/** Records of a packet that are listed. */
export const RECORDS_MAX = 24;
/** Records that are listed where there is no room for that. */
export const RECORDS_MIN = 6;
/** UTF-16 units of a text value. */
const TEXT_MAX = 80;

/** What a packet consists of, its dearest records alone, with values that JSON can hold. */
export function packetContents({ header, records }: PacketParts): PacketContents {
  const sorted = [...records].sort((a, b) => b.bits - a.bits);
  return {
    header: [...header],
    records: sorted.slice(0, RECORDS_MAX).map(plainRecord),
    recordsLeftOut: leftOut(sorted.slice(RECORDS_MAX)),
  };
}

/** The same with fewer records. */
export function shortContents(contents: PacketContents): PacketContents {
  const { records, recordsLeftOut } = contents;
  if (records.length <= RECORDS_MIN) return contents;
  const rest = leftOut(records.slice(RECORDS_MIN));
  return {
    ...contents,
    records: records.slice(0, RECORDS_MIN),
    recordsLeftOut: {
      count: recordsLeftOut.count + rest.count,
      bits: recordsLeftOut.bits + rest.bits,
    },
  };
}

/** Lines of its tree: parts of the header, then each record, its id, mask and fields. */
export function contentLines({ header, records }: PacketContents): number {
  return records.reduce((lines, { fields }) => lines + 3 + fields.length, header.length);
}

function leftOut(records: readonly RecordAnatomy[]): PacketContents["recordsLeftOut"] {
  return { count: records.length, bits: records.reduce((sum, { bits }) => sum + bits, 0) };
}

function plainRecord(record: RecordAnatomy): RecordAnatomy {
  return {
    ...record,
    fields: record.fields.map((field): FieldAnatomy => ({
      ...field,
      from: plainValue(field.from),
      to: plainValue(field.to),
    })),
  };
}

/** A value as JSON can hold it: what it cannot is a text that spells it. */
function plainValue(value: FieldValue | null): FieldValue | null {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "-0";
    return Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== "string" || value.length <= TEXT_MAX) return value;
  return `${value.slice(0, TEXT_MAX)}…`;
}
