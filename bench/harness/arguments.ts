import { parseArgs } from "node:util";

/** What was asked for. */
export interface Arguments {
  /** Words of which a case's name holds one; all cases but the long ones without a word. */
  readonly words: readonly string[];
  /** Only what cases come to, of small inputs. */
  readonly isShort: boolean;
  /** JSON instead of tables. */
  readonly isJson: boolean;
  /** Names and titles instead of a run. */
  readonly isList: boolean;
  /** Rounds that count. */
  readonly rounds: number;
  /** NDJSON of states instead of the duel's. */
  readonly input?: string;
  /** Index of the one case of a process of its own. */
  readonly apart?: number;
}

const ROUNDS = 11;
const ROUNDS_MIN = 9;

/**
 * Reads the command line.
 *
 * @throws {TypeError} for an option that there is not
 * @throws {RangeError} for fewer rounds than quartiles need
 */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      short: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      apart: { type: "string" },
      list: { type: "boolean", default: false },
      rounds: { type: "string", default: String(ROUNDS) },
      input: { type: "string" },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < ROUNDS_MIN) {
    throw new RangeError(`--rounds is ${values.rounds}, not an integer from ${ROUNDS_MIN} on`);
  }
  return {
    words: positionals,
    isShort: values.short,
    isJson: values.json,
    isList: values.list,
    rounds,
    ...(values.input === undefined ? {} : { input: values.input }),
    ...(values.apart === undefined ? {} : { apart: Number(values.apart) }),
  };
}
