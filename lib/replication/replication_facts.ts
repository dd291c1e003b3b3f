import type { Schema } from "../core/state/schema.ts";
import { parseNetSpec } from "../net/spec/net_text.ts";
import { assertRunOptions, RUN_DEFAULTS, type RunOptions } from "./run_options.ts";

/** How a running server replicates, for its recording; what is left out stays at its default. */
export interface ReplicationFactsOptions extends
  Partial<
    Pick<
      RunOptions,
      | "policy"
      | "codec"
      | "consumers"
      | "sendEveryFrames"
      | "sendRateHz"
      | "historyFrames"
      | "interest"
      | "detailLevels"
      | "budgetKbps"
    >
  > {
  /** Networks that its players have, as {@linkcode parseNetSpec} takes them; a run each. */
  readonly nets?: readonly string[];
  /** Schema of what is sent, where that is another than what is recorded. */
  readonly wire?: Schema;
}

/**
 * How a server replicates, as texts for `RecordingOptions.replication`: `hindcast report` then needs
 * no option to say what it costs, and what breaks over the networks of its players.
 *
 * @throws {RangeError} for an option out of its range
 * @throws {TypeError} for a name that the texts cannot hold
 * @throws {SyntaxError} for a network that cannot be read, or one in a file
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { replicationFacts } from "@hindcast/hindcast/report";
 *
 * const facts = replicationFacts({
 *   consumers: 16,
 *   interest: { radius: 800, position: ["x", "y"], ownKind: "player" },
 *   nets: ["none", "4g"],
 * });
 * assert.deepEqual(facts, {
 *   ack: "strict",
 *   codec: "varint",
 *   consumers: "16",
 *   nets: "none 4g",
 *   interest: "radius=800@x,y",
 *   own: "player",
 * });
 * ```
 */
export function replicationFacts(options: ReplicationFactsOptions): Record<string, string> {
  const { nets = [], wire, ...run } = options;
  assertRunOptions({ ...RUN_DEFAULTS, ...run });
  for (const net of nets) {
    parseNetSpec(net);
    assertPlain("a network", net, /\s/);
  }
  const { budgetKbps, codec, consumers, historyFrames, policy, sendEveryFrames, sendRateHz } = run;
  const texts = {
    ack: policy ?? RUN_DEFAULTS.policy,
    codec: codec ?? RUN_DEFAULTS.codec,
    consumers,
    sendEvery: sendEveryFrames,
    sendRate: sendRateHz,
    history: historyFrames,
    nets: nets.length === 0 ? undefined : nets.join(" "),
    ...interestTexts(run.interest),
    lod: levelsText(run.detailLevels),
    budget: budgetKbps === undefined ? undefined : `${budgetKbps}kbps`,
    wire: wire === undefined ? undefined : JSON.stringify(wire),
  };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => text === undefined ? [] : [[name, `${text}`]]),
  );
}

function interestTexts(interest: RunOptions["interest"]): object {
  if (interest === undefined) return {};
  const { ownKind, position, radius } = interest;
  for (const field of position) assertPlain("a field", field, /,/);
  const text = `radius=${radius === Infinity ? "all" : radius}@${position.join(",")}`;
  return { interest: text, own: ownKind };
}

function levelsText(levels: RunOptions["detailLevels"]): string | undefined {
  return levels?.map(({ distance, fields, name }) => {
    assertPlain("a level", name, /[=,:]/);
    for (const field of fields ?? []) assertPlain("a field", field, /[=,:]/);
    if (fields?.length === 0 || fields?.[0] === "all") {
      throw new TypeError(`Cannot record level ${JSON.stringify(name)}: its fields have no text`);
    }
    return `${name}=${distance}:${fields?.join(",") ?? "all"}`;
  }).join(",");
}

function assertPlain(what: string, name: string, not: RegExp): void {
  if (name !== "" && !not.test(name)) return;
  throw new TypeError(
    `Cannot record ${what} called ${JSON.stringify(name)}: in a list it cannot be told apart`,
  );
}
