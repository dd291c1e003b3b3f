import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import process from "node:process";
import type { Writable } from "node:stream";
import { type Ending, MAIN_COMMAND, startRecorder } from "../crash/live_recorder.ts";
import { ENTITIES, soakLines } from "./soak_world.ts";
import { type MemoryMark, residentBytes } from "./memory_marks.ts";

/** How a soak brings rows to the recorder. */
export type SoakWay = "tcp" | "pipe" | "file";

/** What a recorder did that was sent frames as fast as it takes them. */
export interface SoakRun extends Ending {
  /** Path of the recording. */
  readonly path: string;
  readonly rows: number;
  /** Bytes that were sent. */
  readonly bytes: number;
  readonly seconds: number;
  /** Memory of the recorder, as rows went out. */
  readonly marks: readonly MemoryMark[];
  readonly peakBytes: number;
}

const MARK_MS = 500;

/** Sends frames as fast as the recorder takes them, and ends it. */
export async function soakRun(folder: string, way: SoakWay, frames: number): Promise<SoakRun> {
  const path = join(folder, `${way}.mcap`);
  const input = join(folder, "input.ndjson");
  let bytes = way === "file" ? await sendFrames(createWriteStream(input), frames) : 0;
  const startMs = performance.now();
  const { child, ended, urls } = way === "tcp"
    ? await startRecorder(["tcp"], ["-o", path])
    : startPlain(way === "file" ? input : "-", path);
  const sizes: number[] = [];
  const timer = setInterval(() => sizes.push(residentBytes(child.pid!)), MARK_MS);
  if (way === "tcp") {
    const socket = connect(Number(new URL(urls.get("tcp")!).port), "127.0.0.1");
    await once(socket, "connect");
    bytes = await sendFrames(socket, frames);
    await once(socket, "close");
    // Deno's own kill() hides the exit code.
    process.kill(child.pid!, "SIGTERM");
  } else if (way === "pipe") bytes = await sendFrames(child.stdin!, frames);
  const ending = await ended;
  clearInterval(timer);
  const rows = frames * ENTITIES;
  const seconds = (performance.now() - startMs) / 1000;
  // The recorder takes as many rows in each second.
  const marks = sizes.filter((size) => size > 0).map((residentBytes, i, { length }) => ({
    rows: (rows * i) / length,
    residentBytes,
  }));
  return { ...ending, path, rows, bytes, seconds, marks, peakBytes: Math.max(0, ...sizes) };
}

function startPlain(input: string, path: string) {
  const [command, ...args] = MAIN_COMMAND;
  const child = spawn(command!, [...args, "record", input, "-o", path], {
    stdio: [input === "-" ? "pipe" : "ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr!.on("data", (bytes) => stderr += bytes);
  const ended = once(child, "close").then(([code]): Ending => ({ code, stderr }));
  return { child, ended, urls: new Map<string, string>() };
}

/** Writes frames as fast as they are taken, and ends the stream. @returns bytes that were sent */
async function sendFrames(stream: Writable, frames: number): Promise<number> {
  let bytes = 0;
  for (let frame = 0; frame < frames; frame++) {
    const lines = soakLines(frame);
    bytes += lines.length;
    if (!stream.write(lines)) await once(stream, "drain");
    if (frame % 600 === 0) process.stderr.write(`\r${frame} of ${frames} frames`);
  }
  process.stderr.write("\n");
  const finished = once(stream, "finish");
  stream.end();
  await finished;
  return bytes;
}
