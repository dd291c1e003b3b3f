import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { reportTable } from "./report_table.ts";
import { sampleReport, sampleRun, wrongRun } from "./sample_report_test_helper.ts";

const PLAIN = { isColored: false };

test("reportTable() has a line a run, marks best and worst, and draws where the bytes go", () => {
  assert.equal(
    reportTable(sampleReport(sampleRun(), wrongRun()), PLAIN),
    `duel.mcap  seed 1 · 2 runs · 2 consumers
egress  0.011 Mbit/s, 0.005 GB an hour, all consumers

run                   bytes bytes bytes  kbps kbps lost late   key- age   wrong heal heal
                       mean   p99   max  mean  p95    %    % frames p99  fields  p50  p99
strict varint loss=2%   40▴    63   80▴ 5.44▴   6▴    2    0     2▴   5      0▾   0▾   0▾
append varint loss=2%   30▾    63   70▾ 4.50▾   5▾    2    6     1▾   5 123.5k▴   2▴   9▴
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
egress  0.011 Mbit/s, 0.005 GB an hour, all consumers

run                   bytes bytes bytes kbps kbps lost late   key- age  wrong heal heal
                       mean   p99   max mean  p95    %    % frames p99 fields  p50  p99
strict varint loss=2%    40    63    80 5.44    6    2    0      2   5      0    0    0
nack varint loss=2%   not verified: no figures

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

test("reportTable() fits 100 columns and shows control characters", () => {
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
  for (const line of text.split("\n")) assert.ok(line.length <= 100, line);
  assert.match(text, /\nstrict varint de…te=1000\\u\{1b\}\[31m /);
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

test("reportTable() numbers runs whose names are cut to one, and says the names whole", () => {
  const names = ["budget=64kbps", "budget=96kbps"].map((budget) =>
    `strict varint delay=50,loss=2% history=128 ${budget} interest=800@position.x,position.y`
  );
  const runs = names.map((name) => sampleRun({ name }));
  const lines = reportTable(sampleReport(...runs), { isColored: false }).split("\n");
  for (const [run, name] of names.entries()) {
    assert.ok(lines.includes(`#${run + 1} ${name}`));
    assert.ok(lines.some((line) => line.startsWith(`#${run + 1} strict`) && line.includes("…")));
  }
  assert.ok(lines.every((line) => [...line].length <= 100));
});
