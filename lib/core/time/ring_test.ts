import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type MissReason, Ring, type RingAnswer } from "./ring.ts";

const WRAP = 2 ** 32;

/**
 * Ring by its text, over frames that do not wrap: every push is kept in a Map, and the window and
 * the reasons are worked out anew for each question.
 */
class Model {
  readonly states = new Map<number, number>();
  readonly lastOfResidue = new Map<number, number>();
  newest = -Infinity;
  first = Infinity;
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  /** What had to make room, or "refused". */
  push(frame: number, state: number): number | undefined | "refused" {
    if (frame <= this.newest - this.size) return "refused";
    this.newest = Math.max(this.newest, frame);
    this.first = Math.min(this.first, frame);
    this.states.set(frame, state);
    const previous = this.lastOfResidue.get(frame % this.size);
    this.lastOfResidue.set(frame % this.size, state);
    return previous;
  }

  held(frame: number): number | undefined {
    return frame > this.newest - this.size ? this.states.get(frame) : undefined;
  }

  reason(frame: number): MissReason {
    if (this.states.size === 0) return "never";
    if (frame > this.newest) return "future";
    return frame > this.newest - this.size || frame < this.first ? "never" : "evicted";
  }

  oldest(): number | undefined {
    const held = [...this.states.keys()].filter((frame) => this.held(frame) !== undefined);
    return held.length === 0 ? undefined : Math.min(...held);
  }
}

function missOf(answer: RingAnswer<unknown>): string {
  return answer.found ? "found" : answer.reason;
}

// The steps from the newest frame: on to the next, again, an older one, a gap, a far jump.
const steps = fc.oneof(
  { weight: 5, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -140, max: 0 }) },
  { weight: 3, arbitrary: fc.integer({ min: 2, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 300 }) },
);

describe("Ring agrees with a Map model under random operations", () => {
  for (const size of [1, 2, 3, 7, 64]) {
    // Frames around 2^32 wrap within most runs; frame 0 is the first of some.
    for (const start of [1000 * WRAP, 1001 * WRAP - 40, 1000 * WRAP + 2 ** 31 - 20]) {
      test(`of size ${size} from frame ${start % WRAP}`, () => {
        fc.assert(
          fc.property(fc.array(steps, { maxLength: 120 }), (steps) => {
            const ring = new Ring<number>(size);
            const model = new Model(size);
            let newest = start;
            steps.forEach((step, state) => {
              const frame = newest + step;
              const previous = model.push(frame, state);
              if (previous === "refused") {
                assert.throws(() => ring.push(frame % WRAP, state), RangeError);
              } else {
                assert.equal(ring.push(frame % WRAP, state), previous);
              }
              newest = Math.max(newest, model.newest);
              assert.equal(ring.newest, model.newest % WRAP);
              assert.equal(ring.oldest, model.oldest()! % WRAP);
              for (let asked = newest - 3 * size - 5; asked < newest + size + 2; asked++) {
                const held = model.held(asked);
                const frame = asked % WRAP;
                assert.deepEqual(
                  ring.at(frame),
                  held === undefined
                    ? { found: false, frame, reason: model.reason(asked) }
                    : { found: true, frame, state: held },
                );
                assert.equal(ring.get(frame), held);
              }
            });
          }),
          { numRuns: 30 },
        );
      });
    }
  }
});

test("Ring refuses sizes that are no integer from 1 to 2^24", () => {
  for (const size of [0, -1, 1.5, NaN, Infinity, 16777217]) {
    assert.throws(() => new Ring(size), (error: Error) => {
      return error instanceof RangeError && error.message.includes(`Ring size is ${size},`);
    });
  }
  assert.equal(new Ring(16777216).size, 16777216);
});

test("Ring answers never for every frame while it is empty", () => {
  const ring = new Ring<string>(3);
  for (const frame of [0, 1, 4294967295]) {
    assert.deepEqual(ring.at(frame), { found: false, frame, reason: "never" });
    assert.equal(ring.get(frame), undefined);
  }
  assert.deepEqual([ring.newest, ring.oldest], [undefined, undefined]);
});

test("Ring.at() misses a frame that a later one overwrote", () => {
  const ring = new Ring<string>(4);
  for (let frame = 0; frame <= 4; frame++) ring.push(frame, `s${frame}`);
  assert.equal(missOf(ring.at(0)), "evicted");
  assert.deepEqual(ring.at(4), { found: true, frame: 4, state: "s4" });
  assert.equal(missOf(ring.at(8)), "future");
});

test("Ring.at() does not take an untouched slot for frame 0", () => {
  const ring = new Ring<string>(4);
  ring.push(2, "a");
  assert.equal(missOf(ring.at(0)), "never");
  assert.equal(missOf(ring.at(1)), "never");
  assert.equal(ring.get(0), undefined);
});

test("Ring.at() finds frame 0", () => {
  const ring = new Ring<string>(1);
  ring.push(0, "zero");
  assert.deepEqual(ring.at(0), { found: true, frame: 0, state: "zero" });
  assert.deepEqual([ring.newest, ring.oldest], [0, 0]);
});

test("Ring.at() tells a gap in the window from a frame before it", () => {
  const ring = new Ring<string>(3);
  ring.push(10, "a");
  ring.push(13, "b");
  const reasons = [9, 10, 11, 12, 14].map((frame) => missOf(ring.at(frame)));
  assert.deepEqual(reasons, ["never", "evicted", "never", "never", "future"]);
});

