import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field } from "../../../core/state/schema.ts";
import { sampleRun } from "../../report/sample_report_test_helper.ts";
import {
  findingOf,
  judge,
  judgeFigures,
  record,
  recordNoise,
  wireOf,
} from "../finding_lab_test_helper.ts";

const SAMPLE = sampleRun();

test("over-mtu tells how the loss of datagrams grows, and smaller packets end it", async () => {
  // 16 entities of 60 values of 4 bytes: 3840 B of values, 4 datagrams.
  const made = recordNoise(16, 60, 400);
  const run = { codec: "mask", net: "loss=3%", consumers: 10 } as const;
  const { findings, reports } = await judge(made, run);
  const [report] = reports;
  const finding = findingOf(findings, "over-mtu")!;
  assert.equal(finding.severity, "error");
  assert.match(finding.evidence, /^100 % of the packets exceed 1200 B, 4 datagrams each/);
  const pieceLoss = report!.datagramsLost / report!.datagrams;
  const packetLoss = report!.lost / report!.packets;
  assert.ok(Math.abs(pieceLoss - 0.03) < 0.005);
  // A packet of four arrives when all of them do.
  assert.ok(Math.abs(packetLoss - (1 - 0.97 ** 4)) < 0.015);
  const [, datagrams, packets] = /; (\S+) % of the datagrams lost became (\S+) % of the packets/
    .exec(finding.evidence)!;
  assert.ok(Math.abs(Number(datagrams) / 100 - pieceLoss) < 0.0005);
  assert.ok(Math.abs(Number(packets) / 100 - packetLoss) < 0.0005);
  assert.equal(
    finding.remedy,
    "codec varint, fewer fields or coarser steps by wire, only what is near by interest",
  );
  const wire = wireOf(made, (field) => Number(field.name.slice(1)) < 15 ? field : undefined);
  const mended = await judge(made, { ...run, wire });
  assert.equal(findingOf(mended.findings, "over-mtu"), undefined);
});

test("over-mtu names a longer history where most packets are keyframes for want of one", async () => {
  const fields = Array.from({ length: 60 }, (_, i): Field => ({ name: `v${i}`, type: "i32" }));
  const made = record(
    fields,
    300,
    (frame) =>
      Array.from({ length: 8 }, () =>
        Object.fromEntries(
          fields.map(({ name }, i) => [name, i === 0 ? frame : 1_000_000_000 - i]),
        )),
    { stepMs: 16 },
  );
  const { findings } = await judge(made, { net: "delay=600" });
  const { remedy } = findingOf(findings, "over-mtu")!;
  assert.match(remedy, /^historyFrames 128, since most packets are keyframes; fewer fields/);
  const mended = await judge(made, { net: "delay=600", historyFrames: 128 });
  assert.ok(mended.reports[0]!.overMtu < 100);
  assert.equal(findingOf(mended.findings, "over-mtu"), undefined);
});

test("over-mtu is a note where nothing is lost, and not told of packets below the MTU", async () => {
  const { findings } = await judge(recordNoise(16, 60, 60), { codec: "mask" });
  const finding = findingOf(findings, "over-mtu")!;
  assert.equal(finding.severity, "note");
  assert.ok(!finding.evidence.includes("lost"));
  const small = await judge(recordNoise(4, 60, 60), { codec: "mask", net: "loss=3%" });
  assert.equal(findingOf(small.findings, "over-mtu"), undefined);
});

test("framing-share counts what is no value, and half the packets cost less", async () => {
  const made = record([{ name: "x", type: "u8" }], 300, (frame) => [{ x: frame % 200 }], {
    stepMs: 16,
  });
  const { findings, reports } = await judge(made, {});
  const finding = findingOf(findings, "framing-share")!;
  assert.equal(finding.severity, "note");
  const [, framing] = /^(\S+) % of the bytes/.exec(finding.evidence)!;
  const [field] = reports[0]!.fields;
  const values = field!.bits / (reports[0]!.wireBytes * 8);
  assert.ok(Math.abs(Number(framing) / 100 - (1 - values)) < 0.001);
  assert.match(
    finding.remedy,
    /^sendEveryFrames 2 halves the headers, \S+ % of all, with states up to 16 ms/,
  );
  const mended = await judge(made, { sendEveryFrames: 2 });
  assert.ok(mended.reports[0]!.kbps.mean < reports[0]!.kbps.mean * 0.55);
  const rated = findingOf((await judge(made, { sendRateHz: 50 })).findings, "framing-share")!;
  assert.match(rated.remedy, /^sendRateHz 25 halves/);
});

