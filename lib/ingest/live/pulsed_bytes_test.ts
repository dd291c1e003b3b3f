import assert from "node:assert/strict";
import { test } from "node:test";
import { openStates } from "../read_states.ts";
import { pulsedBytes } from "./pulsed_bytes.ts";

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const encoder = new TextEncoder();

test("pulsedBytes gives the bytes as they came, with marks among those that go on", async () => {
  async function* source() {
    for (let i = 1; i <= 60; i++) {
      yield Uint8Array.of(i);
      await sleep(5);
    }
  }
  const bytes: number[] = [];
  let marks = 0;
  for await (const chunk of pulsedBytes(source(), 20)) {
    bytes.push(...chunk);
    if (chunk.length === 0 && bytes.length < 60) marks++;
  }
  assert.deepEqual(bytes, Array.from({ length: 60 }, (_, i) => i + 1));
  // Some 15 of them; on a machine that stands still there are fewer.
  assert.ok(marks >= 2, `${marks} marks`);
});

test("pulsedBytes says nothing of a source that has said nothing for long", async () => {
  async function* source() {
    yield Uint8Array.of(1);
    await sleep(200);
  }
  let marks = 0;
  for await (const chunk of pulsedBytes(source(), 5)) if (chunk.length === 0) marks++;
  assert.equal(marks, 2);
});

for (
  const [what, first] of [
    ["behind states", '{"f":0,"t":0,"id":1,"x":0}\n{"f":1,"t":16,"id":1,"x":0}\n'],
    ["before any state", ""],
  ] as const
) {
  test(`a reading of pulsedBytes hands on events ${what} while others come`, async () => {
    const told: unknown[] = [];
    let isOver = false;
    async function* source() {
      yield encoder.encode(first);
      for (let n = 0; !told.includes(5) && n < 2000; n++) {
        yield encoder.encode(`{"ev":"chat","n":${n},"f":${100 + n},"t":${2000 + n}}\n`);
        await sleep(5);
      }
      isOver = true;
      if (first === "") yield encoder.encode('{"f":9000,"t":99000,"id":1,"x":0}\n');
    }
    const frames = openStates(pulsedBytes(source(), 20), {
      onEvent: ({ data }) => {
        if (!isOver) told.push((data as { n?: number }).n);
      },
    });
    do {
      while (frames.next() !== undefined);
    } while (await frames.more());
    await frames.close();
    assert.deepEqual(told.slice(0, 6), [0, 1, 2, 3, 4, 5]);
    assert.ok(told.length < 2000);
  });
}
