import { Command, CommanderError } from "@commander-js/extra-typings";
import type { RecordingReader } from "../../lib/recording.ts";
import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import { CommandError } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { AudienceError, NONE } from "./audience.ts";
import { FACT_OPTIONS, factError, flagOfOption, shownFact } from "./fact_error.ts";
import { optionsOfReport, type ReportOptions } from "./options.ts";
import { assertPlan, type Plan, planOf } from "./runs.ts";
import { SERVER, serverWire } from "./wires.ts";

const OPTIONS: Readonly<Record<string, keyof ReportOptions>> = FACT_OPTIONS;

/** The options, with what the recording says of its server's replication where they are silent. */
export interface RecordedOptions {
  readonly options: ReportOptions;
  /** What they ask for. */
  readonly plan: Plan;
  /** Facts that were taken, by name; empty where nothing was. */
  readonly taken: Readonly<Record<string, string>>;
}

/**
 * Fills options from a recording.
 *
 * @param readText gives the text of a file that an option names
 * @throws {CommandError} when all of it cannot be used together
 */
export function withRecorded(
  path: string,
  { replication }: Pick<RecordingReader, "replication">,
  given: ReportOptions,
  readText: (path: string) => string,
): RecordedOptions {
  const facts = new Map(given.ignoreRecorded === true ? [] : replication);
  const text = given.wire === undefined || given.wire.includes(SERVER)
    ? facts.get("wire")
    : undefined;
  const server = text === undefined ? "none" : blamingFile(path, () => serverWire(path, text));
  const added = [...facts].filter(([name]) =>
    Object.hasOwn(OPTIONS, name) && isSilent(given, OPTIONS[name]!)
  );
  const taken = Object.fromEntries([...added, ...text === undefined ? [] : [["wire", text]]]);
  const planned = (options: ReportOptions): RecordedOptions => {
    const plan = planOf(options, { readText, server });
    assertPlan(plan);
    return { options, plan, taken };
  };
  if (added.length === 0) return planned(given);
  const names = added.map(([name]) => name);
  if (names.includes("sendEvery") && names.includes("sendRate")) {
    throw factError(path, "sendEvery and sendRate both say when packets go");
  }
  return blamingFile(
    path,
    () => planned({ ...given, ...parsed(added) }),
    () => planned(given),
  );
}

/**
 * Does what facts of a file ask for; a refusal is theirs.
 *
 * @param alone the same without them, whose refusal, if that is the same, is not theirs
 */
function blamingFile<T>(path: string, action: () => T, alone?: () => T): T {
  const failed = refusalOf(action);
  if ("value" in failed) return failed.value;
  const without = alone === undefined ? undefined : refusalOf(alone);
  if (without !== undefined && "error" in without) {
    if (without.error.message === failed.error.message) throw without.error;
  }
  throw factError(path, messageOf(failed.error));
}

function refusalOf<T>(action: () => T): { readonly value: T } | { readonly error: Error } {
  try {
    return { value: action() };
  } catch (error) {
    const isRefusal = error instanceof CommandError || error instanceof CommanderError ||
      error instanceof SyntaxError;
    if (isRefusal) return { error };
    throw error;
  }
}

/**
 * Finds an audience; what is at fault in it is blamed on the file where that has said it.
 *
 * @param taken facts of the file that are used, by name
 */
export async function blamingFacts<T>(
  path: string,
  taken: RecordedOptions["taken"],
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof AudienceError) || !Object.hasOwn(taken, error.option)) throw error;
    throw factError(path, error.message);
  }
}

/** True where the flags say nothing that an option of the recording would contradict. */
function isSilent(given: ReportOptions, key: keyof ReportOptions): boolean {
  if (given[key] !== undefined) return false;
  switch (key) {
    case "sendEvery":
    case "sendRate":
      return given.sendEvery === undefined && given.sendRate === undefined;
    case "own":
      // Whose eyes consumers have goes with what they see.
      return given.interest === undefined;
    case "lod":
      return given.interest?.every((text) => text === NONE) !== true;
    default:
      return true;
  }
}

/** Facts as the command's own parser reads them. */
function parsed(facts: readonly (readonly [name: string, text: string])[]): Partial<ReportOptions> {
  const command = optionsOfReport(new Command().exitOverride().configureOutput({ writeErr() {} }));
  const flags = facts.flatMap(([name, text]) => {
    const flag = flagOfOption(OPTIONS[name]!);
    const values = name === "nets" ? text.split(" ") : [text];
    if (name === "nets") { for (const net of values) parseNetSpec(net, () => refuseFile(net)); }
    return values.map((value) => `${flag}=${value}`);
  });
  command.parse(flags, { from: "user" });
  const options = command.opts();
  return Object.fromEntries(facts.map(([name]) => [OPTIONS[name]!, options[OPTIONS[name]!]]));
}

/** A recording that names a file would have it read. */
function refuseFile(net: string): never {
  throw new CommandError(
    `nets has ${
      shownFact(net)
    }, which names a file, and files are not read because a recording names them`,
  );
}
