import type { RunOptions } from "../../replication/run_options.ts";
import type { WindowRow } from "../report/window_row.ts";

/** Maker of the rows of a run that goes by a name. */
export function windowRows(
  run: string,
  options: RunOptions,
): (second: number, consumer: number, wireBytes: number, seconds: number) => WindowRow {
  const { policy: ack, codec, net: { name: net }, seed } = options;
  return (second, consumer, wireBytes, seconds) => {
    const kbps = Math.round((wireBytes * 8) / seconds) / 1000;
    return { run, ack, codec, net, seed, second, consumer, wireBytes, kbps };
  };
}
