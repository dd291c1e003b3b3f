import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createLink } from "./create_link.ts";
import { PERFECT_LINK } from "./link_spec.ts";
import { parsePacketTrace, TraceReplay } from "./packet_trace.ts";
import { scripted } from "./scripted_random_test_helper.ts";

const FILE = new URL("../../../testdata/net/webrtc-g729-500-699.csv", import.meta.url);
const text = readFileSync(FILE, "utf8");

test("a trace is replayed exactly, packet by packet, and loops at its end", () => {
  const rows = text.trim().split("\n").slice(1).map((line) => line.split(","));
  assert.equal(rows.length, 200);
  const link = createLink(
    { ...PERFECT_LINK, trace: parsePacketTrace(text, "voice.csv") },
    scripted([]),
  );
  const arrivalsUs = new Float64Array(2);
  for (let i = 0; i < 450; i++) {
    const [, , delayMs, lost] = rows[i % 200]!;
    const count = link.transmit(i * 16_667, 100, arrivalsUs);
    assert.equal(count, lost === "1" ? 0 : 1, `packet ${i}`);
    // The file has whole milliseconds.
    if (count === 1) assert.equal(arrivalsUs[0], i * 16_667 + parseInt(delayMs!) * 1000);
  }
  // Lost are the rows 20, 73, 74, 77, 164, 191; two rounds and rows 0 to 49.
  assert.equal(link.stats.lost, 13);
  assert.deepEqual([link.stats.lossRuns.runs, link.stats.lossRuns.max], [11, 2]);
});

test("parsePacketTrace() takes decimals, CRLF, any first number, any delay of a lost packet", () => {
  const trace = parsePacketTrace(
    "packet,send_ms,delay_ms,lost\r\n7,0,1.5,0\r\n8,20.5,,1\r\n9,20.5,3,1\r\n10,21,0,0\r\n",
    "t.csv",
  );
  assert.deepEqual([...trace.delaysUs], [1500, 0, 0, 0]);
  assert.deepEqual([...trace.lost], [0, 1, 1, 0]);
});

test("parsePacketTrace() refuses with line and remedy", () => {
  const header = "packet,send_ms,delay_ms,lost\n";
  const cases: [string, RegExp][] = [
    ["", /"t.csv" at line 1: the header is ""; begin the file with packet/],
    ["packet,delay_ms\n", /line 1: the header is "packet,delay_ms"/],
    [header, /line 1: it has no packet/],
    [`${header}0,0,1,0\n2,20,1,0\n`, /line 3: packet is 2, expected 1; .*lost=1/],
    [`${header}0,5,1,0\n1,4,1,0\n`, /line 3: send_ms falls from 5 to 4/],
    [`${header}0,0,1,2\n`, /line 2: lost is not 0 or 1/],
    [`${header}0,0,,0\n`, /line 2: delay_ms is no number/],
    [`${header}0,0,-1,0\n`, /line 2: delay_ms is no number/],
    [`${header}0,0,60001,0\n`, /from 0 to 60000/],
    [`${header}0,0,1e3,0\n`, /line 2: delay_ms/],
    [`${header}0,0,x,1\n`, /line 2: delay_ms/],
    [`${header}0,0,1\n`, /line 2: lost is not 0 or 1/],
    [`${header}0,0,1,0,9\n`, /line 2: "0,0,1,0,9" is no row/],
    [`${header}\n`, /line 2: "" is no row/],
    [`${header}a\u001b[2Jb\n`, /"a\\u\{1b\}\[2Jb"/],
  ];
  for (const [bad, message] of cases) {
    assert.throws(() => parsePacketTrace(bad, "t.csv"), { name: "NetSpecError", message });
  }
});

test("parsePacketTrace() stops at a million packets", () => {
  const rows = Array.from({ length: 1_000_001 }, (_, i) => `${i},0,1,0`);
  assert.throws(
    () => parsePacketTrace(`packet,send_ms,delay_ms,lost\n${rows.join("\n")}`, "t.csv"),
    { message: /line 1000002: more than 1000000 packets/ },
  );
});

test("TraceReplay refuses an empty trace", () => {
  const empty = { delaysUs: new Float64Array(0), lost: new Uint8Array(0) };
  assert.throws(() => new TraceReplay(empty), RangeError);
});
