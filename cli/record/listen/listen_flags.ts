import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { collect, integer, U32_MAX } from "../../arguments.ts";
import { usageError } from "../../exit_code.ts";
import { FLUSH_MS } from "../live_flush.ts";
import { isLoopback, type ListenAddress, listenAddress } from "./listen_address.ts";

/** Options of live inputs, as the command line gives them. */
export interface ListenFlags {
  /** URLs that are listened on. */
  readonly listen?: readonly string[];
  /** What producers have to show. */
  readonly token?: string;
  /** Time for which something may wait before it is written, in milliseconds. */
  readonly flushMs: number;
  /** Bytes of a line. */
  readonly maxLine: number;
  /** Producers at once. */
  readonly maxProducers: number;
  /** Lines a second of one producer. */
  readonly maxRate: number;
  /** True to record each producer to a file of its own. */
  readonly perProducer?: true;
  /** True to wait for the disk each time that something is written. */
  readonly fsync?: true;
}

const MINUTE_MS = 60_000;

/** Limits of producers, unless the user says: bytes of a line, producers, lines of each. */
export const LINE_BYTES = 1 << 20;
export const PRODUCERS = 64;
export const LINES_A_SECOND = 1_000_000;

/** Adds the options of live inputs. */
export function addListenOptions(command: CommandUnknownOpts): void {
  command
    .option(
      "--listen <url>",
      "record what producers send: ws://, tcp:// or udp:// with host and port; repeatable",
      collect,
    )
    .option("--per-producer", "with --listen: one file for each producer, OUT-1, OUT-2 ...")
    .option("--token <token>", "what producers have to show; needed beyond this machine")
    .option(
      "--flush-ms <ms>",
      "live input: how long something waits before it is written",
      integer(1, MINUTE_MS),
      FLUSH_MS,
    )
    .option("--max-line <bytes>", "with --listen: longest line", integer(64, 1 << 26), LINE_BYTES)
    .option("--max-producers <n>", "with --listen: producers at once", integer(1, 1024), PRODUCERS)
    .option(
      "--max-rate <lines>",
      "with --listen: lines a second of one producer",
      integer(1, U32_MAX),
      LINES_A_SECOND,
    )
    .option("--fsync", "live input: wait for the disk each time that something is written");
}

/** Addresses that are listened on. @throws {CommandError} for one that is not to be */
export function listenAddresses({ listen = [], token, perProducer }: ListenFlags): ListenAddress[] {
  if (listen.length === 0) {
    const flag = perProducer ? "--per-producer" : token === undefined ? undefined : "--token";
    if (flag !== undefined) throw usageError(`${flag} needs --listen, where producers connect`);
  }
  if (token === "") throw usageError("--token is empty; give a long random text");
  const addresses = listen.map(listenAddress);
  addresses.forEach(({ host }, i) => {
    if (token !== undefined || isLoopback(host)) return;
    throw usageError(
      `--listen ${
        listen[i]
      } is open to other machines, which takes a --token that producers show; listen on 127.0.0.1 without one`,
    );
  });
  return addresses;
}

/** Values of those options. */
export function listenFlagsOf(command: CommandUnknownOpts): ListenFlags {
  return command.opts() as unknown as ListenFlags;
}
