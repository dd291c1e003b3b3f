import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStates } from "./check_states.ts";
import type { CheckedOptions } from "./checked_options.ts";

/** What a check proposes for rows, and how much it is of. */
async function proposed(rows: readonly object[], given: CheckedOptions = {}) {
  const text = rows.map((row) => JSON.stringify(row)).join("\n") + "\n";
  const { options, left, notes, states } = await checkStates({
    isRepeatable: true,
    states: () => new Blob([text]).stream(),
  }, given);
  const { timeKey, timeUnit, frameBits, onRestart } = options;
  return {
    options: { timeKey, timeUnit, frameBits, onRestart },
    left: left.map(({ code }) => code),
    notes: notes.map(({ code }) => code),
    counts: [states?.sessions, states?.frames, states?.kinds[0]?.fields.length],
  };
}

/** Sessions of some frames each, whose clock goes on or begins anew. */
function sessions(frames: number, count: number, goesOn: boolean): object[] {
  return Array.from({ length: count * frames }, (_, i) => {
    const f = i % frames;
    const ts = goesOn ? 9000 * Math.floor(i / frames) + 50 * f : 50 * f;
    return { f, ts, id: 1, x: i };
  });
}

for (const goesOn of [true, false]) {
  const clock = goesOn ? "goes on" : "begins anew";
  test(`checkStates() finds the times of sessions whose clock ${clock}`, async () => {
    for (const [frames, count] of [[3, 2], [2, 5], [4, 5], [30, 3]] as const) {
      const rows = sessions(frames, count, goesOn);
      for (const given of [{}, { onRestart: "split" }] as const) {
        const { options, left, notes, counts } = await proposed(rows, given);
        const { timeKey, onRestart } = options;
        assert.deepEqual([timeKey, onRestart, left], ["ts", "split", []]);
        assert.deepEqual(counts, [count, count * frames, 1]);
        assert.ok(notes.includes("no-time"));
      }
    }
  });
}

test("checkStates() finds the times of a counter that wraps", async () => {
  const rows = Array.from({ length: 600 }, (_, i) => ({
    f: i % 256,
    serverTimeUs: String(1_000_000 + Math.floor(i * 50_000 / 3)),
    id: 1,
    x: i,
  }));
  const { options, left, counts } = await proposed(rows);
  assert.deepEqual([options.timeKey, options.timeUnit, options.frameBits, left], [
    "serverTimeUs",
    "us",
    8,
    [],
  ]);
  assert.deepEqual(counts, [1, 600, 1]);
});

test("checkStates() finds a restart after which only frames that were there before come", async () => {
  for (const entities of [1, 3]) {
    const rows = [0, 50, 9000, 9050].flatMap((t, i) =>
      Array.from({ length: entities }, (_, id) => ({ f: 1 + i % 2, t, id, x: i }))
    );
    const { options, left, counts } = await proposed(rows);
    assert.deepEqual([options.onRestart, left, counts], ["split", [], [2, 4, 1]]);
  }
});

test("checkStates() takes one frame that goes back among others for no restart", async () => {
  const frames = [0, 1, 2, 3, 1, 4, 5, 6, 7, 8];
  const { options, left } = await proposed(frames.map((f) => ({ f, t: 50 * f, id: 1, x: f })));
  assert.deepEqual([options.onRestart, left], [undefined, ["frame-back"]]);
});
