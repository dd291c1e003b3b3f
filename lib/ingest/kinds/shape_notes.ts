import { optionKey, remedy } from "../../core/remedy.ts";
import { excerpt } from "../input/excerpt.ts";
import type { InputNote } from "../input/input_note.ts";

const NAMED_MAX = 4;
const KINDS_MAX = 8;

/** What notes are told of a table. */
interface NotedTable {
  readonly name: string;
  readonly isDeclared: boolean;
  readonly fields: readonly { readonly name: string }[];
  readonly containers: { readonly untold: ReadonlySet<string>; isSlot(name: string): boolean };
  readonly vectors: { examples(): Iterable<readonly [name: string, example: string]> };
  readonly marks: { isLacked(i: number): boolean };
}

/** Notes on what rows lack, and on what is recorded in another shape than it came in. */
export function* shapeNotes(
  tables: Iterable<NotedTable>,
  isSparse: boolean,
): Generator<InputNote, void, void> {
  const all = [...tables];
  yield* lackNotes(all, isSparse);
  const vectors = all.flatMap(({ name: kind, vectors }) =>
    Array.from(
      vectors.examples(),
      ([name, example]) => `${excerpt(name)} of ${excerpt(kind)} (such as ${excerpt(example)})`,
    )
  );
  if (vectors.length > 0) {
    yield {
      code: "text-vectors",
      problem: `${list(vectors)} ${
        vectors.length === 1 ? "is a text" : "are texts"
      } of numbers in parentheses, which are recorded as numbers: ".0", ".1" and so on`,
      remedy: remedy`declare a text in a ${optionKey("schema")} file to keep the text`,
    };
  }
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

/** The first few of many, in words. */
function list(names: readonly string[]): string {
  const first = names.slice(0, NAMED_MAX);
  const more = names.length - first.length;
  if (more > 0) first.push(`${more} more`);
  return first.length === 1 ? first[0]! : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`;
}
