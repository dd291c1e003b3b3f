import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../../../core/state/schema.ts";
import { createRandoms } from "../../../net/link/random.ts";
import { findingOf, judge, judgeFigures, record, wireOf } from "../finding_lab_test_helper.ts";

const f64 = (name: string): Field => ({ name, type: "f64" });

test("binary32-in-doubles is told of doubles that hold singles, and f32 saves what it says", async () => {
  const made = record([f64("x"), f64("y")], 200, (frame) => [{
    x: Number(Math.fround(frame * 0.7853981).toPrecision(8)),
    y: Math.fround(frame / 3),
  }]);
  const { findings, reports } = await judge(made, {});
  const finding = findingOf(findings, "binary32-in-doubles");
  assert.match(finding!.evidence, /^every value of p\.[xy], p\.[xy] is a binary32/);
  assert.equal(finding!.remedy, "send them as f32 by wire");
  assert.equal(finding!.severity, "warning");
  const wire = wireOf(made, (field) => ({ ...field, type: "f32" }));
  const mended = await judge(made, { wire });
  assert.equal(findingOf(mended.findings, "binary32-in-doubles"), undefined);
  assert.ok(mended.reports[0]!.payloadBytes < reports[0]!.payloadBytes * 0.8);
});

test("binary32-in-doubles is not told of doubles that are more", async () => {
  const made = record([f64("x")], 200, (frame) => [{ x: frame / 3 }]);
  assert.equal(findingOf((await judge(made, {})).findings, "binary32-in-doubles"), undefined);
});

