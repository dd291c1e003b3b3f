import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RowLayout } from "./row_layout.ts";
import { RowStore } from "./row_store.ts";

/** Layouts of four and of eight words a row. */
const LAYOUTS = [3, 7].map((count) =>
  new RowLayout({
    name: `k${count}`,
    fields: Array.from({ length: count }, (_, i) => ({ name: `f${i}`, type: "i32" as const })),
  })
);

test("RowStore keeps a row while somebody refers to it, and gives none out twice", () => {
  assert.deepEqual(LAYOUTS.map(({ stride }) => stride), [4, 8]);
  const operation = fc.record({
    op: fc.constantFrom("add", "add", "add", "retain", "release", "release", "recycle"),
    kind: fc.nat(1),
    value: fc.integer(),
    which: fc.nat(),
  });
  fc.assert(
    fc.property(
      fc.array(operation, { minLength: 300, maxLength: 900, size: "max" }),
      (operations) => {
        const store = new RowStore();
        /** Rows in use, with what they hold and how many refer to them. */
        const model = new Map<number, { kind: number; value: number; references: number }>();
        /** Words of rows that were released and not recycled: nobody may have them yet. */
        const limbo = new Set<number>();
        for (const { op, kind, value, which } of operations) {
          const rows = [...model.keys()];
          const row = rows[which % Math.max(rows.length, 1)]!;
          const held = model.get(row);
          if (op === "add") {
            const { stride } = LAYOUTS[kind]!;
            const added = store.add(LAYOUTS[kind]!, new Int32Array(stride + 5).fill(value, 5), 5);
            assert.equal(model.has(added) || limbo.has(added), false);
            model.set(added, { kind, value, references: 1 });
          } else if (op === "recycle") {
            store.recycle();
            limbo.clear();
          } else if (held === undefined) continue;
          else if (op === "retain") {
            store.retain(row);
            held.references++;
          } else {
            store.release(LAYOUTS[held.kind]!, row);
            if (--held.references > 0) continue;
            model.delete(row);
            limbo.add(row);
          }
        }
        for (const [row, { kind, value }] of model) {
          const words = [...store.words.subarray(row, row + LAYOUTS[kind]!.stride)];
          assert.deepEqual(words, words.map(() => value));
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("RowStore grows no more once as many rows are released as are added", () => {
  const store = new RowStore();
  const rows: [kind: number, row: number][] = [];
  let length = 0;
  for (let i = 0; i < 3000; i++) {
    store.recycle();
    const kind = i % 3 === 0 ? 1 : 0;
    rows.push([kind, store.add(LAYOUTS[kind]!, new Int32Array(8), 0)]);
    // Half of the rows have two references for a while.
    if (i % 2 === 0) store.retain(rows.at(-1)![1]);
    const [oldKind, old] = i >= 50 ? rows[i - 50]! : [0, -1];
    if (old >= 0) store.release(LAYOUTS[oldKind]!, old);
    const [pastKind, past] = i >= 90 && i % 2 === 0 ? rows[i - 90]! : [0, -1];
    if (past >= 0) store.release(LAYOUTS[pastKind]!, past);
    if (i === 300) length = store.words.length;
  }
  assert.equal(store.words.length, length);
});
