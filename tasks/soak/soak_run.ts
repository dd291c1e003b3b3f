import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import process from "node:process";
import type { Writable } from "node:stream";
import { startRecorder } from "../../cli/record/listen/recorder_test_helper.ts";
import { ENTITIES, soakLines } from "./soak_world.ts";
import { type MemoryMark, residentBytes } from "./memory_marks.ts";

/** How a soak brings rows to the recorder. */
export type SoakWay = "tcp" | "pipe" | "file";

/** What a recorder did that was sent frames as fast as it takes them. */
export interface SoakRun {
  /** Exit code, and what it said. */
  readonly code: number | null;
  readonly stderr: string;
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
  const source = {
    tcp: ["--listen", "tcp://127.0.0.1:0"],
    pipe: ["-"],
    file: [input],
  }[way];
  const recorder = await startRecorder(folder, [...source, "-o", path]);
  const { child, ports } = recorder;
  const sizes: number[] = [];
  const timer = setInterval(() => sizes.push(residentBytes(child.pid!)), MARK_MS);
  timer.unref();
  if (way === "tcp") {
    const socket = connect(ports.get("tcp")!, "127.0.0.1");
    await once(socket, "connect");
    bytes = await sendFrames(socket, frames);
    await once(socket, "close");
  } else if (way === "pipe") bytes = await sendFrames(child.stdin!, frames);
  const code = await (way === "tcp" ? recorder.stop() : recorder.ended);
  clearInterval(timer);
  const rows = frames * ENTITIES;
  const seconds = (performance.now() - startMs) / 1000;
  // The recorder takes as many rows in each second.
  const marks = sizes.filter((size) => size > 0).map((residentBytes, i, { length }) => ({
    rows: (rows * i) / length,
    residentBytes,
  }));
  return {
    code,
    stderr: recorder.said(),
    path,
    rows,
    bytes,
    seconds,
    marks,
    peakBytes: Math.max(0, ...sizes),
  };
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
