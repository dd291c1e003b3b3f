import type { RecordingHeader } from "../container/recording_header.ts";
import { readIndex } from "../container/recording_index.ts";
import { Section } from "../container/section.ts";
import type { RecordingSource } from "../container/sink.ts";
import { EVENT_COUNTS_NAME, FACTS_NAME, STATE_FACTS_NAME } from "../container/format.ts";
import type { DamageFault, RecordingDamage } from "../contents/recording_damage.ts";
import { LIBRARY } from "../container/format.ts";
import { findHeader } from "../recovery/almost_header.ts";
import { RecordingReader } from "../recording_reader.ts";
import { DataVerifier, type VerifiedData } from "./data_verifier.ts";
import { FaultList } from "./fault_list.ts";
import type { FaultCost, Verification, VerifyProgress } from "./verification.ts";
import { verifyForeignIndex, verifySummary } from "./verify_summary.ts";
import { verifyStates } from "./verify_states.ts";

/**
 * Checks all of a recording: every CRC, record, length, index and rule of the format, and what the
 * writer counted against what is there. Memory holds a chunk and the index.
 *
 * @param progress who is told how far it has come
 * @throws {RecordingSyntaxError} when it is no recording, or nothing in it can be read
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { MemorySink, MemorySource } from "@hindcast/hindcast/recording";
 * import { RecordingWriter, verifyRecording } from "@hindcast/hindcast/recording";
 *
 * const sink = new MemorySink();
 * const writer = await RecordingWriter.open(sink);
 * await writer.write({ frame: 7, timeMs: 0, entities: [] });
 * await writer.close();
 *
 * const bytes = sink.bytes();
 * assert.ok((await verifyRecording(new MemorySource(bytes))).isWhole);
 * bytes[bytes.length >> 1]! ^= 1;
 * assert.ok(!(await verifyRecording(new MemorySource(bytes))).isWhole);
 * ```
 */
export async function verifyRecording(
  source: RecordingSource,
  { onBytes, onFrame }: VerifyProgress = {},
): Promise<Verification> {
  const reader = await RecordingReader.open(source, { damage: "leave-out" });
  const { damage } = reader;
  const faults = new FaultList();
  const header = await findHeader(source);
  const { end: start, fault, format, isLost, library } = header;
  const isOurs = library === LIBRARY;
  if (damage !== undefined) takeDamage(damage, reader, start, faults);
  if (fault !== undefined && !isLost) {
    const { offset, problem, section } = fault;
    faults.add({ section, offset, problem }, "nothing");
  }
  const verifier = new DataVerifier(source, isOurs && !isLost, faults, onBytes);
  const data = await verifier.verify(start);
  const isTold = damage?.faults.some(({ section }) => section === "recording" || section === "end");
  if (damage?.isCut && !isTold) faults.add(...cutFault(damage, source.size));
  // Behind the end nothing stands where an index would.
  else if (!isTold) await verifyEnd(source, header, data, verifier.chunkOffsets, faults);
  const { places } = data;
  const blocks = await verifyStates(
    reader,
    new Section(STATES, places.get(STATE_FACTS_NAME) ?? 0, source.name),
    faults,
    onFrame,
  );
  await verifyEvents(
    reader,
    new Section(COUNTS, places.get(EVENT_COUNTS_NAME) ?? 0, source.name),
    faults,
  );
  // What is whole by its CRC, and does not decode, has shown by now.
  const known = reader.damage;
  if (known !== undefined) takeDamage(known, reader, start, faults);
  else {
    await verifyFacts(reader, data, { format, isOurs }, source.name, faults);
  }
  return {
    isWhole: faults.count === 0 && known === undefined,
    rewrittenBy: isOurs ? undefined : library,
    bytes: source.size,
    frames: reader.frameCount,
    blocks,
    events: sumOf(reader.eventCounts),
    faults: faults.sorted,
    faultCount: faults.count,
    damage: known,
  };
}

/** Sections that say what the recording holds, as faults name them. */
const STATES = `attachment ${STATE_FACTS_NAME}`;
const COUNTS = `metadata ${EVENT_COUNTS_NAME}`;

