import { differingWords } from "../bytes/bits.ts";
import { type ByteReader, type ByteWriter, putVarint } from "../bytes/bytes.ts";
import { ENTITY_HEADER_BYTES_MAX, putEntityHeader } from "./entity_header.ts";
import { maskBytes, putMask, putSteps } from "./mask_coding.ts";
import { RECORD_UPDATE } from "./entity_records.ts";
import { isPlainStep, type KindCodec, writeFields } from "./kind_codec.ts";
import type { PacketBreakdown } from "./packet_breakdown.ts";
import { fillMasks } from "../state/row_layout.ts";
import type { Snapshot } from "../state/snapshot.ts";

/**
 * Writes the updates of entities in a row that two snapshots hold, of one kind: what a `WorldWriter`
 * does record by record, in one loop, since a call for each entity would cost as much as its record.
 */
export class DeltaRunWriter {
  /** Entity of the last record; -1 before the first of a packet. */
  previousId: number = -1;

  /**
   * Writes the records from two positions on.
   *
   * @returns how many entities it has dealt with
   */
  write(
    codec: KindCodec,
    view: Snapshot,
    position: number,
    base: Snapshot,
    place: number,
    out: ByteWriter,
  ): number {
    if (codec.isSteps && codec.fieldCount <= 32) {
      return this.#writeSteps(codec, view, position, base, place, out);
    }
    const { layout, isSteps, fieldCount, deltaCodes } = codec;
    fillMasks(layout);
    const { stride, lows, highs, isFlat, presenceWords } = layout;
    const { ids, rows, kinds, words } = view;
    const { ids: heldIds, rows: heldRows, kinds: heldKinds, words: held } = base;
    const bytesMax = ENTITY_HEADER_BYTES_MAX + codec.bytesMax;
    const count = Math.min(view.count - position, base.count - place);
    const kind = kinds[position]!;
    let previousId = this.previousId;
    let buffer = out.reserve(bytesMax);
    let to = out.length;
    let n = 0;
    for (let i = position, b = place; n < count; n++, i++, b++) {
      if (ids[i] !== heldIds[b] || kinds[i] !== kind || heldKinds[b] !== kind) break;
      const at = rows[i]!;
      const heldAt = heldRows[b]!;
      if (at === heldAt && words === held) continue;
      let lo = presenceWords > 0 ? words[at]! ^ held[heldAt]! : 0;
      let hi = presenceWords > 1 ? words[at + 1]! ^ held[heldAt + 1]! : 0;
      for (let w = 0; w < stride; w += 4) {
        const index = differingWords(words, at + w, held, heldAt + w);
        if (!isFlat) {
          lo |= lows[w * 4 + index]!;
          hi |= highs[w * 4 + index]!;
        } else if (w < 32) lo |= index << w;
        else hi |= index << w; // A shift counts modulo 32.
      }
      if ((lo | hi) === 0) continue;
      if (to + bytesMax > buffer.length) {
        out.length = to;
        buffer = out.reserve(bytesMax);
      }
      const id = ids[i]!;
      to = putEntityHeader(buffer, to, id, previousId, RECORD_UPDATE);
      previousId = id;
      to = putMask(buffer, to, lo, hi, fieldCount);
      if (isSteps) {
        to = putSteps(words, at, held, heldAt, lo, buffer, to);
        if (hi !== 0) to = putSteps(words, at + 32, held, heldAt + 32, hi, buffer, to);
        continue;
      }
      out.length = to;
      writeFields(codec, deltaCodes, words, at, held, heldAt, lo, 0, out);
      if (hi !== 0) writeFields(codec, deltaCodes, words, at, held, heldAt, hi, 32, out);
      buffer = out.reserve(bytesMax);
      to = out.length;
    }
    out.length = to;
    this.previousId = previousId;
    return n;
  }

