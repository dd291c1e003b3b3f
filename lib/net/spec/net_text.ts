import { isOptionName, type LinkOptions, OPTION_NAMES, overrideOptions } from "./link_options.ts";
import { type LinkSpec, PERFECT_LINK } from "../link/link_spec.ts";
import { parseMahimahi } from "../link/mahimahi.ts";
import { readNetScenario } from "./net_scenario.ts";
import { ACK_LAG_FRAMES_MAX, type NetSpec, type ReadText } from "./net_spec.ts";
import { NetSpecError, quote } from "../link/net_spec_error.ts";
import { parsePacketTrace } from "../link/packet_trace.ts";
import { findPreset, NET_PRESETS } from "./presets.ts";
import { readOptionValue } from "./option_value.ts";
import { resolveLink } from "./resolve_link.ts";
import { suggest } from "./suggest.ts";

const TEXT_CHARACTERS_MAX = 4096;

/** A direction of a network, or both. */
type Side = "both" | "up" | "down";

/**
 * Reads a network from a text.
 *
 * ```text
 * none                                 perfect
 * acklag=6                             no loss, an ack is usable 6 frames after its frame
 * delay=50,jitter=10,loss=2%           each direction; delay.up=, loss.down= say one
 * 4g,loss=5%                           a preset with something changed
 * lab.json                             a scenario file
 * trace:FILE.csv                       delay and loss of every packet, both directions
 * trace:UP.csv,DOWN.csv                one for each
 * mahimahi:UP,DOWN,delay=20            capacity files
 * ```
 *
 * Times are one-way milliseconds, a rate is kbit/s, a queue is packets, a burst is the mean stay in
 * the bad state in packets; shares need a percent sign. With `burst` loss is Gilbert-Elliott's, by
 * `r = 1/B`, `piBad = (L-k')/(h'-k')`, `p = piBad*r/(1-piBad)`, for mean loss L, mean burst B, loss
 * h' while bad (`badloss`) and k' while good (`goodloss`). A trace loops at its end. File names have
 * no comma.
 *
 * A scenario file is a JSON object of the same words: what stands at the top is for both directions,
 * `up` and `down` go before it, and `preset` comes last.
 *
 * @param text at most 4096 characters
 * @param readText gives the text of a file; without it a network from files is refused
 * @throws {NetSpecError} with place, reason and remedy
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseNetSpec } from "@hindcast/hindcast/net";
 *
 * const { up, down } = parseNetSpec("delay=50,loss.down=2%");
 * assert.equal(up.delay.delayUs, 50_000);
 * assert.deepEqual([up.loss, down.loss], [{ model: "none" }, { model: "bernoulli", loss: 0.02 }]);
 * ```
 */
export function parseNetSpec(text: string, readText?: (path: string) => string): NetSpec {
  const fault = (where: string, why: string, remedy: string) =>
    new NetSpecError(quote(text), where, why, remedy);
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw fault(
      "its end",
      `it is longer than ${TEXT_CHARACTERS_MAX} characters`,
      "use a JSON file",
    );
  }
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) {
    throw fault("its text", "it holds a control character", "write it on one line");
  }
  const parts = text.trim().split(",").map((part) => part.trim());
  const name = parts.join(",");
  if (/^acklag=/.test(name)) return { name, ...parseAckLag(name, fault) };

  const read: ReadText = (path) => {
    if (readText === undefined) {
      throw fault(quote(path), "files are not read here", "pass readText");
    }
    return readText(path);
  };
  const base = parseBase(parts, read, fault);
  if (base.spec !== undefined && parts.length === 0) return base.spec;
  const given: Record<Side, LinkOptions> = { both: {}, up: {}, down: {} };
  while (parts.length > 0) parseOption(parts, given, fault);

  const resolve = (side: "up" | "down"): LinkSpec => {
    const said = overrideOptions(given.both, given[side]);
    return resolveLink(overrideOptions(base[side], said), (option, why, remedy) => {
      const place = given[side][option] !== undefined ? `${option}.${side}` : option;
      return fault(place, why, remedy);
    });
  };
  return { name, up: resolve("up"), down: resolve("down") };
}

type Fault = (where: string, why: string, remedy: string) => NetSpecError;

/** Options before anything is overridden; a scenario that stands alone is a whole spec. */
interface Base {
  readonly up: LinkOptions;
  readonly down: LinkOptions;
  readonly spec?: NetSpec;
}

