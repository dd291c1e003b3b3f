import { InvalidArgumentError } from "@commander-js/extra-typings";
import type {
  HitModel,
  KindSteps,
  PoseHistory,
  RecordingReader,
  TeleportRule,
  UsedTeleports,
} from "../../mod.ts";
import { CommandError } from "../exit_code.ts";
import { namedEvents, type ShotOptions } from "./shots.ts";
import { visible } from "../terminal/terminal.ts";

/** What `--teleport` says. */
export type TeleportOption =
  | { readonly by: "units"; readonly units: number }
  | { readonly by: "speed"; readonly unitsPerSecond: number }
  | { readonly by: "field"; readonly field: string }
  | { readonly by: "event"; readonly event: string; readonly key: string };

/** Parser of `--teleport`. */
export function teleportOption(text: string): TeleportOption {
  const [, word, rest] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  if (text === "none") return { by: "units", units: Infinity };
  if (word === "field") return { by: "field", field: rest! };
  if (word === "event") {
    const [event, key] = /^(.+):([^:]+)$/.exec(rest!)?.slice(1) ?? [rest!, "id"];
    return { by: "event", event: event!, key: key! };
  }
  const number = (word === "speed" ? rest! : text).trim();
  const value = number === "" ? NaN : Number(number);
  if (value > 0 && value < Infinity && (word === undefined || word === "speed")) {
    return word === "speed"
      ? { by: "speed", unitsPerSecond: value }
      : { by: "units", units: value };
  }
  throw new InvalidArgumentError(
    "Expected UNITS, speed:UNITS_PER_SECOND, field:NAME, event:NAME (or event:NAME:KEY) or none.",
  );
}

/** The rule that `--teleport` asks for; undefined without one. @throws {CommandError} */
export async function readTeleports(
  path: string,
  reader: RecordingReader,
  history: PoseHistory,
  model: HitModel,
  options: ShotOptions & { readonly teleport?: TeleportOption },
): Promise<TeleportRule | undefined> {
  const option = options.teleport;
  if (option === undefined || option.by === "units" || option.by === "speed") return option;
  const { eventTeleports, fieldTeleports } = await import("../../mod.ts");
  if (option.by === "field") return fieldTeleports(history, model);
  const events = await namedEvents(path, reader, options, option.event);
  const refuse = (why: string): CommandError =>
    new CommandError(
      `Cannot tell who teleports in ${path}: ${why}; name the key of the entity: ` +
        `--teleport event:${option.event}:KEY`,
    );
  try {
    const rule = eventTeleports(history, events, option.key);
    const ids = rule.by === "event" ? Object.keys(rule.timesMs).map(Number) : [];
    const stranger = ids.find((id) => !history.knows(id));
    if (stranger === undefined) return rule;
    throw refuse(`${option.key} is ${stranger}, which is no entity of the recording`);
  } catch (error) {
    throw error instanceof RangeError ? refuse(error.message) : error;
  }
}

/** Which steps counted as teleports, and why, as lines. */
export function teleportLines({ above, kinds, rule, steps }: UsedTeleports): string[] {
  if (kinds !== undefined) return kinds.map((found) => `teleport  ${foundWords(found)}`);
  return [`teleport  ${givenWords(rule)}: ${above} of ${steps} steps`];
}

function foundWords(steps: KindSteps): string {
  const { above, from, kind, limitUnits, steps: count, widestBelow } = steps;
  const name = `${visible(kind)}: `;
  const limit = round(limitUnits);
  const all = count === 1 ? "1 step" : `${count} steps`;
  switch (from) {
    case "gap":
      return `${name}steps above ${limit} units a frame are teleports, as the recording's own show ` +
        `(${above} of ${all}; the widest below is ${round(widestBelow)})`;
    case "size":
      if (count === 0) return `${name}nothing moves`;
      return `${name}${all}, too few to tell; a step above ${limit} units a frame, 4 times the ` +
        `target's size or usual step, counts as a teleport (${above} of them)`;
    default:
      return `${name}no step of ${count} stands apart; all are interpolated`;
  }
}

function givenWords(rule: TeleportRule): string {
  switch (rule.by) {
    case "units":
      return rule.units === Infinity ? "no step" : `steps above ${round(rule.units)} units`;
    case "speed":
      return `steps faster than ${round(rule.unitsPerSecond)} units a second`;
    case "field":
      return rule.as === "flag" ? "rows whose field is set" : "rows whose field has changed";
    case "event":
      return `${Object.keys(rule.timesMs).length} entities at the times of their events`;
    default:
      return "steps above the limit of their kind";
  }
}

/** Two digits behind the point, and as many as it takes to be more than 0. */
function round(value: number): number {
  return value >= 0.01 ? Math.round(value * 100) / 100 : Number(value.toPrecision(2));
}
