import type { EntityId } from "../../core/names/entity_names.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import { visibleText } from "../../core/visible_text.ts";
import type { Paint } from "../report/table_text.ts";
import { cutApart, cutCells, headCells, padCells } from "../report/text_width.ts";
import { againText, headerPartText } from "./part_text.ts";
import type { BitPart, FieldAnatomy, PacketAnatomy, RecordAnatomy } from "./packet_anatomy.ts";

/** Columns of bits and of each of the two shares. */
const BITS = 11, SHARE = 9;

/** Longest name and value of a field. */
const NAME_MAX = 24, VALUE_MAX = 18;

/** A packet and its headers as a tree: what it is, bits, shares of the packet and of the wire. */
export function* treeLines(
  packet: PacketAnatomy,
  paint: Paint,
  columns: number,
): Generator<string, void, void> {
  const labelCells = columns - BITS - 2 * SHARE;
  const { bits, wireBits, wire, header, records, datagrams } = packet;
  const line = (label: string, count: number, isOfPacket: boolean, isOfWire: boolean) =>
    [
      fitted(label, labelCells),
      String(count).padStart(BITS),
      (isOfPacket ? shareText(count, bits) : "").padStart(SHARE),
      (isOfWire ? shareText(count, wireBits) : "").padStart(SHARE),
    ].join("").trimEnd();
  yield paint(
    "dim",
    " ".repeat(labelCells) + "bits".padStart(BITS) + "packet".padStart(SHARE) +
      "wire".padStart(SHARE),
  );
  yield line("on the wire", wireBits, false, true);
  for (const part of wire) {
    if (part.part === "packet") continue;
    yield line(`├ ${WIRE_PARTS[part.part]} of ${datagramsText(datagrams)}`, part.bits, false, true);
  }
  yield line(`└ ${formText(packet)}`, bits, true, true);
  const headerBits = sumOf(header);
  const isLast = records.length === 0;
  yield line(`  ${isLast ? "└" : "├"} header`, headerBits, true, true);
  for (const [i, part] of header.entries()) {
    const stem = `  ${isLast ? " " : "│"} ${i === header.length - 1 ? "└" : "├"}`;
    yield line(`${stem} ${headerPartText(part)}`, part.bits, true, true);
  }
  let total = headerBits;
  for (const [i, record] of records.entries()) {
    const isEnd = i === records.length - 1;
    yield line(`  ${isEnd ? "└" : "├"} ${recordText(record)}`, record.bits, true, false);
    const leaves = leavesOf(record);
    for (const [j, [label, count]] of leaves.entries()) {
      const stem = `  ${isEnd ? " " : "│"} ${j === leaves.length - 1 ? "└" : "├"}`;
      yield line(`${stem} ${label}`, count, true, false);
      total += count;
    }
  }
  yield line(`sum of the packet's lines: ${total / 8} bytes`, total, true, false);
}

const WIRE_PARTS: Readonly<Record<string, string>> = {
  ipUdpHeaders: "IPv4 and UDP headers",
  pieceHeaders: "piece headers",
};

function formText({ form, baselineFrame, assumedFrame }: PacketAnatomy): string {
  switch (form) {
    case "keyframe":
      return "keyframe";
    case "patch":
      return `patch, going on from frame ${assumedFrame}`;
    case "delta":
      return `delta against frame ${baselineFrame}`;
    case "partial":
      return `partial delta against frame ${baselineFrame}`;
  }
}

function recordText({ id, kind, type, sentAgain }: RecordAnatomy): string {
  const name = kind === null ? "" : `${cutCells(visibleText(kind), 24)} `;
  const again = sentAgain === undefined ? "" : `, ${againText(sentAgain)}`;
  return `${type} ${name}${idText(id)}${again}`;
}

/** An id of at most 40 characters; an empty one as two quotes. */
export function idText(id: EntityId): string {
  return id === "" ? '""' : cutCells(visibleText(String(id)), 40);
}

/** Lines of a record: label, bits. */
function leavesOf(
  { entityBits, kindBits, maskBits, fields, type, sentAgain }: RecordAnatomy,
): (readonly [label: string, bits: number])[] {
  const named = cutApart(fields.map(({ field }) => visibleText(field)), NAME_MAX);
  const isNew = type === "spawn" && fields.every(({ from }) => from === null);
  const isAgain = sentAgain !== undefined;
  return [
    [kindBits === undefined ? "id and type" : "id, type and kind", entityBits],
    ...maskBits > 0 ? [[`mask: ${named.join(", ")}`, maskBits] as const] : [],
    ...fields.map((field, i) =>
      [`${named[i]} ${changeText(field, isNew || isAgain)}`, field.bits] as const
    ),
  ];
}

function changeText({ from, sentAgain, to }: FieldAnatomy, isNew: boolean): string {
  if (isNew) return valueText(to);
  if (sentAgain !== undefined) return `${valueText(to)}, ${againText(sentAgain)}`;
  if (Object.is(from, to)) return `${valueText(to)}, as the far end has it`;
  return `${valueText(from)} -> ${valueText(to)}`;
}

/** A value in short: texts in quotes, an absent one by that word. */
function valueText(value: FieldValue | null): string {
  if (value === null) return "absent";
  if (typeof value === "string") {
    return cutCells(visibleText(JSON.stringify(visibleText(value, 200))), VALUE_MAX);
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A label of just the columns that there are. */
function fitted(label: string, cells: number): string {
  return padCells(headCells(label, cells), cells);
}

function sumOf(parts: readonly BitPart[]): number {
  return parts.reduce((sum, { bits }) => sum + bits, 0);
}

function shareText(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)} %`;
}

function datagramsText(count: number): string {
  return `${count} ${count === 1 ? "datagram" : "datagrams"}`;
}
