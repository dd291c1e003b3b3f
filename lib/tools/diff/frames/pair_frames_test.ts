import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { StateEvent, StateFrame } from "../../../core/state/state.ts";
import { diffOf } from "../diff_model_test_helper.ts";

/** A frame at each time, with a value that says which moment it is. */
function at(timesMs: readonly number[], firstFrame: number = 0): StateFrame[] {
  return timesMs.map((timeMs, i) => ({ frame: firstFrame + i, timeMs, entities: [] }));
}

/** Pairs by time, and times of the frames of either recording that are in none. */
async function pairsOf(a: readonly number[], b: readonly number[], windowMs?: number) {
  const options = windowMs === undefined ? {} : { timeToleranceMs: windowMs };
  const diff = await diffOf({ frames: at(a) }, { frames: at(b, 1000) }, { by: "time", ...options });
  const timesOf = (
    times: readonly number[],
    first: number,
    runs: readonly { from: number; to: number }[],
  ) => runs.flatMap(({ from, to }) => times.slice(from - first, to - first + 1));
  const { onlyInA, onlyInB } = diff.structural.frames;
  return [diff.compared.frames, timesOf(a, 0, onlyInA.runs), timesOf(b, 1000, onlyInB.runs)];
}

const EVEN = Array.from({ length: 20 }, (_, i) => i * 10);

test("diffRecordings() by time pairs the nearest frames within half an interval", async () => {
  assert.deepEqual(await pairsOf(EVEN, EVEN), [20, [], []]);
  assert.deepEqual(await pairsOf(EVEN, EVEN.map((time) => time + 4.9)), [20, [], []]);
  assert.deepEqual(await pairsOf(EVEN, EVEN.map((time) => time - 4.9)), [20, [], []]);
  // A frame that is missing stays alone and shifts nothing.
  assert.deepEqual(await pairsOf(EVEN, EVEN.filter((time) => time !== 70)), [19, [70], []]);
  assert.deepEqual(await pairsOf(EVEN.slice(2), EVEN.slice(0, -1)), [17, [190], [0, 10]]);
  // Every second one of another rate.
  const twice = Array.from({ length: 39 }, (_, i) => i * 5);
  const alone = twice.filter((time) => time % 10 === 5);
  assert.deepEqual(await pairsOf(EVEN, twice), [20, [], alone]);
});

test("diffRecordings() by time leaves a frame alone for one that is nearer", async () => {
  assert.deepEqual(await pairsOf([0, 100, 104, 200], [0, 105, 200], 8), [3, [100], []]);
  assert.deepEqual(await pairsOf([0, 105, 200], [0, 100, 104, 200], 8), [3, [], [100]]);
  // The nearer one has a nearer partner itself.
  assert.deepEqual(await pairsOf([0, 100, 106, 200], [0, 104, 107, 200], 8), [4, [], []]);
  assert.deepEqual(await pairsOf([0, 10, 20], [5, 15, 25], 5), [3, [], []]);
  assert.deepEqual(await pairsOf([0, 50], [25, 75], 0), [0, [0, 50], [25, 75]]);
});

test("diffRecordings() by time tells frames that follow one another, and have no pair, as one run", async () => {
  // Those of the other recording, which have no pair either, lie in between.
  const a = at([0, 20, 40, 60, 80, 100, 120], 5);
  const b = at([0, 29, 49, 69, 100, 120], 1000);
  const { structural } = await diffOf({ frames: a }, { frames: b }, {
    by: "time",
    timeToleranceMs: 2,
  });
  const { onlyInA, onlyInB } = structural.frames;
  assert.deepEqual(onlyInA.runs, [{ from: 6, to: 9, count: 4 }]);
  assert.deepEqual(onlyInB.runs, [{ from: 1001, to: 1003, count: 3 }]);
});

