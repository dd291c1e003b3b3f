import * as v from "valibot";
import {
  type LinkOptions,
  OPTION_NAMES,
  OPTION_RULES,
  type OptionName,
  type OptionRule,
} from "./link_options.ts";
import { ACK_LAG_FRAMES_MAX } from "./net_spec.ts";
import { quote } from "../link/net_spec_error.ts";
import { completeChain, readOptionValue } from "./option_value.ts";
import { suggest } from "./suggest.ts";

/** One direction as a scenario has it: options, and files by name. */
export interface LinkInput extends Omit<LinkOptions, "trace" | "mahimahi"> {
  /** Name of a packet trace. */
  readonly trace?: string;
  /** Name of a capacity file. */
  readonly mahimahi?: string;
}

/** A scenario in which every value is in its range; whether values go together is not yet known. */
export interface ScenarioInput extends LinkInput {
  /** What reports call the network. */
  readonly name?: string;
  /** Name of the preset underneath. */
  readonly preset?: string;
  /** Frames after which an ack is usable. */
  readonly acklag?: number;
  /** From consumer to server. */
  readonly up?: LinkInput;
  /** From server to consumer. */
  readonly down?: LinkInput;
}

/** Makes the error for a path in the scenario. */
export type ScenarioFault = (path: string, why: string, remedy: string) => Error;

/** Checks the content of a scenario file; throws what `fault` makes of the first thing wrong. */
export function readScenarioInput(json: unknown, fault: ScenarioFault): ScenarioInput {
  const result = v.safeParse(SCENARIO, json);
  if (!result.success) throw issueFault(result.issues[0], fault);
  return result.output as ScenarioInput;
}

/** Legal values of an option, as a JSON author reads them. */
function jsonTakes(rule: OptionRule): string {
  if (rule.kind === "share") return `a number from 0 to 1, or a text such as "${rule.example}"`;
  if (rule.kind === "chain") return "an array of p, r, 1-h, 1-k, each a number from 0 to 1";
  return rule.takes;
}

function readJsonValue(name: OptionName, input: unknown): unknown {
  const rule = OPTION_RULES[name];
  if (typeof input === "string") {
    const read = readOptionValue(name, input);
    return "fault" in read ? undefined : read.value;
  }
  if (rule.kind === "chain") {
    if (!Array.isArray(input) || input.length < 1 || input.length > 4) return undefined;
    const shares = input.map((item) => readJsonValue("loss", item));
    return shares.includes(undefined) ? undefined : completeChain(shares as number[]);
  }
  if (typeof input !== "number" || rule.kind === "word") return undefined;
  if (rule.kind === "integer" && !Number.isInteger(input)) return undefined;
  return input >= rule.min && input <= rule.max ? input : undefined;
}

function optionEntry(name: OptionName) {
  return v.optional(v.pipe(
    v.unknown(),
    v.check(
      (input) => readJsonValue(name, input) !== undefined,
      `${name} takes ${jsonTakes(OPTION_RULES[name])}`,
    ),
    v.transform((input) => readJsonValue(name, input)),
  ));
}

const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;
const text = (takes: string) =>
  v.pipe(
    v.string(takes),
    v.minLength(1, takes),
    v.maxLength(200, takes),
    v.regex(PRINTABLE, takes),
  );
const FILE_NAME = "it takes the name of a file";

// Without a prototype, or "constructor" would count as a known key.
function known(entries: v.ObjectEntries): v.ObjectEntries {
  return Object.assign(Object.create(null), entries);
}

const LINK_ENTRIES: v.ObjectEntries = {
  ...Object.fromEntries(OPTION_NAMES.map((name) => [name, optionEntry(name)])),
  trace: v.optional(text(FILE_NAME)),
  mahimahi: v.optional(text(FILE_NAME)),
};

// valibot takes an array for an object.
const object = (takes: string) =>
  v.custom<object>(
    (input) => typeof input === "object" && input !== null && !Array.isArray(input),
    takes,
  );

const LINK = v.pipe(object("it takes an object of options"), v.strictObject(known(LINK_ENTRIES)));
const FRAMES = `acklag takes whole frames from 0 to ${ACK_LAG_FRAMES_MAX}`;

const SCENARIO = v.pipe(
  object("a scenario is an object"),
  v.strictObject(known({
    ...LINK_ENTRIES,
    name: v.optional(text("name takes a printable text of 1 to 200 characters")),
    preset: v.optional(v.string("preset takes the name of a preset")),
    acklag: v.optional(v.pipe(
      v.number(FRAMES),
      v.integer(FRAMES),
      v.minValue(0, FRAMES),
      v.maxValue(ACK_LAG_FRAMES_MAX, FRAMES),
    )),
    up: v.optional(LINK),
    down: v.optional(LINK),
  })),
);

const TOP_NAMES = ["name", "preset", "acklag", "up", "down"];

function issueFault(issue: v.BaseIssue<unknown>, fault: ScenarioFault): Error {
  const keys = (issue.path ?? []).map((item) => String(item.key));
  const path = keys.join(".") || "its top";
  if (issue.type === "strict_object" && issue.expected === "never") {
    const names = [...OPTION_NAMES, "trace", "mahimahi", ...(keys.length === 1 ? TOP_NAMES : [])];
    const near = suggest(keys.at(-1) ?? "", names);
    const remedy = near === undefined ? `use one of ${names.join(", ")}` : `did you mean ${near}?`;
    return fault(path, "there is no such option", remedy);
  }
  const name = keys.at(-1) as OptionName;
  const example = OPTION_RULES[name]?.example;
  return fault(
    path,
    `${issue.message}, not ${quote(JSON.stringify(issue.input) ?? String(issue.input))}`,
    example === undefined ? "correct it" : `write for example ${exampleJson(name, example)}`,
  );
}

function exampleJson(name: OptionName, example: string): string {
  if (name === "gemodel") return `"gemodel": [0.013, 0.25, 1, 0]`;
  const bare = /^[\d.]+$/.test(example);
  return `"${name}": ${bare ? example : `"${example}"`}`;
}
