/**
 * hindcast records the state stream of a multiplayer game, sends the recording again through
 * simulated consumers and networks, and rewinds it.
 *
 * @module
 */
export * from "./lib/core/frame.ts";
export * from "./lib/core/mask.ts";
export * from "./lib/core/bytes.ts";
export * from "./lib/core/bits.ts";
export * from "./lib/core/schema.ts";
export * from "./lib/core/state.ts";
export * from "./lib/core/row_layout.ts";
export * from "./lib/core/snapshot.ts";
export * from "./lib/core/ring.ts";
