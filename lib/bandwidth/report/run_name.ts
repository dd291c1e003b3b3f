import type { RunOptions } from "../../replication/run_options.ts";

/** Name of a run in every report: policy, codec and network, as they were given. */
export function runName(options: Pick<RunOptions, "policy" | "codec" | "net">): string {
  return `${options.policy} ${options.codec} ${options.net.name}`;
}
