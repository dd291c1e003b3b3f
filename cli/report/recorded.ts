import { Command, CommanderError } from "@commander-js/extra-typings";
import type { RecordingReader } from "../../lib/recording.ts";
import { parseNetSpec } from "../../lib/net/spec/net_text.ts";
import { CommandError } from "../exit_code.ts";
import { messageOf } from "../option_flags.ts";
import { optionsOfReport, type ReportOptions } from "./options.ts";
import { audienceOf, runsOf } from "./runs.ts";

/** Flags whose values a recording may say, by the names of its facts. */
const FLAGS: Readonly<Record<string, string>> = {
  ack: "--ack",
  codec: "--codec",
  consumers: "--consumers",
  sendEvery: "--send-every",
  history: "--history",
  nets: "--net",
  interest: "--interest",
  own: "--own",
  lod: "--lod",
  budget: "--budget",
};

/** The options, with what the recording says of its server's replication where they are silent. */
export interface RecordedOptions {
  readonly options: ReportOptions;
  /** Text of the wire schema; undefined when there is none, or a flag names one. */
  readonly wire: string | undefined;
  /** Facts that were taken, by name; empty where nothing was. */
  readonly taken: Readonly<Record<string, string>>;
}

/** Fills options from a recording. @throws {CommandError} when it says what cannot be used */
export function withRecorded(
  path: string,
  { replication }: RecordingReader,
  given: ReportOptions,
): RecordedOptions {
  const isLeft = given.ignoreRecorded === true;
  const facts = [...isLeft ? [] : replication].filter(([name]) => Object.hasOwn(FLAGS, name));
  const options = { ...given } as Record<string, unknown>;
  const taken: Record<string, string> = {};
  try {
    for (const [name, text] of facts) {
      const [[key, value]] = parsed(name, text);
      if (given[key] !== undefined) continue;
      // Whose eyes consumers have goes with what they see.
      if (key === "own" && given.interest !== undefined) continue;
      options[key] = value;
      taken[name] = text;
    }
    runsOf(options as ReportOptions, audienceOf(options as ReportOptions));
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
  const wire = given.wire === undefined && !isLeft ? replication.get("wire") : undefined;
  if (wire !== undefined) taken.wire = wire;
  return { options: options as ReportOptions, wire, taken };
}

/** A fact as the command's own parser reads it: the option and its value. */
function parsed(name: string, text: string): [[key: keyof ReportOptions, value: unknown]] {
  const values = name === "nets" ? text.split(" ") : [text];
  // A recording that names a file would have it read.
  if (name === "nets") { for (const net of values) parseNetSpec(net); }
  const command = optionsOfReport(new Command().exitOverride().configureOutput({ writeErr() {} }));
  command.parse(values.map((value) => `${FLAGS[name]}=${value}`), { from: "user" });
  const own = Object.entries(command.opts())
    .filter(([key]) => command.getOptionValueSource(key as keyof ReportOptions) === "cli");
  return own as [[keyof ReportOptions, unknown]];
}
