import { Buffer } from "node:buffer";
import type { Random } from "../../../lib/net/link/random.ts";
import { pick } from "../honest_lines.ts";
import {
  CHUNK,
  chunkMessages,
  chunkOf,
  type McapRecord,
  recordBytes,
  recordsOf,
} from "./mcap_bytes.ts";

const MAGIC = Uint8Array.of(0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a);
const LENGTHS = [0n, 1n, 21n, 22n, 255n, 65_536n, 1n << 31n, 1n << 32n, 1n << 53n, -1n, 1n << 63n];
/** Bytes of a chunk of zeros, which zstd makes a few kilobytes of. */
const BOMB_BYTES = 1 << 26;

/** A recording whose records are not as they should be, and how many it has. */
export interface HostileRecording {
  readonly bytes: Uint8Array;
  readonly records: number;
}

type Change = (records: McapRecord[], at: number, random: Random) => void;

/** Recordings made of whole ones. */
export class HostileRecordings {
  readonly #whole: readonly McapRecord[][];
  readonly #random: Random;
  #bomb: McapRecord | undefined;

  /** Recordings that a random stream makes of whole ones. */
  constructor(files: readonly Uint8Array[], random: Random) {
    this.#whole = files.map(recordsOf);
    this.#random = random;
  }

  /** The next one. */
  next(): HostileRecording {
    const random = this.#random;
    const records = [...pick(this.#whole, random)];
    for (let times = random.below(4); times > 0; times--) {
      if (records.length === 0) break;
      const change = random.below(400) === 0 ? this.#addBomb : pick(CHANGES, random);
      change(records, random.below(records.length), random);
    }
    const bytes = Buffer.concat([MAGIC, ...records.map((record) => this.#bytesOf(record)), MAGIC]);
    return { bytes: this.#damaged(bytes), records: records.length };
  }

  #bytesOf(record: McapRecord): Uint8Array {
    const isLying = this.#random.below(40) === 0;
    return recordBytes(record, isLying ? pick(LENGTHS, this.#random) : undefined);
  }

  #damaged(bytes: Uint8Array): Uint8Array {
    const random = this.#random;
    const sort = random.below(4);
    if (sort === 0) return bytes.subarray(0, random.below(bytes.length + 1));
    if (sort === 1) {
      for (let times = 1 + random.below(4); times > 0; times--) {
        bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
      }
    }
    return bytes;
  }

  readonly #addBomb: Change = (records, at) => {
    this.#bomb ??= chunkOf(new Uint8Array(16), new Uint8Array(BOMB_BYTES));
    records.splice(at, 0, this.#bomb);
  };
}

const CHANGES: readonly Change[] = [
  (records, at) => records.splice(at, 1),
  (records, at) => records.splice(at, 0, records[at]!),
  (records, at, random) => {
    const other = random.below(records.length);
    [records[at], records[other]] = [records[other]!, records[at]!];
  },
  (records, at, random) => records[at] = { ...records[at]!, opcode: random.below(256) },
  (records, at, random) => records[at] = { ...records[at]!, content: noise(random) },
  (records, at, random) => {
    records[at] = { ...records[at]!, content: garbled(records[at]!.content, random) };
  },
  (records, at, random) => {
    const { opcode, content } = records[at]!;
    records[at] = { opcode, content: content.subarray(0, random.below(content.length + 1)) };
  },
  // What follows has a CRC that fits, so that it is read.
  (records, at, random) => changeChunk(records, at, (raw) => garbled(raw, random)),
  (records, at) => changeChunk(records, at, (raw) => Buffer.concat([raw, raw])),
  (records, at, random) =>
    changeChunk(records, at, (raw) => raw.subarray(0, random.below(raw.length))),
  (records, at, random) => changeChunk(records, at, () => noise(random)),
  (records, at, random) => {
    changeChunk(records, at, (raw) => raw, { rawSize: pick(LENGTHS, random) });
  },
  (records, at, random) => {
    changeChunk(records, at, (raw) => raw, {
      compression: pick(["", "lz4", "zst", "\u001b[2J"], random),
    });
  },
];

/** Makes the chunk that comes next another one, whose CRC fits. */
function changeChunk(
  records: McapRecord[],
  at: number,
  change: (raw: Uint8Array) => Uint8Array,
  claims: { readonly rawSize?: bigint; readonly compression?: string } = {},
): void {
  const index = records.findIndex(({ opcode }, i) => i >= at && opcode === CHUNK);
  if (index < 0) return;
  let raw: Uint8Array;
  try {
    raw = chunkMessages(records[index]!.content);
  } catch {
    // It was made unreadable before.
    return;
  }
  records[index] = chunkOf(records[index]!.content, change(raw), claims);
}

function garbled(bytes: Uint8Array, random: Random): Uint8Array {
  // The slice of a Buffer would be the same bytes.
  const copy = Uint8Array.from(bytes);
  if (copy.length === 0) return copy;
  for (let times = 1 + random.below(3); times > 0; times--) {
    copy[random.below(copy.length)] = random.below(3) === 0 ? 255 : random.below(256);
  }
  return copy;
}

function noise(random: Random): Uint8Array {
  return Uint8Array.from({ length: random.below(300) }, () => random.below(256));
}
