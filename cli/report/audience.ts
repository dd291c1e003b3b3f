import type { RunOptions } from "../../lib/report.ts";
import { RUN_RANGES } from "../../lib/replication/run_ranges.ts";
import type { SnapshotLayout } from "../../lib/world.ts";
import { CommandError, EXIT, usageError } from "../exit_code.ts";

/** What the options say of consumers, whatever the run. */
export type Audience = Pick<RunOptions, "interest" | "detailLevels" | "budgetKbps" | "churn">;

/** Says of an option that nothing is set, so that with and without can be told apart in one report. */
export const NONE = "none";

/** `radius=800@x,y,z`. @throws {CommandError} */
export function parseInterest(text: string, ownKind: string): Pick<Audience, "interest"> {
  if (text === NONE) return {};
  const [, radiusText, fields] = /^radius=([^@]*)@(.+)$/.exec(text) ?? [];
  const isAll = radiusText === "all";
  const radius = isAll ? Infinity : numberOf(radiusText);
  if (fields === undefined || !(radius > 0 && (isAll || radius < Infinity))) {
    throw usageError(
      `--interest is ${
        JSON.stringify(text)
      }, expected radius=800@x,y,z (or radius=all@x,y,z, or none)`,
    );
  }
  const position = fields.split(",");
  if (position.length > 3 || position.includes("")) {
    throw usageError(
      `--interest names the position ${JSON.stringify(fields)}, expected 1 to 3 fields`,
    );
  }
  const twice = position.find((field, i) => position.indexOf(field) < i);
  if (twice !== undefined) {
    throw usageError(
      `--interest names ${JSON.stringify(twice)} twice in the position ${
        JSON.stringify(fields)
      }; name each axis once`,
    );
  }
  return { interest: { radius, position, ownKind } };
}

/** `near=300:all,far=800:x,y`. @throws {CommandError} */
export function parseDetailLevels(text: string): Pick<Audience, "detailLevels"> {
  if (text === NONE) return {};
  const levels: { name: string; distance: number; fields: string[] | undefined }[] = [];
  for (const part of text.split(",")) {
    const [, name, distanceText, field] = /^([^=]+)=([^:]+):(.+)$/.exec(part) ?? [];
    const last = levels.at(-1);
    if (name !== undefined) {
      const distance = numberOf(distanceText);
      if (!(distance > 0 && distance < Infinity)) throw lodError(text);
      if (last !== undefined && !(distance > last.distance)) {
        throw usageError(
          `--lod has ${
            JSON.stringify(name)
          } up to ${distance}, expected more than the ${last.distance} of ${
            JSON.stringify(last.name)
          } before it; name the nearest first`,
        );
      }
      levels.push({ name, distance, fields: field === "all" ? undefined : [field!] });
    } else if (last?.fields !== undefined && part !== "") last.fields.push(part);
    else throw lodError(text);
  }
  return { detailLevels: levels };
}

function lodError(text: string): Error {
  return usageError(
    `--lod is ${
      JSON.stringify(text)
    }, expected levels such as near=300:all,far=800:x,y, each up to a number`,
  );
}

/** Largest `--budget`. */
const BUDGET_KBPS_MAX = 10_000_000;

/** `256kbps` or `2mbps`. @throws {CommandError} */
export function parseBudget(text: string): Pick<Audience, "budgetKbps"> {
  if (text === NONE) return {};
  const kbps = rateKbps(text);
  if (!(kbps > 0 && kbps <= BUDGET_KBPS_MAX)) {
    throw usageError(
      `--budget is ${
        JSON.stringify(text)
      }, expected such as 256kbps, at most ${BUDGET_KBPS_MAX}kbps`,
    );
  }
  return { budgetKbps: kbps };
}

/** Kilobits per second of a rate as `--budget` takes it; not a number for any other text. */
export function rateKbps(text: string): number {
  const [, amount, unit] = /^([0-9.]+)\s*(kbps|mbps)$/i.exec(text) ?? [];
  return numberOf(amount, unit?.toLowerCase() === "mbps");
}

const CHURN_KEYS = {
  join: "joinMs",
  reconnect: "reconnectMs",
  away: "awayMs",
  leave: "leaveMs",
  timeout: "timeoutMs",
} as const;