test("Ring.at() misses what a jump over the whole window left in the slots", () => {
  const ring = new Ring<string>(3);
  for (const frame of [10, 11, 12, 1000]) ring.push(frame, `s${frame}`);
  const reasons = [10, 11, 12, 998, 999, 1000].map((frame) => missOf(ring.at(frame)));
  assert.deepEqual(reasons, ["evicted", "evicted", "evicted", "never", "never", "found"]);
  assert.equal(ring.oldest, 1000);
});

test("Ring goes on across 2^32", () => {
  const ring = new Ring<string>(3);
  for (const frame of [4294967294, 4294967295, 0, 1]) ring.push(frame, `s${frame}`);
  const reasons = [4294967293, 4294967294, 4294967295, 0, 1, 2].map((f) => missOf(ring.at(f)));
  assert.deepEqual(reasons, ["never", "evicted", "found", "found", "found", "future"]);
  assert.deepEqual([ring.oldest, ring.newest], [4294967295, 1]);
});

test("Ring.push() fills a gap with an older frame and leaves the newest", () => {
  const ring = new Ring<string>(4);
  ring.push(10, "a");
  ring.push(13, "d");
  assert.equal(ring.push(11, "b"), undefined);
  assert.deepEqual(ring.at(11), { found: true, frame: 11, state: "b" });
  assert.equal(missOf(ring.at(12)), "never");
  assert.equal(ring.newest, 13);
});

test("Ring.push() takes a frame before the first one while it is in the window", () => {
  const ring = new Ring<string>(4);
  ring.push(10, "a");
  ring.push(8, "b");
  for (let frame = 11; frame < 15; frame++) ring.push(frame, "c");
  const reasons = [7, 8, 9, 10].map((frame) => missOf(ring.at(frame)));
  assert.deepEqual(reasons, ["never", "evicted", "evicted", "evicted"]);
});

test("Ring.push() of the same frame replaces its state and gives the one before", () => {
  const ring = new Ring<string>(2);
  ring.push(5, "a");
  assert.equal(ring.push(5, "b"), "a");
  assert.deepEqual(ring.at(5), { found: true, frame: 5, state: "b" });
});

test("Ring.push() gives the state that had to make room", () => {
  const ring = new Ring<string>(2);
  assert.equal(ring.push(1, "a"), undefined);
  assert.equal(ring.push(2, "b"), undefined);
  assert.equal(ring.push(3, "c"), "a");
});

test("Ring.push() refuses a frame before the window and changes nothing", () => {
  const ring = new Ring<string>(3);
  for (const frame of [10, 11, 12]) ring.push(frame, `s${frame}`);
  assert.throws(() => ring.push(9, "x"), (error: Error) => {
    return error instanceof RangeError && error.message.includes("frame 9") &&
      error.message.includes("up to 12");
  });
  assert.deepEqual([10, 11, 12].map((frame) => ring.get(frame)), ["s10", "s11", "s12"]);
  assert.equal(missOf(ring.at(9)), "never");
});

test("Ring.push() takes a jump of 2^31 - 1 frames and reads one of 2^31 as older", () => {
  const ring = new Ring<string>(3);
  ring.push(0, "a");
  assert.throws(() => ring.push(2147483648, "x"), RangeError);
  ring.push(2147483647, "b");
  assert.deepEqual([ring.newest, ring.oldest], [2147483647, 2147483647]);
});

test("Ring.at() forgets after 2^30 frames that a frame was pushed", () => {
  const ring = new Ring<string>(3);
  ring.push(100, "a");
  ring.push(1073741924, "b");
  assert.equal(missOf(ring.at(100)), "evicted");
  ring.push(1073741925, "c");
  assert.deepEqual([100, 101].map((frame) => missOf(ring.at(frame))), ["never", "evicted"]);
});

test("Ring.at() and push() refuse what is no frame, get() misses it", () => {
  const ring = new Ring<string>(3);
  assert.throws(() => ring.at(-1), RangeError);
  ring.push(0, "a");
  for (const frame of [-1, 4294967296, 0.5, NaN]) {
    assert.throws(() => ring.at(frame), RangeError);
    assert.throws(() => ring.push(frame, "x"), RangeError);
    assert.equal(ring.get(frame), undefined);
  }
});

test("Ring.at() finds a state that is undefined, null or false", () => {
  const ring = new Ring<undefined | null | false>(3);
  [undefined, null, false as const].forEach((state, frame) => ring.push(frame, state));
  assert.deepEqual(ring.at(0), { found: true, frame: 0, state: undefined });
  assert.deepEqual(ring.at(1), { found: true, frame: 1, state: null });
  assert.deepEqual(ring.at(2), { found: true, frame: 2, state: false });
});

test("Ring keeps its answers over more than 2^32 frames of jumps", () => {
  const ring = new Ring<number>(7);
  let frame = 123;
  for (let i = 0; i < 40; i++) {
    ring.push(frame, i);
    assert.deepEqual(ring.at(frame), { found: true, frame, state: i });
    assert.equal(missOf(ring.at((frame + WRAP - 7) % WRAP)), i === 0 ? "never" : "evicted");
    assert.equal(missOf(ring.at((frame + 2 ** 31 - 1) % WRAP)), "future");
    frame = (frame + 987654321) % WRAP;
  }
});

test("Ring.at() misses a frame that was pushed 2^32 frames ago", () => {
  const ring = new Ring<string>(4);
  ring.push(7, "old");
  // Jumps that come round to one frame before 7 and leave the slot of 7 alone.
  for (const frame of [0x40000008, 0x80000009, 0xc000000a, 6]) ring.push(frame, "new");
  ring.push(8, "newest");
  assert.deepEqual(ring.at(7), { found: false, frame: 7, reason: "never" });
});
