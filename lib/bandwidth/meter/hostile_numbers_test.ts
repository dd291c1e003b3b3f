import assert from "node:assert/strict";
import { test } from "node:test";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import { parseNetSpec } from "../../net/spec/net_text.ts";
import { RUN_DEFAULTS } from "../../replication/run_options.ts";
import { measureBandwidth } from "./measure_bandwidth.ts";

const layout = new SnapshotLayout({
  kinds: [{
    name: "ship",
    fields: ["x", "y", "yaw", "qx", "qy", "qz", "qw"].map((name) => ({ name, type: "f64" })),
  }],
});

const VALUES = [
  NaN,
  -0,
  Infinity,
  -Infinity,
  5e-324,
  1e308,
  -1e308,
  1.7976931348623157e308,
  1e-200,
];

const TIMES: Readonly<Record<string, readonly number[]>> = {
  even: Array.from({ length: 40 }, (_, i) => i * 50),
  shared: Array.from({ length: 40 }, () => 7),
  negative: Array.from({ length: 40 }, (_, i) => -5e9 + i),
  hole: Array.from({ length: 40 }, (_, i) => i < 20 ? i * 50 : 1.7e12 + i * 50),
  huge: Array.from({ length: 40 }, (_, i) => i * 1e300),
  tiny: Array.from({ length: 40 }, (_, i) => i * 5e-324),
  one: [0],
};

/** Paths in plain data at which JSON would have no number, or a text for one. */
function faultsOf(value: unknown, path = ""): string[] {
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0) ? [] : [`${path}: ${value}`];
  }
  if (typeof value === "string") return /^-?(NaN|Infinity)$/.test(value) ? [`${path}: text`] : [];
  if (value === undefined) return [`${path}: undefined`];
  if (value === null) return path.startsWith(".settings.") ? [] : [`${path}: null`];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => faultsOf(member, `${path}.${key}`));
}

test("measureBandwidth() has a number in every figure, whatever values and times are recorded", async () => {
  for (const [name, timesMs] of Object.entries(TIMES)) {
    const frames = timesMs.map((timeMs, frame) =>
      Snapshot.of(layout, {
        frame,
        timeMs,
        entities: Array.from({ length: 3 }, (_, id) => ({
          id,
          kind: "ship",
          fields: Object.fromEntries(
            layout.kinds[0]!.kind.fields.map((field, i) => [
              field.name,
              VALUES[(frame * 5 + id * 3 + i * (frame % 4 + 1)) % VALUES.length]!,
            ]),
          ),
        })),
      })
    );
    for (const net of ["none", "4g", "delay=100,loss=30%", "rate=1,queue=3"]) {
      const options = { ...RUN_DEFAULTS, consumers: 3, net: parseNetSpec(net) };
      const churn = { joinMs: 5, reconnectMs: 300 };
      const runs = [options, { ...options, sendRateHz: 7.3 }, { ...options, churn }];
      const reports = await measureBandwidth(layout, frames, runs);
      for (const report of reports) {
        assert.deepEqual(faultsOf(report), [], `${name}, ${report.name}`);
      }
    }
  }
});
