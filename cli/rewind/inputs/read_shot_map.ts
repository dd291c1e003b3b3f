import type { GameProfile, ShotMap } from "../../../lib/rewind.ts";
import { GAME_PROFILES } from "../../../lib/rewind/shot/game_profiles.ts";
import { parseShotMap } from "../../../lib/rewind/shot/shot_map_text.ts";
import { readShotMap } from "../../../lib/rewind/shot/shot_map_json.ts";
import { asUsage } from "../../errors/as_usage.ts";
import type { RewindFlags } from "../flags.ts";
import { readJsonFile } from "./json_file.ts";

/** The game that `--shot-map` names; undefined when it is a map, or left out. */
export function namedGame({ shotMap = "" }: RewindFlags): GameProfile | undefined {
  return GAME_PROFILES.get(shotMap);
}

/** Where events keep a shot; undefined when no map was given. @throws {CommandError} */
export function shotMapOf({ shotMap }: RewindFlags): ShotMap | undefined {
  if (shotMap === undefined) return undefined;
  if (shotMap.endsWith(".json")) return readJsonFile(shotMap, readShotMap);
  return asUsage(() => parseShotMap(shotMap));
}
