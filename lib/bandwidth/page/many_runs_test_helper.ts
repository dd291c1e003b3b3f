// Helper of tests of pages with many runs.
import { createRandoms } from "../../net/link/random.ts";
import type { RunMoments, SecondMoments } from "../moments/run_moments.ts";
import type { BandwidthReport, RunReport } from "../report/run_report.ts";
import { sampleReport, sampleRun } from "../report/sample_report_test_helper.ts";

const FIELDS = 40, PLAYERS = 16, PARTS = 8, ENTITIES = 5, FIELDS_OF_RECORD = 4;
/** Of so many seconds one holds what its largest packet consists of. */
const CONTENTS_EVERY = 4;

/** A report with as many different figures, and moments, as a game's would have. */
export function manyRuns(count: number, durationSeconds: number): {
  readonly report: BandwidthReport;
  readonly moments: readonly RunMoments[];
} {
  const random = createRandoms(17, 1, "down");
  const below = (end: number) => random.below(end, 0);
  const runs = Array.from({ length: count }, (_, i) => manyFigures(i, durationSeconds, below));
  const moments = runs.map((): RunMoments => ({
    startMs: 0,
    seconds: Array.from({ length: durationSeconds }, (_, second) => oneSecond(second, below)),
    freezes: Array.from({ length: 8 }, (_, consumer) => {
      const fromMs = below(durationSeconds * 1000);
      return { consumer, fromMs, toMs: fromMs + 250 + below(900) };
    }),
  }));
  return { report: sampleReport(...runs), moments };
}

type Below = (end: number) => number;

function manyFigures(index: number, durationSeconds: number, below: Below): RunReport {
  const bars = () => Array.from({ length: 100 }, (_, i) => ({ from: i * 2, packets: below(5000) }));
  const bits = Array.from({ length: FIELDS }, () => below(5_000_000)).sort((a, b) => b - a);
  const share = () => below(1_000_000) / 1_000_000;
  const fields = bits.map((cost, i) => ({
    ...{ kind: "player", field: `field${i}`, bits: cost, share: share(), changes: below(90_000) },
    bitsPerChange: below(32_000) / 1000,
  }));
  return sampleRun({
    ...{ net: `delay=${index},loss=2%`, durationSeconds, fields },
    ...{ packetSizes: bars(), baselineAges: bars(), wireBytes: below(30_000_000) },
    costs: fields.map(({ bits, field, kind, share }) => ({
      part: "field" as const,
      ...{ kind, field, bits, share },
    })),
    drawnError: fields.map(({ field, kind }) => ({
      ...{ kind, field, count: below(90_000), mean: share(), p50: share(), p95: share() },
      ...{ p99: share(), max: share(), worst: { entity: below(99), frame: below(9999) } },
    })) as unknown as NonNullable<RunReport["drawnError"]>,
    series: Array.from({ length: durationSeconds }, (_, second) => ({
      ...{ second, frame: second * 60, kbps: below(90_000) / 1000, keyframes: below(9) },
      ...{ losses: below(50), wrongFields: below(5000), frozenShare: share() },
      stateAgeMs: { p50: below(100_000) / 1000, max: below(900_000) / 1000 },
      drawnError: { mean: share(), max: below(900_000) / 1000 },
    })),
  });
}

function oneSecond(second: number, below: Below): SecondMoments {
  const parts = Array.from({ length: PARTS }, () => ({
    ...{ part: "field" as const, kind: "player", field: `field${below(FIELDS)}` },
    bits: below(100_000),
  }));
  const contents = {
    header: [{ part: "header", bits: 32 }, { part: "baseline", bits: 8, value: below(9999) }],
    records: Array.from({ length: 6 }, () => oneRecord(below)),
    recordsLeftOut: { count: below(9), bits: below(900) },
  };
  return {
    ...{ second, packets: below(1200), parts, restBits: below(90_000) },
    entities: Array.from({ length: ENTITIES }, () => ({
      ...{ id: below(PLAYERS), kind: "player", bits: below(50_000) },
    })),
    largest: {
      ...{ frame: second * 60 + below(60), timeMs: second * 1000 + below(1000) },
      ...{ consumer: below(20), form: "delta", baselineAgeFrames: below(12) },
      ...{ keyframeReason: null, bits: below(9000), wireBits: below(9000) + 224 },
      ...(second % CONTENTS_EVERY === 0 ? { contents } : {}),
    },
  };
}

function oneRecord(below: Below) {
  return {
    ...{ id: below(PLAYERS), kind: "player", type: "update" as const, bits: below(400) },
    ...{ entityBits: 8, maskBits: 16 },
    fields: Array.from({ length: FIELDS_OF_RECORD }, () => ({
      ...{ field: `field${below(FIELDS)}`, bits: below(33) },
      ...{ from: below(100_000) / 16, to: below(100_000) / 16 },
    })),
  };
}
