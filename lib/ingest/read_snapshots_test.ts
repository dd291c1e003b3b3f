import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import type { StateFrame } from "../core/state/state.ts";
import { SchemaInference } from "../schema/infer.ts";
import { UnheldFrameError } from "./frames/snapshot_former.ts";
import { observeStates } from "./observe_states.ts";
import { readSnapshots } from "./read_snapshots.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

const value = fc.constantFrom(0, -0, 1, -1, 0.5, 1e-7, 3.1415927, 70_000, 2 ** 40, 1 / 3);

/** A frame of rows: whether it is one line, how far on it is, and who is in it. */
const frames = fc.array(
  fc.record({
    isWhole: fc.boolean(),
    step: fc.integer({ min: 1, max: 3 }),
    rows: fc.uniqueArray(
      fc.record({
        id: fc.nat(5),
        kind: fc.constantFrom("car", "car", "ball"),
        x: value,
        name: fc.constantFrom("a", "b", "c", "\u00e9"),
        on: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 5 },
    ),
  }),
  { minLength: 1, maxLength: 12 },
);

type Frames = typeof frames extends fc.Arbitrary<infer F> ? F : never;

/** Lines in which a row without a value of its own leaves it out, where rows may. */
function linesOf(frames: Frames, isSparse: boolean): string {
  let f = 0;
  const seen = new Map<number, string>();
  return frames.flatMap(({ isWhole, step, rows }): object[] => {
    f += step;
    const objects = rows.map(({ id, kind, x, name, on }) => {
      const isPart = isSparse && seen.get(id) === kind && on;
      seen.set(id, kind);
      const own = kind === "car" ? { 2: x, name, on } : { spin: x, on, 1: x };
      return isPart ? { id, kind, on } : { id, kind, ...own };
    });
    if (isWhole) return [{ f, t: f * 16, entities: objects }];
    return objects.map((object) => ({ f, t: f * 16, ...object }));
  }).map((object) => JSON.stringify(object)).join("\n").replaceAll(/"2":0\b(?!\.)/g, '"2":-0');
}

const options = fc.constantFrom<ReadStatesOptions>({}, { sparse: true }, {
  sparse: true,
  every: 1,
});

const input = (text: string) => new Blob([text]).stream();

test("observeStates() and readSnapshots() see the very frames that readStates() gives", async () => {
  await fc.assert(
    fc.asyncProperty(frames, options, async (frames, options) => {
      const text = linesOf(frames, options.sparse === true);
      if (text === "") return;
      const expected: StateFrame[] = await Array.fromAsync(readStates(input(text), options));
      const inference = new SchemaInference();
      for (const frame of expected) inference.observe(frame);

      const other = new SchemaInference();
      await observeStates(input(text), other, options);
      assert.deepEqual(other.schema(), inference.schema());
      assert.deepEqual(other.facts(), inference.facts());

      for (const type of ["inferred", "text"]) {
        const { kinds } = inference.schema();
        const schema = {
          kinds: kinds.map((kind) => ({
            ...kind,
            fields: kind.fields.map((field) =>
              type === "text" && field.type === "enum"
                ? { name: field.name, type: "text" as const }
                : field
            ),
          })),
        };
        const read: StateFrame[] = [];
        const layout = new SnapshotLayout(schema);
        for await (const snapshot of readSnapshots(input(text), layout, options)) {
          read.push(snapshot.toFrame());
        }
        // Rows have their fields in the order of the schema, which deepEqual() does not mind.
        assert.deepEqual(read, expected);
      }
    }),
    { numRuns: 300 },
  );
});

test("readSnapshots() says which frame its layout does not hold", async () => {
  const layout = new SnapshotLayout({
    kinds: [{ name: "entity", fields: [{ name: "x", type: "u8" }] }],
  });
  const read = async (...rows: readonly string[]) => {
    const lines = rows.map((row, f) => `{"f":${f},"t":${f},"id":1,${row}}`);
    const frames: number[] = [];
    try {
      for await (const { frame } of readSnapshots(input(lines.join("\n")), layout)) {
        frames.push(frame);
      }
    } catch (error) {
      assert.ok(error instanceof UnheldFrameError);
      return [frames, error.frame];
    }
    return [frames];
  };
  assert.deepEqual(await read('"x":1', '"x":255'), [[0, 1]]);
  assert.deepEqual(await read('"x":1', '"x":256'), [[0], 1]);
  assert.deepEqual(await read('"x":1', '"kind":"other","x":1'), [[0], 1]);
  assert.deepEqual(await read('"y":1'), [[], 0]);
  assert.deepEqual(await read('"x":1,"y":1'), [[], 0]);
});
