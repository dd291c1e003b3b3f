import { readdirSync } from "node:fs";
import { join } from "node:path";
import { FileSource, RecordingReader } from "../../../lib/recording.ts";
import { createRandom } from "../../../lib/net/link/random.ts";
import { startRecorder } from "../../../cli/record/listen/recorder_test_helper.ts";
import { residentBytes } from "../../soak/memory_marks.ts";
import { sendHostile } from "./hostile_producer.ts";

/** What a recorder did that hostile producers were sending to. */
export interface SocketFigures {
  readonly messages: number;
  readonly producers: number;
  readonly seconds: number;
  readonly peakBytes: number;
  /** Time from the signal to the end, in milliseconds. */
  readonly endMs: number;
  readonly code: number | null;
  readonly frames: number;
  /** Lines on standard error. */
  readonly said: readonly string[];
  /** What must not be. */
  readonly faults: readonly string[];
}

const SCHEMES = ["tcp", "ws", "udp"] as const;
const AT_ONCE = 16;
const PER_PRODUCER_MAX = 400;
const LINES_MAX = 300;

/**
 * Lets hostile producers send to one recorder over TCP, WebSockets and UDP, several at once, and
 * looks at how it ends and what it left.
 *
 * @param token that the recorder asks for; undefined when it asks for none
 * @param args further options of `hindcast record`
 */
export async function recordHostileProducers(
  folder: string,
  messages: number,
  seed: number,
  token?: string,
  args: readonly string[] = [],
): Promise<SocketFigures> {
  const path = join(folder, "out.mcap");
  const listens = SCHEMES.flatMap((scheme) => ["--listen", `${scheme}://127.0.0.1:0`]);
  const shown = token === undefined ? [] : ["--token", token];
  const recorder = await startRecorder(folder, [...listens, "-o", path, ...shown, ...args]);
  const { child, ports } = recorder;
  const random = createRandom(seed, 0, "producers");
  let [sent, producers, peakBytes] = [0, 0, 0];
  const startMs = performance.now();
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentBytes(child.pid!));
  }, 200);
  timer.unref();
  const work = async () => {
    while (sent < messages) {
      const number = producers++;
      const count = Math.min(1 + random.below(PER_PRODUCER_MAX), messages - sent);
      const scheme = SCHEMES[number % SCHEMES.length]!;
      const url = `${scheme}://127.0.0.1:${ports.get(scheme)}`;
      sent += await sendHostile(url, count, createRandom(seed, number, "messages"), token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = (performance.now() - startMs) / 1000;
  const stoppedMs = performance.now();
  const code = await recorder.stop();
  const endMs = performance.now() - stoppedMs;
  clearInterval(timer);
  const said = recorder.said().split("\n").filter((line) => line !== "");
  const faults = [
    ...[0, 1, 4].includes(code!) ? [] : [`exit code ${code}`],
    ...said.filter((line) => line.length > 2000 || /unexpected failure|^\s+at /.test(line)),
    ...said.length > LINES_MAX ? [`it said ${said.length} lines`] : [],
  ];
  let frames = 0;
  for (const name of readdirSync(folder)) frames += await framesOf(join(folder, name), faults);
  return { messages: sent, producers, seconds, peakBytes, endMs, code, frames, said, faults };
}

/** Frames of a recording that has to be whole. */
async function framesOf(path: string, faults: string[]): Promise<number> {
  const source = new FileSource(path);
  let frames = 0;
  try {
    const reader = await RecordingReader.open(source);
    for await (const _ of reader.snapshots()) frames++;
  } catch (error) {
    faults.push(`the recording is not whole: ${error}`);
  } finally {
    source.close();
  }
  return frames;
}
