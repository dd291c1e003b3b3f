import { cpus } from "node:os";
import process from "node:process";

/** What a figure was measured on. */
export interface Machine {
  /** Name of the processor. */
  readonly cpu: string;
  /** Its cores, as the system counts them. */
  readonly cores: number;
  /** System and architecture. */
  readonly system: string;
  /** Runtime and its version. */
  readonly runtime: string;
}

/** This machine and runtime. */
export function thisMachine(): Machine {
  const { versions, platform, arch } = process;
  const name = ["deno", "bun"].find((one) => one in versions) ?? "node";
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    system: `${platform} ${arch}`,
    runtime: `${name} ${versions[name]}`,
  };
}
