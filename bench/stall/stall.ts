/** Shows how long recording keeps a server's loop from its next frame; see README.md. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runtimeCommand } from "../harness/command.ts";
import { thisMachine } from "../harness/machine.ts";
import { movingUnits, RATE_HZ } from "./moving_units.ts";
import { RECORDINGS } from "./recorders.ts";
import { runServer } from "./server_loop.ts";
import { stepTimes } from "./slice_times.ts";

/** What a stall has to stay below, in milliseconds, as is said of `Recorder`. */
const STALL_MS_MAX = 4;
const STEPS = "steps of a block";

/** What one run in a process of its own came to, in milliseconds; some hold for the loop alone. */
interface Run {
  readonly longestMs: number;
  readonly most999Ms: number;
  readonly callMs?: number;
  readonly longestCallMs?: number;
  readonly cpuShare?: number;
}

interface Size {
  readonly units: number;
  readonly fields: number;
  readonly seconds: number;
}

/** Value below which that part of ascending values lies. */
function quantile(ascending: readonly number[], part: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * part))]!;
}

async function runApart(name: string, { units, fields, seconds }: Size): Promise<Run> {
  const world = movingUnits(units, fields);
  if (name === STEPS) {
    const stepsMs = await stepTimes(world, seconds * RATE_HZ);
    return { longestMs: stepsMs.at(-1)!, most999Ms: quantile(stepsMs, 0.999) };
  }
  const folder = mkdtempSync(join(tmpdir(), "hindcast-stall-"));
  try {
    const recording = await RECORDINGS.get(name)!(folder, world.schema);
    const frames = seconds * RATE_HZ;
    const { delaysMs, callsMs, cpuShare } = await runServer(world, recording, frames);
    const recorded = await recording.close();
    if (recorded !== undefined && recorded < frames) throw new Error("frames are missing");
    return {
      longestMs: delaysMs.at(-1)!,
      most999Ms: quantile(delaysMs, 0.999),
      callMs: callsMs.reduce((sum, ms) => sum + ms, 0) / callsMs.length,
      longestCallMs: callsMs.at(-1)!,
      cpuShare,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function spawnRun(name: string, args: readonly string[]): Run {
  const [program, ...start] = runtimeCommand();
  const file = fileURLToPath(import.meta.url);
  const { status, stdout } = spawnSync(program!, [...start, file, ...args, "--apart", name], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${name} ended without a result`);
  return JSON.parse(stdout) as Run;
}

/** The least of each figure: whatever else the machine does only adds to it. */
function leastOf(runs: readonly Run[]): Run {
  const least = (key: keyof Run) => Math.min(...runs.map((run) => run[key] ?? NaN));
  return {
    longestMs: least("longestMs"),
    most999Ms: least("most999Ms"),
    callMs: least("callMs"),
    longestCallMs: least("longestCallMs"),
    cpuShare: least("cpuShare"),
  };
}

/** Longest time that the loop was kept from something: a call, or what made a frame late. */
function stallOf({ longestMs, longestCallMs }: Run): number {
  return Math.max(longestMs, longestCallMs || 0);
}

const text = (value: number | undefined, digits: number, factor: number = 1): string =>
  value === undefined || Number.isNaN(value) ? "" : (value * factor).toFixed(digits);

function report(names: readonly string[], count: number, args: readonly string[]): boolean {
  const columns = ["stall ms", "ratio", "late ms", "99.9 % ms", "call ms", "longest call", "CPU %"];
  console.log(`${"".padEnd(28)}${columns.map((name) => name.padStart(13)).join("")}`);
  const runs = new Map(names.map((name): [string, Run[]] => [name, []]));
  // In turns, so that none has the quiet minute to itself.
  for (let i = 0; i < count; i++) {
    for (const name of names) runs.get(name)!.push(spawnRun(name, args));
  }
  const slowest = stallOf(leastOf(runs.get("RecordingWriter, level 15")!));
  for (const name of names) {
    const least = leastOf(runs.get(name)!);
    const { longestMs, most999Ms, callMs, longestCallMs, cpuShare } = least;
    const cells = [
      text(stallOf(least), 2),
      text(stallOf(least) / slowest, 3),
      text(longestMs, 2),
      text(most999Ms, 2),
      text(callMs, 3),
      text(longestCallMs, 2),
      text(cpuShare, 1, 100),
    ];
    console.log(`${name.padEnd(28)}${cells.map((cell) => cell.padStart(13)).join("")}`);
  }
  const stallMs = stallOf(leastOf(runs.get("Recorder")!));
  const idleMs = stallOf(leastOf(runs.get("not recording")!));
  const isMet = stallMs < STALL_MS_MAX;
  console.log(
    `longest stall of Recorder: ${stallMs.toFixed(2)} ms, ${
      isMet ? "below" : "NOT below"
    } ${STALL_MS_MAX} ms; of ${count} runs each figure is the least`,
  );
  if (isMet || idleMs < STALL_MS_MAX / 2) return isMet;
  console.log(`nothing is shown: a loop that records nothing is ${idleMs.toFixed(2)} ms late here`);
  return true;
}

const { values } = parseArgs({
  options: {
    units: { type: "string", default: "1000" },
    fields: { type: "string", default: "12" },
    seconds: { type: "string", default: "8" },
    runs: { type: "string", default: "5" },
    apart: { type: "string" },
  },
});
const { units, fields, seconds, runs, apart } = values;
const size = { units: Number(units), fields: Number(fields), seconds: Number(seconds) };
if (apart !== undefined) console.log(JSON.stringify(await runApart(apart, size)));
else {
  const { cpu, cores, system, runtime } = thisMachine();
  console.log(`${cpu}, ${cores} cores, ${system}, ${runtime}`);
  console.log(`${units} units x ${fields} fields at ${RATE_HZ} Hz, ${seconds} s a run`);
  const args = ["--units", units, "--fields", fields, "--seconds", seconds];
  if (!report([...RECORDINGS.keys(), STEPS], Number(runs), args)) process.exitCode = 1;
}
