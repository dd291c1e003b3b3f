import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import { knownEvent, knownFrame, knownLines } from "./known_world.ts";
import { startRecorder } from "../../cli/record/listen/recorder_test_helper.ts";

const RATE_HZ = 60;
/** How old a frame may be when the recorder is killed, and be lost, in milliseconds. */
const LOSS_MS_MAX = 1100;

/** What a killed recorder left. */
export interface CrashRound {
  /** Frames that were sent. */
  readonly sent: number;
  /** Frames that are in the file, each just as it was sent, with its event. */
  readonly kept: number;
  /** Age of the oldest frame that is lost, when the recorder was killed, in milliseconds. */
  readonly oldestLostMs: number;
}

/**
 * Streams 64 entities and an event a frame at 60 Hz over a WebSocket, kills the recorder by SIGKILL
 * and reads what it left.
 *
 * @param killAfterMs time from the first frame to the kill
 * @throws {AssertionError} when the file does not open, holds something else than was sent, or lacks
 *   what is older than 1.1 s
 */
export async function crashRound(
  folder: string,
  name: string,
  killAfterMs: number,
): Promise<CrashRound> {
  const path = join(folder, `${name}.mcap`);
  const listens = ["--listen", "ws://127.0.0.1:0"];
  const { child, ports, ended } = await startRecorder(folder, [...listens, "-o", path]);
  const socket = new WebSocket(`ws://127.0.0.1:${ports.get("ws")}`);
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  socket.on("error", () => {});
  const sentAtMs: number[] = [];
  const startMs = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const nowMs = performance.now() - startMs;
      while (sentAtMs.length < (nowMs * RATE_HZ) / 1000) {
        socket.send(knownLines(sentAtMs.length));
        sentAtMs.push(performance.now());
      }
      if (nowMs < killAfterMs) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  const killedAtMs = performance.now();
  child.kill("SIGKILL");
  await ended;
  socket.terminate();
  const kept = await keptFrames(path);
  const oldestLostMs = kept < sentAtMs.length ? killedAtMs - sentAtMs[kept]! : 0;
  assert.ok(oldestLostMs <= LOSS_MS_MAX, `frame ${kept}, ${oldestLostMs} ms old, is lost`);
  return { sent: sentAtMs.length, kept, oldestLostMs };
}

/** Frames from 0 that a file holds as they were sent, each with its event. */
async function keptFrames(path: string): Promise<number> {
  // It is made with the first frame.
  if (!existsSync(path)) return 0;
  const source = new FileSource(path);
  try {
    const reader = await RecordingReader.open(source, { damage: "leave-out" });
    let frames = 0;
    for await (const snapshot of reader.snapshots()) {
      assert.deepEqual(snapshot.toFrame(), knownFrame(frames));
      frames++;
    }
    let events = 0;
    for await (const event of reader.events("frame")) {
      assert.deepEqual(event, knownEvent(events));
      events++;
    }
    return Math.min(frames, events);
  } finally {
    source.close();
  }
}
