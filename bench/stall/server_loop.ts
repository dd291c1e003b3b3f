/** A loop at a fixed rate, and how late it was. */
import process from "node:process";
import { setTimeout } from "node:timers";
import { RATE_HZ, type World } from "./moving_units.ts";
import type { ServerRecording } from "./recorders.ts";

const FRAME_MS = 1000 / RATE_HZ;
/** Frames before anything counts: engines compile in the first ones. */
const WARM_FRAMES = 3 * RATE_HZ;

/** What a run of the loop came to. */
export interface LoopTimes {
  /** Delays of frames beyond their time in milliseconds, ascending. */
  readonly delaysMs: readonly number[];
  /** What recording a frame took within the call in milliseconds, ascending. */
  readonly callsMs: readonly number[];
  /** CPU time of all threads per time by the clock. */
  readonly cpuShare: number;
}

/** Runs a server for some frames. */
export async function runServer(
  world: World,
  recording: ServerRecording,
  frames: number,
): Promise<LoopTimes> {
  const delaysMs: number[] = [];
  const callsMs: number[] = [];
  let startMs = performance.now();
  let cpu = process.cpuUsage();
  for (let frame = 0; frame < frames + WARM_FRAMES; frame++) {
    if (frame === WARM_FRAMES) {
      cpu = process.cpuUsage();
      startMs = performance.now() - frame * FRAME_MS;
    }
    const dueMs = startMs + frame * FRAME_MS;
    await timerUntil(dueMs);
    const nowMs = performance.now();
    const snapshot = world.at(frame);
    const beforeMs = performance.now();
    recording.write(snapshot);
    if (frame < WARM_FRAMES) continue;
    callsMs.push(performance.now() - beforeMs);
    delaysMs.push(nowMs - dueMs);
  }
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - startMs - WARM_FRAMES * FRAME_MS;
  return {
    delaysMs: delaysMs.sort((a, b) => a - b),
    callsMs: callsMs.sort((a, b) => a - b),
    cpuShare: (user + system) / 1000 / wallMs,
  };
}

/** Waits for a time, beyond which timers are up to a millisecond late on an idle loop. */
async function timerUntil(dueMs: number): Promise<void> {
  for (let leftMs = dueMs - performance.now(); leftMs > 0; leftMs = dueMs - performance.now()) {
    await new Promise<void>((resolve) => setTimeout(resolve, leftMs));
  }
}
