import type { ByteReader, ByteWriter } from "./bytes.ts";
import { type Frame, frameDistance } from "./frame.ts";

/** Form of a packet's body. */
export type PacketForm = "keyframe" | "delta" | "patch";

const FORMS: readonly PacketForm[] = ["keyframe", "delta", "patch", "keyframe"];
const WITH_TABLES = 3;

/** Start of every packet of a `Tracker`. */
export interface PacketHeader {
  /** Form of the body. */
  readonly form: PacketForm;
  /** Frame of the state in the body. */
  readonly frame: Frame;
  /** Frame that a delta is against. */
  readonly baselineFrame: Frame;
  /** True for a keyframe that begins with the tables of texts, for a consumer that lacks them. */
  readonly hasTables: boolean;
}

/**
 * Writes a header: form (0 keyframe, 1 delta, 2 patch, 3 keyframe with tables), frame as 4 bytes
 * little-endian, and in a delta `frame - baselineFrame` as LEB128, at least 1.
 */
export function writePacketHeader(
  form: PacketForm,
  frame: Frame,
  baselineFrame: Frame,
  out: ByteWriter,
  hasTables: boolean = false,
): void {
  const code = form === "keyframe" ? (hasTables ? WITH_TABLES : 0) : form === "delta" ? 1 : 2;
  out.u8(code).u32(frame);
  if (form === "delta") out.varint((frame - baselineFrame) >>> 0);
}

/** Mirror of `writePacketHeader`. */
export function readPacketHeader(input: ByteReader): PacketHeader {
  const code = input.u8();
  const form = FORMS[code] ?? input.refuse("packet form is unknown, expected 0 to 3");
  const hasTables = code === WITH_TABLES;
  const frame = input.u32();
  if (form !== "delta") return { form, frame, baselineFrame: frame, hasTables };
  const baselineFrame = (frame - input.varint()) >>> 0;
  if (frameDistance(frame, baselineFrame) <= 0) input.refuse("the baseline is not older");
  return { form, frame, baselineFrame, hasTables };
}
