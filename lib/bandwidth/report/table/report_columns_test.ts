import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { reportTable } from "../report_table.ts";
import type { RunReport } from "../run_report.ts";
import { sampleReport, sampleRun } from "../sample_report_test_helper.ts";
import { textWidth } from "../text_width.ts";

const WORD = fc.oneof(
  fc.constantFrom("strict", "varint", "4g", "delay=50,jitter=10,loss=2%,burst=8"),
  fc.string({ unit: fc.constantFrom(..."ab=,速度🚀\u001b\u202ee\u0301"), maxLength: 70 }),
);
const NAME = fc.array(WORD, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "));
const FIGURE = fc.oneof(
  fc.nat({ max: 9 }),
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.constantFrom(0, 0.004, 1234.5, 99_999, 123_456_789),
);

const RUN = fc.record({
  name: NAME,
  verified: fc.boolean(),
  a: FIGURE,
  b: FIGURE,
  kind: NAME,
  field: NAME,
  isSeen: fc.boolean(),
}).map(({ name, verified, a, b, kind, field, isSeen }): RunReport =>
  sampleRun({
    ...{ name, verified, fault: `${name} ${field}`, keyframes: Math.round(a), lost: 50, late: 49 },
    bytesPerFrame: { mean: a, p50: b, p95: a, p99: b, max: a },
    kbps: { mean: b, p95: a, max: a },
    divergence: { wrongFieldFrames: a, wrongShare: 0, longestStreakFrames: 0 },
    healFrames: { p50: a, p99: b, max: a },
    stalenessFrames: { p50: a, p99: b, max: a },
    costs: [{ part: "field", kind, field, bits: 1, share: 0.5 }],
    fields: [{ kind, field, bits: a, share: 0.5, changes: 1, bitsPerChange: a }],
    kinds: [kind, field, "third"].map((kind) => ({
      ...{ kind, bits: 1 + a, share: 0.5, framingBits: 1, records: 1, bitsPerRecord: 1 + a },
    })),
    entities: [{ id: name, kind, bits: 1e13, share: 0.9 }, {
      id: 2,
      kind: field,
      bits: 1,
      share: 0,
    }],
    ...(isSeen
      ? {
        stateAgeMs: { p50: a, p95: b, p99: b, max: a },
        updateGapMs: { p50: a, p95: b, p99: b, max: a },
        freezes: { thresholdMs: b, count: Math.round(a), share: 0.012, longestMs: a },
        holes: { count: 3, ms: a, share: 0.1 },
      }
      : {}),
  })
);

test("reportTable() keeps every line within its columns, whatever the names and figures", () => {
  const runs = fc.array(RUN, { minLength: 1, maxLength: 12 });
  const columns = fc.integer({ min: 60, max: 200 });
  fc.assert(
    fc.property(runs, columns, NAME, fc.boolean(), (runs, columns, name, isColored) => {
      const finding = { code: "over-mtu", severity: "error", runs: [name] } as const;
      const text = reportTable(
        {
          ...sampleReport(...runs),
          recording: name,
          recorded: { wire: "{}", mtu: name },
          findings: [{ ...finding, text: name, evidence: name, remedy: name }],
        },
        { isColored, columns },
      );
      for (const line of stripVTControlCharacters(text).split("\n")) {
        assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
      }
    }),
    { numRuns: 150 },
  );
});
