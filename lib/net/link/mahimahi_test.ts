import assert from "node:assert/strict";
import { test } from "node:test";
import { MahimahiCapacity, parseMahimahi } from "./mahimahi.ts";

const twoThenOne = parseMahimahi("5\n5\n10\n", "down.pps");

test("parseMahimahi() reads lines with either end, with or without the last one", () => {
  for (const text of ["5\n5\n10\n", "5\r\n5\r\n10\r\n", "5\n5\n10", "\uFEFF5\n5\n10"]) {
    assert.deepEqual([...parseMahimahi(text, "f").opportunitiesMs], [5, 5, 10]);
  }
});

test("parseMahimahi() refuses with line and remedy", () => {
  const cases: [string, RegExp][] = [
    ["", /"f" at line 1: it has no line/],
    ["0\n0\n", /at line 2: all times are 0/],
    ["5\n4\n", /at line 2: 4 ms comes after 5 ms; sort/],
    ["5\n\n6\n", /at line 2: "" is no whole number/],
    ["5.5\n", /at line 1: "5.5" is no whole number/],
    ["-5\n", /at line 1/],
    ["1e3\n", /at line 1/],
    ["86400001\n", /from 0 to 86400000/],
    ["\u001b[31m5\n", /"\\u\{1b\}\[31m5"/],
  ];
  for (const [text, message] of cases) {
    assert.throws(() => parseMahimahi(text, "f"), { name: "NetSpecError", message });
  }
});

test("MahimahiCapacity lets small packets share an opportunity and splits what does not fit", () => {
  const link = new MahimahiCapacity(twoThenOne, 100);
  assert.equal(link.departUs(0, 1500), 5000);
  assert.equal(link.departUs(0, 1500), 5000); // second line of 5 ms
  assert.equal(link.departUs(0, 700), 10_000);
  assert.equal(link.departUs(1000, 700), 10_000); // 100 B are left
  assert.equal(link.departUs(1000, 700), 15_000); // 100 B at 10 ms, 600 B at 10 + 5 ms
  assert.equal(link.departUs(1000, 900), 15_000);
  assert.equal(link.departUs(1000, 1501), 20_000); // the second 15 ms, and a byte at 20 ms
});

test("MahimahiCapacity is missed by a packet that comes at the moment of an opportunity", () => {
  const link = new MahimahiCapacity(twoThenOne, 100);
  assert.equal(link.departUs(0, 100), 5000);
  assert.equal(link.departUs(4999, 100), 5000);
  assert.equal(link.departUs(5000, 100), 10_000); // the 1300 B left at 5 ms are gone
  assert.equal(link.departUs(15_000, 100), 20_000);
});

test("MahimahiCapacity loops, also over an hour of silence", () => {
  const link = new MahimahiCapacity(twoThenOne, 100);
  assert.equal(link.departUs(10_000, 1), 15_000);
  assert.equal(link.departUs(3_600_000_000, 1), 3_600_005_000);
  assert.equal(link.departUs(3_600_009_999, 1), 3_600_010_000);
});

test("MahimahiCapacity drops what finds the queue full", () => {
  const link = new MahimahiCapacity(twoThenOne, 2);
  assert.deepEqual([0, 0, 0].map((at) => link.departUs(at, 1500)), [5000, 5000, -1]);
  assert.equal(link.departUs(5000, 1500), 10_000);
});

test("MahimahiCapacity refuses a trace without a period", () => {
  const opportunitiesMs = Uint32Array.of(0);
  assert.throws(() => new MahimahiCapacity({ opportunitiesMs }, 1), RangeError);
});
