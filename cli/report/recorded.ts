import { Command, CommanderError } from "@commander-js/extra-typings";
import type { RecordingReader } from "../../lib/recording.ts";
import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import { CommandError } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { NONE } from "./audience.ts";
import { optionsOfReport, type ReportOptions } from "./options.ts";
import { assertPlan, type Plan, planOf } from "./runs.ts";
import { SERVER, serverWire } from "./wires.ts";

/** Options that a recording may say, by the names of its facts. */
const OPTIONS: Readonly<Record<string, keyof ReportOptions>> = {
  ack: "ack",
  codec: "codec",
  consumers: "consumers",
  sendEvery: "sendEvery",
  sendRate: "sendRate",
  history: "history",
  nets: "net",
  interest: "interest",
  own: "own",
  lod: "lod",
  budget: "budget",
};

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
  const server = text === undefined ? "none" : serverWire(path, text);
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
  try {
    return planned({ ...given, ...parsed(added) });
  } catch (error) {
    const isRefusal = error instanceof CommandError || error instanceof CommanderError ||
      error instanceof SyntaxError;
    if (!isRefusal) throw error;
    throw new CommandError(
      `Cannot use what ${path} says of its server's replication: ${
        messageOf(error).replace(/^error: /, "")
      }; leave it aside with --ignore-recorded`,
    );
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
    const flag = `--${OPTIONS[name]!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const values = name === "nets" ? text.split(" ") : [text];
    // A recording that names a file would have it read.
    if (name === "nets") { for (const net of values) parseNetSpec(net); }
    return values.map((value) => `${flag}=${value}`);
  });
  command.parse(flags, { from: "user" });
  const options = command.opts();
  return Object.fromEntries(facts.map(([name]) => [OPTIONS[name]!, options[OPTIONS[name]!]]));
}
