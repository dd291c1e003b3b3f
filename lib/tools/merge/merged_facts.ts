import type { InputNote } from "../../ingest/input/input_note.ts";
import { listed } from "../select/listed.ts";
import type { MergeInput } from "./merge_input.ts";

/** Facts of several recordings as those of one. */
export interface MergedFacts {
  /** Declared frames per second. */
  readonly rateHz: number | undefined;
  /** Facts about the source by name. */
  readonly source: Readonly<Record<string, string>>;
  /** How the server replicates, by name. */
  readonly replication: Readonly<Record<string, string>>;
  /** How the server rewinds, by name. */
  readonly rewind: Readonly<Record<string, string>>;
  /** What the recordings do not agree in. */
  readonly notes: readonly InputNote[];
}

/** Facts that a note lists. */
const LISTED_MAX = 3;

/** Facts of the first recording that has each, with a note where others say otherwise. */
export function mergedFacts(inputs: readonly MergeInput[]): MergedFacts {
  const notes: InputNote[] = [];
  const facts = (name: "source" | "replication" | "rewind", words: string) => {
    const { differing, facts } = firstFacts(inputs, (reader) => reader[name]);
    if (differing !== "") {
      notes.push({
        code: `${name}-facts`,
        problem: `${words}, and the first counts: ${differing}`,
      });
    }
    return facts;
  };
  const source = facts("source", "the facts about the source differ");
  const replication = facts("replication", "how the servers replicate differs");
  const rewind = facts("rewind", "how the servers rewind differs");
  const first = inputs.find(({ reader }) => reader.declaredRateHz !== undefined);
  const rateHz = first?.reader.declaredRateHz;
  const other = inputs.find(({ reader }) => reader.declaredRateHz !== rateHz);
  if (first !== undefined && other !== undefined) {
    const otherHz = other.reader.declaredRateHz;
    notes.push({
      code: "declared-rates",
      problem: `${first.name} declares ${rateHz} frames a second and ${other.name} ${
        otherHz ?? "none"
      }, and the first counts`,
    });
  }
  return {
    rateHz,
    source,
    replication,
    rewind,
    notes,
  };
}

/** Facts by name, each of the first input that has it, and what others say otherwise. */
function firstFacts(
  inputs: readonly MergeInput[],
  factsOf: (reader: MergeInput["reader"]) => ReadonlyMap<string, string>,
): { readonly facts: Readonly<Record<string, string>>; readonly differing: string } {
  const found = new Map<string, readonly [fact: string, name: string]>();
  const differing = new Map<string, string>();
  for (const { name, reader } of inputs) {
    for (const [key, fact] of factsOf(reader)) {
      const [first, from] = found.get(key) ?? [];
      if (first === undefined) found.set(key, [fact, name]);
      else if (first !== fact) {
        const [a, b] = [JSON.stringify(first), JSON.stringify(fact)];
        differing.set(key, `${key} is ${a} in ${from} and ${b} in ${name}`);
      }
    }
  }
  return {
    facts: Object.fromEntries([...found].map(([key, [fact]]) => [key, fact])),
    differing: listed([...differing.values()], LISTED_MAX),
  };
}
