import { type LinkSpec, PERFECT_LINK } from "../link/link_spec.ts";
import { type LinkOptions, overrideOptions } from "./link_options.ts";
import { parseMahimahi } from "../link/mahimahi.ts";
import type { NetSpec, ReadText } from "./net_spec.ts";
import { NetSpecError, quote } from "../link/net_spec_error.ts";
import { parsePacketTrace } from "../link/packet_trace.ts";
import { findPreset, NET_PRESETS } from "./presets.ts";
import { resolveLink } from "./resolve_link.ts";
import { type LinkInput, readScenarioInput } from "./scenario_schema.ts";
import { suggest } from "./suggest.ts";

/** A scenario and the options that it came from, so that more can be laid over them. */
export interface NetScenario {
  /** The scenario as a network. */
  readonly spec: NetSpec;
  /** Options from consumer to server. */
  readonly up: LinkOptions;
  /** Options from server to consumer. */
  readonly down: LinkOptions;
}

/**
 * Reads a scenario: the content of a JSON file that a network is named by.
 *
 * ```json
 * { "name": "train", "preset": "4g", "delay": 60, "loss": 0.02, "burst": 8,
 *   "down": { "loss": "5%", "rate": "2mbit", "queue": 40 }, "up": { "trace": "up.csv" } }
 * ```
 *
 * The words are those of {@linkcode LinkOptions}. What stands at the top is for both directions, `up` and `down` go
 * before it, and `preset` comes last. A share is a number from 0 to 1 or a text with a percent sign;
 * `gemodel` is an array of up to four; `trace` and `mahimahi` name a file, beside the scenario if the
 * name has no folder; `acklag` stands alone with `name`.
 *
 * @param json parsed content
 * @param file name of the file, for errors, for the files beside it, and as name if it has none
 * @param readText gives the text of a file; without it `trace` and `mahimahi` are refused
 * @throws {NetSpecError} with the path in the file, the legal range and a remedy
 */
export function parseNetScenario(json: unknown, file: string, readText?: ReadText): NetSpec {
  return readNetScenario(json, file, readText).spec;
}

/** As {@linkcode parseNetScenario}, with the options too. */
export function readNetScenario(json: unknown, file: string, readText?: ReadText): NetScenario {
  const fault = (path: string, why: string, remedy: string) =>
    new NetSpecError(quote(file), /^[\w. -]{1,80}$/.test(path) ? path : quote(path), why, remedy);
  const input = readScenarioInput(json, fault);
  const { name, preset: presetName, acklag, up = {}, down = {}, ...both } = input;

  if (acklag !== undefined) {
    const others = Object.keys({ ...both, ...(presetName === undefined ? {} : { preset: 0 }) });
    if (others.length > 0 || Object.keys({ ...up, ...down }).length > 0) {
      throw fault("acklag", "acklag stands alone", "drop the rest");
    }
    const spec = { name: name ?? file, up: PERFECT_LINK, down: PERFECT_LINK, ackLagFrames: acklag };
    return { spec, up: {}, down: {} };
  }
  const preset = presetName === undefined ? undefined : findPreset(presetName);
  if (presetName !== undefined && preset === undefined) {
    const names = NET_PRESETS.map((known) => known.name);
    const near = suggest(presetName, names);
    const remedy = near === undefined ? `use one of ${names.join(", ")}` : `did you mean ${near}?`;
    throw fault("preset", `there is no preset ${quote(presetName)}`, remedy);
  }
  const read: ReadText = (path) => {
    if (readText === undefined) throw fault(path, "files are not read here", "pass readText");
    return readText(besideFile(file, path));
  };
  const given = { up: loadFiles(up, read), down: loadFiles(down, read) };
  const shared = loadFiles(both, read);
  const options = (side: "up" | "down"): LinkOptions =>
    overrideOptions(preset?.[side] ?? {}, overrideOptions(shared, given[side]));
  const resolve = (side: "up" | "down"): LinkSpec =>
    resolveLink(options(side), (option, why, remedy) => {
      const path = given[side][option] !== undefined ? `${side}.${option}` : option;
      return fault(path, why, remedy);
    });
  const spec = { name: name ?? file, up: resolve("up"), down: resolve("down") };
  return { spec, up: options("up"), down: options("down") };
}

function loadFiles(input: LinkInput, read: ReadText): LinkOptions {
  const { trace, mahimahi, ...options } = input;
  return {
    ...options,
    ...(trace === undefined ? {} : { trace: parsePacketTrace(read(trace), trace) }),
    ...(mahimahi === undefined ? {} : { mahimahi: parseMahimahi(read(mahimahi), mahimahi) }),
  };
}

/** A name without a root is looked for in the folder of the scenario file. */
function besideFile(file: string, path: string): string {
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return path;
  return file.slice(0, Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1) + path;
}