test("framing-share stays a note where the payload shrinks, and is told where its remedy saves a quarter", async () => {
  const fields: Field[] = ["x", "y"].map((name) => ({ name, type: "u8" }));
  const made = record(fields, 300, (frame) => [{ x: frame % 200, y: (frame * 7) % 200 }], {
    stepMs: 16,
  });
  const wire = wireOf(made, (field) => field.name === "x" ? field : undefined);
  for (const run of [{}, { wire }]) {
    assert.equal(findingOf((await judge(made, run)).findings, "framing-share")!.severity, "note");
  }
  // 28 B and a packet header of some 6 B, of which half are saved, of more than 70 B.
  const more = record(
    fields,
    300,
    (frame) =>
      Array.from({ length: 12 }, (_, i) => ({ x: (frame * i) % 200, y: (frame * 7) % 200 })),
    {
      stepMs: 16,
    },
  );
  assert.equal(findingOf((await judge(more, {})).findings, "framing-share"), undefined);
  const slow = record(fields, 300, (frame) => [{ x: frame % 200, y: 1 }], { stepMs: 40 });
  assert.equal(findingOf((await judge(slow, {})).findings, "framing-share"), undefined);
});

test("dear-field is told of a text that is most of the payload, and parts of it cost less", async () => {
  const text: Field[] = [{ name: "x", type: "u16" }, { name: "json", type: "text" }];
  const made = record(text, 200, (frame) => [{
    x: frame,
    json: JSON.stringify({ hp: 100 - (frame % 50), name: "somebody", at: [frame, 7] }),
  }]);
  const { findings, reports } = await judge(made, {});
  const told = findingOf(findings, "dear-field")!;
  const json = reports[0]!.fields.find(({ field }) => field === "json")!;
  assert.ok(told.evidence.startsWith("p.json (text) takes "));
  assert.match(told.evidence, new RegExp(`${json.changes} sends of \\d+ bits, for 199 recorded`));
  assert.match(told.remedy, /^make fields of its parts/);
  const parts = record(
    ["x", "hp", "at"].map((name): Field => ({ name, type: "u16" })),
    200,
    (frame) => [{ x: frame, hp: 100 - (frame % 50), at: frame }],
  );
  assert.equal(findingOf((await judge(parts, {})).findings, "dear-field"), undefined);
});

test("framing-share is not told of packets that are mostly values", async () => {
  const { findings } = await judge(recordNoise(4, 60, 60), { codec: "mask" });
  assert.equal(findingOf(findings, "framing-share"), undefined);
});

test("history-shorter-than-rtt names a history that holds the round trip", async () => {
  const made = recordNoise(2, 8, 400, 16);
  const net = "delay=600,jitter=30";
  const { findings, reports } = await judge(made, { net });
  const finding = findingOf(findings, "history-shorter-than-rtt")!;
  assert.equal(finding.severity, "error");
  assert.match(finding.evidence, /64 frames are 1024 ms, the round trip 1260 ms$/);
  assert.equal(finding.remedy, "historyFrames 128");
  assert.equal(reports[0]!.keyframes, 400);
  const mended = await judge(made, { net, historyFrames: 128 });
  assert.equal(findingOf(mended.findings, "history-shorter-than-rtt"), undefined);
  assert.equal(mended.reports[0]!.keyframeReasons.evicted, 0);
  assert.equal(findingOf(findings, "keyframe-storm"), undefined);
});

test("history-shorter-than-rtt is not told of slower frames over the same network", async () => {
  const { findings } = await judge(recordNoise(2, 8, 200, 33), { net: "delay=600,jitter=30" });
  assert.equal(findingOf(findings, "history-shorter-than-rtt"), undefined);
});

test("history-shorter-than-rtt counts acks that lag by frames", async () => {
  const made = recordNoise(2, 8, 300, 16);
  const { findings } = await judge(made, { net: "acklag=70" });
  assert.equal(findingOf(findings, "history-shorter-than-rtt")!.remedy, "historyFrames 128");
  const near = await judge(made, { net: "acklag=60" });
  assert.equal(findingOf(near.findings, "history-shorter-than-rtt"), undefined);
});

