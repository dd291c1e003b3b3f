import { CommandError } from "../exit_code.ts";

/** Options that a recording may say, by the names of its facts. */
export const FACT_OPTIONS = {
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
} as const;

/** Characters of a fact that a message shows. */
const FACT_LENGTH_MAX = 80;

/**
 * A failure of what a recording says of its server, in the names of its facts instead of flags that
 * nobody gave.
 *
 * @param message of the flag with that value
 */
export function factError(path: string, message: string): CommandError {
  return new CommandError(
    `Cannot use what ${path} says of its server's replication: ${
      factMessage(message)
    }; leave it aside with --ignore-recorded`,
  );
}

/** Flag of an option. */
export function flagOfOption(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** A fact as a message shows it. */
export function shownFact(text: string): string {
  return JSON.stringify(
    text.length <= FACT_LENGTH_MAX ? text : `${text.slice(0, FACT_LENGTH_MAX)}…`,
  );
}

function factMessage(message: string): string {
  const [, flag, text, expected] =
    /^error: option '(--\S+) <[^>]*>' argument '([^]*)' is invalid\. E([^]*)\.$/.exec(message) ??
      [];
  if (flag !== undefined) return `${factOf(flag)} is ${shownFact(text!)}, e${expected}`;
  return message.replace(/^error: /, "").replace(/^--\S+/, factOf);
}

function factOf(flag: string): string {
  const [name] = Object.entries(FACT_OPTIONS).find(([, option]) => flagOfOption(option) === flag) ??
    [];
  return name ?? flag;
}
