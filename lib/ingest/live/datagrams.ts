import { SequenceGaps } from "./sequence_gaps.ts";
import { topMembers } from "./top_members.ts";

const SEQUENCE = '"seq"';
const TOKEN = '"token"';

/** Lines of the datagrams of one address. */
export class Datagrams {
  /** What their `seq` says; undefined while no line carried one. */
  sequence: SequenceGaps | undefined;

  /**
   * Lines of a datagram without `seq` and `token`. A line that is left out, as its datagram came
   * before or its number is none, is a blank one.
   *
   * @param bytes UTF-8; a final newline is not needed
   * @param onBad told of a line whose number is none, counted from 0
   */
  read(bytes: Uint8Array, onBad: (index: number) => void): Uint8Array {
    const text = decoder.decode(bytes);
    if (!text.includes(SEQUENCE) && !text.includes(TOKEN)) return bytes;
    const lines = text.split("\n").map((line, i) => cut(line, i === 0));
    let isTwice = false;
    for (let i = 0; i < lines.length;) {
      const { sequence } = lines[i]!;
      let end = i + 1;
      // Lines of one datagram may carry its one number, or its first one alone.
      while (end < lines.length && [undefined, sequence].includes(lines[end]!.sequence)) end++;
      const part = lines.slice(i, end).map(({ rest }) => rest);
      if (sequence !== undefined) {
        const fate = (this.sequence ??= new SequenceGaps()).add(sequence, hashOf(part));
        isTwice = fate === "duplicate";
      }
      if (isTwice) { for (let j = i; j < end; j++) lines[j] = LEFT_OUT; }
      i = end;
    }
    lines.forEach(({ isBad }, i) => {
      if (isBad) onBad(i);
    });
    return new TextEncoder().encode(lines.map(({ rest, isBad }) => isBad ? "" : rest).join("\n"));
  }
}

/** A line without what only its way is about. */
interface CutLine {
  readonly rest: string;
  readonly sequence: number | undefined;
  /** True when its `seq` is none. */
  readonly isBad: boolean;
}

const LEFT_OUT: CutLine = { rest: "", sequence: undefined, isBad: false };

/** FNV-1a of lines. */
function hashOf(lines: readonly string[]): number {
  let hash = 0x811c9dc5 | 0;
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) {
      hash = Math.imul(hash ^ line.charCodeAt(i), 0x01000193);
    }
    hash = Math.imul(hash ^ 10, 0x01000193);
  }
  return hash;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function cut(line: string, isFirst: boolean): CutLine {
  let sequence: number | undefined;
  let isBad = false;
  if (!line.startsWith("{") || !(line.includes(SEQUENCE) || line.includes(TOKEN))) {
    return { rest: line, sequence, isBad };
  }
  const members = topMembers(line);
  const kept = members.filter(({ key, valueAt, valueEnd }) => {
    if (isFirst && key === TOKEN) return false;
    if (key !== SEQUENCE) return true;
    const text = line.slice(valueAt, valueEnd);
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value)) sequence = value;
    else isBad = true;
    return false;
  });
  if (kept.length === members.length) return { rest: line, sequence, isBad };
  const end = members.at(-1)!.valueEnd;
  const inner = kept.map(({ keyAt, valueEnd }) => line.slice(keyAt, valueEnd)).join(",");
  // What is left of a line of a token alone says nothing.
  const rest = kept.length === 0 ? "" : `{${inner}${line.slice(end)}`;
  return { rest, sequence, isBad };
}
