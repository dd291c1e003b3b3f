import process from "node:process";
import { MemorySource, RecordingReader, RecordingSyntaxError } from "../../../lib/recording.ts";
import { createRandom } from "../../../lib/net/link/random.ts";
import { HostileRecordings } from "./hostile_recordings.ts";
import { wholeRecordings } from "./whole_recordings.ts";

/** What reading hostile recordings came to. */
export interface McapFigures {
  readonly files: number;
  readonly records: number;
  readonly seconds: number;
  /** Longest time that one of them took, in milliseconds. */
  readonly slowestMs: number;
  /** Greatest memory of the process that was seen, in bytes. */
  readonly peakBytes: number;
  /** Files that opened, of them those without damage, and those that were refused. */
  readonly opened: number;
  readonly whole: number;
  readonly refused: number;
  /** What must not be: the number of a file of the seed, and what happened. */
  readonly faults: readonly string[];
}

const FAULTS_MAX = 20;

/**
 * Reads all that is readable of recordings with hostile records, and looks at what is said of them.
 *
 * @param onFile called after each with the records so far
 */
export async function readHostile(
  records: number,
  seed: number,
  onFile: (records: number) => void = () => {},
): Promise<McapFigures> {
  const hostile = new HostileRecordings(await wholeRecordings(), createRandom(seed, 0, "records"));
  const faults: string[] = [];
  const counts = { opened: 0, whole: 0, refused: 0 };
  let [files, done, slowestMs, peakBytes] = [0, 0, 0, 0];
  const startMs = performance.now();
  for (; done < records; files++) {
    const recording = hostile.next();
    const beforeMs = performance.now();
    try {
      counts[await readAll(recording.bytes)]++;
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) counts.refused++;
      else if (faults.length < FAULTS_MAX) faults.push(`file ${files} of seed ${seed}: ${fault}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - beforeMs);
    if (files % 100 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage().rss);
    done += recording.records;
    onFile(done);
  }
  const seconds = (performance.now() - startMs) / 1000;
  return { files, records: done, seconds, slowestMs, peakBytes, ...counts, faults };
}

async function readAll(bytes: Uint8Array): Promise<"whole" | "opened"> {
  const source = new MemorySource(bytes, "hostile.mcap");
  const reader = await RecordingReader.open(source, { damage: "leave-out" });
  let frames = 0;
  for await (const snapshot of reader.snapshots()) {
    snapshot.toFrame();
    frames++;
  }
  if (frames !== reader.frameCount) {
    throw new Error(`${frames} frames are read, ${reader.frameCount} are counted`);
  }
  let events = 0;
  for await (const _ of reader.events("frame")) events++;
  const counted = [...reader.eventCounts.values()].reduce((sum, count) => sum + count, 0);
  if (events !== counted) throw new Error(`${events} events are read, ${counted} are counted`);
  return reader.damage === undefined ? "whole" : "opened";
}

/** What is wrong with an error; undefined when it is a refusal that one line tells. */
function faultOf(error: unknown): string | undefined {
  if (!(error instanceof RecordingSyntaxError)) {
    return error instanceof Error ? error.stack ?? error.message : String(error);
  }
  const { message } = error;
  if (message.length > 2000) return `it is too long: ${message.slice(0, 300)}`;
  return undefined;
}
