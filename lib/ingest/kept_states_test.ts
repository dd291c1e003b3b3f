import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { SchemaInference } from "../schema/infer.ts";
import { framesOf } from "./frame_source.ts";
import { KeptStates, type StatesListener } from "./kept_states.ts";
import { observeStates } from "./observe_states.ts";
import { readSnapshots } from "./read_snapshots.ts";
import type { ReadStatesOptions } from "./states_options.ts";

const WIDE = Array.from({ length: 34 }, (_, i) => `w${i}`);

const number = fc.oneof(
  { arbitrary: fc.constantFrom(0, 1, 0.5, 70_000, 2 ** 31, 2 ** 40, 1 / 3, 1e300), weight: 8 },
  { arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }), weight: 1 },
);

/** A line: a row of some kind, an event early or late, or what cannot be read. */
const line = fc.record({
  form: fc.constantFrom("car", "car", "car", "ball", "wide", "event", "late", "whole"),
  step: fc.constantFrom(0, 0, 0, 1, 1, 3),
  id: fc.constantFrom(0, 1, 2, 2 ** 32 - 1),
  x: number,
  name: fc.constantFrom("a", "b", "\u00e9", ""),
  isLess: fc.boolean(),
  isBad: fc.integer({ min: 0, max: 60 }).map((n) => n === 0),
});

type Line = typeof line extends fc.Arbitrary<infer L> ? L : never;

function textOf(lines: readonly Line[], isSparse: boolean): string {
  let f = 2 ** 32 - 400;
  const seen = new Map<number, string>();
  return lines.map(({ form, step, id, x, name, isLess, isBad }) => {
    if (isBad) return "{";
    f += step;
    const head = { f, t: f / 3 };
    if (form === "event") return JSON.stringify({ ...head, f: f + 1, ev: "shot", by: id });
    if (form === "late") return JSON.stringify({ ev: "hit", note: name });
    const kind = form === "wide" ? "wide" : form === "ball" ? "ball" : "car";
    const isPart = isSparse && isLess && seen.get(id) === kind;
    seen.set(id, kind);
    const values = kind === "car"
      ? { x, name, on: isLess }
      : kind === "ball"
      ? { spin: x }
      : Object.fromEntries(WIDE.map((field, i) => [field, i % 3 === 0 ? x : i]));
    const row = isPart ? { id, kind } : { id, kind, ...values };
    if (form !== "whole") return JSON.stringify({ ...head, ...row });
    f++;
    return JSON.stringify({ f, t: f / 3, entities: [row] });
  }).join("\n");
}

const options = fc.constantFrom<ReadStatesOptions>(
  {},
  { rateHz: 50 },
  { sparse: true },
  { sparse: true, every: 1 },
);

/** All that comes of a reading, in the order in which it comes. */
async function outcome(
  read: (to: StatesListener) => AsyncIterable<{ toFrame(): unknown }>,
): Promise<unknown[]> {
  const all: unknown[] = [];
  try {
    const frames = read({
      onEvent: async (event) => {
        await Promise.resolve();
        all.push(event);
      },
      onWarning: ({ problem }) => void all.push(problem),
      onNote: ({ problem }) => void all.push(problem),
    });
    for await (const frame of frames) all.push(frame.toFrame());
  } catch (error) {
    all.push(error);
  }
  return all;
}

const input = (text: string) => new Blob([text]).stream();

async function kept(text: string, options: ReadStatesOptions, bytesMax?: number) {
  const inference = new SchemaInference({ counts: false });
  const states = new KeptStates(bytesMax);
  const nothing = { onEvent: () => {}, onNote: () => {} };
  try {
    await observeStates(input(text), inference, { ...options, ...nothing }, states);
  } catch {
    // It is met again.
  }
  return { states, layout: () => new SnapshotLayout(inference.schema()) };
}

test("KeptStates.open() gives and tells what readSnapshots() does, faults as well", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 40 }), options, async (lines, options) => {
      const text = textOf(lines, options.sparse === true);
      const { states, layout } = await kept(text, options);
      assert.ok(states.isWhole);
      const expected = await outcome((to) =>
        readSnapshots(input(text), layout(), { ...options, ...to })
      );
      assert.deepEqual(await outcome((to) => framesOf(states.open(layout(), to))), expected);
    }),
    { numRuns: 400 },
  );
});

test("KeptStates keeps nothing of what takes too much", async () => {
  const rows = (frames: number) =>
    Array.from({ length: frames }, (_, f) => `{"f":${f},"t":${f},"id":1,"x":${f / 3}}`).join("\n");
  for (const [frames, isWhole] of [[10, true], [40_000, false]] as const) {
    const { states, layout } = await kept(rows(frames), {}, 1 << 20);
    assert.equal(states.isWhole, isWhole);
    if (!isWhole) assert.throws(() => states.open(layout()), TypeError);
  }
  const event = `{"f":0,"ev":"e","text":"${"a".repeat(1 << 18)}"}`;
  const { states } = await kept(`${rows(1)}\n${event}`, {}, 1 << 20);
  assert.equal(states.isWhole, false);
});

test("KeptStates is shown no events where none are taken, which are refused then", async () => {
  const states = new KeptStates();
  const text = '{"f":0,"t":0,"id":1,"x":1}\n{"f":0,"ev":"shot"}';
  const reading = observeStates(input(text), new SchemaInference(), {}, states);
  await assert.rejects(reading, /nothing takes events here/);
});

test("KeptStates.open() tells what came where it came, and the notes when nobody goes on", async () => {
  const states = new KeptStates();
  const inference = new SchemaInference();
  const text = '{"f":0,"id":1,"x":1}\n{"f":2,"id":1,"x":2}';
  const options: ReadStatesOptions = { decimal: "comma", onNote: () => {} };
  states.addPiece(7);
  await observeStates(input(text), inference, options, states);
  const told: unknown[] = [];
  const listener: StatesListener = {
    onPiece: (bytes) => void told.push(bytes),
    onWarning: ({ code }) => void told.push(code),
    onNote: ({ code }) => void told.push(code),
  };
  const layout = new SnapshotLayout(inference.schema());
  for await (const { frame } of framesOf(states.open(layout, listener))) {
    told.push(frame);
    break;
  }
  assert.deepEqual(told, [7, "assumed-rate", 0, "unused-decimal"]);
});
