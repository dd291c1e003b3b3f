import { InvalidArgumentError } from "@commander-js/extra-typings";
import type {
  HitModel,
  KindSteps,
  PoseHistory,
  RecordingReader,
  TeleportRule,
  UsedTeleports,
} from "../mod.ts";
import { CommandError } from "./exit_code.ts";
import { visible } from "./terminal.ts";

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
  option: TeleportOption | undefined,
): Promise<TeleportRule | undefined> {
  if (option === undefined || option.by === "units" || option.by === "speed") return option;
  const { eventTeleports, fieldTeleports } = await import("../mod.ts");
  if (option.by === "field") return fieldTeleports(history, model);
  if (!reader.eventCounts.has(option.event)) {
    const known = [...reader.eventCounts.keys()].join(", ");
    throw new CommandError(
      `Cannot find events ${JSON.stringify(option.event)} in ${path}: ${
        known === "" ? "it has no events" : `it has ${known}`
      }`,
    );
  }
  const events = [];
  for await (const event of reader.events()) if (event.name === option.event) events.push(event);
  try {
    return eventTeleports(history, events, option.key);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const remedy = `name the key of the entity: --teleport event:${option.event}:KEY`;
    throw new CommandError(`Cannot tell who teleports in ${path}: ${error.message}; ${remedy}`);
  }
}

/** Which steps counted as teleports, and why, as lines. */
export function teleportLines({ kinds, rule }: UsedTeleports): string[] {
  if (kinds !== undefined) return kinds.map((steps) => `teleport  ${foundWords(steps)}`);
  return [`teleport  ${givenWords(rule)}`];
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
      return rule.units === Infinity ? "none" : `steps above ${round(rule.units)} units`;
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

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
