import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { reportTable } from "./report_table.ts";
import { sampleReport, sampleRun, wrongRun } from "./sample_report_test_helper.ts";
import { textWidth } from "./text_width.ts";

const PLAIN = { isColored: false };

test("reportTable() has a line a run, marks best and worst, and draws where the bytes go", () => {
  assert.equal(
    reportTable(sampleReport(sampleRun(), wrongRun()), PLAIN),
    `duel.mcap  seed 1 · 2 runs · 2 consumers
all runs  varint loss=2%
egress  0.011 Mbit/s, 0.005 GB an hour, all consumers

what it costs and breaks  bytes a packet · kbps a consumer · age, heal in frames
run    bytes bytes bytes  kbps kbps lost late   key- age   wrong heal heal
        mean   p99   max  mean  p95    %    % frames p99  fields  p50  p99
strict   40▴    63   80▴ 5.44▴   6▴    2    0     2▴   5      0▾   0▾   0▾
append   30▾    63   70▾ 4.50▾   5▾    2    6     1▾   5 123.5k▴   2▴   9▴
▾ best  ▴ worst of the column

where the bytes go, mean share over 2 runs
IP and UDP headers    41.2 % ██████████████████████████████
player.x              29.4 % █████████████████████ 17 bits a send
player.hp             14.7 % ███████████ 40 bits a send
packet headers         5.9 % ████
masks                  5.9 % ████
entity ids and kinds   2.9 % ██
`,
  );
});

test("reportTable() prints the fault instead of figures for a run that is not verified", () => {
  const fault = `packet of frame 12 (delta) decodes with 3 wrong fields\u001b[2J`;
  const bad = sampleRun({ ack: "nack", verified: false, fault, keyframes: 4711 });
  const text = reportTable(sampleReport(sampleRun(), bad), PLAIN);
  assert.equal(
    text,
    `duel.mcap  seed 1 · 2 runs · 2 consumers
all runs  varint loss=2%
egress  0.011 Mbit/s, 0.005 GB an hour, all consumers

what it costs and breaks  bytes a packet · kbps a consumer · age, heal in frames
run    bytes bytes bytes kbps kbps lost late   key- age  wrong heal heal
        mean   p99   max mean  p95    %    % frames p99 fields  p50  p99
strict    40    63    80 5.44    6    2    0      2   5      0    0    0
nack   not verified: no figures

not verified: nack varint loss=2%
  packet of frame 12 (delta) decodes with 3 wrong fields\\u{1b}[2J

where the bytes go, share of the wire
IP and UDP headers    41.2 % ██████████████████████████████
player.x              29.4 % █████████████████████ 16 bits a send
player.hp             14.7 % ███████████ 40 bits a send
packet headers         5.9 % ████
masks                  5.9 % ████
entity ids and kinds   2.9 % ██
`,
  );
});