/** Takes from `parts` what is not `key=value` at their front: none, a preset or files. */
function parseBase(parts: string[], read: ReadText, fault: Fault): Base {
  const first = parts[0]!;
  if (first.startsWith("trace:") || first.startsWith("mahimahi:")) {
    return parseFiles(parts, read, fault);
  }
  if (first.endsWith(".json")) {
    parts.shift();
    const scenario = readNetScenario(parseJson(read(first), first), first, read);
    if (scenario.spec.ackLagFrames !== undefined && parts.length > 0) {
      throw fault(quote(parts[0]!), "acklag stands alone", "drop the rest");
    }
    return scenario;
  }
  if (first.includes("=")) return { up: {}, down: {} };
  parts.shift();
  const preset = first === "none" ? { up: {}, down: {} } : findPreset(first);
  if (preset !== undefined) return preset;
  const names = ["none", ...NET_PRESETS.map((known) => known.name)];
  const near = suggest(first, [...names, ...OPTION_NAMES.map((option) => `${option}=`)]);
  throw fault(
    first === "" ? "its start" : quote(first),
    first === "" ? "a part is empty" : "there is no preset of that name",
    near === undefined || first === "" ? `use one of ${names.join(", ")}` : `did you mean ${near}?`,
  );
}

function parseFiles(parts: string[], read: ReadText, fault: Fault): Base {
  const [kind, firstFile] = splitOnce(parts.shift()!, ":");
  const files = [firstFile];
  if (parts.length > 0 && !parts[0]!.includes("=")) files.push(parts.shift()!);
  if (files.includes("")) {
    throw fault(`${kind}:`, "a file name is empty", "write trace:FILE.csv or mahimahi:UP,DOWN");
  }
  if (kind === "mahimahi" && files.length < 2) {
    throw fault(`${kind}:`, "it needs a file for each direction", "write mahimahi:UP,DOWN");
  }
  const options = files.map((file): LinkOptions =>
    kind === "trace"
      ? { trace: parsePacketTrace(read(file), file) }
      : { mahimahi: parseMahimahi(read(file), file) }
  );
  return { up: options[0]!, down: options[1] ?? options[0]! };
}

/** Takes one `key=value` (for gemodel with the values after it) from the front of `parts`. */
function parseOption(parts: string[], given: Record<Side, LinkOptions>, fault: Fault): void {
  const part = parts.shift()!;
  if (!part.includes("=")) {
    throw fault(
      part === "" ? "a comma" : quote(part),
      "a part is no key=value",
      "write delay=50,loss=2%",
    );
  }
  const [key, firstValue] = splitOnce(part, "=");
  const [option, sideText] = key.includes(".") ? splitOnce(key, ".") : [key, "both"];
  if (option === "acklag") throw fault("acklag", "acklag stands alone", "drop the rest");
  if (!isOptionName(option)) {
    const near = suggest(option, OPTION_NAMES);
    const remedy = near === undefined
      ? `use one of ${OPTION_NAMES.join(", ")}`
      : `did you mean ${near}?`;
    throw fault(quote(key), "there is no such option", remedy);
  }
  if (sideText !== "both" && sideText !== "up" && sideText !== "down" || key.endsWith(".both")) {
    throw fault(quote(key), "a direction is up or down", `write ${option}.up= or ${option}.down=`);
  }
  let value = firstValue;
  while (option === "gemodel" && parts.length > 0 && /^[\d.]/.test(parts[0]!)) {
    value += `,${parts.shift()}`;
  }
  if (given[sideText][option] !== undefined) {
    throw fault(quote(key), "it is said twice", "say it once");
  }
  const result = readOptionValue(option, value);
  if ("fault" in result) throw fault(quote(`${key}=${value}`), result.fault, result.remedy);
  given[sideText] = { ...given[sideText], [option]: result.value };
}

function parseAckLag(text: string, fault: Fault): Omit<NetSpec, "name"> {
  const value = text.slice("acklag=".length);
  if (value.includes(",")) throw fault("acklag", "acklag stands alone", "drop the rest");
  if (!/^\d{1,9}$/.test(value) || Number(value) > ACK_LAG_FRAMES_MAX) {
    const why = `acklag takes whole frames from 0 to ${ACK_LAG_FRAMES_MAX}`;
    throw fault("acklag", why, "write for example acklag=6");
  }
  return { up: PERFECT_LINK, down: PERFECT_LINK, ackLagFrames: Number(value) };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // What engines say of bad JSON differs, and a part of the input is in it.
    throw new NetSpecError(quote(file), "its text", "it is not JSON", "check commas and quotes");
  }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}
