import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputNote, readStates, type ReadStatesOptions } from "../ingest.ts";

/** Frames of a counter of 16 bits, the sessions that began, and the codes of the notes. */
async function read(
  counts: readonly (readonly [count: number, timeMs?: number])[],
  options: ReadStatesOptions = { onRestart: "split" },
) {
  const rows = counts.map(([f, t]) => `${JSON.stringify({ f, t, id: 1, x: f })}\n`);
  const notes: InputNote[] = [];
  let sessions = 1;
  const frames = await Array.fromAsync(readStates(new Blob(rows).stream(), {
    frameBits: 16,
    onNote: (note) => void notes.push(note),
    onSession: () => void sessions++,
    ...options,
  }));
  const codes = notes.map(({ code }) => code).filter((code) => code === "wide-wrap");
  return { frames: frames.map(({ frame }) => frame), sessions, codes };
}

const from = (first: number, count: number, timeMs?: number) =>
  Array.from(
    { length: count },
    (_, i) => [first + i, timeMs === undefined ? undefined : timeMs + i * 16] as const,
  );

test("readStates() takes a counter that goes back without the time of a wrap for a restart", async () => {
  const crash = [...from(40_000, 40, 0), ...from(0, 3, 40 * 16)];
  const { frames, sessions, codes } = await read(crash);
  assert.deepEqual(frames.slice(39), [40_039, 0, 1, 2]);
  assert.deepEqual([sessions, codes], [2, []]);
  await assert.rejects(
    read(crash, {}),
    /backwards, from 40039 to 0: .* too little time has passed/,
  );
});

test("readStates() takes a counter that goes back by as much time as that takes for a wrap", async () => {
  const missing = 65_536 - 40_040;
  const late = await read([...from(40_000, 40, 0), ...from(0, 2, (40 + missing) * 16)]);
  assert.deepEqual(late.frames.slice(39), [40_039, 65_536, 65_537]);
  assert.deepEqual([late.sessions, late.codes], [1, []]);
  const lossy = await read([...from(65_500, 30, 0), ...from(2, 2, 30 * 16)]);
  assert.deepEqual(lossy.frames.slice(29), [65_529, 65_538, 65_539]);
});

test("readStates() notes a wide wrap where no time tells what it is", async () => {
  for (const options of [{ rateHz: 60 }, { rateHz: 60, onRestart: "split" as const }]) {
    const { frames, sessions, codes } = await read([...from(40_000, 40), ...from(0, 2)], options);
    assert.deepEqual(frames.slice(39), [40_039, 65_536, 65_537]);
    assert.deepEqual([sessions, codes], [1, ["wide-wrap"]]);
  }
  const early = await read([[40_000, 0], [40_001, 16], [0, 32]]);
  assert.deepEqual([early.sessions, early.codes], [1, ["wide-wrap"]]);
});
