import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunReport } from "./run_report.ts";
import { sampleRun } from "./sample_report_test_helper.ts";
import { seenTable } from "./seen_table.ts";
import { PLAIN } from "./table_text.ts";

const zeros = { p50: 0, p95: 0, p99: 0, max: 0 };

/** A run that was looked at, with some figures given. */
function seenRun(given: Partial<RunReport> = {}): RunReport {
  return sampleRun({
    stateAgeMs: { p50: 66.667, p95: 80, p99: 116.667, max: 400 },
    updateGapMs: { p50: 16.667, p95: 30, p99: 33.333, max: 400 },
    timeToFirstStateMs: { ...zeros, p95: 62.5, max: 70, joins: 2, open: 0 },
    joinBytes: zeros,
    freezes: { thresholdMs: 250, count: 2, share: 0.01234, longestMs: 400 },
    interpolation: {
      delayMs: 100,
      underrunShare: 0.02,
      fillingShare: 0,
      withoutStateShare: 0,
      delayMsFor99: 116.667,
      delayMsFor999: 300,
    },
    holes: { count: 0, ms: 0, share: 0 },
    ...given,
  });
}

const ERROR = {
  field: "position",
  axes: ["x", "y"],
  count: 9,
  worst: { entity: 1, frame: 2 },
  mean: 1,
  p50: 0.5,
  p95: 1,
  p99: 2.25,
  max: 1234.5,
};

test("seenTable() has a line a run, and marks best and worst", () => {
  const freezes = { thresholdMs: 250, count: 0, share: 0, longestMs: 0 };
  const stateAgeMs = { p50: 5.5, p95: 6, p99: 7.25, max: 9 };
  const runs = [
    seenRun(),
    seenRun({ net: "none", name: "strict varint none", stateAgeMs, freezes }),
  ];
  assert.equal(
    seenTable(runs, PLAIN, (key) => key),
    `what the player sees  times in ms · drawn 100 late · frozen above 250
frozen, underrun in % of time
run       age   age gap free- frozen long- under- 99 % first
          p50   p99 p99   zes      %   est  run % need   p95
loss=2%   67▴  117▴  33    2▴  1.23▴  400▴      2  117    63
none    5.50▾ 7.25▾  33    0▾     0▾    0▾      2  117    63
▾ best  ▴ worst of the column`,
  );
});

test("seenTable() shows the positions that are off most, on whom, and what holes are left out", () => {
  const drawnError = [
    { ...ERROR, kind: "rocket", p99: 1.5, max: 99_999 },
    { ...ERROR, kind: "player" },
    { ...ERROR, kind: "player", field: "yaw", p99: 180 },
  ];
  const drawnSample = {
    consumers: 4,
    of: 1000,
    everyFrames: 4,
    missingShare: 0,
    missingValueShare: 0,
  };
  const run = seenRun({ drawnError, drawnSample, holes: { count: 2, ms: 3456.7, share: 0.1 } });
  assert.equal(
    seenTable([run], PLAIN, (key) => key),
    `what the player sees  times in ms · drawn 100 late · frozen above 250
off by: 4 of 1000 consumers by turns · frozen, underrun in % of time
off by in units of position
without 2 holes of the recording of 3.46 s; age counts them
age age gap free- frozen long- under- 99 % first off by off by off by
p50 p99 p99   zes      %   est  run % need   p95    p50    p99    max
 67 117  33     2   1.23   400      2  117    63   0.50   2.25  99999`,
  );
});

test("seenTable() shows no error of a run without one, and what was not there from 1 % on", () => {
  const sample = { consumers: 1, of: 1, everyFrames: 1, missingValueShare: 0 };
  const bare = { ...ERROR, axes: undefined, p50: 99 };
  const run = seenRun({
    drawnError: [{ ...bare, kind: "player" }],
    drawnSample: { ...sample, missingShare: 1 },
  });
  // A field that is called position is none.
  assert.doesNotMatch(seenTable([run], PLAIN, (key) => key), /off by/);
  assert.match(seenTable([run], PLAIN, (key) => key), /no distances: no kind has a position/);
  const other = seenRun({
    drawnError: [{ ...ERROR, kind: "player" }, { ...bare, kind: "player" }],
    drawnSample: { ...sample, missingShare: 0.0123 },
  });
  const text = seenTable([run, other], PLAIN, (key) => key, 100);
  const [, , first, second, one, two] = text.split("\n");
  assert.match(first!, / off by off by off by +not$/);
  assert.match(second!, / p50 +p99 +max there %$/);
  assert.match(one!, / - +- +- +100▴$/);
  assert.match(two!, / 0.50 +2.25 +1235 +1.23▾$/);
  const few = seenRun({ drawnSample: { ...sample, missingShare: 0.0099 } });
  assert.doesNotMatch(seenTable([few], PLAIN, (key) => key), /there/);
});

