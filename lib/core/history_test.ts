import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { History } from "./history.ts";

interface Box {
  value: number;
}

function boxes(size: number): { history: History<Box>; made: () => number } {
  let made = 0;
  const history = new History<Box>(size, (state, reuse) => {
    const copy = reuse ?? (made++, { value: 0 });
    copy.value = state.value;
    return copy;
  });
  return { history, made: () => made };
}

test("History.push() copies the state", () => {
  const { history } = boxes(4);
  const live = { value: 1 };
  history.push(7, live);
  live.value = 2;
  assert.equal(history.get(7)?.state.value, 1);
  assert.equal(history.newest, 7);
});

test("History.get() misses frames that were never pushed and frames that were evicted", () => {
  const { history } = boxes(3);
  assert.equal(history.newest, undefined);
  assert.equal(history.get(0), undefined);
  for (const frame of [1, 2, 4]) history.push(frame, { value: frame });
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((frame) => history.get(frame)?.state.value), [
    undefined,
    undefined,
    2,
    undefined,
    4,
    undefined,
  ]);
});

test("History.push() uses memory again once nobody refers to it", () => {
  const { history, made } = boxes(3);
  for (let frame = 0; frame < 100; frame++) history.push(frame, { value: frame });
  assert.equal(made(), 4);
});

test("History.retain() keeps an evicted state until its release", () => {
  const { history, made } = boxes(2);
  const kept = history.retain(history.push(0, { value: 42 }));
  for (let frame = 1; frame < 50; frame++) history.push(frame, { value: frame });
  assert.equal(history.get(0), undefined);
  assert.equal(kept.state.value, 42);
  assert.equal(made(), 4);
  history.release(kept);
  history.push(50, { value: 50 });
  assert.equal(kept.state.value, 50);
  assert.equal(made(), 4);
});

test("History refuses a size that is no ring size", () => {
  for (const size of [0, -1, 1.5, NaN, 2 ** 25]) assert.throws(() => boxes(size), RangeError);
});

test("History agrees with a Map under random pushes, retains and releases, across 2^32", () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean());
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 9 }),
    fc.array(step, { maxLength: 60 }),
    (size, steps) => {
      const { history } = boxes(size);
      const model = new Map<number, number>();
      const kept: { entry: ReturnType<typeof history.push>; value: number }[] = [];
      let frame = 4294967280;
      steps.forEach(([skip, retains, releases], i) => {
        frame += skip;
        const entry = history.push(frame >>> 0, { value: i });
        model.set(frame, i);
        if (retains) kept.push({ entry: history.retain(entry), value: i });
        if (releases && kept.length > 0) history.release(kept.shift()!.entry);
        for (let back = 0; back < size + 3; back++) {
          const expected = back < size ? model.get(frame - back) : undefined;
          assert.equal(history.get((frame - back) >>> 0)?.state.value, expected);
        }
        for (const { entry, value } of kept) assert.equal(entry.state.value, value);
      });
    },
  ));
});
