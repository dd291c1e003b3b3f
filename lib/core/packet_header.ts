import type { ByteReader, ByteWriter } from "./bytes.ts";
import { type Frame, frameDistance } from "./frame.ts";

/** Form of a packet's body; see {@linkcode DeltaCodec}. */
export type PacketForm = "keyframe" | "delta" | "patch";

const FORMS: readonly PacketForm[] = ["keyframe", "delta", "patch"];

/** Start of every packet of a {@linkcode Tracker}. */
export interface PacketHeader {
  /** Form of the body. */
  readonly form: PacketForm;
  /** Frame of the state in the body. */
  readonly frame: Frame;
  /** Frame that a delta is against; equal to `frame` in the other forms. */
  readonly baselineFrame: Frame;
}

/**
 * Writes a header: form (0 keyframe, 1 delta, 2 patch), frame as 4 bytes little-endian, and in a
 * delta `frame - baselineFrame` as LEB128, at least 1.
 */
export function writePacketHeader(
  form: PacketForm,
  frame: Frame,
  baselineFrame: Frame,
  out: ByteWriter,
): void {
  out.u8(form === "keyframe" ? 0 : form === "delta" ? 1 : 2).u32(frame);
  if (form === "delta") out.varint((frame - baselineFrame) >>> 0);
}

/** Mirror of {@linkcode writePacketHeader}. @throws {ByteSyntaxError} */
export function readPacketHeader(input: ByteReader): PacketHeader {
  const form = FORMS[input.u8()] ?? input.refuse("packet form is unknown, expected 0 to 2");
  const frame = input.u32();
  if (form !== "delta") return { form, frame, baselineFrame: frame };
  const baselineFrame = (frame - input.varint()) >>> 0;
  if (frameDistance(frame, baselineFrame) <= 0) input.refuse("the baseline is not older");
  return { form, frame, baselineFrame };
}
