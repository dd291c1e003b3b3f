import assert from "node:assert/strict";
import { test } from "node:test";
import { sampleRun } from "../../report/sample_report_test_helper.ts";
import { DEFAULT_SETTINGS } from "../../report/run_settings.ts";
import type { RunReport } from "../../report/run_report.ts";
import { runFacets } from "./run_facets.ts";
import { sharedName, shortNames } from "./short_names.ts";

function run(ack: string, net: string, settings: Partial<RunReport["settings"]> = {}): RunReport {
  const set = { ...DEFAULT_SETTINGS, ack, net, ...settings };
  const parts = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return sampleRun({ ack, net, settings: set, name: [ack, "varint", net, ...parts].join(" ") });
}

test("runFacets() has what differs alone, the network first, values as they come", () => {
  const runs = [
    run("strict", "none", { sendEvery: 1 }),
    run("strict", "4g", { sendEvery: 2 }),
    run("append", "none", { sendEvery: 2 }),
  ];
  assert.deepEqual(runFacets(runs), [
    { name: "net", values: ["none", "4g"], of: [0, 1, 0] },
    { name: "ack", values: ["strict", "append"], of: [0, 0, 1] },
    { name: "send-every", values: ["1", "2"], of: [0, 1, 1] },
  ]);
  assert.deepEqual(runFacets([runs[0]!]), []);
  assert.deepEqual(runFacets([]), []);
});

test("runFacets() says none where nothing is set, and which option where two set one thing", () => {
  const rates = [
    run("strict", "none", { wire: "tight", sendEvery: 3 }),
    run("strict", "none", { sendEvery: null, sendRateHz: 20 }),
  ];
  assert.deepEqual(runFacets(rates), [
    { name: "wire", values: ["tight", "none"], of: [0, 1] },
    { name: "send-every, send-rate", values: ["send-every=3", "send-rate=20"], of: [0, 1] },
  ]);
});

test("shortNames() leaves out what all runs share, which sharedName() says once", () => {
  const runs = [run("strict", "none", { mtu: 600 }), run("append", "none", { mtu: 1200 })];
  const facets = runFacets(runs);
  assert.deepEqual(shortNames(runs, facets), [["strict", "mtu=600"], ["append", "mtu=1200"]]);
  assert.equal(sharedName(runs, facets), "varint none");
});

test("shortNames() has whole names where nothing differs, or not all runs do", () => {
  const twice = [run("strict", "none"), run("strict", "none")];
  assert.deepEqual(shortNames(twice, runFacets(twice)), [
    ["strict varint", "none"],
    ["strict varint", "none"],
  ]);
  assert.equal(sharedName(twice, runFacets(twice)), "");
  const files = [...twice, run("append", "none")];
  assert.deepEqual(shortNames(files, runFacets(files))[2], ["append varint", "none"]);
});
