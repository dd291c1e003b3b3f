/**
 * What both ends agree on. The server and the client import this file, so that they are built with
 * the same schema; a hash that travels with keyframes tells when they were not.
 */
import { defineSchema } from "@hindcast/hindcast";
import { type CodecName, WireConversion } from "@hindcast/hindcast/world";

/** How the wire encodes a field. */
export const CODEC: CodecName = "varint";

/** What the server simulates, records and rewinds, in units and units a second. */
export const truth = defineSchema({
  pilot: { x: "f32", y: "f32", vx: "f32", vy: "f32", hp: "u8", score: "u16" },
  rocket: { x: "f32", y: "f32", vx: "f32", vy: "f32", owner: "u32" },
});

/** All that lives at a frame, as plain objects. */
export type TruthFrame = ReturnType<typeof truth.unpack>;

const place = { type: "fixed", step: 0.125 } as const;

/** What clients are sent: places to an eighth of a unit, and no velocities, which they do not draw. */
export const wire = defineSchema({
  pilot: { x: place, y: place, hp: "u8", score: "u16" },
  rocket: { x: place, y: place, owner: "u32" },
});

/** The same as a client has it. */
export type WireFrame = ReturnType<typeof wire.unpack>;

/**
 * From one to the other. What is sent is a function of what is recorded: `report` can be asked what
 * another wire schema would have cost, and a test what a client should have been shown.
 */
export const toWire = new WireConversion(truth.layout, wire.layout);
