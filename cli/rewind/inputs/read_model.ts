import type { GameProfile, HitModel } from "../../../lib/rewind.ts";
import { parseConditions } from "../../../lib/rewind/shape/condition.ts";
import { parseHitModel } from "../../../lib/rewind/shape/hit_model.ts";
import { readHitModel } from "../../../lib/rewind/shape/hit_model_json.ts";
import { asUsage } from "../../errors/as_usage.ts";
import { usageError } from "../../exit_code.ts";
import type { RewindFlags } from "../flags.ts";
import { readJsonFile } from "./json_file.ts";

/**
 * What can be hit.
 *
 * @param game what is known of it unless flags say it
 * @param recorded what the file says of it unless either of them does
 * @throws {CommandError}
 */
export function readModel(
  flags: RewindFlags,
  game: GameProfile | undefined,
  recorded: HitModel | undefined,
): HitModel {
  const { handed, shape, shapes, teleport, up } = flags;
  if (shape !== undefined && shapes !== undefined) {
    throw usageError("--shape and --shapes both say what can be hit; give one of them");
  }
  const model = shapes === undefined
    ? fromFlags(flags, game) ?? fromRecording(recorded, flags)
    : fromFile(shapes, flags);
  return {
    ...model,
    ...(up === undefined ? {} : { up }),
    ...(handed === undefined ? {} : { handed }),
    ...(teleport?.by === "field" ? { teleportField: teleport.field } : {}),
  };
}

function fromFlags(
  { alive, rewinds, shape }: RewindFlags,
  game: GameProfile | undefined,
): HitModel | undefined {
  const shapes = shape ?? game?.shapes;
  if (shapes === undefined) return undefined;
  return asUsage(() => parseHitModel(shapes, alive ?? game?.alive, rewinds));
}

/** What the recording says; `--alive` and `--rewinds` take the place of what it says of all kinds. */
function fromRecording(
  recorded: HitModel | undefined,
  { alive, rewinds }: RewindFlags,
): HitModel {
  if (recorded === undefined) {
    throw usageError(
      "Say what can be hit: --shape kind=box:MINX,MINY,MINZ,MAXX,MAXY,MAXZ, or --shapes FILE.json",
    );
  }
  const given = asUsage(() => ({
    ...(alive === undefined ? {} : { alive: parseConditions(alive) }),
    ...(rewinds === undefined ? {} : { rewinds: parseConditions(rewinds) }),
  }));
  return { ...recorded, kinds: recorded.kinds.map((kind) => ({ ...kind, ...given })) };
}

/** A file of shapes; `--rewinds` holds for the kinds of it that say nothing of their own. */
function fromFile(path: string, { alive, rewinds }: RewindFlags): HitModel {
  if (alive !== undefined) {
    throw usageError("--alive goes with --shape; a file of shapes says alive for each kind");
  }
  const model = readJsonFile(path, readHitModel);
  if (rewinds === undefined) return model;
  const conditions = asUsage(() => parseConditions(rewinds));
  return { ...model, kinds: model.kinds.map((kind) => ({ rewinds: conditions, ...kind })) };
}