test("reportTable() fits 80 columns and shows control characters", () => {
  const net = "delay=50,jitter=10,loss=2%,burst=8,reorder=1%,rate=1000\u001b[31m";
  const name = { kind: "k".repeat(60), field: "\n\u202e" };
  const fields = [{ ...name, bits: 1e9, share: 1, changes: 1, bitsPerChange: 1e9 }];
  const costs = [{ ...name, part: "field" as const, bits: 1e9, share: 1 }];
  const fault = "long ".repeat(40);
  const text = reportTable(
    sampleReport(
      sampleRun({ net, fields, costs }),
      sampleRun({ net: `${net} other` }),
      sampleRun({ net, verified: false, fault }),
    ),
    PLAIN,
  );
  for (const line of text.split("\n")) assert.ok(textWidth(line) <= 80, line);
  assert.match(text, /\n {10}delay=50,.*rate=1000\\u\{1b\}\[31m\n/);
  assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
});

test("reportTable() without a run has a title only", () => {
  assert.equal(reportTable(sampleReport(), PLAIN), "duel.mcap  seed 1 · 0 runs\n");
});

test("reportTable() in colour has the same text", () => {
  const report = sampleReport(sampleRun(), wrongRun());
  const colored = reportTable(report, { isColored: true });
  assert.ok(colored.includes("\u001b[32m30▾\u001b[39m"));
  assert.ok(colored.includes("\u001b[31m40▴\u001b[39m"));
  assert.equal(stripVTControlCharacters(colored), reportTable(report, PLAIN));
});

test("reportTable() shortens names apart, and numbers those that cannot be", () => {
  const names = ["64", "96"].map((kbps) => `budget=${kbps}${"x".repeat(60)}kbps`);
  const runs = names.map((name, i) =>
    sampleRun({ name, keyframes: 12_345 * (i + 1), lost: i, late: i })
  );
  const lines = reportTable(sampleReport(...runs), PLAIN).split("\n");
  for (const kbps of ["64", "96"]) {
    assert.equal(lines.filter((line) => line.includes("…") && line.includes(kbps)).length, 1);
  }
  const alike = Array.from({ length: 3 }, (_, i) => "x".repeat(90 + i));
  const text = reportTable(sampleReport(...alike.map((name) => sampleRun({ name }))), PLAIN);
  for (const place of [1, 2, 3]) {
    assert.equal(text.split(`\n#${place} `).length, 3, "once in the table, once below it");
  }
  assert.ok([...lines, ...text.split("\n")].every((line) => textWidth(line) <= 80));
});

test("reportTable() tells what is the same of all runs in a line where columns have no room", () => {
  const run = (letter: string, p99: number) =>
    sampleRun({
      name: letter.repeat(30),
      bytesPerFrame: { mean: 40, p50: 38, p95: 60, p99, max: 123 },
      divergence: { wrongFieldFrames: p99, wrongShare: 0, longestStreakFrames: 0 },
      kbps: { mean: p99, p95: 50, max: 60 },
      healFrames: { p50: 0, p99, max: 0 },
      keyframes: p99,
    });
  const lines = reportTable(sampleReport(run("a", 20), run("b", 30)), PLAIN).split("\n");
  const start = lines.findIndex((line) => line.startsWith("what it costs"));
  assert.deepEqual(lines.slice(start + 1, start + 6), [
    "the same of all: bytes mean 40, bytes max 123, kbps p95 50, packets lost 2 %,",
    "packets late 0 %, baseline age p99 5, heal p50 0",
    "run                            bytes kbps   key-  wrong heal",
    "                                 p99 mean frames fields  p99",
    `${"a".repeat(30)}   20▾  20▾    20▾    20▾  20▾`,
  ]);
});

test("reportTable() parts a table with too many columns, groups together", () => {
  const runs = Array.from({ length: 3 }, (_, i) => {
    const of = (value: number) => value * (i + 1);
    return sampleRun({
      name: `${"abc"[i]}${"速度".repeat(6)}`,
      bytesPerFrame: { mean: of(1234), p50: 0, p95: 0, p99: of(2345), max: of(99_999) },
      kbps: { mean: of(1.25), p95: of(100.5), max: 0 },
      ...{ lost: of(1), late: of(3), keyframes: of(1000) },
      baselineAgeFrames: { p50: 0, p99: of(40), max: 0 },
      divergence: { wrongFieldFrames: of(123_456), wrongShare: 0, longestStreakFrames: 0 },
      healFrames: { p50: of(100), p99: of(1000), max: 0 },
    });
  });
  const lines = reportTable(sampleReport(...runs), PLAIN).split("\n");
  const heads = lines.filter((line) => line.startsWith("run "));
  assert.deepEqual(heads.map((line) => line.slice(3).trim().split(/ +/)), [
    ["bytes", "bytes", "bytes", "kbps", "kbps"],
    ["lost", "late", "key-", "age", "wrong", "heal", "heal"],
  ]);
  const wide = reportTable(sampleReport(...runs), { ...PLAIN, columns: 140 }).split("\n");
  assert.equal(wide.filter((line) => line.startsWith("run ")).length, 1);
});
