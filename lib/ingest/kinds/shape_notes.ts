import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";
import type { NotedCells } from "../texts/blank_cells.ts";
import type { TextVectors } from "./text_vectors.ts";
import type { Variants } from "./variants.ts";

const NAMED_MAX = 4;
const KINDS_MAX = 8;

/** What notes are told of a table. */
interface NotedTable {
  readonly name: string;
  readonly isDeclared: boolean;
  readonly fields: readonly { readonly name: string }[];
  readonly containers: {
    readonly untold: ReadonlySet<string>;
    readonly undeclared: ReadonlySet<string>;
    isSlot(name: string): boolean;
  };
  readonly vectors: Pick<TextVectors, "fields" | "blanks" | "mixed" | "cells" | "words">;
  readonly variants: Pick<Variants, "ending" | "merged">;
  readonly marks: { isLacked(i: number): boolean };
}

/** How the rows were read. */
export interface NotedReading {
  /** True when a field that a row lacks keeps its value. */
  readonly isSparse: boolean;
  /** True when no later reading knows what this one found. */
  readonly isOnce: boolean;
}

/** Notes on what rows lack, and on what is recorded in another shape than it came in. */
export function* shapeNotes(
  tables: Iterable<NotedTable>,
  { isSparse, isOnce }: NotedReading,
): Generator<InputNote, void, void> {
  const all = [...tables];
  yield* lackNotes(all, isSparse);
  yield* vectorNotes(all, isOnce);
  yield* variantNotes(all);
  yield* cellNotes(all);
  const untold = all.flatMap(({ name: kind, containers }) =>
    [...containers.untold].map((name) => `${excerpt(name)} of ${excerpt(kind)}`)
  );
  if (untold.length > 0) {
    yield {
      code: "empty-object-with-length",
      problem: `${list(untold)} ${
        untold.length === 1 ? "is an object" : "are objects"
      } with a member "length", and empty in some rows, where it is recorded as absent`,
      remedy: remedy`give the member another name`,
    };
  }
  const undeclared = all.flatMap(({ name: kind, containers }) =>
    [...containers.undeclared].map((name) => `${excerpt(`${name}.length`)} of ${excerpt(kind)}`)
  );
  if (undeclared.length > 0) {
    yield {
      code: "undeclared-length",
      problem: `${list(undeclared)} ${
        undeclared.length === 1 ? "is" : "are"
      } not recorded, since the schema has no such field`,
      remedy: remedy`declare the lengths that count in the ${optionKey("schema")} file, as u16`,
    };
  }
}

function* lackNotes(
  tables: readonly NotedTable[],
  isSparse: boolean,
): Generator<InputNote, void, void> {
  const lacking = tables.filter(({ isDeclared }) => !isDeclared).flatMap((table) => {
    const names = table.fields.filter(({ name }, i) =>
      table.marks.isLacked(i) && !table.containers.isSlot(name)
    ).map(({ name }) => excerpt(name));
    return names.length === 0 ? [] : [{ kind: excerpt(table.name), names }];
  });
  for (const { kind, names } of lacking.slice(0, KINDS_MAX)) {
    const problem = `some ${isSparse ? "entities" : "rows"} of ${kind} have no ${
      list(names)
    }, which ${
      names.length === 1 ? "is recorded as an optional field" : "are recorded as optional fields"
    }`;
    yield isSparse ? { code: "optional-fields", problem } : {
      code: "optional-fields",
      problem,
      remedy: remedy`if rows hold only what changed, give ${optionKey("sparse")}`,
    };
  }
  const more = lacking.length - KINDS_MAX;
  if (more > 0) {
    yield { code: "optional-fields", problem: `rows of ${more} more kinds lack fields as well` };
  }
}