test("keyframe-storm names the reason of most keyframes, and its remedy ends it", async () => {
  const slow = record(
    Array.from({ length: 40 }, (_, i): Field => ({ name: `v${i}`, type: "i32" })),
    300,
    (frame) => [Object.fromEntries(Array.from({ length: 40 }, (_, i) => [
      `v${i}`,
      i === 0 ? frame * 1000 : i * 1_000_000,
    ]))],
  );
  const { findings } = await judge(slow, { keyframeEveryFrames: 5 });
  const finding = findingOf(findings, "keyframe-storm")!;
  assert.match(finding.evidence, /^60 of 300 packets are keyframes \(20 %\).*interval 59 times$/);
  assert.match(finding.remedy, /^leave keyframeEveryFrames out: strict mends/);
  assert.equal(findingOf((await judge(slow, {})).findings, "keyframe-storm"), undefined);
  const append = await judge(slow, { policy: "append", keyframeEveryFrames: 5 });
  assert.match(
    findingOf(append.findings, "keyframe-storm")!.remedy,
    /^keyframeEveryFrames 20, or policy strict/,
  );
  const mended = await judge(slow, { policy: "append", keyframeEveryFrames: 25 });
  assert.equal(findingOf(mended.findings, "keyframe-storm"), undefined);
});

test("keyframe-storm is told where hardly an ack arrives", async () => {
  const made = recordNoise(1, 8, 300);
  const few = await judge(made, { net: "loss.up=100%" });
  assert.match(findingOf(few.findings, "keyframe-storm")!.evidence, /no-ack 300 times$/);
  const joined = await judge(recordNoise(1, 8, 20), { net: "delay=300" });
  assert.equal(findingOf(joined.findings, "keyframe-storm"), undefined);
});

test("keyframe-storm asks for no more acks where all is lost", async () => {
  const { findings } = await judge(recordNoise(1, 8, 600), { net: "loss=99%" });
  assert.equal(findings[0]!.severity, "error");
  assert.ok(findingOf(findings, "heavy-loss"));
  assert.match(findingOf(findings, "keyframe-storm")!.remedy, /^none but a link that loses less/);
  const up = await judge(recordNoise(1, 8, 300), { net: "loss.up=100%" });
  assert.match(findingOf(up.findings, "keyframe-storm")!.remedy, /^let more acks arrive/);
  assert.equal(findingOf(up.findings, "heavy-loss"), undefined);
});

test("dear-entity is told of one that costs three times what the next one does", () => {
  const entity = (id: number | string, bits: number, share: number) => ({
    id,
    kind: "p",
    bits,
    share,
  });
  const told = judgeFigures({
    entities: [entity("boss", 9000, 0.6), entity(2, 2500, 0.17)],
    entityCount: 9,
  });
  const finding = findingOf(told, "dear-entity")!;
  assert.match(
    finding.evidence,
    /^p "boss" takes 60 % of the payload, 3\.6 times as much as p 2, of 9/,
  );
  assert.equal(finding.severity, "warning");
  for (const entities of [[], [entity(1, 9, 0.9)], [entity(1, 500, 0.2), entity(2, 200, 0.1)]]) {
    assert.equal(findingOf(judgeFigures({ entities }), "dear-entity"), undefined);
  }
});

test("join-burst is told of joins that cost more than a second of the stream", () => {
  const spread = { p95: 0, p99: 0, max: 0 };
  const figures = (bytes: number, ms: number, joins = 2) =>
    judgeFigures({
      joinBytes: { ...spread, p50: bytes },
      timeToFirstStateMs: { ...spread, p50: ms, joins, open: 0 },
      // 1250 bytes a second.
      kbps: { ...SAMPLE.kbps, mean: 10 },
      wireBytes: 100_000,
    });
  const finding = findingOf(figures(3000, 300), "join-burst")!;
  assert.equal(finding.severity, "note");
  assert.match(finding.evidence, /^3000 B until the first state \(p50\), 2\.4 s of the stream/);
  assert.match(finding.evidence, /took 300 ms; 2 joins, 6 % of all bytes$/);
  assert.match(finding.remedy, /^send keyframes less often until the first ack/);
  assert.match(findingOf(figures(3000, 0), "join-burst")!.remedy, /^send less at first/);
  // The sample has two consumers.
  assert.equal(findingOf(figures(12_000, 300), "join-burst")!.severity, "note");
  assert.equal(findingOf(figures(12_000, 300, 4), "join-burst")!.severity, "warning");
  assert.equal(findingOf(figures(1000, 300), "join-burst"), undefined);
  assert.equal(findingOf(figures(3000, 2000), "join-burst"), undefined);
});

test("over-mtu is not told where only the keyframes of joins exceed the MTU", async () => {
  const fields = Array.from({ length: 60 }, (_, i): Field => ({ name: `v${i}`, type: "i32" }));
  const made = record(
    fields,
    60,
    (frame) =>
      Array.from({ length: 8 }, () =>
        Object.fromEntries(
          fields.map(({ name }, i) => [name, i === 0 ? frame : 1_000_000_000 - i]),
        )),
  );
  const { findings, reports } = await judge(made, { net: "delay=150" });
  assert.ok(reports[0]!.overMtu > 2);
  assert.equal(findingOf(findings, "over-mtu"), undefined);
});