test("seenTable() says where runs have positions of different kinds", () => {
  const of = (...kinds: string[]) =>
    seenRun({ drawnError: kinds.map((kind) => ({ ...ERROR, kind })) });
  const said = /off by: the runs have positions of different kinds/;
  assert.match(seenTable([of("player", "rocket"), of("player")], PLAIN, (key) => key), said);
  assert.doesNotMatch(
    seenTable([of("player", "rocket"), of("rocket", "player")], PLAIN, (key) => key),
    said,
  );
  assert.doesNotMatch(seenTable([of("player"), of()], PLAIN, (key) => key), said);
});

test("seenTable() is empty where nothing was looked at", () => {
  assert.equal(seenTable([sampleRun()], PLAIN, (key) => key), "");
  assert.equal(seenTable([], PLAIN, (key) => key), "");
});

test("seenTable() fits 80 columns, whatever is off and by how much", () => {
  const huge = { p50: 123_456_789, p95: 2e8, p99: 3e8, max: 4e12 };
  const drawnError = [{ ...ERROR, ...huge, kind: "player" }];
  const name = "strict varint delay=50,jitter=10,loss=2%,burst=8,reorder=1%,rate=1000";
  const runs = [
    seenRun({ name, stateAgeMs: huge, updateGapMs: huge, drawnError }),
    seenRun({
      name,
      drawnError: [{ ...ERROR, kind: "player" }],
      interpolation: {
        delayMs: 60_000,
        underrunShare: 0.123456,
        fillingShare: 0,
        withoutStateShare: 0,
        delayMsFor99: 1.23e8,
        delayMsFor999: 2e8,
      },
    }),
  ];
  for (const line of seenTable(runs, PLAIN, (key) => key).split("\n")) {
    assert.ok(line.length <= 80, line);
  }
});

test("seenTable() names what it depends on within 80 columns, on more lines where it has to", () => {
  const drawnSample = {
    consumers: 4,
    of: 100_000,
    everyFrames: 1,
    missingShare: 0,
    missingValueShare: 0,
  };
  const freezes = { thresholdMs: 86_400_000, count: 2, share: 0.01234, longestMs: 400 };
  const interpolation = { ...seenRun().interpolation!, delayMs: 1234.56789 };
  const text = seenTable([seenRun({ drawnSample, freezes, interpolation })], PLAIN, (key) => key);
  assert.deepEqual(text.split("\n").slice(0, 2), [
    "what the player sees  times in ms · drawn 1234.56789 late",
    "frozen above 86400000 · off by: 4 of 100000 consumers",
  ]);
});

test("seenTable() does not show what leaves out more than half of the time as holes", () => {
  const drawnError = [{ ...ERROR, kind: "player" }];
  const none = { thresholdMs: 250, count: 0, share: 0, longestMs: 0 };
  const given = { drawnError, freezes: none, holes: { count: 40, ms: 40_000, share: 0.982 } };
  const runs = [seenRun(given), seenRun({ ...given, freezes: { ...none, count: 1 }, net: "none" })];
  assert.equal(
    seenTable(runs, PLAIN, () => "the threshold"),
    `what the player sees  times in ms · drawn 100 late · frozen above 250
frozen, underrun in % of time · off by in units of position
without 40 holes of the recording of 40 s; age counts them
run     age age gap free- frozen long- under- 99 % first off by off by off by
        p50 p99 p99   zes      %   est  run % need   p95    p50    p99    max
loss=2%  67 117   -     -      -     -      -    -    63      -      -      -
none     67 117   -     -      -     -      -    -    63      -      -      -
- leaves holes out, which are 98.2 % of the recording's time, so that too little
is left to measure: give a larger the threshold if the stream is that slow`,
  );
  // Half of the time is just not too much.
  const half = seenRun({ ...given, holes: { count: 40, ms: 40_000, share: 0.5 } });
  assert.match(seenTable([half], PLAIN, () => ""), / 67 117 +33 +0 +0 +0 +2 +117 +63 +0\.50/);
});
