import { SequenceGaps } from "./sequence_gaps.ts";
import { topMembers } from "./top_members.ts";

const SEQUENCE = '"seq"';
const TOKEN = '"token"';

/** Lines of the datagrams of one address. */
export class Datagrams {
  /** What their `seq` says; undefined while no line carried one. */
  sequence: SequenceGaps | undefined;

  /**
   * Lines of a datagram without `seq` and `token`, those of one that came already left out.
   *
   * @param bytes UTF-8; a final newline is not needed
   */
  read(bytes: Uint8Array): Uint8Array {
    const text = decoder.decode(bytes);
    if (!text.includes(SEQUENCE) && !text.includes(TOKEN)) return bytes;
    let last: number | undefined;
    let isTwice = false;
    const lines = text.split("\n").map((line, i) => {
      const { rest, sequence } = cut(line, i === 0);
      // Lines of one datagram may carry its one number.
      if (sequence !== undefined && sequence !== last) {
        last = sequence;
        isTwice = (this.sequence ??= new SequenceGaps()).add(sequence) === "duplicate";
      }
      return isTwice ? "" : rest;
    });
    return new TextEncoder().encode(lines.filter((line) => line !== "").join("\n"));
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** A line without what only its way is about. */
function cut(
  line: string,
  isFirst: boolean,
): { readonly rest: string; readonly sequence: number | undefined } {
  let sequence: number | undefined;
  if (!line.startsWith("{") || !(line.includes(SEQUENCE) || line.includes(TOKEN))) {
    return { rest: line, sequence };
  }
  const members = topMembers(line);
  const kept = members.filter(({ key, valueAt, valueEnd }) => {
    if (isFirst && key === TOKEN) return false;
    if (key !== SEQUENCE) return true;
    const value = Number(line.slice(valueAt, valueEnd));
    if (!Number.isSafeInteger(value) || value < 0) return true;
    sequence = value;
    return false;
  });
  if (kept.length === members.length) return { rest: line, sequence };
  const end = members.at(-1)!.valueEnd;
  const inner = kept.map(({ keyAt, valueEnd }) => line.slice(keyAt, valueEnd)).join(",");
  // What is left of a line of a token alone says nothing.
  const rest = kept.length === 0 ? "" : `{${inner}${line.slice(end)}`;
  return { rest, sequence };
}