/** `join=30s,reconnect=60s`. @throws {CommandError} */
export function parseChurn(text: string): Pick<Audience, "churn"> {
  if (text === NONE) return {};
  const churn: { [K in (typeof CHURN_KEYS)[keyof typeof CHURN_KEYS]]?: number } = {};
  for (const part of text.split(",")) {
    const [, key, amount, unit] = /^([a-z]+)=([0-9.]+)(ms|s)$/.exec(part) ?? [];
    const ms = numberOf(amount, unit === "s");
    if (
      key === undefined || !Object.hasOwn(CHURN_KEYS, key) ||
      !(ms > 0 && ms <= RUN_RANGES.churnMs[1])
    ) {
      throw usageError(
        `--churn has ${JSON.stringify(part)}, expected ${
          Object.keys(CHURN_KEYS).join(", ")
        } with a time up to a day, such as reconnect=60s or away=500ms`,
      );
    }
    const name = CHURN_KEYS[key as keyof typeof CHURN_KEYS];
    if (churn[name] !== undefined) throw usageError(`--churn has ${key} twice; name it once`);
    churn[name] = ms;
  }
  return { churn };
}

/** An audience that the recorded kinds cannot have. */
export class AudienceError extends CommandError {
  override name = "AudienceError";
  /** Option that is at fault. */
  readonly option: "interest" | "lod" | "own";

  /** @param message what, where, why and what to do, on one line */
  constructor(option: AudienceError["option"], message: string) {
    super(message, EXIT.usage);
    this.option = option;
  }
}

/** Refuses an own kind that nobody sees from, or that is not there. @throws {CommandError} */
export function assertOwn(
  { kinds }: SnapshotLayout["schema"],
  { own, interest }: { readonly own?: string; readonly interest?: readonly string[] },
): void {
  if (own === undefined) return;
  if (interest === undefined) {
    throw new AudienceError(
      "own",
      `--own is ${
        JSON.stringify(own)
      } without --interest, which says how far around it consumers see; add --interest`,
    );
  }
  if (!kinds.some(({ name }) => name === own)) throw ownError(own, kinds);
}

function ownError(own: string, kinds: SnapshotLayout["schema"]["kinds"]): Error {
  return new AudienceError(
    "own",
    `--own is ${JSON.stringify(own)}, expected one of ${listed(kinds)}`,
  );
}

/** Refuses an audience that the recorded kinds cannot have. @throws {CommandError} */
export function assertAudience(
  { kinds }: SnapshotLayout["schema"],
  { interest, detailLevels = [] }: Audience,
): void {
  const own = kinds.find(({ name }) => name === interest?.ownKind);
  if (interest !== undefined && own === undefined) {
    throw ownError(interest.ownKind, kinds);
  }
  const numeric = own === undefined ? [] : numbersOf(own);
  for (const name of interest?.position ?? []) {
    if (numeric.some((field) => field.name === name)) continue;
    throw new AudienceError(
      "interest",
      `--interest names ${JSON.stringify(name)}, expected numbers of ${
        JSON.stringify(own!.name)
      }: ${listed(numeric)}`,
    );
  }
  const fields = kinds.flatMap((kind) => kind.fields);
  for (const name of detailLevels.flatMap((level) => level.fields ?? [])) {
    if (fields.some((field) => field.name === name)) continue;
    throw new AudienceError(
      "lod",
      `--lod names ${JSON.stringify(name)}, which is a field of no kind; fields are ${
        listed(fields.filter(({ name }, i) => fields.findIndex((f) => f.name === name) === i))
      }`,
    );
  }
}

/** Fields of a kind that a position can be made of. */
export function numbersOf({ fields }: SnapshotLayout["schema"]["kinds"][number]): readonly {
  readonly name: string;
}[] {
  return fields.filter(({ type }) => !["bool", "enum", "text"].includes(type));
}

/** Names for a message; a message is one line, so not all of very many. */
export function listed(named: readonly { readonly name: string }[]): string {
  const names = named.slice(0, 24).map(({ name }) => JSON.stringify(name)).join(", ");
  return named.length > 24 ? `${names} and ${named.length - 24} more` : names;
}

/** @param isThousands whether it counts thousands, by its digits: 1.005 is exactly 1005 of them */
function numberOf(text: string | undefined, isThousands = false): number {
  return text === undefined || text.trim() === "" ? NaN : Number(isThousands ? `${text}e3` : text);
}
