import type { BlockContent } from "../block/block_content.ts";
import { type BlockEntry, spanOf } from "../block/block_table.ts";
import { BLOCK_MS_MAX } from "../container/format.ts";
import { Section } from "../container/section.ts";
import type { StateFacts } from "../facts/state_facts.ts";
import { StateTally } from "../facts/state_tally.ts";
import { storedFactsBytes } from "../facts/stored_facts.ts";
import type { RecordingReader } from "../recording_reader.ts";
import type { FaultList } from "./fault_list.ts";

/** Memory that counting may take, as much as a writer's. */
const TALLY_BUDGET = { numbers: 1 << 20, texts: 1 << 19 };

/**
 * Decodes every block and checks it against the rules, the block table and what the writer counted.
 * What does not decode is damage that the reader tells of.
 *
 * @param facts section that says what the writer counted
 * @returns number of blocks that decode
 */
export async function verifyStates(
  reader: RecordingReader,
  facts: Section,
  faults: FaultList,
  onFrame?: (frames: number) => void,
): Promise<number> {
  const tally = new StateTally(TALLY_BUDGET);
  let blocks = 0;
  for (const [index, entry] of reader.blocks.entries()) {
    const section = new Section("block", entry.offset, facts.file);
    const content = await reader.readTracks(index);
    if (content.frames.length === 0) continue;
    blocks++;
    await faults.attempt("nothing", () => checkBlock(content, entry, section));
    tally.add(content, reader.layout);
    for (let i = 0; i < entry.frameCount; i++) onFrame?.(reader.frameCount);
  }
  const stored = await reader.storedFacts();
  const isComparable = stored !== undefined && faults.count === 0 && tally.isWhole &&
    reader.damage === undefined;
  if (!isComparable) return blocks;
  await faults.attempt("nothing", () => {
    if (!isSame(stored, tally.facts())) facts.refuse("it says other than the blocks hold");
  });
  return blocks;
}

function checkBlock(content: BlockContent, entry: BlockEntry, section: Section): void {
  const span = spanOf(content);
  for (const key of ["firstTimeMs", "lastTimeMs", "minTimeMs"] as const) {
    if (!Object.is(span[key], entry[key])) {
      section.refuse(
        `its ${TIMES[key]} time is ${span[key]} ms, and the block table says ${entry[key]}`,
      );
    }
  }
  const [firstMs] = content.timesMs;
  const late = content.timesMs.find((timeMs) => timeMs - firstMs! >= BLOCK_MS_MAX);
  if (late !== undefined) {
    section.refuse(`it spans ${late - firstMs!} ms, less than ${BLOCK_MS_MAX} are allowed`);
  }
}

const TIMES = { firstTimeMs: "first", lastTimeMs: "last", minTimeMs: "smallest" } as const;

/** True when two say the same, as they are stored. */
function isSame(a: StateFacts, b: StateFacts): boolean {
  const [bytesA, bytesB] = [a, b].map((facts) => storedFactsBytes(facts, ""));
  return bytesA?.length === bytesB?.length && !bytesA?.some((byte, i) => byte !== bytesB![i]);
}
