import { againText, headerPartText } from "../../../anatomy/part_text.ts";
import { visibleText } from "../../../../core/visible_text.ts";
import { element } from "../../../../page/script/element.js";
import { numberText, percentText } from "../number_text.js";
import { packetCommands } from "../runs.js";
import { bytesText } from "./excess_bars.js";

const TEXT_MAX = 200;
/** Records at sight; the others are folded. */
const RECORDS_SHOWN = 12;

/** Why a packet is a keyframe, in words. */
const REASONS = {
  "no-ack": "no ack had come since the consumer joined",
  evicted: "what the consumer had acked was no longer in the history",
  reset: "the consumer came back, and no ack has come since",
  interval: "one is due at regular intervals",
};

/** Under this policy packets go on from one another, and rest on a keyframe. */
const NACK_REASON = "the first since the consumer joined, or the one before it was lost";

/** The largest packet of a second: what it is, and its parts as a tree. */
export function packetTree(packet, run) {
  const box = element("div", "packet", element("p", "", ...sentencesOf(packet, run.figures.ack)));
  if (packet.contents === undefined) box.append(...withoutContents(packet, run));
  else box.append(treeOf(packet));
  return box;
}

function sentencesOf({ baselineAgeFrames, bits, consumer, form, frame, ...packet }, ack) {
  const age = baselineAgeFrames === 1 ? "1 frame" : `${baselineAgeFrames} frames`;
  const against = form === "keyframe"
    ? `: ${reasonText(packet.keyframeReason, ack)}`
    : form === "patch"
    ? `, going on from ${age} before`
    : ` against ${age} before`;
  const forms = { partial: "partial delta" };
  return [
    element("b", "", `frame ${frame}`),
    ` at ${numberText(packet.timeMs)} ms to consumer ${consumer}: `,
    element("b", "", forms[form] ?? form),
    `${against}. ${bytesText(bits)} of payload, ${bytesText(packet.wireBits)} on the wire.`,
  ];
}

function reasonText(reason, ack) {
  if (reason === "no-ack" && ack === "nack") return NACK_REASON;
  return REASONS[reason] ?? "the first one";
}

function withoutContents({ consumer, frame }, run) {
  return [
    element("p", "hint", "What it consists of is not on this page."),
    ...packetCommand(run, frame, consumer),
  ];
}

/** The command that takes a packet of a run apart, where one is known. */
export function packetCommand(run, frame, consumer) {
  const line = packetCommands?.runs[run.index];
  if (line === undefined || frame === undefined) return [];
  const command = `${line}${packetCommands.frame}${frame}${packetCommands.consumer}${consumer}`;
  return [
    element("p", "hint", `This takes apart the packet of frame ${frame} to consumer ${consumer}:`),
    element("pre", "command", visibleText(command)),
  ];
}

function treeOf({ bits, contents: { header, records, recordsLeftOut } }) {
  const headerBits = header.reduce((sum, part) => sum + part.bits, 0);
  const parts = header.map((part) => [visibleText(headerPartText(part), TEXT_MAX), part.bits]);
  const tree = element("div", "tree");
  const branches = records.map((record, i) => {
    const details = branch(recordName(record), record.bits, bits, recordTable(record));
    details.open = i === 0;
    return details;
  });
  tree.append(...branches.slice(0, RECORDS_SHOWN));
  const rest = branches.slice(RECORDS_SHOWN);
  if (rest.length > 0) {
    const restBits = records.slice(RECORDS_SHOWN).reduce((sum, record) => sum + record.bits, 0);
    const name = rest.length === 1 ? "1 more record" : `${rest.length} more records`;
    const inner = element("div", "tree", ...rest);
    const folded = branch(name, restBits, bits, inner);
    folded.lastChild.className = "";
    tree.append(folded);
  }
  if (recordsLeftOut.count > 0) {
    const text = `${numberText(recordsLeftOut.count)} more records, all cheaper`;
    tree.append(element("p", "leaf", text, figures(recordsLeftOut.bits, bits)));
  }
  tree.append(branch("packet header", headerBits, bits, table(["part", "bits"], parts)));
  return tree;
}

function branch(name, part, whole, content) {
  const bar = element("i", "amount");
  bar.style.width = `${(part / whole) * 100}%`;
  const summary = element(
    "summary",
    "",
    element("span", "name", name),
    element("span", "track", bar),
    figures(part, whole),
  );
  return element("details", "", summary, element("div", "scroll", content));
}

function figures(part, whole) {
  return element("span", "figures", `${numberText(part)} bits · ${percentText(part / whole)}`);
}

function recordName({ id, kind, sentAgain, type }) {
  const words = [type, ...(kind === null ? [] : [kind || '""']), id === "" ? '""' : String(id)];
  const again = sentAgain === undefined ? "" : `, ${againText(sentAgain)}`;
  return visibleText(words.join(" "), TEXT_MAX) + again;
}

function recordTable({ entityBits, fields, kindBits, maskBits }) {
  const rows = fields
    .toSorted((a, b) => b.bits - a.bits)
    .map((field) => [
      visibleText(field.field, TEXT_MAX),
      valueText(field.from),
      valueText(field.to) + remarkOf(field),
      field.bits,
    ]);
  if (maskBits > 0) {
    rows.push([
      `mask of ${fields.length === 1 ? "1 field" : `${fields.length} fields`}`,
      "",
      "",
      maskBits,
    ]);
  }
  rows.push([kindBits === undefined ? "id and type" : "id, type and kind", "", "", entityBits]);
  return table(["field", "old", "new", "bits"], rows);
}

function remarkOf({ from, sentAgain, to }) {
  if (sentAgain !== undefined) return ` (${againText(sentAgain)})`;
  return from !== null && Object.is(from, to) ? " (as the far end has it)" : "";
}

/** A value in short: texts in quotes, of an absent one a dash. */
function valueText(value) {
  if (value === null) return "–";
  if (typeof value === "string") return visibleText(JSON.stringify(value), TEXT_MAX);
  return Object.is(value, -0) ? "-0" : String(value);
}

function table(heads, rows) {
  const isNumber = (column) => heads[column] === "bits";
  const cell = (tag, text, column) =>
    element(
      tag,
      isNumber(column) ? "number" : "",
      typeof text === "number" ? numberText(text) : text,
    );
  return element(
    "table",
    "fields",
    element("thead", "", element("tr", "", ...heads.map((head, i) => cell("th", head, i)))),
    element(
      "tbody",
      "",
      ...rows.map((row) => element("tr", "", ...row.map((text, i) => cell("td", text, i)))),
    ),
  );
}
