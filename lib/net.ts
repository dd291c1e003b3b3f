/**
 * Simulated networks: what they are made of, and their texts.
 *
 * @module
 */

export { parseNetSpec } from "./net/spec/net_text.ts";
export { type NamedNet, namedNets } from "./net/spec/named_nets.ts";
export type { NetSpec } from "./net/spec/net_spec.ts";
export type { LinkSpec } from "./net/link/link_spec.ts";
export { NetSpecError } from "./net/link/net_spec_error.ts";
