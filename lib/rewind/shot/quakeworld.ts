import type { GameProfile } from "./game_profile.ts";

/**
 * QuakeWorld server recordings with their lightning-gun shots: the ray as the world stopped it, tested
 * 4 units further against rewound players, from 16 units above the shooter's origin.
 */
export const QUAKEWORLD: GameProfile = {
  shots: {
    shooter: "shooter",
    from: ["sx", "sy", "sz"],
    to: ["ex", "ey", "ez"],
    verdict: "hit",
    ping: "ping",
    eye: [0, 0, 16],
    reach: 4,
  },
  event: "lg_shot",
  shapes: ["player=box:-16,-16,-24,16,16,32"],
  alive: "dead=0",
  policies: ["none", "ping", "ping-13", "acked", "ms:100"],
};
