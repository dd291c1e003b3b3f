/**
 * Simulated networks: what they are made of, their texts, and presets.
 *
 * @module
 */

export * from "./net/spec/net_spec.ts";
export type { CapacitySpec, DelaySpec, LinkSpec, LossSpec } from "./net/link/link_spec.ts";
export type { GilbertElliott } from "./net/link/gilbert_elliott.ts";
export type { PacketTrace } from "./net/link/packet_trace.ts";
export type { CapacityTrace } from "./net/link/mahimahi.ts";
export * from "./net/spec/net_text.ts";
export * from "./net/spec/net_scenario.ts";
export * from "./net/link/net_spec_error.ts";
export * from "./net/spec/presets.ts";
export * from "./net/spec/link_options.ts";
