import { sampleRun } from "../../report/sample_report_test_helper.ts";
import { DEFAULT_SETTINGS } from "../../report/run_settings.ts";
import type { RunReport } from "../../report/run_report.ts";

/** Values of what the many runs differ in. */
export const MANY = {
  nets: ["none", "4g", "satellite"],
  acks: ["strict", "append", "nack"],
  codecs: ["mask", "varint", "raw"],
  steps: [1, 2],
} as const;

/**
 * 54 runs: every combination, networks change slowest. Who costs more has younger states, but not
 * always.
 */
export function manyRuns(): RunReport[] {
  return MANY.nets.flatMap((net, n) =>
    MANY.acks.flatMap((ack, a) =>
      MANY.codecs.flatMap((codec, c) =>
        MANY.steps.map((sendEvery) => {
          const kbps = 20 + 7 * a + 11 * c + (sendEvery === 1 ? 23 : 0) + n;
          const extraMs = ack === "nack" && codec === "mask" ? 300 : 12 * ((a * 5 + c * 7) % 11);
          const ageMs = 30 * n + Math.round(4000 / kbps) + extraMs;
          return sampleRun({
            ...{ ack, codec, net, name: `${ack} ${codec} ${net} send-every=${sendEvery}` },
            settings: { ...DEFAULT_SETTINGS, ack, codec, net, sendEvery },
            kbps: { mean: kbps, p95: kbps + 1, max: kbps + 2 },
            stateAgeMs: { p50: 10, p95: 20, p99: ageMs, max: ageMs + 5 },
            freezes: { thresholdMs: 250, count: n, share: n / 100, longestMs: 300 },
          });
        })
      )
    )
  );
}
