import type { LinkOptions } from "./link_options.ts";

/** A named network, with whom its values come from. */
export interface NetPreset {
  /** What a text calls it. */
  readonly name: string;
  /** Whose numbers these are. */
  readonly source: string;
  /** Values from consumer to server. */
  readonly up: LinkOptions;
  /** Values from server to consumer. */
  readonly down: LinkOptions;
}

const UNITY = "Unity network simulator";
const NAIA = "naia, socket/shared/src/link_conditioner_config.rs";
const STR0M = "str0m, netem/src/config.rs: mean good/bad run";

/** All presets; their authors give one set of values for each direction. */
export const NET_PRESETS: readonly NetPreset[] = [
  preset("wifi", UNITY, { delay: 1, jitter: 1, loss: 0.01 }),
  preset("5g", UNITY, { delay: 0, jitter: 5, loss: 0.03 }),
  preset("4g", UNITY, { delay: 35, jitter: 5, loss: 0.03 }),
  preset("3g", UNITY, { delay: 120, jitter: 10, loss: 0.05 }),
  preset("2g", UNITY, { delay: 200, jitter: 20, loss: 0.05 }),
  preset("good", NAIA, { delay: 40, jitter: 10, loss: 0.002 }),
  preset("average", NAIA, { delay: 100, jitter: 25, loss: 0.02 }),
  preset("poor", NAIA, { delay: 200, jitter: 50, loss: 0.04 }),
  preset("very-poor", NAIA, { delay: 300, jitter: 75, loss: 0.06 }),
  preset("wifi-lossy", `${STR0M} 40/2`, { delay: 15, jitter: 10, ...runs(40, 2) }),
  preset("cellular", `${STR0M} 100/2`, { delay: 50, jitter: 15, ...runs(100, 2) }),
  preset("satellite", `${STR0M} 100/3`, { delay: 600, jitter: 30, ...runs(100, 3) }),
  preset("congested", `${STR0M} 20/2`, { delay: 80, jitter: 40, ...runs(20, 2), rate: 10000 }),
];

/** The preset of that name, or `undefined`. */
export function findPreset(name: string): NetPreset | undefined {
  return NET_PRESETS.find((preset) => preset.name === name);
}

function preset(name: string, source: string, both: LinkOptions): NetPreset {
  return { name, source, up: both, down: both };
}

/** Mean loss and mean burst of a chain that stays so many packets in good and in bad on average. */
function runs(goodPackets: number, badPackets: number): LinkOptions {
  return { loss: badPackets / (goodPackets + badPackets), burst: badPackets };
}
