import { FORMAT_VERSION } from "../container/format.ts";

/*
 * The two metadata records of a recording. FORMAT.md, "Metadata": facts that are known when the
 * first frame is, which a cut file is recovered with, and the number of events by name.
 */

/** What is known of a recording besides its states. */
export interface RecordingFacts {
  /** Frames per second that the source declared. */
  readonly rateHz: number | undefined;
  /** Facts about the source by name. */
  readonly source: ReadonlyMap<string, string>;
  /** Facts about how the server replicates by name. */
  readonly replication: ReadonlyMap<string, string>;
  /** Facts about how the server rewinds by name. */
  readonly rewind: ReadonlyMap<string, string>;
}

const SOURCE_PREFIX = "source.";
const REPLICATION_PREFIX = "replication.";
const REWIND_PREFIX = "rewind.";

/** Members of the record of facts. */
export function factMembers(
  facts: RecordingFacts,
  first: { readonly frame: number | undefined; readonly schemaHash: string | undefined },
): Map<string, string> {
  const members = new Map([["format", String(FORMAT_VERSION)]]);
  if (facts.rateHz !== undefined) members.set("rateHz", String(facts.rateHz));
  if (first.frame !== undefined) members.set("firstFrame", String(first.frame));
  if (first.schemaHash !== undefined) members.set("schemaHash", first.schemaHash);
  for (const [name, fact] of facts.source) members.set(SOURCE_PREFIX + name, fact);
  for (const [name, fact] of facts.replication) members.set(REPLICATION_PREFIX + name, fact);
  for (const [name, fact] of facts.rewind) members.set(REWIND_PREFIX + name, fact);
  return members;
}

/** Facts of the members of their record. */
export function factsOf(members: ReadonlyMap<string, string>): RecordingFacts {
  const rateHz = members.has("rateHz") ? Number(members.get("rateHz")) : undefined;
  return {
    rateHz,
    source: membersWith(SOURCE_PREFIX, members),
    replication: membersWith(REPLICATION_PREFIX, members),
    rewind: membersWith(REWIND_PREFIX, members),
  };
}

function membersWith(prefix: string, members: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of members) {
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), value);
  }
  return found;
}

/** Members of the record with the number of events by name. */
export function countMembers(counts: ReadonlyMap<string, number>): Map<string, string> {
  return new Map([...counts].map(([name, count]) => [name, String(count)]));
}

/** Number of events by name of the members of their record. */
export function countsOf(members: ReadonlyMap<string, string>): Map<string, number> {
  return new Map([...members].map(([name, count]) => [name, Number(count)]));
}
