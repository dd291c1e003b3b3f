import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputNote, readStates } from "../../ingest.ts";

/** Codes and problems of the notes on frames, all of which are recorded. */
async function notesOn(frames: readonly (readonly [f: number, t: number])[]) {
  const rows = frames.map(([f, t]) => `${JSON.stringify({ f, t, id: 1, x: 1 })}\n`);
  const notes: InputNote[] = [];
  const read = await Array.fromAsync(readStates(new Blob(rows).stream(), {
    onRestart: "split",
    onNote: (note) => void notes.push(note),
  }));
  assert.equal(read.length, frames.length);
  return notes.map(({ code, problem }) => `${code}: ${problem}`);
}

/** A line of each game in turn, 50 ms a frame. */
const rooms = (firsts: readonly number[], count: number) =>
  Array.from(
    { length: count },
    (_, k) => firsts.map((first) => [first + k, 50 * k] as const),
  ).flat();
const run = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => [first + i, (first + i) * 50] as const);

test("MixedWatch notes frames of several games, whose times are not said to stand", async () => {
  for (
    const [firsts, restarts] of [
      [[1, 700], 39],
      [[700, 1], 40],
      [[1, 700, 90_000], 39],
      [[1, 90_000, 700], 79],
      [[1, 10], 39],
    ] as const
  ) {
    assert.deepEqual(await notesOn(rooms(firsts, 40)), [
      `mixed-games: the frame leaps to and fro, back ${restarts} times, so lines of several games seem to be mixed`,
    ]);
  }
});

test("MixedWatch says nothing of restarts, of states that are loaded again, and of gaps", async () => {
  const inputs = [
    [...run(0, 50), ...run(0, 50), ...run(0, 50), ...run(0, 50), ...run(0, 50)],
    [...run(0, 50), ...run(30, 50), ...run(60, 50), ...run(90, 50), ...run(120, 50)],
    [...run(0, 50), ...run(500, 50), ...run(0, 50), ...run(500, 50), ...run(0, 5)],
    rooms([1, 700], 3),
  ];
  for (const frames of inputs) {
    const notes = await notesOn(frames);
    assert.deepEqual(notes.filter((note) => note.startsWith("mixed-games")), []);
  }
});

test("RateWatch tells times that stand in each session from times that stand in all", async () => {
  const standing = (timeMs: number) => [0, 1, 2].map((f) => [f, timeMs] as const);
  assert.deepEqual(await notesOn([...standing(0), ...standing(900)]), [
    "rate: all frames of a session have the same time",
  ]);
  assert.deepEqual(await notesOn([...standing(9), ...standing(9)]), [
    "rate: all 6 frames have the same time",
  ]);
});
