import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Setting } from "../harness/bench_case.ts";
import { command, HINDCAST } from "../harness/command.ts";

const TESTDATA = fileURLToPath(new URL("../../testdata/", import.meta.url));
const DUEL = join(TESTDATA, "duel/duel");
const SHORT = join(TESTDATA, "recording/qw-duel-povdmm4-f690-789");

/** Times that the duel's minute is repeated where a minute is too little to time. */
const REPEATS = 4;

/** A recorded game in files: the duel of testdata, a piece of it, or an input that was named. */
export interface DuelFiles {
  /** Folder for all else that a case needs. */
  readonly folder: string;
  /** States as NDJSON, a row a line. */
  readonly states: string;
  /** File that holds them, gzipped or not. */
  readonly statesPath: string;
  /** The states in a file; of the duel's minute four times, one after another. */
  readonly longPath: string;
  /** Those states. */
  readonly longStates: string;
  /** Events of the duel as NDJSON; none of an input that was named. */
  readonly events: string;
  /** A recording of the states, of the duel with its events. */
  readonly recording: string;
  /** Frames of that recording. */
  readonly frameCount: number;
}

let made: DuelFiles | undefined;

/** The files, made by the first case that needs them and removed when the process ends. */
export async function duelFiles({ isShort, input }: Setting): Promise<DuelFiles> {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), "hindcast-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const base = isShort ? SHORT : DUEL;
  const end = isShort ? "ndjson" : "ndjson.gz";
  const statesPath = input !== undefined ? resolve(input) : `${base}.state.${end}`;
  const states = textOf(statesPath);
  const longStates = isShort || input !== undefined ? states : repeated(states, REPEATS);
  const longPath = join(folder, "states.ndjson");
  writeFileSync(longPath, longStates);
  const recording = join(folder, "duel.mcap");
  const eventsPath = `${base}.events.${end}`;
  const events = input === undefined ? textOf(eventsPath) : "";
  const withEvents = input === undefined ? ["--events", eventsPath] : [];
  const args = [HINDCAST, "record", statesPath, ...withEvents, "-o", recording];
  await command({ name: "record", args, folder }).run(1);
  const rows = linesOf(states).map((line) => JSON.parse(line) as { readonly f: number });
  const frameCount = new Set(rows.map(({ f }) => f)).size;
  made = { folder, states, statesPath, longPath, longStates, events, recording, frameCount };
  return made;
}

/** Lines of NDJSON. */
export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return new TextDecoder().decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
}

/** Rows again and again, under frames and times that go on. */
export function repeated(text: string, times: number): string {
  const rows = linesOf(text).map((line) => {
    const [, frame, timeMs, rest] = /^\{"f":(\d+),"t":(\d+)(.*)$/.exec(line)!;
    return { frame: Number(frame), timeMs: Number(timeMs), rest: rest! };
  });
  const { frame: lastFrame, timeMs: lastMs } = rows.at(-1)!;
  const frameMs = Math.round(lastMs / lastFrame);
  const parts: string[] = [];
  for (let k = 0; k < times; k++) {
    for (const { frame, timeMs, rest } of rows) {
      const f = frame + k * (lastFrame + 1);
      parts.push(`{"f":${f},"t":${timeMs + k * (lastMs + frameMs)}${rest}\n`);
    }
  }
  return parts.join("");
}
