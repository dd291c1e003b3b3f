import { formatLinkOptions } from "./link_options.ts";
import { NET_PRESETS } from "./presets.ts";

/** A network that a text may name, such as `4g`. */
export interface NamedNet {
  /** Its name. */
  readonly name: string;
  /** Options from consumer to server, as a text has them. */
  readonly up: string;
  /** Options from server to consumer. */
  readonly down: string;
  /** Whose numbers these are. */
  readonly source: string;
}

/**
 * Every network that {@linkcode parseNetSpec} knows by name, with its options and whom they come
 * from.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { namedNets } from "@hindcast/hindcast/net";
 *
 * const mobile = namedNets().find(({ name }) => name === "4g");
 * assert.equal(mobile?.down, "delay=35,jitter=5,loss=3%");
 * ```
 */
export function namedNets(): NamedNet[] {
  return NET_PRESETS.map(({ name, up, down, source }) => ({
    name,
    up: formatLinkOptions(up),
    down: formatLinkOptions(down),
    source,
  }));
}
