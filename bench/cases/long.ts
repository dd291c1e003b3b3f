/** Long recordings: an hour sent to a thousand consumers, and frames looked up in 2 GB. */
import { join } from "node:path";
import { FileSource, RecordingReader } from "../../lib/recording.ts";
import type { BenchCase, Candidate, Sample } from "../harness/bench_case.ts";
import { command, HINDCAST } from "../harness/command.ts";
import { duelFiles } from "../states/duel_files.ts";
import { HOUR_FRAMES, noiseAt, writeNoise, writeUnits } from "../states/made_recordings.ts";
import { roller } from "../states/seed_states.ts";

const BIG_BYTES = 2e9;
const SHORT_BYTES = 1e5;
const LOOK_UPS = 101;
const CHECKED = 20;

/** Opens a recording and looks at nothing. */
async function opened(path: string): Promise<number> {
  const source = new FileSource(path);
  const reader = await RecordingReader.open(source);
  await source.close();
  return reader.frameCount;
}

/** Candidate of this process that waits for the disk. */
function waiting(name: string, step: () => Promise<number>): Candidate {
  const run = async (steps: number): Promise<Sample> => {
    const from = performance.now();
    let fold = 0;
    for (let i = 0; i < steps; i++) fold = (fold + await step()) | 0;
    const wallNs = (performance.now() - from) * 1e6;
    return { cpuNs: wallNs, wallNs, fold };
  };
  return { name, run };
}

async function assertFound(reader: RecordingReader, frame: number): Promise<void> {
  const answer = await reader.at(frame);
  const { words, wordCount } = noiseAt(frame);
  for (let i = 0; i < wordCount; i++) {
    if (!answer.found || answer.state.words[i] !== words[i]) throw new Error(`frame ${frame}`);
  }
}

/** By name alone. */
export const LONG_CASES: readonly BenchCase[] = [
  {
    name: "hour",
    title:
      "report on an hour at 20 Hz x 64 units x 12 fields for 1000 consumers at 5 % loss, by the clock",
    unit: "ns a process",
    figure: "wallNs",
    reach: [{ candidate: "1000 consumers", figureMax: 30e9 }],
    isLong: true,
    async prepare(setting) {
      const { folder } = await duelFiles(setting);
      const recording = join(folder, "hour.mcap");
      await writeUnits(recording, setting.isShort ? 40 : HOUR_FRAMES);
      const consumers = setting.isShort ? 10 : 1000;
      const run = [
        "report",
        recording,
        "--consumers",
        String(consumers),
        "--net",
        "delay=50,jitter=10,loss=5%",
        "--json",
      ];
      const args = [HINDCAST, ...run];
      return {
        candidates: [command({ name: `${consumers} consumers`, args, folder })],
        steps: 1,
        rounds: 1,
      };
    },
  },
  {
    name: "at-2gb",
    title: "opening 2 GB of noise at 60 Hz, 64 entities x 12 f64 fields, and looking a frame up",
    unit: "ns",
    figure: "wallNs",
    reach: [{ candidate: "open", figureMax: 300e6 }, { candidate: "at", figureMax: 2e6 }],
    isLong: true,
    async prepare(setting) {
      const { folder } = await duelFiles(setting);
      const path = join(folder, "noise.mcap");
      const frames = await writeNoise(path, setting.isShort ? SHORT_BYTES : BIG_BYTES);
      const source = new FileSource(path);
      const reader = await RecordingReader.open(source);
      const roll = roller();
      for (let i = 0; i < CHECKED; i++) await assertFound(reader, roll(frames));
      const lookUp = async () => (await reader.at(roll(frames))).found ? 1 : 0;
      return {
        candidates: [waiting("at", lookUp), waiting("open", () => opened(path))],
        hasRatio: false,
        steps: 1,
        rounds: LOOK_UPS,
        close: () => void source.close(),
      };
    },
  },
];
