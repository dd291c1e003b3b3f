import type { RecordingReader } from "../../lib/recording.ts";
import type { RunOptions } from "../../lib/report.ts";
import type { Snapshot, SnapshotLayout } from "../../lib/world.ts";
import { AudienceError, listed, numbersOf } from "./audience.ts";
import { OWN_KIND } from "./runs.ts";

/** What is read of a recording to find whose entities consumers own. */
export type OwnKindSource = Pick<RecordingReader, "layout" | "snapshots">;

/**
 * Runs whose consumers own entities of the only kind that can be theirs, where nobody said which:
 * the one that has the position, of several the one that moves; of several that move, `player`.
 * Frames are read only where several have it, until it is clear.
 *
 * @throws {CommandError} where that is not exactly one
 */
export async function withOwnKinds(
  source: OwnKindSource,
  runs: readonly RunOptions[],
): Promise<RunOptions[]> {
  const found = new Map<string, string>();
  const result: RunOptions[] = [];
  for (const run of runs) {
    const { interest } = run;
    if (interest === undefined) {
      result.push(run);
      continue;
    }
    const { kinds } = run.wire?.schema ?? source.layout.schema;
    const { position } = interest;
    const having = kinds.filter((kind) => {
      const numbers = numbersOf(kind).map(({ name }) => name);
      return position.every((name) => numbers.includes(name));
    });
    const candidates = having.map(({ name }) => name);
    const key = JSON.stringify([position, candidates]);
    const isPlayer = candidates.length === 0 && kinds.some(({ name }) => name === OWN_KIND);
    const ownKind = isPlayer
      ? OWN_KIND
      : found.get(key) ?? await onlyKind(source, position, candidates, listed(kinds));
    found.set(key, ownKind);
    result.push({ ...run, interest: { ...interest, ownKind } });
  }
  return result;
}

async function onlyKind(
  source: OwnKindSource,
  position: readonly string[],
  candidates: readonly string[],
  kinds: string,
): Promise<string> {
  const fields = position.join(",");
  if (candidates.length === 0) {
    throw new AudienceError(
      "interest",
      `--interest names the position ${
        JSON.stringify(fields)
      }, which no kind has in numbers, of ${kinds}`,
    );
  }
  if (candidates.length === 1) return candidates[0]!;
  const moving = await movingKinds(source, position, candidates);
  if (moving.length === 1) return moving[0]!;
  if (moving.includes(OWN_KIND) || moving.length === 0 && candidates.includes(OWN_KIND)) {
    return OWN_KIND;
  }
  const which = moving.length === 0 ? "several kinds have it and none moves" : "several kinds move";
  throw new AudienceError(
    "interest",
    `Whose entities consumers own is not clear by the position ${
      JSON.stringify(fields)
    }: ${which}, ${
      listed((moving.length === 0 ? candidates : moving).map((name) => ({ name })))
    }; name one with --own`,
  );
}

/** Kinds of which an entity is somewhere else than in the frame before, until it is clear which. */
async function movingKinds(
  source: OwnKindSource,
  position: readonly string[],
  candidates: readonly string[],
): Promise<string[]> {
  const moving = new Set<string>();
  const places = placesOf(source.layout, position, candidates);
  let before: Snapshot | undefined;
  for await (const now of source.snapshots()) {
    if (before !== undefined) addMoving(moving, before, now, places);
    if (moving.has(OWN_KIND) || moving.size > 1 && !candidates.includes(OWN_KIND)) break;
    before = now;
  }
  return [...moving];
}

/** Fields of the position by kind index; undefined for a kind that is no candidate. */
function placesOf(
  { kinds }: SnapshotLayout,
  position: readonly string[],
  candidates: readonly string[],
): (readonly number[] | undefined)[] {
  return kinds.map(({ kind }) =>
    candidates.includes(kind.name)
      ? position.map((name) => kind.fields.findIndex((field) => field.name === name))
      : undefined
  );
}

function addMoving(
  moving: Set<string>,
  before: Snapshot,
  now: Snapshot,
  places: readonly (readonly number[] | undefined)[],
): void {
  let old = 0;
  for (let i = 0; i < now.count; i++) {
    while (old < before.count && before.ids[old]! < now.ids[i]!) old++;
    const kind = now.kinds[i]!;
    const fields = places[kind];
    const isSame = old < before.count && before.ids[old] === now.ids[i] &&
      before.kinds[old] === kind;
    const row = now.layoutOf(i);
    if (fields === undefined || !isSame || moving.has(row.kind.name)) continue;
    const isMoved = fields.some((field) =>
      !Object.is(
        row.get(now.words, now.rows[i]!, field),
        row.get(before.words, before.rows[old]!, field),
      )
    );
    if (isMoved) moving.add(row.kind.name);
  }
}
