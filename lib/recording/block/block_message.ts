import { type ByteWriter, putWord } from "../../core/bytes/bytes.ts";
import type { ChunkMessages } from "../container/mcap_output.ts";
import { OPCODE, RECORD_HEAD_BYTES } from "../container/mcap_records.ts";

/** What a message says before its data. */
export interface MessageHead {
  /** Channel. */
  readonly channelId: number;
  /** Number of the message, an unsigned 32-bit integer. */
  readonly sequence: number;
  /** Log time, and time of publication, in nanoseconds. */
  readonly logTime: bigint;
}

/** Begins a message record, whose data is what is written next. */
export function beginMessage(out: ByteWriter, { channelId, sequence, logTime }: MessageHead): void {
  out.u8(OPCODE.message).u32(0).u32(0).u16(channelId).u32(sequence);
  const low = Number(logTime & 0xffffffffn);
  const high = Number(logTime >> 32n);
  for (let time = 0; time < 2; time++) out.u32(low).u32(high);
}

/** Ends the record, which is all that the writer holds. @returns it as the messages of a chunk */
export function endMessage(out: ByteWriter, { channelId, logTime }: MessageHead): ChunkMessages {
  const buffer = out.reserve(0);
  const content = out.length - RECORD_HEAD_BYTES;
  putWord(buffer, 1, content);
  putWord(buffer, 5, content / 2 ** 32);
  return {
    buffer: out.bytes(),
    messageStartTime: logTime,
    messageEndTime: logTime,
    indices: [{ channelId, records: [[logTime, 0n]] }],
  };
}