test("noisy-low-bits is told of jitter below the step of a walk, and a coarser step saves it", async () => {
  const random = createRandoms(3, 1, "down");
  const fields: Field[] = [{ name: "x", type: "fixed", step: 1 / 4096 }];
  const made = record(fields, 900, (frame) => [
    { x: frame + random.below(1 << 12, 0) / 4096 },
    { x: frame + random.below(1 << 12, 0) / 4096 },
  ]);
  const { findings, reports } = await judge(made, {});
  const finding = findingOf(findings, "noisy-low-bits")!;
  const [, bits] = /p\.x (\d+) bits/.exec(finding.evidence)!;
  assert.ok(Number(bits) === 11 || Number(bits) === 12, bits);
  const step = Number(/p\.x (\S+) \(off/.exec(finding.remedy)![1]);
  assert.equal(step, 2 ** (Number(bits) - 4) / 4096);
  const wire = wireOf(made, (field) => ({ ...field, step }));
  const mended = await judge(made, { wire });
  assert.equal(findingOf(mended.findings, "noisy-low-bits"), undefined);
  assert.ok(mended.reports[0]!.payloadBytes < reports[0]!.payloadBytes * 0.95);
});

test("noisy-low-bits of floats names a step far below what cannot be foreseen", async () => {
  const random = createRandoms(5, 1, "down");
  const made = record([f64("x")], 900, (frame) => [
    { x: frame * 0.37 + random.below(2 ** 30, 0) * 3.1e-10 },
  ]);
  const { findings, reports } = await judge(made, {});
  const finding = findingOf(findings, "noisy-low-bits")!;
  const step = Number(/p\.x (\S+) \(off/.exec(finding.remedy)![1]);
  assert.ok(step === 1 / 64 || step === 1 / 128, `${step}`);
  const wire = wireOf(made, ({ name }) => ({ name, type: "fixed", step }));
  const mended = await judge(made, { wire });
  assert.ok(mended.reports[0]!.fields[0]!.bits < reports[0]!.fields[0]!.bits * 0.6);
});

test("noisy-low-bits is not told of a steady walk, of hashes, or of codecs that send whole values", async () => {
  const random = createRandoms(3, 1, "down");
  const steady = record([{ name: "x", type: "i32" }], 900, (frame) => [{ x: frame * 1001 }]);
  assert.equal(findingOf((await judge(steady, {})).findings, "noisy-low-bits"), undefined);
  const hashes = record([{ name: "x", type: "u32" }], 900, () => [{ x: random.below(2 ** 31, 0) }]);
  assert.equal(findingOf((await judge(hashes, {})).findings, "noisy-low-bits"), undefined);
  const jitter = record([{ name: "x", type: "i32" }], 900, () => [{ x: random.below(65_536, 0) }]);
  const { findings } = await judge(jitter, { codec: "mask" });
  assert.equal(findingOf(findings, "noisy-low-bits"), undefined);
  assert.ok(findingOf((await judge(jitter, {})).findings, "noisy-low-bits"));
});

test("constant-fields is told of what never differs, and leaving it out saves its share", async () => {
  const fields: Field[] = ["x", "team", "model"].map((name) => ({ name, type: "u8" }));
  const made = record(fields, 100, (frame) => [{ x: frame, team: 3, model: 7 }]);
  const { findings, reports } = await judge(made, { codec: "raw" });
  const finding = findingOf(findings, "constant-fields")!;
  assert.match(finding.evidence, /^p\.(team|model), p\.(team|model) had one value in 100 states/);
  const share = Number(/they take (\S+) %/.exec(finding.evidence)![1]) / 100;
  // Each packet holds one byte of each field.
  assert.ok(Math.abs(share - 200 / reports[0]!.payloadBytes) < 0.001, `${share}`);
  const wire = wireOf(made, (field) => field.name === "x" ? field : undefined);
  const mended = await judge(made, { codec: "raw", wire });
  assert.equal(findingOf(mended.findings, "constant-fields"), undefined);
  assert.ok(mended.reports[0]!.payloadBytes <= reports[0]!.payloadBytes - 200);
});

test("constant-fields is not told of what one entity has otherwise, nor where it costs nothing", async () => {
  const fields: Field[] = ["x", "team"].map((name) => ({ name, type: "u8" }));
  const two = record(fields, 100, (frame) => [{ x: frame, team: 3 }, { x: frame, team: 4 }]);
  assert.equal(
    findingOf((await judge(two, { codec: "raw" })).findings, "constant-fields"),
    undefined,
  );
  const seldom = record(fields, 1000, (frame) => [{ x: frame % 256, team: 3 }]);
  assert.equal(findingOf((await judge(seldom, {})).findings, "constant-fields"), undefined);
});

test("text-could-be-enum is told of texts that come again, and an enum saves them", async () => {
  const names = ["idle", "running", "jumping"];
  const made = record([{ name: "state", type: "text" }], 300, (frame) => [
    { state: names[frame % 3]! },
  ]);
  const { findings, reports } = await judge(made, {});
  const finding = findingOf(findings, "text-could-be-enum")!;
  assert.match(finding.evidence, /^p\.state: 3 texts, 299 changes; they take/);
  const wire = wireOf(made, ({ name }) => ({ name, type: "enum", values: names }));
  const mended = await judge(made, { wire });
  assert.equal(findingOf(mended.findings, "text-could-be-enum"), undefined);
  assert.ok(mended.reports[0]!.payloadBytes < reports[0]!.payloadBytes * 0.8);
});

test("text-could-be-enum is not told of texts that are new each time", async () => {
  const made = record([{ name: "chat", type: "text" }], 300, (frame) => [
    { chat: `hello ${frame - frame % 2}` },
  ]);
  assert.equal(findingOf((await judge(made, {})).findings, "text-could-be-enum"), undefined);
});

test("lossy-wire names the field that is off most of each unit", () => {
  const error = {
    kind: "p",
    count: 9,
    worst: { entity: 1, frame: 0 },
    mean: 0.25,
    p50: 0.2,
    p95: 0.4,
    p99: 0.49,
  };
  const finding = findingOf(
    judgeFigures({
      wireError: [
        { ...error, field: "x", max: 0.5, worst: { entity: 1, frame: 2 } },
        { ...error, field: "yaw", unit: "deg", max: 2.8125, worst: { entity: 1, frame: 3 } },
        { ...error, field: "pitch", unit: "deg", max: 1 },
        { ...error, field: "z", max: 0.25 },
        { ...error, field: "hp", max: 0 },
      ],
    }),
    "lossy-wire",
  )!;
  assert.equal(finding.severity, "note");
  assert.equal(
    finding.evidence,
    "the wire schema: p.x is off by 0.5 at most, 0.25 on average; p.yaw is off by 2.81 deg at most, 0.25 deg on average, the largest of 4 errors in each unit",
  );
  assert.equal(findingOf(judgeFigures({ wireError: [] }), "lossy-wire"), undefined);
  const none = [{ ...error, field: "hp", mean: 0, max: 0 }];
  assert.equal(findingOf(judgeFigures({ wireError: none }), "lossy-wire"), undefined);
});

test("steps-in-doubles names the step of decimals and of -0, which are no binary32", async () => {
  const made = record([f64("x"), f64("y"), f64("n")], 300, (frame) => [{
    x: (frame * 37 - 5000) / 100,
    y: frame % 7 === 0 ? -0 : frame / 8,
    n: frame % 5 === 0 ? -0 : frame * 3,
  }]);
  const { findings, reports } = await judge(made, {});
  assert.equal(findingOf(findings, "binary32-in-doubles"), undefined);
  const told = findingOf(findings, "steps-in-doubles")!;
  assert.equal(told.severity, "warning");
  for (const part of ["p.x fixed of step 0.01", "p.y fixed of step 0.125", "p.n u16"]) {
    assert.ok(told.remedy.includes(part), told.remedy);
  }
  const types: Record<string, Field> = {
    x: { name: "x", type: "fixed", step: 0.01 },
    y: { name: "y", type: "fixed", step: 0.125 },
    n: { name: "n", type: "u16" },
  };
  const mended = await judge(made, { wire: wireOf(made, ({ name }) => types[name]) });
  assert.equal(findingOf(mended.findings, "steps-in-doubles"), undefined);
  assert.ok(mended.reports[0]!.payloadBytes < reports[0]!.payloadBytes * 0.6);
});

test("noisy-low-bits names no step that is much of what a field ranges over", async () => {
  const random = createRandoms(11, 1, "down");
  const yaw: Field = { name: "yaw", type: "fixed", step: 0.001 };
  const made = record([yaw], 900, () => [{ yaw: random.below(360_000, 0) / 1000 }]);
  const { remedy } = findingOf((await judge(made, {})).findings, "noisy-low-bits")!;
  const step = Number(/p\.yaw (\S+) \(off/.exec(remedy)![1]);
  // 360 degrees over 4096 are 0.088.
  assert.equal(step, 0.064);
});

test("noisy-low-bits sees doubles far from the origin, in steps that an integer reaches", async () => {
  const random = createRandoms(12, 1, "down");
  const jitter = () => random.below(2 ** 30, 0) / 2 ** 36;
  const far = record([f64("x"), f64("y")], 900, (frame) => [{
    x: 6_378_137 + frame * 0.5 + jitter(),
    y: frame * 0.123456789 - 4.5e6,
  }]);
  const { findings, reports } = await judge(far, {});
  const told = findingOf(findings, "noisy-low-bits")!;
  assert.equal(told.severity, "warning");
  const stepOf = (name: string) =>
    Number(new RegExp(`p\\.${name} (\\S+) \\(off`).exec(told.remedy)![1]);
  const [x, y] = [stepOf("x"), stepOf("y")];
  for (const step of [x, y]) assert.ok(6_378_600 / step <= 2 ** 31 && step < 1 / 16, `${step}`);
  const wire = wireOf(
    far,
    ({ name }) => ({ name, type: "fixed", step: name === "x" ? x : y }),
  );
  const mended = await judge(far, { wire });
  assert.ok(mended.reports[0]!.payloadBytes < reports[0]!.payloadBytes * 0.7);
});

test("lossy-wire names the run that is off most, wherever it stands", async () => {
  const made = record([f64("x")], 50, (frame) => [{ x: frame * 0.3 }]);
  const wire = (step: number) => ({
    wire: { ...wireOf(made, ({ name }) => ({ name, type: "fixed", step }))!, name: `${step}` },
  });
  const { findings } = await judge(made, wire(1), wire(8), wire(2));
  assert.match(findingOf(findings, "lossy-wire")!.evidence, / wire=8: 8: p\.x is off by 4 at most/);
});
