import { ROW_ID_NAMES } from "./key_names.ts";
import type { SampledLine, Scalars } from "./line_sample.ts";
import { plain } from "./scored_keys.ts";

/** Share of lines that have to have an id to be rows. */
const SHARE = 0.9;
/** Share of lists whose lines may be of one frame. */
const SHARED_MAX = 0.1;
/** Rows of lists that are looked at. */
const ROWS_MAX = 20_000;

/**
 * True for lines of which each is one entity, whatever it lists: several are of one frame, or they
 * have an id that no frame has.
 */
export function areRows(sample: readonly SampledLine[], frameKey: string): boolean {
  const lines = sample.filter(({ own }) => own.has(frameKey));
  const withLists = lines.filter(({ lists }) => lists.size > 0).map(({ own }) => own.get(frameKey));
  const shared = withLists.filter((frame, i) => i > 0 && frame === withLists[i - 1]).length;
  const withId = lines.filter(({ own }) =>
    [...own.keys()].some((key) => !key.includes(".") && ROW_ID_NAMES.test(plain(key)))
  );
  return shared > Math.max(1, withLists.length * SHARED_MAX) ||
    (withId.length > 0 && withId.length >= lines.length * SHARE);
}

/** Rows of each frame of the sample, as far as they follow each other. */
export function rowsByFrame(sample: readonly SampledLine[], frameKey: string): Scalars[][] {
  const frames: Scalars[][] = [];
  let last: unknown;
  let rows = 0;
  const isOfRows = areRows(sample, frameKey);
  // A line among whole frames that lists nothing is an event.
  const isOfFrames = !isOfRows &&
    sample.filter(({ lists }) => lists.size > 0).length > sample.length / 2;
  for (const { own, lists } of sample) {
    if (rows > ROWS_MAX) break;
    const frame = own.get(frameKey);
    if (!isOfRows && lists.size > 0 && [...lists.values()].some((rows) => rows.length > 0)) {
      frames.push([...lists.values()].flat());
      rows += frames.at(-1)!.length;
      last = undefined;
    } else if (frame !== undefined && !isOfFrames) {
      if (frames.length === 0 || frame !== last) frames.push([]);
      frames.at(-1)!.push(own);
      last = frame;
    }
  }
  return frames;
}

/** Rows of entities, wherever they stand: lines of their own, items of lists, members of maps. */
export function entityRows(sample: readonly SampledLine[], idKey: string): Scalars[] {
  const rows: Scalars[] = [];
  for (const { own, lists } of sample) {
    if (rows.length > ROWS_MAX) break;
    const listed = [...lists.values()].flat();
    // A row of its own may hold lists and maps.
    const inner = own.has(idKey) ? [] : listed.length > 0 ? listed : membersOf(own);
    rows.push(...(inner.length > 0 ? inner : [own]));
  }
  return rows;
}

/** Entities of the maps of a line, by what stands behind the key of each. */
function membersOf(own: Scalars): Scalars[] {
  const members = new Map<string, Map<string, string | number | boolean>>();
  for (const [path, value] of own) {
    const [map, id, ...names] = path.split(".");
    if (names.length === 0) continue;
    const place = `${map}.${id}`;
    const member = members.get(place) ?? new Map<string, string | number | boolean>();
    members.set(place, member.set(names.join("."), value));
  }
  return [...members.values()];
}
