import type { EntityId } from "../../core/names/entity_names.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import { visibleText } from "../../core/visible_text.ts";
import { shortNames } from "../report/table/short_names.ts";
import { type Paint, wrapped } from "../report/table_text.ts";
import { cutApart, cutCells, padCells, textWidth } from "../report/text_width.ts";
import { againText, headerPartText } from "./part_text.ts";
import type { BitPart, FieldAnatomy, PacketAnatomy, RecordAnatomy } from "./packet_anatomy.ts";

/** Columns of bits and of each of the two shares. */
const BITS = 11, SHARE = 9;

/** Longest name of a field. */
const NAME_MAX = 40;
/** Cells that a value has at least, be it on a line below. */
const VALUE_MIN = 18;

/** A packet and its headers as a tree: what it is, bits, shares of the packet and of the wire. */
export function* treeLines(
  packet: PacketAnatomy,
  paint: Paint,
  columns: number,
): Generator<string, void, void> {
  const labelCells = columns - BITS - 2 * SHARE;
  const { bits, wireBits, wire, header, records, datagrams } = packet;
  const line = (
    label: string,
    count: number,
    isOfPacket: boolean,
    isOfWire: boolean,
    stem = "",
    below = "",
  ) => {
    const [first = "", ...more] = wrapped(label, labelCells - stem.length);
    const figures = [
      padCells(stem + first, labelCells),
      String(count).padStart(BITS),
      (isOfPacket ? shareText(count, bits) : "").padStart(SHARE),
      (isOfWire ? shareText(count, wireBits) : "").padStart(SHARE),
    ].join("").trimEnd();
    return [figures, ...more.map((rest) => below + rest)];
  };
  yield paint(
    "dim",
    " ".repeat(labelCells) + "bits".padStart(BITS) + "packet".padStart(SHARE) +
      "wire".padStart(SHARE),
  );
  yield* line("on the wire", wireBits, false, true);
  for (const part of wire) {
    if (part.part === "packet") continue;
    const text = `${WIRE_PARTS[part.part]} of ${datagramsText(datagrams)}`;
    yield* line(text, part.bits, false, true, "├ ", "│ ");
  }
  yield* line(formText(packet), bits, true, true, "└ ", "  ");
  const headerBits = sumOf(header);
  const isLast = records.length === 0;
  yield* line("header", headerBits, true, true, isLast ? "  └ " : "  ├ ", isLast ? "    " : "  │ ");
  for (const [i, part] of header.entries()) {
    const [stem, below] = stems(isLast, i === header.length - 1);
    yield* line(headerPartText(part), part.bits, true, true, stem, below);
  }
  let total = headerBits;
  const names = recordNames(records, labelCells);
  for (const [i, record] of records.entries()) {
    const isEnd = i === records.length - 1;
    const [stem, below] = isEnd ? ["  └ ", "    "] : ["  ├ ", "  │ "];
    yield* line(recordText(record, names.short[i]!), record.bits, true, false, stem, below);
    const leaves = leavesOf(record, labelCells);
    for (const [j, [label, count]] of leaves.entries()) {
      const [stem, below] = stems(isEnd, j === leaves.length - 1);
      yield* line(label, count, true, false, stem, below);
      total += count;
    }
  }
  yield* line(`sum of the packet's lines: ${total / 8} bytes`, total, true, false);
  yield* names.whole.flatMap((name) => wrapped(name, columns));
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

/** What stands before a line of the third level, and before those that go on with it. */
function stems(isOfLast: boolean, isLast: boolean): readonly [first: string, below: string] {
  const parent = isOfLast ? "    " : "  │ ";
  return [parent + (isLast ? "└ " : "├ "), parent + (isLast ? "  " : "│ ")];
}

function recordText({ type, sentAgain }: RecordAnatomy, name: string): string {
  const again = sentAgain === undefined ? "" : `, ${againText(sentAgain)}`;
  return `${type} ${name}${again}`;
}

/** Kinds and ids of records, as long as a line has room for them, of which none reads as another. */
function recordNames(
  records: readonly RecordAnatomy[],
  labelCells: number,
): { readonly short: readonly string[]; readonly whole: readonly string[] } {
  const whole = records.map(({ id, kind }) =>
    `${kind === null ? "" : `${visibleText(kind)} `}${wholeId(id)}`
  );
  const room = labelCells - Math.max(0, ...records.map(({ type }) => type.length)) - STEM - 1;
  const { short, isNumbered } = shortNames(whole, room);
  const list = new Map(short.map((name, i) => [/^#\d+ /.exec(name)?.[0] ?? "", whole[i]!]));
  return { short, whole: isNumbered ? [...list].map(([number, name]) => number + name) : [] };
}

/** Cells before a record. */
const STEM = 4;

function wholeId(id: EntityId): string {
  return id === "" ? '""' : visibleText(String(id));
}

/** An id of at most 40 characters; an empty one as two quotes. */
export function idText(id: EntityId): string {
  return cutCells(wholeId(id), 40);
}

/** Lines of a record: label, bits. */
function leavesOf(
  { entityBits, kindBits, maskBits, fields, type, sentAgain }: RecordAnatomy,
  labelCells: number,
): (readonly [label: string, bits: number])[] {
  const named = cutApart(fields.map(({ field }) => visibleText(field)), NAME_MAX);
  const isNew = type === "spawn" && fields.every(({ from }) => from === null);
  const isAgain = sentAgain !== undefined;
  return [
    [kindBits === undefined ? "id and type" : "id, type and kind", entityBits],
    ...maskBits > 0 ? [[`mask: ${named.join(", ")}`, maskBits] as const] : [],
    ...fields.map((field, i) =>
      [
        `${named[i]} ${
          changeText(field, isNew || isAgain, labelCells - LEAF - textWidth(named[i]!))
        }`,
        field.bits,
      ] as const
    ),
  ];
}

/** Cells before a field, and between its name and its value. */
const LEAF = 7;

/** What became of a field; values are cut only to a line each, and not to the same text. */
function changeText(
  { from, sentAgain, to }: FieldAnatomy,
  isNew: boolean,
  cells: number,
): string {
  const least = Math.max(cells, VALUE_MIN);
  const [one, other] = cutApart([valueText(from), valueText(to)], least) as [string, string];
  if (isNew) return other;
  if (sentAgain !== undefined) return `${other}, ${againText(sentAgain)}`;
  if (Object.is(from, to)) return `${other}, as the far end has it`;
  return `${one} -> ${other}`;
}

/** A value: texts in quotes, an absent one by that word. */
function valueText(value: FieldValue | null): string {
  if (value === null) return "absent";
  if (typeof value === "string") return visibleText(JSON.stringify(visibleText(value)));
  return Object.is(value, -0) ? "-0" : String(value);
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
