import type { BlockContent } from "../block/block_content.ts";
import { type BlockEntry, spanOf } from "../block/block_table.ts";
import { BLOCK_MS_MAX, STATE_FACTS_NAME } from "../container/format.ts";
import { Section } from "../container/section.ts";
import type { StateFacts } from "../facts/state_facts.ts";
import { StateTally } from "../facts/state_tally.ts";
import { storedFactsBytes } from "../facts/stored_facts.ts";
import type { RecordingReader } from "../recording_reader.ts";
import type { FaultList } from "./fault_list.ts";

/** Memory that counting may take, as much as a writer's. */
const TALLY_BUDGET = { numbers: 1 << 20, texts: 1 << 19 };

/** Decodes every block and checks it against the rules, the block table and what the writer counted. */
export async function verifyStates(
  reader: RecordingReader,
  name: string | undefined,
  faults: FaultList,
  onFrame?: (frames: number) => void,
): Promise<void> {
  const tally = new StateTally(TALLY_BUDGET);
  for (const [index, entry] of reader.blocks.entries()) {
    const section = new Section("block", entry.offset, name);
    const content = await faults.attempt("frames", () => reader.readTracks(index));
    if (content === undefined) continue;
    await faults.attempt("nothing", () => checkBlock(content, entry, section));
    tally.add(content, reader.layout);
    for (let i = 0; i < entry.frameCount; i++) onFrame?.(reader.frameCount);
  }
  const stored = await reader.storedFacts();
  if (stored === undefined || faults.count > 0 || !tally.isWhole) return;
  const section = new Section(`attachment ${STATE_FACTS_NAME}`, 0, name);
  await faults.attempt("nothing", () => {
    if (!isSame(stored, tally.facts())) section.refuse("it says other than the blocks hold");
  });
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