test("diffRecordings() by time finds the frames of a recording that counts from another origin", async () => {
  const times = fc.array(fc.record({ ms: fc.integer({ min: 10, max: 14 }), jitter: fc.nat(4) }), {
    minLength: 2,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(times, fc.nat({ max: 1e6 }), fc.nat(), async (steps, origin, lost) => {
      let timeMs = 1000;
      const frames = steps.map(({ ms, jitter }, i) => {
        timeMs += ms;
        const entities = [{ id: 1, kind: "ship", fields: { moment: i } }];
        return { a: { frame: i, timeMs, entities }, jitterMs: jitter };
      });
      const b = frames.map(({ a, jitterMs }) => {
        return { ...a, frame: a.frame + origin, timeMs: a.timeMs + jitterMs };
      });
      const missing = lost % frames.length;
      const diff = await diffOf(
        { frames: frames.map(({ a }) => a) },
        { frames: b.toSpliced(missing, 1) },
        { by: "time", timeToleranceMs: 4 },
      );
      // A moment that is paired with another one would be a value that differs.
      assert.deepEqual(diff.fields, []);
      const { onlyInA, onlyInB } = diff.structural.frames;
      assert.deepEqual(onlyInA.runs, [{ from: missing, to: missing, count: 1 }]);
      assert.equal(onlyInB.count, 0);
    }),
    { numRuns: 60 },
  );
});

function world(origin: number, x: (i: number) => number): StateFrame[] {
  return EVEN.map((timeMs, i) => ({
    frame: origin + i,
    timeMs,
    entities: [{ id: 1, kind: "ship", fields: { x: x(i) } }],
  }));
}

function shot(frame: number, timeMs: number, data: object): StateEvent {
  return { frame, timeMs, name: "shot", data: { ...data, ev: "shot", f: frame, t: timeMs } };
}

test("diffRecordings() by time tells both frames, and compares events at pairs", async () => {
  const a = { frames: world(0, (i) => i), events: [shot(2, 21, { n: 1 }), shot(7, 70, { n: 2 })] };
  const b = {
    frames: world(500, (i) => i < 12 ? i : -i),
    events: [shot(502, 21, { n: 1 }), shot(507, 70, { n: 2 })],
  };
  const { first, compared, drift } = await diffOf(a, b, { by: "time" });
  assert.deepEqual(first, {
    what: "value",
    class: "exact",
    frame: 12,
    frameInB: 512,
    timeMs: 120,
    id: 1,
    kind: "ship",
    field: "x",
    a: 12,
    b: -12,
  });
  assert.deepEqual([compared.frames, compared.events, drift], [20, 2, []]);
  const moved = { ...b, events: [shot(502, 21, { n: 1 }), shot(508, 80, { n: 2 })] };
  const { events } = await diffOf(a, moved, { by: "time", selection: { events: "only" } });
  assert.deepEqual(events.map(({ changed, onlyInA, onlyInB }) => [changed, onlyInA, onlyInB]), [
    [0, 1, 1],
  ]);
  const renumbered = { ...b, events: [shot(502, 21, { n: 1 }), shot(508, 70, { n: 2 })] };
  assert.deepEqual((await diffOf(a, renumbered, { by: "time" })).first!.frame, 7);
});

test("diffRecordings() by time finds events at a frame that the other recording lacks", async () => {
  const events = [shot(3, 30, { n: 3 }), shot(4, 41, { n: 4 }), shot(5, 50, { n: 5 })];
  const moved = (n: number) =>
    events.map((event) => {
      const [frame, data] = [event.frame! + 500, { ...event.data, f: event.frame! + 500 }];
      return { ...event, frame, data: event.frame === n ? { ...data, n: -1 } : data };
    });
  for (const lost of [3, 4]) {
    const frames = world(500, (i) => i).filter(({ frame }) => frame !== 500 + lost);
    const a = { frames: world(0, (i) => i), events };
    const same = await diffOf(a, { frames, events: moved(NaN) }, { by: "time" });
    assert.deepEqual([same.events, same.compared.events], [[], 3]);
    assert.deepEqual(same.first, {
      what: "frame",
      class: "structural",
      frame: lost,
      timeMs: lost * 10,
      onlyIn: "a",
    });
    const { events: [one] } = await diffOf(a, { frames, events: moved(4) }, { by: "time" });
    assert.deepEqual([one!.changed, one!.first.frame, one!.first.path], [1, 4, "n"]);
    const backwards = await diffOf({ frames, events: moved(4) }, a, { by: "time" });
    assert.deepEqual(backwards.events.map(({ changed }) => changed), [1]);
  }
});

test("diffRecordings() by time takes a span of the first recording, and what is near it of the other", async () => {
  const a = { frames: world(0, (i) => i), events: [shot(5, 50, {}), shot(9, 90, {})] };
  const late = world(500, (i) => i).map((frame) => ({ ...frame, timeMs: frame.timeMs + 3 }));
  const b = { frames: late, events: [shot(505, 50, {}), shot(509, 90, {}), shot(510, 100, {})] };
  const spanOf = async (from: number | undefined, to: number | undefined) => {
    const diff = await diffOf(a, b, { by: "time", selection: { from, to } });
    assert.deepEqual(diff.structural.frames.onlyInA.count, 0);
    assert.deepEqual(diff.structural.frames.onlyInB.count, 0);
    return [
      diff.compared.frames,
      diff.compared.events,
      diff.drift.map(({ field, largest }) => [field, largest]),
    ];
  };
  const drift = [["time", 3]];
  assert.deepEqual(await spanOf(4, 9), [6, 2, drift]);
  assert.deepEqual(await spanOf(6, 9), [4, 1, drift]);
  assert.deepEqual(await spanOf(undefined, 4), [5, 0, drift]);
  await assert.rejects(diffOf(a, b, { by: "time", selection: { from: 40 } }), {
    message: /span 40 to end holds no frame of the first recording$/,
  });
});
