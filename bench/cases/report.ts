/** The command `report`: what each consumer costs, in time and memory. */
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { BARE, command, HINDCAST } from "../harness/command.ts";
import { type DuelFiles, duelFiles } from "../states/duel_files.ts";

const NET = ["--net", "delay=50,jitter=10,loss=5%"];
/** Consumers of the run that the others are looked at beyond. */
const FEW = 10;
const ROUNDS_OF_MANY = 5;

/** Report for some consumers, divided by those that there are beyond another run's. */
function report(
  consumers: number,
  { folder, recording, frameCount }: DuelFiles,
  { beyond = 0, hasPeak = false }: { beyond?: number; hasPeak?: boolean } = {},
): Candidate {
  const args = [HINDCAST, "report", recording, "--consumers", String(consumers), ...NET, "--json"];
  const parts = hasPeak ? 1 : (consumers - beyond) * frameCount;
  return command({ name: nameOf(consumers), args, folder, hasPeak }, { parts });
}

function nameOf(consumers: number): string {
  return consumers === 1 ? "1 consumer" : `${consumers} consumers`;
}

/** As many consumers as a long run has, and as a short one. */
function many(isShort: boolean): number[] {
  return isShort ? [20] : [1000, 10_000];
}

const PAIR = "ns a (consumer, frame)";

/** Runs of few and of many consumers. */
export const REPORT_CASES: readonly BenchCase[] = [
  {
    name: "report-few",
    title: "report on the duel at 5 % loss, less the bare start",
    unit: PAIR,
    async prepare(setting) {
      const files = await duelFiles(setting);
      const counts = setting.isShort ? [FEW] : [FEW, 1, 100, 1000];
      return {
        candidates: counts.map((consumers) => report(consumers, files)),
        lessEach: command({ name: "bare runtime", args: [BARE], folder: files.folder }),
        steps: 1,
      };
    },
  },
  {
    name: "report-many",
    title: `report on the duel at 5 % loss, beyond a run of ${FEW} consumers`,
    unit: PAIR,
    reach: [{ candidate: nameOf(10_000), figureMax: 130 }],
    async prepare(setting) {
      const files = await duelFiles(setting);
      return {
        candidates: many(setting.isShort).map((consumers) =>
          report(consumers, files, { beyond: FEW })
        ),
        lessEach: report(FEW, files),
        steps: 1,
      };
    },
  },
  {
    name: "report-memory",
    title: `peak memory of report on the duel at 5 % loss, beyond a run of ${FEW} consumers`,
    unit: "bytes",
    figure: "peakBytes",
    reach: [{ candidate: nameOf(10_000), figureMax: 20e6 }],
    async prepare(setting) {
      const files = await duelFiles(setting);
      return {
        candidates: many(setting.isShort).map((consumers) =>
          report(consumers, files, { hasPeak: true })
        ),
        lessEach: report(FEW, files, { hasPeak: true }),
        hasRatio: false,
        steps: 1,
        rounds: ROUNDS_OF_MANY,
      };
    },
  },
  {
    name: "report-100000",
    title: "report on the duel at 5 % loss for a hundred thousand consumers, by the clock",
    unit: "ns a process",
    figure: "wallNs",
    isLong: true,
    async prepare(setting) {
      const files = await duelFiles(setting);
      const consumers = setting.isShort ? 20 : 100_000;
      return { candidates: [{ ...report(consumers, files), parts: 1 }], steps: 1, rounds: 1 };
    },
  },
];