  /** The same for the usual kinds, whose word n is field n, of at most 32 fields. */
  #writeSteps(
    { fieldCount, bytesMax, layout: { stride } }: KindCodec,
    view: Snapshot,
    position: number,
    base: Snapshot,
    place: number,
    out: ByteWriter,
  ): number {
    const { ids, rows, kinds, words } = view;
    const { ids: heldIds, rows: heldRows, kinds: heldKinds, words: held } = base;
    const recordBytesMax = ENTITY_HEADER_BYTES_MAX + bytesMax;
    const count = Math.min(view.count - position, base.count - place);
    const kind = kinds[position]!;
    let previousId = this.previousId;
    let buffer = out.reserve(recordBytesMax);
    let to = out.length;
    let n = 0;
    for (let i = position, b = place; n < count; n++, i++, b++) {
      const id = ids[i]!;
      if (id !== heldIds[b] || kinds[i] !== kind || heldKinds[b] !== kind) break;
      const at = rows[i]!;
      const heldAt = heldRows[b]!;
      if (at === heldAt && words === held) continue;
      let mask = 0;
      for (let w = 0; w < stride; w += 4) {
        mask |= differingWords(words, at + w, held, heldAt + w) << w;
      }
      if (mask === 0) continue;
      if (to + recordBytesMax > buffer.length) {
        out.length = to;
        buffer = out.reserve(recordBytesMax);
      }
      to = putEntityHeader(buffer, to, id, previousId, RECORD_UPDATE);
      previousId = id;
      for (let bit = 0; bit < fieldCount; bit += 8) buffer[to++] = mask >>> bit;
      // Fields by two, the last maybe alone: processors guess the end of a loop wrong, and this less.
      for (let bits = mask; bits !== 0;) {
        const first = 31 - Math.clz32(bits & -bits);
        bits &= bits - 1;
        const second = 31 - Math.clz32((bits & -bits) | 1);
        const isTwo = Number(bits !== 0);
        bits &= bits - 1;
        const step = (words[at + first]! - held[heldAt + first]!) | 0;
        const next = (words[at + second]! - held[heldAt + second]!) | 0;
        const value = (step << 1) ^ (step >> 31);
        const nextValue = (next << 1) ^ (next >> 31);
        if ((value | nextValue) >>> 0 < 0x80) {
          buffer[to++] = value;
          buffer[to] = nextValue;
          to += isTwo;
        } else {
          to = putVarint(buffer, to, value);
          if (isTwo === 1) to = putVarint(buffer, to, nextValue);
        }
      }
    }
    out.length = to;
    this.previousId = previousId;
    return n;
  }
}

/**
 * Mirror of {@linkcode DeltaRunWriter}, for a `WorldReader`: reads a body of nothing but such updates.
 *
 * @param codecs codecs by kind
 * @param state a copy of the baseline, which is brought up to date
 * @param breakdown filled with what the body consists of, when given
 * @returns false for any other body, also one that no writer writes; the state is spoilt then
 */
export function readDeltaRun(
  codecs: readonly KindCodec[],
  input: ByteReader,
  state: Snapshot,
  breakdown: PacketBreakdown | undefined,
): boolean {
  breakdown?.clear();
  const { bytes } = input;
  const { ids, kinds, rows, words, count } = state;
  const end = bytes.length;
  let at = input.offset;
  let id = -1;
  for (let position = 0; at < end; position++) {
    const start = at;
    let head = bytes[at++]!;
    if (head > 0x7f) {
      const next = bytes[at++]!;
      if (!(next > 0 && next < 0x80)) return false;
      head = (head & 0x7f) | (next << 7);
    }
    if ((head & 3) !== RECORD_UPDATE) return false;
    id += 1 + (head >>> 2);
    while (position < count && ids[position]! < id) position++;
    if (position === count || ids[position] !== id) return false;
    const kind = kinds[position]!;
    const codec = codecs[kind]!;
    const { fieldCount, isSteps, deltaCodes, least, span, all, layout: { wordOf } } = codec;
    const headBytes = at - start;
    if (at + maskBytes(fieldCount) > end) return false;
    let lo = 0;
    let hi = 0;
    for (let bit = 0; bit < fieldCount; bit += 8) {
      if (bit < 32) lo |= bytes[at++]! << bit;
      else hi |= bytes[at++]! << (bit - 32);
    }
    if ((lo | hi) === 0 || (lo & ~all.lo) !== 0 || (hi & ~all.hi) !== 0) return false;
    const row = rows[position]!;
    breakdown?.addUpdate(id, kind, lo, hi, headBytes, maskBytes(fieldCount));
    if (isSteps && hi === 0 && breakdown === undefined) {
      // Word n is field n, and no table has to be asked for its place and its code.
      for (let bits = lo; bits !== 0; bits &= bits - 1) {
        const field = 31 - Math.clz32(bits & -bits);
        let step = bytes[at++]!;
        if (step < 0x80) step = (step >>> 1) ^ -(step & 1);
        else {
          input.offset = at - 1;
          step = input.zigzag();
          at = input.offset;
        }
        const word = (words[row + field]! + step) | 0;
        if (step === 0 || (word - least[field]!) >>> 0 > span[field]!) return false;
        words[row + field] = word;
      }
      continue;
    }
    for (let first = 0, bits = lo; first < 64; first += 32, bits = hi) {
      for (; bits !== 0; bits &= bits - 1) {
        const field = first + 31 - Math.clz32(bits & -bits);
        const from = at;
        if (!isPlainStep(deltaCodes[field]!)) {
          input.offset = at;
          codec.readField(deltaCodes[field]!, field, words, row, input);
          at = input.offset;
          breakdown?.addField(field, (at - from) * 8);
          continue;
        }
        let step = bytes[at++]!;
        if (step < 0x80) step = (step >>> 1) ^ -(step & 1);
        else {
          input.offset = at - 1;
          step = input.zigzag();
          at = input.offset;
        }
        const place = row + wordOf[field]!;
        const word = (words[place]! + step) | 0;
        if (step === 0 || (word - least[field]!) >>> 0 > span[field]!) return false;
        words[place] = word;
        breakdown?.addField(field, (at - from) * 8);
      }
    }
  }
  input.offset = at;
  return true;
}
