import type { RefusedLine } from "../input/refused_line.ts";
import { findMember } from "../rows/json_places.ts";
import { cellAt } from "./cell_at.ts";

/** Part of a line, in UTF-16 code units. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Numbers that are none in JSON, though some writers print them. */
const NO_NUMBER = /-?(?:NaN|Infinity|nan|inf)\b/y;

/** Where such a word stands; undefined for anything else. */
export function wordPlace(text: string, offset: number): Place | undefined {
  NO_NUMBER.lastIndex = offset;
  const word = NO_NUMBER.exec(text)?.[0];
  return word === undefined ? undefined : { start: offset, end: offset + word.length };
}

/** What stands for the path of such a word, which no JSON gives; undefined for anything else. */
export function wordPath(text: string, offset: number): string | undefined {
  return wordPlace(text, offset) && `@${offset}`;
}

/** Where a member can be put into a row; undefined where that is no line of its own. */
export function memberStart({ text, isCsv, error }: RefusedLine): Place | undefined {
  const start = text.indexOf("{") + 1;
  const isRow = !isCsv && start > 0 && error().place.column === undefined;
  return isRow && !/^\s*\}/.test(text.slice(start)) ? { start, end: start } : undefined;
}

/** Where the value at a path stands in a line. */
export function placeOf({ text, isCsv, error }: RefusedLine, path: string): Place | undefined {
  if (!isCsv) {
    const member = findMember(text, path);
    return member && { start: member.valueAt, end: member.valueEnd };
  }
  // A record that spans lines has its place in lines, which say no character of it.
  const { column } = error().place;
  return column === undefined || text.includes("\n") ? undefined : cellAt(text, column - 1);
}