function* vectorNotes(
  tables: readonly NotedTable[],
  isOnce: boolean,
): Generator<InputNote, void, void> {
  const vectors: string[] = [];
  const parts = new Set<string>();
  const blanks: string[] = [];
  const mixed: string[] = [];
  const late: string[] = [];
  for (const { name: kind, vectors: texts } of tables) {
    const named = (name: string) => `${excerpt(name)} of ${excerpt(kind)}`;
    for (const [name, { example, names }] of texts.fields) {
      vectors.push(`${named(name)} (such as ${excerpt(example)})`);
      parts.add(names.split(",").slice(0, 2).map((part) => `".${part}"`).join(", "));
    }
    for (const [name, { count, line, text }] of texts.blanks) {
      blanks.push(
        `${named(name)} (${count} ${count === 1 ? "value" : "values"}, ${text} in line ${line})`,
      );
    }
    for (const { name, vectors, values, example, other, hadNumbers } of texts.mixed()) {
      (hadNumbers ? late : mixed).push(
        `${named(name)} (${vectors} of ${values} values are like ${
          excerpt(example)
        }, line ${other.line} has ${other.text})`,
      );
    }
  }
  if (vectors.length > 0) {
    const [is, are] = vectors.length === 1 ? ["is a text", "is"] : ["are texts", "are"];
    yield {
      code: "text-vectors",
      problem: `${list(vectors)} ${is} of numbers, which ${are} recorded as numbers: ${
        [...parts].slice(0, NAMED_MAX).join(" or ")
      } and so on`,
      remedy: remedy`declare a text in a ${optionKey("schema")} file to keep the text`,
    };
  }
  if (blanks.length > 0) {
    yield {
      code: "vectors-not-finite",
      problem: `${list(blanks)} ${
        blanks.length === 1 ? "has" : "have"
      } words where a number is not finite, which is recorded as absent there`,
    };
  }
  if (mixed.length > 0) {
    yield {
      code: "text-vectors-mixed",
      problem: `${list(mixed)} ${
        mixed.length === 1 ? "is" : "are"
      } recorded as texts, not as numbers, because not all values are vectors of one form`,
      remedy: remedy`send null where there is none`,
    };
  }
  if (late.length > 0) {
    yield {
      code: "text-vectors-mixed",
      problem: `${list(late)} ${
        late.length === 1 ? "is" : "are"
      } recorded as numbers before that line and as texts from it on, because not all values are vectors of one form`,
      remedy: remedy`send null where there is none${
        isOnce ? ", or record it from a file, which makes all of them texts" : ""
      }`,
    };
  }
}

function* variantNotes(tables: readonly NotedTable[]): Generator<InputNote, void, void> {
  const ending: string[] = [];
  const merged: string[] = [];
  for (const { name: kind, variants } of tables) {
    for (const path of variants.ending()) ending.push(`${excerpt(path)} of ${excerpt(kind)}`);
    for (const [path, first, other] of variants.merged()) {
      const members = `${excerpt(first)} in some rows and ${excerpt(other)} in others`;
      merged.push(`${excerpt(path)} of ${excerpt(kind)} (${members})`);
    }
  }
  if (ending.length > 0) {
    yield {
      code: "variants",
      problem: `${list(ending)} ${
        ending.length === 1 ? "is a text" : "are texts"
      } in some rows and an object of one member in others, of which each is taken for the whole of it, and ends the one before`,
    };
  }
  if (merged.length > 0) {
    yield {
      code: "merged-objects",
      problem: `no row has two members of ${list(merged)}: what a row leaves out keeps its value`,
      remedy: remedy`if one takes the place of the other, send null for what ends`,
    };
  }
}

function* cellNotes(tables: readonly NotedTable[]): Generator<InputNote, void, void> {
  const absent: string[] = [];
  const minuses: string[] = [];
  const words: string[] = [];
  for (const { name: kind, vectors } of tables) {
    const counted = (noted: ReadonlyMap<string, NotedCells>, unit: string) =>
      [...noted].map(([name, { cell, line, count }]) => {
        const values = `${count} ${count === 1 ? unit : `${unit}s`}`;
        return `${excerpt(name)} of ${excerpt(kind)} (${values}, ${excerpt(cell)} in line ${line})`;
      });
    absent.push(...counted(vectors.cells.absent, "cell"));
    minuses.push(...counted(vectors.cells.minuses, "cell"));
    words.push(...counted(vectors.words.absent, "value"));
  }
  if (words.length > 0) {
    yield {
      code: "not-finite-texts",
      problem: `${
        list(words)
      }: texts in place of numbers that are not finite are recorded as absent`,
    };
  }
  if (absent.length > 0) {
    yield {
      code: "absent-cells",
      problem: `${list(absent)}: words in columns of numbers are recorded as absent`,
    };
  }
  if (minuses.length > 0) {
    yield {
      code: "unicode-minus",
      problem: `${list(minuses)}: numbers with the sign U+2212 are texts, and so is their column`,
      remedy: remedy`write "-" (U+002D) instead, such as with sed 's/−/-/g'`,
    };
  }
}

/** The first few of many, in words. */
function list(names: readonly string[]): string {
  const first = names.slice(0, NAMED_MAX);
  const more = names.length - first.length;
  if (more > 0) first.push(`${more} more`);
  return first.length === 1 ? first[0]! : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`;
}
