import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputNote, readStates } from "../../ingest.ts";

/** Frames of a counter, and the notes on turns of it. */
async function read(counts: readonly (readonly [count: number, timeMs: number])[], bits: 8 | 16) {
  const rows = counts.map(([f, t]) => `${JSON.stringify({ f, t, id: 1, x: 1 })}\n`);
  const notes: InputNote[] = [];
  const frames = await Array.fromAsync(readStates(new Blob(rows).stream(), {
    frameBits: bits,
    onNote: (note) => void notes.push(note),
  }));
  const turns = notes.filter(({ code }) => code === "lost-turn");
  return { frames: frames.map(({ frame }) => frame), turns: turns.map(({ problem }) => problem) };
}

/** Counts from one frame on, 20 ms a frame. */
const run = (first: number, count: number, bits: number, shiftMs = 0) =>
  Array.from({ length: count }, (_, i) => {
    const frame = first + i;
    return [frame % 2 ** bits, frame * 20 + shiftMs] as const;
  });

test("TurnWatch notes a step in whose time the counter goes round", async () => {
  const byte = await read([...run(250, 10, 8), ...run(560, 10, 8)], 8);
  assert.deepEqual(byte.frames.slice(8, 12), [258, 259, 304, 305]);
  assert.deepEqual(byte.turns, [
    "6020 ms pass from frame 259 to 304, in which 301 frames fit: a counter of 8 bits may have gone round unseen",
  ]);
  const word = await read([...run(5, 3, 16), ...run(65_550, 3, 16)], 16);
  assert.match(
    word.turns.join(),
    /^1310860 ms pass from frame 7 to 14, in which 65543 frames fit:/,
  );
});

test("TurnWatch says nothing of short pauses, of gaps that are counted, and where one step is all", async () => {
  const inputs = [
    run(250, 300, 8),
    [...run(250, 10, 8), ...run(350, 10, 8)],
    // A pause of 100 frames' time.
    [...run(0, 10, 8), ...run(10, 10, 8, 2000)],
    [[0, 0], [1, 9000]] as const,
  ];
  for (const counts of inputs) assert.deepEqual((await read(counts, 8)).turns, []);
});