function takeDamage(
  damage: RecordingDamage,
  { blocks }: RecordingReader,
  start: number,
  faults: FaultList,
): void {
  for (const fault of damage.faults) faults.add(fault, COSTS[fault.section] ?? "nothing");
  for (const { known, after } of damage.lost) {
    if (known === undefined || faults.count > 0) continue;
    const problem = `frames ${known.from} to ${known.to} of the block table are not there`;
    const before = blocks.find(({ lastFrame }) => lastFrame === after);
    const offset = before === undefined ? start : before.offset + before.length;
    faults.add({ section: "data", offset, problem }, "frames");
  }
}

const COSTS: Readonly<Record<string, FaultCost>> = {
  block: "frames",
  chunk: "frames",
  record: "frames",
  schema: "frames",
  "unchecked chunk": "frames",
  events: "events",
  names: "names",
  "metadata hindcast": "facts",
};

/** Where a file ends that has no end, and what that costs. */
function cutFault(
  { hasAllData, unfinishedBytes }: RecordingDamage,
  size: number,
): [DamageFault, FaultCost] {
  const offset = size - unfinishedBytes;
  if (hasAllData) {
    const problem = "the index behind the data has no end: it was cut or damaged";
    return [{ section: "end", offset, problem }, "nothing"];
  }
  const isTorn = unfinishedBytes > 0;
  const last = unfinishedBytes === 1 ? "last byte is" : `last ${unfinishedBytes} bytes are`;
  const rest = isTorn ? `, and the ${last} of no whole record` : "";
  const problem = `the file was cut here or is still being written${rest}`;
  return [{ section: "end", offset, problem }, isTorn ? "frames" : "nothing"];
}

/** Checks what stands behind the data. */
async function verifyEnd(
  source: RecordingSource,
  header: RecordingHeader,
  { end, summary }: VerifiedData,
  chunkOffsets: ReadonlySet<number>,
  faults: FaultList,
): Promise<void> {
  const index = await faults.attempt("nothing", () => readIndex(source, header));
  if (index === undefined) return;
  await faults.attempt("nothing", async () => {
    if (end === undefined) {
      const section = new Section("data end", index.summaryStart, source.name);
      return section.refuse("the data have no end");
    }
    // What is damaged before it implies nothing.
    if (faults.count > 0) return;
    if (header.library === LIBRARY) await verifySummary(source, summary, end);
    else verifyForeignIndex(index, chunkOffsets, source.name);
  });
}

async function verifyEvents(
  reader: RecordingReader,
  section: Section,
  faults: FaultList,
): Promise<void> {
  const counts = new Map<string, number>();
  await faults.attempt("events", async () => {
    for await (const event of reader.events()) {
      counts.set(event.name, (counts.get(event.name) ?? 0) + 1);
    }
    const [said, found] = [reader.eventCounts, counts].map(sumOf);
    if (said !== found) section.refuse(`it says ${said} events, the recording has ${found}`);
    for (const [event, count] of counts) {
      if (reader.eventCounts.get(event) === count) continue;
      section.refuse(`it says another number of ${JSON.stringify(event)} than there are, ${count}`);
    }
  });
}

/** Checks what a whole recording says of itself. */
async function verifyFacts(
  reader: RecordingReader,
  { facts, firstHash, places }: VerifiedData,
  { format, isOurs }: { readonly format: number; readonly isOurs: boolean },
  name: string | undefined,
  faults: FaultList,
): Promise<void> {
  await faults.attempt("facts", () => {
    const section = new Section(`metadata ${FACTS_NAME}`, places.get(FACTS_NAME) ?? 0, name);
    const expected = { format, firstFrame: reader.firstFrame, schemaHash: firstHash };
    for (const [key, value] of Object.entries(expected)) {
      const said = facts?.get(key);
      if (said === undefined || said === String(value)) continue;
      section.refuse(`${key} is ${JSON.stringify(said.slice(0, 60))}, the recording has ${value}`);
    }
  });
  if (!isOurs || !places.has(STATE_FACTS_NAME)) return;
  await faults.attempt("nothing", async () => {
    if (await reader.storedFacts() !== undefined) return;
    new Section(STATES, places.get(STATE_FACTS_NAME)!, name).refuse("it is of other blocks");
  });
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
