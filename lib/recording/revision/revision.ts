import type { RowLayout } from "../../core/state/row_layout.ts";
import { packerOf } from "../../core/state/row_packer.ts";
import type { FieldValue } from "../../core/state/schema.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { BlockContent, KindTracks } from "../block/block_content.ts";
import { BLOCK_WORDS_MAX } from "../container/format.ts";
import type { EarlierRows } from "./revision_chain.ts";

/**
 * Content of a block in the rows of a later revision of the schema, which holds every value of the
 * earlier one.
 *
 * @throws {RangeError} when it does not
 */
export function convertContent(
  content: BlockContent,
  from: EarlierRows,
  to: SnapshotLayout,
): BlockContent {
  let words = 0;
  const kinds = content.kinds.map((tracks) => {
    const target = targetKind(tracks, from, to);
    words += tracks.positions.length * to.kinds[target]!.stride;
    // A hostile schema could make rows of 4 words those of 132.
    if (words > BLOCK_WORDS_MAX) throw new RangeError(`the rows exceed ${BLOCK_WORDS_MAX} words`);
    return convertTracks(tracks, from, target, to.kinds[target]!);
  });
  // The rows that held them are gone.
  from.layout.texts.clear();
  return { ...content, kinds };
}

function targetKind(tracks: KindTracks, from: EarlierRows, to: SnapshotLayout): number {
  const { name } = from.kinds[tracks.kind]!;
  const kind = to.kindIndex(name);
  if (kind < 0) throw new RangeError(`the last schema lacks kind ${JSON.stringify(name)}`);
  return kind;
}

function convertTracks(
  tracks: KindTracks,
  from: EarlierRows,
  kind: number,
  target: RowLayout,
): KindTracks {
  const source = from.layout.kinds[tracks.kind]!;
  const packer = packerOf(target);
  const count = tracks.positions.length;
  const rows = new Int32Array(count * target.stride);
  const sources = sourceFields(source, target);
  const texts = sources.map((field) => from.kinds[tracks.kind]!.fields[field]?.values);
  for (let s = 0; s < count; s++) {
    for (let field = 0; field < sources.length; field++) {
      const value = sources[field]! < 0
        ? undefined
        : source.get(tracks.rows, s * source.stride, sources[field]!);
      const list = texts[field];
      packer.set(rows, s * target.stride, field, list === undefined ? value : textOf(list, value));
    }
  }
  return { ...tracks, kind, rows };
}

/** Text of a word of an enum that was laid out as an integer. */
function textOf(texts: readonly string[], word: FieldValue | undefined): string | undefined {
  if (word === undefined) return undefined;
  const text = texts[word as number];
  if (text === undefined) {
    throw new RangeError(`an enum holds ${word}, it has ${texts.length} texts`);
  }
  return text;
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
