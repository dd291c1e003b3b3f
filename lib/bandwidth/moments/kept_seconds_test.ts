import assert from "node:assert/strict";
import { test } from "node:test";
import { KeptSeconds } from "./kept_seconds.ts";
import { contentLines } from "./packet_contents.ts";
import type { SecondMoments } from "./run_moments.ts";

/** A second whose largest packet has so many records of one field: four lines each, and one. */
function secondOf(second: number, records: number): SecondMoments {
  return {
    second,
    packets: 1,
    parts: [],
    restBits: 0,
    entities: [],
    largest: {
      ...{ frame: second, timeMs: second * 1000, consumer: 0, form: "delta" },
      ...{ baselineAgeFrames: 1, keyframeReason: null, bits: 8 + records * 24, wireBits: 1000 },
      contents: {
        header: [{ part: "form", bits: 8 }],
        records: Array.from({ length: records }, (_, id) => ({
          ...{ id, kind: "unit", type: "update" as const, bits: 24, entityBits: 8, maskBits: 8 },
          fields: [{ field: "x", bits: 8, from: 0, to: 1 }],
        })),
        recordsLeftOut: { count: 0, bits: 0 },
      },
    },
  };
}

/** Seconds 0 to 99 of so many records, of which 37 and 61 stand out. */
function keptOf(records: number, bounds: { seconds: number; lines: number }): SecondMoments[] {
  const kept = new KeptSeconds(bounds, (second) => [second === 37 ? 2 : 0, second === 61 ? 1 : 0]);
  for (let second = 0; second < 100; second++) kept.add(secondOf(second, records));
  return kept.list();
}

const linesOf = (seconds: readonly SecondMoments[]) =>
  seconds.reduce(
    (sum, { largest }) =>
      sum + (largest!.contents === undefined ? 0 : contentLines(largest!.contents)),
    0,
  );

const secondsWith = (seconds: readonly SecondMoments[], records: number) =>
  seconds.filter(({ largest }) => largest!.contents?.records.length === records)
    .map(({ second }) => second);

test("KeptSeconds keeps all that there is room for", () => {
  assert.deepEqual(
    keptOf(24, { seconds: 100, lines: 100 * 97 }),
    Array.from({ length: 100 }, (_, second) => secondOf(second, 24)),
  );
});

test("KeptSeconds keeps the seconds that stand out, and others spread evenly", () => {
  const kept = keptOf(2, { seconds: 30, lines: 1e6 });
  // Every fourth is 25, every second 50.
  const expected = [37, 61, ...Array.from({ length: 25 }, (_, i) => i * 4)].sort((a, b) => a - b);
  assert.deepEqual(kept.map(({ second }) => second), expected);
});

test("KeptSeconds shortens packets before it lets go of what they consist of", () => {
  // 97 lines whole, 25 in short: two are whole, and 98 in short.
  const kept = keptOf(24, { seconds: 100, lines: 98 * 25 + 2 * 97 + 10 });
  assert.deepEqual(secondsWith(kept, 24), [37, 61]);
  assert.equal(secondsWith(kept, 6).length, 98);
  const [short] = kept;
  assert.deepEqual(short!.largest!.contents!.recordsLeftOut, { count: 18, bits: 18 * 24 });
});

test("KeptSeconds keeps packets of seconds that stand out, and others spread evenly", () => {
  const kept = keptOf(24, { seconds: 100, lines: 1000 });
  assert.equal(kept.length, 100);
  assert.ok(linesOf(kept) <= 1000);
  const whole = secondsWith(kept, 24);
  assert.ok(whole.includes(37) && whole.includes(61));
  // Of the 806 lines that the two leave, every fourth takes 625; the newest have yet to be chosen from.
  const told = kept.filter(({ largest }) => largest!.contents !== undefined)
    .map(({ second }) => second);
  const expected = [37, 61, ...Array.from({ length: 25 }, (_, i) => i * 4)].sort((a, b) => a - b);
  assert.deepEqual(told.filter((second) => second <= 96), expected);
});

test("KeptSeconds holds no more than its bounds, however little that is", () => {
  for (const lines of [0, 1, 24, 25, 60]) {
    const kept = keptOf(24, { seconds: 3, lines });
    assert.ok(kept.length <= 3);
    assert.ok(linesOf(kept) <= lines);
  }
  assert.deepEqual(keptOf(24, { seconds: 0, lines: 0 }), []);
});

test("KeptSeconds holds little while a run goes on", () => {
  let asked = 0;
  const kept = new KeptSeconds({ seconds: 50, lines: 500 }, (second) => {
    asked++;
    return [second % 997];
  });
  for (let second = 0; second < 20_000; second++) kept.add(secondOf(second, 4));
  const list = kept.list();
  assert.ok(list.length <= 50 && list.length > 20, String(list.length));
  assert.ok(list.some(({ second }) => second % 997 === 996));
  // What is kept is looked through now and then, so each second is asked for a few times.
  assert.ok(asked < 20 * 20_000, String(asked));
});
