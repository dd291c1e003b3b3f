import { Command, CommanderError } from "@commander-js/extra-typings";
import type { RecordingReader } from "../../lib/recording.ts";
import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import { CommandError } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { optionsOfReport, type ReportOptions } from "./options.ts";
import { assertPlan, type Plan, planOf } from "./runs.ts";

/** Options that a recording may say, by the names of its facts. */
const OPTIONS: Readonly<Record<string, keyof ReportOptions>> = {
  ack: "ack",
  codec: "codec",
  consumers: "consumers",
  sendEvery: "sendEvery",
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
  /** Text of the wire schema; undefined when there is none, or a flag names one. */
  readonly wire: string | undefined;
  /** Facts that were taken, by name; empty where nothing was. */
  readonly taken: Readonly<Record<string, string>>;
}

/**
 * Fills options from a recording.
 *
 * @param own what the options ask for without it
 * @throws {CommandError} when all of it cannot be used together
 */
export function withRecorded(
  path: string,
  { replication }: RecordingReader,
  given: ReportOptions,
  own: Plan,
): RecordedOptions {
  const facts = new Map(given.ignoreRecorded === true ? [] : replication);
  const wire = given.wire === undefined ? facts.get("wire") : undefined;
  // Whose eyes consumers have goes with what they see.
  const isSilent = (key: keyof ReportOptions) =>
    given[key] === undefined && !(key === "own" && given.interest !== undefined);
  const added = [...facts].filter(([name]) =>
    Object.hasOwn(OPTIONS, name) && isSilent(OPTIONS[name]!)
  );
  const taken = Object.fromEntries([...added, ...wire === undefined ? [] : [["wire", wire]]]);
  if (added.length === 0) {
    assertPlan(own);
    return { options: given, plan: own, wire, taken };
  }
  try {
    const options = { ...given, ...parsed(added) };
    const plan = planOf(options);
    assertPlan(plan);
    return { options, plan, wire, taken };
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
