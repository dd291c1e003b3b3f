import type { RewindPolicy, Shot } from "../mod.ts";
import { asUsage } from "./as_usage.ts";

/** Policies of the command line; undefined when none was named. @throws {CommandError} */
export async function readPolicies(
  texts: readonly string[] | undefined,
): Promise<readonly RewindPolicy[] | undefined> {
  if (texts === undefined) return undefined;
  const { parsePolicy } = await import("../mod.ts");
  return asUsage(() => [...new Set(texts)].map((text) => parsePolicy(text)));
}

/** What is tried when no policy is named: every rule whose numbers all shots have. */
export async function defaultPolicies(
  shots: readonly Shot[],
  isQuakeWorld: boolean,
): Promise<readonly RewindPolicy[]> {
  const { parsePolicy } = await import("../mod.ts");
  const has = (name: string) => shots.length > 0 && shots.every(({ numbers }) => numbers.has(name));
  const texts = ["none"];
  if (isQuakeWorld) texts.push("ping", "ping-13", "acked", "ms:100");
  else {
    if (has("ping") && has("interp")) texts.push("rtt+interp", "half-rtt+interp", "source");
    else if (has("ping")) texts.push("ping", "ping/2", "source");
    if (has("delay")) texts.push("frames:delay", "unity");
    if (has("stamp") || has("stampMs")) texts.push("stamped");
    if (texts.length === 1) texts.push("ms:50", "ms:100");
  }
  return texts.map((text) => parsePolicy(text));
}
