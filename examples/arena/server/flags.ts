import { parseArgs } from "node:util";

/** How the server is started. */
export interface Flags {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly seed: number;
  /** Pilots that fly themselves. */
  readonly bots: number;
  /** Recording to write; undefined for none. */
  readonly record: string | undefined;
  /** Seconds to play; Infinity until it is stopped. */
  readonly seconds: number;
}

const USAGE = `Usage: server.ts [--port 8080] [--host 127.0.0.1] [--seed 1] [--bots 34]
                 [--record out/arena.mcap] [--seconds 60]`;

/** @throws {TypeError} naming the flag that cannot be used, and all that there are */
export function readFlags(args: readonly string[]): Flags {
  try {
    return flagsOf(args);
  } catch (error) {
    throw new TypeError(`${(error as Error).message}\n${USAGE}`);
  }
}

function flagsOf(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "8080" },
      seed: { type: "string", default: "1" },
      bots: { type: "string", default: "34" },
      seconds: { type: "string", default: "Infinity" },
      record: { type: "string" },
    },
  });
  const number = (name: "port" | "seed" | "bots" | "seconds", most: number): number => {
    const value = Number(values[name]);
    const isWhole = Number.isInteger(value) || name === "seconds";
    if (values[name].trim() !== "" && isWhole && value >= 0 && value <= most) return value;
    throw new TypeError(`--${name} is ${values[name]}, expected a number from 0 to ${most}`);
  };
  return {
    host: values.host,
    port: number("port", 65535),
    seed: number("seed", 2 ** 31),
    bots: number("bots", 500),
    seconds: number("seconds", Infinity),
    record: values.record,
  };
}
