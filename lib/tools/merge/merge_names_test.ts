import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type EntityId, EntityNames } from "../../core/names/entity_names.ts";
import type { StateFrame } from "../../core/state/state.ts";
import { MemorySink } from "../../recording/container/memory_file.ts";
import { framesOf, openBytes, record } from "../../recording/memory_recording_test_helper.ts";
import type { RecordingReader } from "../../recording/recording_reader.ts";
import { copyPart } from "../copy/copy_part.ts";
import { diffRecordings } from "../diff/diff_recordings.ts";
import { RecordingPart } from "../select/recording_part.ts";
import { mergeRecordings } from "./merge_recordings.ts";

const IDS: readonly EntityId[] = ["a", "b,c", 0, "1", 2, "3", 17, "18446744073709551615", -1, ""];
const KINDS = ["player", "rocket"];

/** Of each frame which ids are there, as which kind, and whether each is a new life of its id. */
const world = fc.record({
  isByKind: fc.boolean(),
  frames: fc.array(
    fc.array(
      fc.record({
        id: fc.integer({ min: 0, max: IDS.length - 1 }),
        kind: fc.integer({ min: 0, max: 1 }),
        isNew: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
    { minLength: 2, maxLength: 8 },
  ),
  cut: fc.integer({ min: 0, max: 6 }),
  isTurned: fc.boolean(),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly life: number;
  readonly x: number;
}

/** A world as states with the numbers that names give them, and as what it is known for. */
function build({ isByKind, frames }: World) {
  const names = new EntityNames({ isByKind });
  const lives = new Map<string, number>();
  const told: Told[][] = [];
  const states = frames.map((rows, frame): StateFrame => {
    const here = new Map<string, StateFrame["entities"][number]>();
    told.push([]);
    for (const [i, row] of rows.entries()) {
      const [id, kind] = [IDS[row.id]!, KINDS[row.kind]!];
      const key = isByKind ? `${kind} ${id}` : String(id);
      if (here.has(key)) continue;
      const before = lives.get(key);
      const isNew = before === undefined || row.isNew;
      const life = isNew ? (before ?? -1) + 1 : before;
      lives.set(key, life);
      const x = frame * 10 + i;
      const entity = isNew ? names.renew(id, kind) : names.entity(id, kind);
      here.set(key, { id: entity, kind, fields: { x } });
      told[frame]!.push({ id: String(id), kind, life, x });
    }
    return { frame, timeMs: frame * 700, entities: [...here.values()] };
  });
  return { names, states, told };
}

/** What a recording says of each frame. */
async function toldBy(reader: RecordingReader, isByKind: boolean): Promise<Told[][]> {
  const { names } = reader;
  return (await framesOf(reader)).map(({ entities }) =>
    entities.map(({ id: entity, kind, fields }) => {
      const lives = names.entitiesOf(names.idOf(entity)).filter((other) =>
        !isByKind || names.list[names.placeOf(other)]!.kind === kind
      );
      const [id, life] = [String(names.idOf(entity)), lives.indexOf(entity)];
      return { id, kind, life, x: fields["x"] as number };
    })
  );
}

const sorted = (frames: readonly (readonly Told[])[]) =>
  frames.map((states) => states.toSorted((a, b) => a.x - b.x));

test("copyPart() and mergeRecordings() keep ids, kinds and lives of entities, in any order", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { names, states, told } = build(given);
      const { isByKind } = given;
      const whole = await openBytes(await record(states, { names, level: 1 }));
      assert.deepEqual(sorted(await toldBy(whole, isByKind)), sorted(told));
      const cut = Math.min(given.cut, states.length - 2);
      const parts = await Promise.all(
        [{ to: cut }, { from: cut + 1 }].map(async (span, i) => {
          const sink = new MemorySink();
          await copyPart(RecordingPart.of(whole, span), sink, { level: 1 });
          return { name: String(i), reader: await openBytes(sink.bytes()) };
        }),
      );
      for (const [i, { reader }] of parts.entries()) {
        const own = i === 0 ? told.slice(0, cut + 1) : told.slice(cut + 1);
        assert.deepEqual(sorted(await toldBy(reader, isByKind)), sorted(own));
      }
      const sink = new MemorySink();
      await mergeRecordings(given.isTurned ? parts.toReversed() : parts, sink, { level: 1 });
      const merged = await openBytes(sink.bytes());
      assert.deepEqual(sorted(await toldBy(merged, isByKind)), sorted(told));
      assert.equal((await diffRecordings(whole, merged)).equal, true);
    }),
    { numRuns: 150 },
  );
});
