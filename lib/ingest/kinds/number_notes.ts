import { optionKey, remedy } from "../../core/remedy.ts";
import type { DecimalMark } from "../input/decimal_mark.ts";
import { Binary32Facts } from "./binary32_facts.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import type { KindWatch } from "./kind_watch.ts";
import type { TextFacts, TextLook } from "./text_facts.ts";

const NAMED_MAX = 4;

/** A field that a note is about. */
interface NotedField {
  readonly kind: string;
  readonly name: string;
  /** A text of the field. */
  readonly example: string;
}

/**
 * Notes on numbers that came as something else: one for each way, with the fields it was met in.
 *
 * @param isOnce true when no later reading knows what this one found
 */
export function numberNotes(
  watches: Iterable<readonly [kind: string, watch: KindWatch]>,
  isOnce: boolean = false,
): InputNote[] {
  const singles: NotedField[] = [];
  const texts = new Map<TextLook, NotedField[]>();
  for (const [kind, watch] of watches) {
    for (const [name, facts] of watch.facts()) {
      if (facts instanceof Binary32Facts) {
        if (facts.isCarried) singles.push({ kind, name, example: "" });
      } else addText(texts, kind, name, facts);
    }
  }
  return [...textNotes(texts, isOnce), ...singleNotes(singles)];
}

function addText(
  texts: Map<TextLook, NotedField[]>,
  kind: string,
  name: string,
  facts: TextFacts,
): void {
  const look = facts.look;
  if (look === undefined) return;
  const fields = texts.get(look) ?? [];
  texts.set(look, fields);
  fields.push({ kind, name, example: facts.first });
}

function* textNotes(
  texts: ReadonlyMap<TextLook, readonly NotedField[]>,
  isOnce: boolean,
): Generator<InputNote, void, void> {
  const of = (look: TextLook) => texts.get(look) ?? [];
  // What any mark makes a number goes along with the mark that the other columns need.
  const mark: DecimalMark = of("comma").length > 0 && of("point").length === 0 ? "comma" : "point";
  const byMark: Record<DecimalMark, readonly NotedField[]> = {
    comma: of("comma"),
    point: of("point"),
    [mark]: [...of(mark), ...of("any mark")],
  };
  for (const value of ["comma", "point"] as const) {
    if (byMark[value].length === 0) continue;
    const look = of(value).length > 0 ? `a decimal ${value}` : "a sign or marks of thousands";
    yield {
      code: "decimal",
      problem: `${named(byMark[value])} as texts that look like numbers with ${look}`,
      remedy: remedy`give ${optionKey("decimal")} ${value}`,
      mend: { decimal: value },
    };
  }
  if (of("either mark").length > 0) {
    yield {
      code: "decimal",
      problem: `${
        named(of("either mark"))
      } as texts that look like numbers, with a mark of decimals or of thousands`,
      remedy: remedy`give ${optionKey("decimal")} comma or point`,
    };
  }
  if (of("blank first").length > 0) {
    yield {
      code: "blank-cells",
      problem: `${
        named(of("blank first"))
      } as texts because of such a first cell, though others are numbers`,
      remedy: remedy`leave cells empty where there is no value${
        isOnce ? ", or record it from a file" : ""
      }`,
    };
  }
  if (of("hexadecimal").length > 0) {
    yield {
      code: "hexadecimal",
      problem: `${named(of("hexadecimal"))} as texts that look like hexadecimal numbers`,
      remedy: remedy`write them in decimal to have numbers`,
    };
  }
  for (const [look, type] of [["number", "a number"], ["integer64", "u64"]] as const) {
    if (of(look).length === 0) continue;
    yield {
      code: "numeric-text",
      problem: `${named(of(look))} as texts that look like numbers`,
      remedy: remedy`if they are, declare ${type} in a ${optionKey("schema")} file`,
    };
  }
}

function* singleNotes(fields: readonly NotedField[]): Generator<InputNote, void, void> {
  if (fields.length === 0) return;
  yield {
    code: "binary32",
    problem: `${
      named(fields)
    } as f64, but every value is the decimal of a binary32, which f32 holds in 4 bytes instead of 8`,
    remedy: remedy`declare f32 in a ${optionKey("schema")} file`,
  };
}

/** `the field "x" of "player" is recorded`, with the first few of many. */
function named(fields: readonly NotedField[]): string {
  const first = fields.slice(0, NAMED_MAX).map(({ kind, name, example }) => {
    const such = example === "" ? "" : ` (such as ${excerpt(example)})`;
    return `${excerpt(name)} of ${excerpt(kind)}${such}`;
  });
  const more = fields.length - first.length;
  if (more > 0) first.push(`${more} more`);
  const list = first.length === 1
    ? first[0]!
    : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`;
  return fields.length === 1 ? `the field ${list} is recorded` : `the fields ${list} are recorded`;
}
