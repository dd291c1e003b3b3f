import { type DamageHandling, openContents } from "./recovery/open_contents.ts";
import { EntityNames } from "../core/names/entity_names.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { BlockReader } from "./block_reader.ts";
import type { RecordingContents } from "./contents/recording_contents.ts";
import type { RecordingDamage } from "./contents/recording_damage.ts";
import type { RecordingSource } from "./container/sink.ts";

/**
 * What a recording holds, its entities with ids that are theirs or say that they are lost.
 *
 * @throws {RecordingSyntaxError} when it is no recording, or nothing of it can be read; with
 *   `refuse` also when it is not whole
 */
export async function openNamed(
  source: RecordingSource,
  handling: DamageHandling,
): Promise<RecordingContents> {
  return await withLostIds(source, await openContents(source, handling));
}

/**
 * A recording with ids for the entities whose own may be lost, which no id can be mistaken for: all
 * of its blocks are decoded. An entity that stands before what is lost has its number for its id.
 *
 * @returns the recording itself where no id is lost
 */
async function withLostIds(
  source: RecordingSource,
  contents: RecordingContents,
): Promise<RecordingContents> {
  const { blocks, damage, namesLostFrom = Infinity, names: known, revisions } = contents;
  if (namesLostFrom === Infinity || damage === undefined || blocks.length === 0) return contents;
  const names = EntityNames.of(known.list);
  const { schema } = revisions;
  const reader = new BlockReader(source, contents, new SnapshotLayout(schema), () => {});
  const taken = new Set(known.list.map(({ id }) => id));
  const own = new Set<number>();
  let lostIds = 0;
  for (const [index, { offset }] of blocks.entries()) {
    for (const { ids, kind } of (await reader.content(index)).kinds) {
      for (const entity of ids) {
        if (names.placeOf(entity) >= 0 || own.has(entity)) continue;
        if (offset < namesLostFrom) own.add(entity);
        else {
          lostIds++;
          const ofKind = names.isByKind ? schema.kinds[kind]!.name : undefined;
          names.keep({ entity, id: freeId(entity, taken), kind: ofKind });
        }
      }
    }
  }
  return lostIds === 0
    ? contents
    : { ...contents, names, damage: withFault(damage, namesLostFrom, lostIds) };
}

/** Text that stands for an id which is lost, and that is no id of the recording. */
function freeId(entity: number, taken: ReadonlySet<unknown>): string {
  let text = `lost id ${entity}`;
  while (taken.has(text)) text = `(${text})`;
  return text;
}

function withFault(damage: RecordingDamage, offset: number, lostIds: number): RecordingDamage {
  if (damage.faults.some(({ section }) => section === "names")) return { ...damage, lostIds };
  const problem = `the ids of ${lostIds} ${lostIds === 1 ? "entity is" : "entities are"} not there`;
  const faults = [...damage.faults, { section: "names", offset, problem }];
  faults.sort((a, b) => a.offset - b.offset);
  return { ...damage, lostIds, faults, faultCount: damage.faultCount + 1 };
}
