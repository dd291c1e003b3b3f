import type { Axis, HitModel, RecordingReader, ShotMap } from "../../mod.ts";
import { asUsage } from "../as_usage.ts";
import { CommandError, usageError } from "../exit_code.ts";
import { readText } from "../files/files.ts";
import type { TeleportOption } from "./teleport.ts";

/** Options that say what a shot is and what it can hit. */
export interface ModelOptions {
  readonly shotMap?: string;
  readonly shape?: string[];
  readonly shapes?: string;
  readonly alive?: string;
  readonly rewinds?: string;
  readonly up?: Axis;
  readonly teleport?: TeleportOption;
}

/** Shapes of a QuakeWorld player; used with `--shot-map quakeworld` unless given. */
const QUAKEWORLD_SHAPE = "player=box:-16,-16,-24,16,16,32";
const QUAKEWORLD_ALIVE = "dead=0";

/** True when the map is the built-in one, which brings shapes and event with it. */
export function isQuakeWorld(options: ModelOptions): boolean {
  return options.shotMap === "quakeworld";
}

/** What can be hit. @throws {CommandError} */
export async function readModel(options: ModelOptions): Promise<HitModel> {
  const { shape, shapes, teleport, up } = options;
  if (shape !== undefined && shapes !== undefined) {
    throw usageError("--shape and --shapes both say what can be hit; give one of them");
  }
  const model = shapes === undefined ? await fromFlags(options) : await fromShapes(shapes, options);
  return {
    ...model,
    ...(up === undefined ? {} : { up }),
    ...(teleport?.by === "field" ? { teleportField: teleport.field } : {}),
  };
}

async function fromFlags({ alive, rewinds, shape, ...options }: ModelOptions): Promise<HitModel> {
  const { parseHitModel } = await import("../../mod.ts");
  const quakeWorld = isQuakeWorld(options);
  const list = shape ?? (quakeWorld ? [QUAKEWORLD_SHAPE] : undefined);
  const test = alive ?? (quakeWorld ? QUAKEWORLD_ALIVE : undefined);
  if (list !== undefined) return asUsage(() => parseHitModel(list, test, rewinds));
  throw usageError(
    "Say what can be hit: --shape kind=box:MINX,MINY,MINZ,MAXX,MAXY,MAXZ, or --shapes FILE.json",
  );
}

/** A file of shapes; `--rewinds` holds for the kinds of it that say nothing of their own. */
async function fromShapes(path: string, { alive, rewinds }: ModelOptions): Promise<HitModel> {
  if (alive !== undefined) {
    throw usageError("--alive goes with --shape; a file of shapes says alive for each kind");
  }
  const { parseConditions, readHitModel } = await import("../../mod.ts");
  const model = fromFile(path, readHitModel);
  if (rewinds === undefined) return model;
  const conditions = asUsage(() => parseConditions(rewinds));
  return { ...model, kinds: model.kinds.map((kind) => ({ rewinds: conditions, ...kind })) };
}

/** Where events keep a shot; undefined when no map was given. @throws {CommandError} */
export async function readMap({ shotMap }: ModelOptions): Promise<ShotMap | undefined> {
  if (shotMap === undefined) return undefined;
  const { parseShotMap, readShotMap } = await import("../../mod.ts");
  if (shotMap.endsWith(".json")) {
    return fromFile(shotMap, readShotMap);
  }
  return asUsage(() => parseShotMap(shotMap));
}

/** Refuses a model that names a kind which the recording lacks. @throws {CommandError} */
export function assertKinds(path: string, reader: RecordingReader, model: HitModel): void {
  const known = reader.schema.kinds.map(({ name }) => name);
  const stranger = model.kinds.find(({ kind }) => !known.includes(kind));
  if (stranger === undefined) return;
  throw new CommandError(
    `Cannot rewind ${path}: it has no kind ${JSON.stringify(stranger.kind)}; its kinds are ${
      known.join(", ") || "none"
    }`,
  );
}

/** What a JSON file says. @throws {CommandError} naming the file */
function fromFile<T>(path: string, read: (json: unknown) => T): T {
  const text = readText(path);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CommandError(`Cannot read ${path}: it is not JSON; check commas and quotes`);
  }
  try {
    return read(json);
  } catch (error) {
    throw error instanceof TypeError ? new CommandError(`${error.message} (in ${path})`) : error;
  }
}
