import assert from "node:assert/strict";
import { test } from "node:test";
import { lacksZone, timeMsOf } from "./time_value.ts";

const never = (): string => assert.fail("nobody needs the spelling");

test("timeMsOf() takes texts of decimals in the unit, exactly", () => {
  assert.equal(timeMsOf("12.5", "ms", never), 12.5);
  assert.equal(timeMsOf("1.1", "s", never), 1100);
  assert.equal(timeMsOf("1764190000123456789", "ns", never), 1_764_190_000_123.456789);
  assert.equal(timeMsOf("-2", "s", never), -2000);
  assert.equal(timeMsOf(-1.5, "s", () => "-1.5"), -1500);
  assert.ok(Object.is(timeMsOf("-0", "s", never), 0));
});

test("timeMsOf() takes durations that say their unit, exactly, whatever the unit", () => {
  const durations: readonly [text: string, timeMs: number][] = [
    ["0s", 0],
    ["0.016s", 16],
    ["12.5s", 12_500],
    ["-1.100s", -1100],
    ["315576000.000000001s", 315_576_000_000.000001],
    ["00:00:01", 1000],
    ["00:00:01.0330000", 1033],
    ["00:00:00.0166667", 16.6667],
    ["1.02:03:04.5", 93_784_500],
    ["-00:00:00.5000000", -500],
    ["-1.00:00:00.1", -86_400_100],
    ["0:00:16.667000", 16_667],
  ];
  for (const [text, timeMs] of durations) {
    assert.equal(timeMsOf(text, "ms", never), timeMs, text);
    assert.equal(timeMsOf(text, "ns", never), timeMs, text);
  }
});

test("timeMsOf() takes dates, of UTC unless they say their zone, whatever the unit", () => {
  const dates: readonly [text: string, timeMs: number][] = [
    ["1970-01-01T00:00:00Z", 0],
    ["2026-11-27T20:58:55.123Z", 1_795_813_135_123],
    ["2026-11-27T20:58:55.1234567Z", 1_795_813_135_123.4567],
    ["2026-11-27T21:58:55+01:00", 1_795_813_135_000],
    ["2026-11-27T15:28:55-0530", 1_795_813_135_000],
    ["2026-11-27 20:58:55,5z", 1_795_813_135_500],
    ["2026-11-27T20:58Z", 1_795_813_080_000],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000],
    ["1969-12-31T23:59:59.5Z", -500],
    ["2026-11-27T20:58:55", 1_795_813_135_000],
    ["2026-11-27T20:58:55.123456", 1_795_813_135_123.456],
    ["2026-11-27 20:58:55.123456", 1_795_813_135_123.456],
    ["2026-11-27T20:58:55.1234567", 1_795_813_135_123.4567],
    ["2026-11-27T20:58", 1_795_813_080_000],
  ];
  for (const [text, timeMs] of dates) {
    assert.equal(timeMsOf(text, "s", never), timeMs, text);
    assert.equal(timeMsOf(text, "ns", never), timeMs, text);
  }
});

test("timeMsOf() takes nothing else", () => {
  const values = [
    ...["", "1e3", "0x10", "1,5", "01", "NaN", "2026-11-27"],
    ...["1e3s", "01s", "5 s", "5ms", "s", "24:00:00", "0:60:00", "0:00:60", "20:58", "1:2:3:4"],
    ...["999999999.00:00:00", "99999999.00:00:00", "1.00:00:00,5", "--0:00:01"],
    ...[
      "2026-02-29T00:00:00Z",
      "2026-02-29T00:00:00",
      "2026-11-27T24:00:00",
      "2026-13-01T00:00:00Z",
      "2026-11-27T24:00:00Z",
      "27.11.2026",
    ],
    ...[NaN, Infinity, 2e13, -2e13, true, {}, [5]],
  ];
  for (const value of values) assert.ok(Number.isNaN(timeMsOf(value, "ms", String)), String(value));
});

test("lacksZone() tells dates without a zone from other times", () => {
  for (const time of ["T20:58:55.5", "T20:58", " 20:58:55,123456"]) {
    assert.ok(lacksZone(`2026-11-27${time}`), time);
    for (const zone of ["Z", "z", "+01:00", "-0530", "+02"]) {
      assert.ok(!lacksZone(`2026-11-27${time}${zone}`), time + zone);
    }
  }
  for (const time of [5, "5", "-1.5", undefined, ""]) assert.ok(!lacksZone(time), String(time));
});
