import { Buffer } from "node:buffer";
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { hindcast } from "../../cli/run_cli_test_helper.ts";
import { createRandom } from "../../lib/net/link/random.ts";
import { HostileLines } from "./hostile_lines.ts";
import { SHAPES } from "./honest_lines.ts";

/** What to read. */
export interface FuzzOptions {
  readonly lines: number;
  /** Lines of an input. */
  readonly linesPerInput: number;
  readonly seed: number;
  /** Called after each input with the lines that were read so far. */
  readonly onInput?: (lines: number) => void;
}

/** What reading hostile lines came to. */
export interface FuzzFigures {
  readonly lines: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Longest time of an input, in milliseconds a line. */
  readonly slowestMsPerLine: number;
  /** Greatest memory of the process that was seen, in bytes. */
  readonly peakBytes: number;
  /** Inputs by exit code of `hindcast record`. */
  readonly inputsByCode: Readonly<Record<string, number>>;
  /** What must not be: the shape and seed of an input, and what was said of it. */
  readonly faults: readonly string[];
}

/** What a line on standard error may begin with. */
const KNOWN = /^(?:hindcast: |Cannot read |note: |no times in the input|recorded |\/|[^ ]*out)/;
const FAULTS_MAX = 20;

/**
 * Records inputs of hostile lines by `hindcast record --skip-bad`, as files and as pipes by turns,
 * and looks at what it says of them.
 *
 * @param folder a folder that is emptied
 */
export async function recordHostile(folder: string, options: FuzzOptions): Promise<FuzzFigures> {
  const inputsByCode: Record<string, number> = {};
  const faults: string[] = [];
  let [lines, bytes, slowestMsPerLine, peakBytes] = [0, 0, 0, 0];
  const start = performance.now();
  for (let input = 0; lines < options.lines; input++) {
    const shape = SHAPES[input % SHAPES.length]!;
    const count = Math.min(options.linesPerInput, options.lines - lines);
    const content = contentOf(
      shape.header,
      new HostileLines(shape, randomOf(options, input)),
      count,
    );
    const isPiped = Math.floor(input / SHAPES.length) % 2 === 1;
    const before = performance.now();
    const { code, stderr } = await recordOne(folder, content, isPiped, shape.options);
    slowestMsPerLine = Math.max(slowestMsPerLine, (performance.now() - before) / count);
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    inputsByCode[String(code)] = (inputsByCode[String(code)] ?? 0) + 1;
    const fault = faultOf(code, stderr);
    if (fault !== undefined && faults.length < FAULTS_MAX) {
      faults.push(`${shape.name}, input ${input} of seed ${options.seed}: ${fault}`);
    }
    lines += count;
    bytes += content.length;
    options.onInput?.(lines);
  }
  const seconds = (performance.now() - start) / 1000;
  return { lines, bytes, seconds, slowestMsPerLine, peakBytes, inputsByCode, faults };
}

function randomOf({ seed }: FuzzOptions, input: number) {
  return createRandom(seed, input, "hostile lines");
}

function contentOf(header: string | undefined, lines: HostileLines, count: number): Uint8Array {
  const pieces = Array.from({ length: count }, () => lines.next());
  const first = header === undefined ? [] : [new TextEncoder().encode(header + "\n")];
  return new Uint8Array(Buffer.concat([...first, ...pieces]));
}

async function recordOne(
  folder: string,
  content: Uint8Array,
  isPiped: boolean,
  options: readonly string[],
) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const input = join(folder, "input");
  if (!isPiped) writeFileSync(input, content);
  return await hindcast(
    ["record", isPiped ? "-" : input, "--skip-bad", "-o", join(folder, "out.mcap"), ...options],
    isPiped ? { input: content } : {},
  );
}

/** What is wrong with how a run ended; undefined when nothing is. */
function faultOf(code: number | null, stderr: string): string | undefined {
  if (code !== 0 && code !== 1 && code !== 4) return `exit code ${code}: ${stderr.slice(0, 500)}`;
  const said = stderr.split("\n").filter((line) => line !== "");
  const strange = said.find((line) => !KNOWN.test(line) || line.includes("unexpected failure"));
  if (strange !== undefined) return strange.slice(0, 500);
  const last = said.filter((line) => line.startsWith("hindcast: "));
  if (code === 1 && (last.length !== 1 || !last[0]!.startsWith("hindcast: Cannot read "))) {
    return last.join(" | ").slice(0, 500);
  }
  const long = said.find((line) => line.length > 2000);
  return long === undefined
    ? undefined
    : `a line of ${long.length} characters: ${long.slice(0, 200)}`;
}
