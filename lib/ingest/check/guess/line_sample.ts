import type { ByteSource } from "../../input/byte_source.ts";
import { InputSyntaxError } from "../../input/input_error.ts";
import { cellCategory, cellValue } from "../../rows/csv_cell.ts";
import { isDelimiterLine, splitRecord } from "../../rows/csv_record.ts";
import { RowFault } from "../../input/row_fault.ts";
import { quoteLongIntegers } from "../../rows/long_numbers.ts";
import { readLines } from "../../rows/text_lines.ts";

const LINES_MAX = 4000;
const UNITS_MAX = 4 * 1024 * 1024;
/** Objects of a line, or members of a row, that are looked at. */
const MEMBERS_MAX = 256;
/** Levels of objects that are looked into for keys. */
const DEPTH_MAX = 3;

/** Values that are none in JSON, though some writers print them. */
const NO_NUMBER = /(?<=[:,[]\s*)-?(?:NaN|Infinity|nan|inf)(?=\s*[,}\]])/g;

/** Scalars of an object by their dotted paths, lists left out. */
export type Scalars = ReadonlyMap<string, string | number | boolean>;

/** A line of an input: what it says of itself, and the objects that it lists. */
export interface SampledLine {
  /** Its own scalars. */
  readonly own: Scalars;
  /** Scalars of objects in lists, by the path of the list. */
  readonly lists: ReadonlyMap<string, readonly Scalars[]>;
  /** Its lists of texts and numbers, by their paths. */
  readonly plainLists?: ReadonlyMap<string, readonly unknown[]> | undefined;
}

/** The first lines of an input that are JSON objects or records of CSV, as far as they can be read. */
export async function sampleLines(input: ByteSource, source: string): Promise<SampledLine[]> {
  const sample: SampledLine[] = [];
  let header: CsvHeader | undefined;
  let units = 0;
  try {
    for await (const { lines } of readLines(input, source)) {
      for (const line of lines) {
        units += line.length;
        if (sample.length >= LINES_MAX || units > UNITS_MAX) return sample;
        const text = line.slice(Math.max(0, line.search(/[^\s\p{Cc}\p{Cf}]/u))).trimEnd();
        if (text === "") continue;
        if (header === undefined) {
          const object = parsed(text);
          if (object !== undefined) sample.push(sampled(object));
          else if (sample.length === 0 && !isDelimiterLine(line)) header = headerOf(text);
          continue;
        }
        const record = recordOf(text, header);
        if (record !== undefined) sample.push({ own: record, lists: new Map() });
      }
    }
  } catch (error) {
    // It is met again where the input is read.
    if (!(error instanceof InputSyntaxError)) throw error;
  }
  return sample;
}

interface CsvHeader {
  readonly delimiter: string;
  readonly names: readonly string[];
}

function headerOf(text: string): CsvHeader | undefined {
  const delimiters = [",", ";", "\t"].map((delimiter) => ({
    delimiter,
    names: cellsOf(text, delimiter),
  }));
  delimiters.sort((a, b) => b.names.length - a.names.length);
  const { delimiter, names } = delimiters[0]!;
  return names.length < 2 ? undefined : { delimiter, names };
}

function recordOf(text: string, { delimiter, names }: CsvHeader): Scalars | undefined {
  const cells = cellsOf(text, delimiter);
  if (cells.length !== names.length) return undefined;
  const scalars = new Map<string, string | number | boolean>();
  for (const [i, name] of names.entries()) {
    const cell = cells[i]!;
    if (cell === "" || name === "") continue;
    const number = Number(cell);
    const isNumber = Number.isFinite(number) && /^-?\d/.test(cell);
    const isTruth = !isNumber && cellCategory(cell) === "boolean";
    scalars.set(name, isNumber ? number : isTruth ? cellValue(cell, "boolean") === true : cell);
  }
  return scalars;
}

function cellsOf(text: string, delimiter: string): string[] {
  try {
    return splitRecord(text, delimiter).cells.map((cell) => cell ?? "");
  } catch (fault) {
    if (!(fault instanceof RowFault)) throw fault;
    return [];
  }
}

function parsed(text: string): object | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const plain = text.replace(NO_NUMBER, "null");
    return JSON.parse(/\d{16}/.test(plain) ? quoteLongIntegers(plain) : plain) as object;
  } catch {
    return undefined;
  }
}

function sampled(object: object): SampledLine {
  const own = new Map<string, string | number | boolean>();
  const lists = new Map<string, readonly Scalars[]>();
  const plainLists = new Map<string, readonly unknown[]>();
  collect(object, "", 1, own, lists, plainLists);
  return { own, lists, plainLists };
}

function collect(
  object: object,
  prefix: string,
  depth: number,
  scalars: Map<string, string | number | boolean>,
  lists: Map<string, readonly Scalars[]> | undefined,
  plainLists?: Map<string, readonly unknown[]>,
): void {
  const members = object as Readonly<Record<string, unknown>>;
  for (const key in members) {
    if (scalars.size >= MEMBERS_MAX) return;
    const value = members[key];
    const path = prefix + key;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      scalars.set(path, value);
    } else if (Array.isArray(value)) {
      if (lists !== undefined && lists.size < MEMBERS_MAX) addList(path, value, lists);
      const isPlain = value.every((item) => typeof item === "string" || typeof item === "number");
      if (isPlain && (plainLists?.size ?? MEMBERS_MAX) < MEMBERS_MAX) {
        plainLists!.set(path, value.slice(0, MEMBERS_MAX));
      }
    } else if (typeof value === "object" && value !== null && depth < DEPTH_MAX) {
      collect(value, `${path}.`, depth + 1, scalars, lists, plainLists);
    }
  }
}

function addList(
  path: string,
  list: readonly unknown[],
  lists: Map<string, readonly Scalars[]>,
): void {
  const rows = list.slice(0, MEMBERS_MAX).map((item) => {
    const scalars = new Map<string, string | number | boolean>();
    if (typeof item === "object" && item !== null) collect(item, "", 1, scalars, undefined);
    return scalars;
  });
  if (rows.some(({ size }) => size > 0)) lists.set(path, rows);
}
