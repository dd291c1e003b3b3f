import type { RowLayout } from "../core/row_layout.ts";
import type { SnapshotLayout } from "../core/snapshot.ts";
import type { BlockContent, KindTracks } from "./block_content.ts";

/**
 * Content of a block in the rows of a later revision of the schema, which holds every value of the
 * earlier one.
 *
 * @throws {RangeError} when it does not
 */
export function convertContent(
  content: BlockContent,
  from: SnapshotLayout,
  to: SnapshotLayout,
): BlockContent {
  if (from === to) return content;
  const kinds = content.kinds.map((tracks) => convertTracks(tracks, from, to));
  // The rows that held them are gone.
  from.texts.clear();
  return { ...content, kinds };
}

function convertTracks(tracks: KindTracks, from: SnapshotLayout, to: SnapshotLayout): KindTracks {
  const source = from.kinds[tracks.kind]!;
  const kind = to.kindIndex(source.kind.name);
  if (kind < 0) {
    throw new RangeError(`the last schema lacks kind ${JSON.stringify(source.kind.name)}`);
  }
  const target = to.kinds[kind]!;
  const count = tracks.positions.length;
  const rows = new Int32Array(count * target.stride);
  const sources = sourceFields(source, target);
  for (let s = 0; s < count; s++) {
    for (let field = 0; field < sources.length; field++) {
      const value = sources[field]! < 0
        ? undefined
        : source.get(tracks.rows, s * source.stride, sources[field]!);
      target.set(rows, s * target.stride, field, value);
    }
  }
  return { ...tracks, kind, rows };
}

/** For each field of the target its index in the source, or -1. */
function sourceFields(source: RowLayout, target: RowLayout): number[] {
  const indexes = new Map(source.kind.fields.map((field, i) => [field.name, i]));
  const sources = target.kind.fields.map((field) => indexes.get(field.name) ?? -1);
  for (const name of indexes.keys()) {
    if (!target.kind.fields.some((field) => field.name === name)) {
      throw new RangeError(`the last schema lacks field ${JSON.stringify(name)}`);
    }
  }
  return sources;
}
