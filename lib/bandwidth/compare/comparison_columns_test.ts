import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { textWidth } from "../report/text_width.ts";
import { sampleReport, sampleRun } from "../report/sample_report_test_helper.ts";
import { comparisonText } from "./comparison_text.ts";

const NAME = fc.string({ unit: fc.constantFrom(..."ab  =,速度🚀\u001b"), maxLength: 90 });
const FIGURE = fc.oneof(fc.nat(9), fc.double({ min: 0, max: 1e12, noNaN: true }));

test("comparisonText() keeps every line within its columns, whatever the names and figures", () => {
  const report = fc.record({ name: NAME, other: NAME, a: FIGURE, verified: fc.boolean() })
    .map(({ name, other, a, verified }) => ({
      ...sampleReport(
        sampleRun({ name: "same", verified, kbps: { mean: a, p95: a, max: a }, lost: 7 }),
        sampleRun({ name, net: other }),
      ),
      recording: other,
    }));
  const columns = fc.integer({ min: 60, max: 200 });
  fc.assert(fc.property(report, report, columns, (before, after, columns) => {
    const text = comparisonText(before, after, { isColored: false, columns });
    for (const line of text.split("\n")) assert.ok(textWidth(line) <= columns, line);
  }));
});
