import assert from "node:assert/strict";
import { test } from "node:test";
import type { InputSyntaxError } from "./input/input_error.ts";
import type { FieldValue } from "../core/state/schema.ts";
import { SnapshotLayout } from "../core/state/snapshot_layout.ts";
import { SchemaInference } from "../schema/infer.ts";
import { framesOf } from "./frame_source.ts";
import { ShapeFacts } from "./kinds/shape_facts.ts";
import { KeptStates } from "./kept_states.ts";
import { observeStates } from "./observe_states.ts";
import { readSnapshots } from "./read_snapshots.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Rows of one entity with the literals of its field `v`. */
const rows = (...literals: string[]) =>
  literals.map((v, f) => `{"f":${f},"t":${f},"id":1,"v":${v},"n":${f % 2}}`).join("\n");

const stream = (text: string) => new Blob([text]).stream();

async function values(text: string, options: ReadStatesOptions = {}): Promise<FieldValue[]> {
  const found: FieldValue[] = [];
  for await (const { entities } of readStates(stream(text), options)) {
    found.push(entities[0]!.fields["v"]!);
  }
  return found;
}

async function valuesTwice(text: string): Promise<FieldValue[]> {
  const shapes = new ShapeFacts();
  await values(text, { shapes });
  const again = await values(text, { shapes });
  assert.ok(!shapes.isLate);
  return again;
}

test("readStates() holds integers above 2^53 as bigints, with the others of the field", async () => {
  const text = rows("6", "7", "18446744073709551615", "0", '"9007199254740993"', '"5"', "1e3");
  const all = [6n, 7n, 18446744073709551615n, 0n, 9007199254740993n, 5n, 1000n];
  assert.deepEqual(await values(text), [6, ...all.slice(1)]);
  assert.deepEqual(await valuesTwice(text), all);
});

test("readStates() leaves texts of digits texts, and numbers that only f64 holds numbers", async () => {
  assert.deepEqual(await valuesTwice(rows('"76561198000000123"', '"7"')), [
    "76561198000000123",
    "7",
  ]);
  assert.deepEqual(await valuesTwice(rows("0.5", "9007199254740994", "1e300")), [
    0.5,
    9007199254740994,
    1e300,
  ]);
  assert.deepEqual(await valuesTwice(rows("-1", "-9007199254740994")), [-1, -9007199254740994]);
});

test("readStates() takes texts of digits beside numbers for 64-bit integers, if some are above 2^53", async () => {
  const wide = "76561198000000123";
  for (
    const [literals, all] of [
      [[`"${wide}"`, "7", '"5"'], [BigInt(wide), 7n, 5n]],
      [['"5"', `"${wide}"`, "0"], [5n, BigInt(wide), 0n]],
      [['"5"', wide, "6"], [5n, BigInt(wide), 6n]],
    ] as const
  ) {
    const shapes = new ShapeFacts();
    await assert.rejects(
      values(rows(...literals), { shapes }),
      /"v" is .*, but a text by line 1; declare it as u64 in a schema/,
    );
    assert.ok(shapes.isLate);
    assert.deepEqual(await values(rows(...literals), { shapes }), all);
    assert.ok(!shapes.isLate);
  }
  for (const literals of [['"5"', "7"], [`"${wide}"`, '"a"', "7"], [`"${wide}"`, "0.5"]]) {
    const shapes = new ShapeFacts();
    await assert.rejects(values(rows(...literals), { shapes }), /but a text by line 1/);
    assert.ok(!shapes.isLate);
  }
});

test("readStates() names no u64 for a number above it beside texts of digits", async () => {
  for (const digits of ['"18446744073709551615"', '"1152921504606846976"']) {
    for (const number of ["1e300", "18446744073709551616"]) {
      for (const isOnce of [true, false]) {
        await assert.rejects(
          values(rows(digits, number), { shapes: new ShapeFacts(isOnce) }),
          ({ message }: Error) => /but a text by line 1/.test(message) && !/u64/.test(message),
        );
      }
    }
  }
});

test("readStates() takes integers above 2^53 beside other numbers for doubles, if they are some", async () => {
  for (const other of ["0.5", "-0", "-9007199254740994", "1e300"]) {
    const text = rows("7", "9007199254740994", other, "18446744073709551616");
    const shapes = new ShapeFacts();
    await assert.rejects(
      values(text, { shapes }),
      /"v" is .* \(u64\) by line 1; declare it as f64/,
    );
    assert.ok(shapes.isLate);
    const doubles = [7, 9007199254740994, Number(other), 18446744073709551616];
    assert.deepEqual(await values(text, { shapes }), doubles);
    assert.ok(!shapes.isLate);
  }
  // An integer beyond 64 bits is none of theirs, though it comes first.
  const large = rows("1e300", "9007199254740994", "18446744073709551616");
  assert.deepEqual(await values(large), [1e300, 9007199254740994, 18446744073709551616]);
  await assert.rejects(values(rows("18446744073709551616", "9007199254740993")), /:2:/);
  const mixed = rows("9007199254740993", "0.5");
  const shapes = new ShapeFacts();
  await assert.rejects(values(mixed, { shapes }), /:2:/);
  assert.ok(!shapes.isLate);
});

test("readStates() refuses integers above 2^53 beside what u64 cannot hold, whichever comes first", async () => {
  for (const other of ["-1", "0.5", "-0"]) {
    await assert.rejects(
      values(rows(other, "9007199254740993")),
      /:2:\d+: .*9007199254740993 does/,
    );
    await assert.rejects(
      values(rows("9007199254740993", other)),
      new RegExp(`:2:\\d+: .*"v" is ${other}, but an integer from 0 to 2\\^64 - 1`),
    );
  }
  await assert.rejects(values(rows("9007199254740993", '"a"')), /is the text "a", but an integer/);
  await assert.rejects(values(rows("9007199254740993", "18446744073709551616")), /:2:/);
});

test("readStates() keeps integers of any size in a declared text as their digits", async () => {
  const schema = {
    kinds: [{
      name: "entity",
      fields: [{ name: "v", type: "text" }, { name: "n", type: "u8" }],
    }],
  } as const;
  const literals = ["-9223372006015187001", "5", '"a"', "18446744073709551616", "-0"];
  assert.deepEqual(await values(rows(...literals), { schema }), [
    "-9223372006015187001",
    "5",
    "a",
    "18446744073709551616",
    "-0",
  ]);
  await assert.rejects(values(rows("0.5"), { schema }), /"v" is 0.5, but a text by the schema/);
  await assert.rejects(
    values(rows("-9223372006015187001")),
    /integer -9223372006015187001 does not fit a double.* or declare the field as text in a schema/,
  );
});

test("readStates() forgets that a bad row made a field one of 64-bit integers", async () => {
  const bad = '{"f":1,"t":1,"id":1,"v":9007199254740993,"n":"text"}';
  const text = [rows("1"), bad, '{"f":1,"t":1,"id":1,"v":0.5,"n":1}'].join("\n");
  assert.deepEqual(await values(text, { skipBad: true }), [1, 0.5]);
});

test("readStates() by a schema takes numbers and digits for u64, of all 64 bits", async () => {
  const schema = {
    kinds: [{ name: "entity", fields: [{ name: "v", type: "u64" }, { name: "n", type: "u8" }] }],
  } as const;
  assert.deepEqual(
    await values(rows("3", '"18446744073709551615"', "9007199254740993"), { schema }),
    [
      3n,
      18446744073709551615n,
      9007199254740993n,
    ],
  );
  await assert.rejects(values(rows("3", "-1"), { schema }), /:2:\d+: the field "v" is -1/);
});

test("readSnapshots() and kept states hold 64-bit integers as readStates() does", async () => {
  const text = rows(
    "6",
    "7",
    "18446744073709551615",
    "null",
    "9007199254740993",
    "9007199254740994",
  );
  const all = [6n, 7n, 18446744073709551615n, undefined, 9007199254740993n, 9007199254740994n];
  const shapes = new ShapeFacts();
  await values(text, { shapes });
  const inference = new SchemaInference();
  const kept = new KeptStates();
  await observeStates(stream(text), inference, { shapes }, kept);
  const layout = new SnapshotLayout(inference.schema());
  assert.deepEqual(layout.kinds[0]!.kind.fields[0], { name: "v", type: "u64", optional: true });
  const read: unknown[] = [];
  for await (const snapshot of readSnapshots(stream(text), layout, { shapes })) {
    read.push(snapshot.entity(0).fields["v"]);
  }
  const again: unknown[] = [];
  for await (const snapshot of framesOf(kept.open(layout))) {
    again.push(snapshot.entity(0).fields["v"]);
  }
  assert.deepEqual([read, again], [all, all]);
});

test("readStates() keeps no text of a refused frame where an integer of 64 bits comes to stand", async () => {
  const lines = [
    '{"f":0,"t":0,"players":[{"id":1,"name":"rl"}]}',
    '{"f":1,"t":10,"players":[{"id":1,"name":"rl","late":"x"},{"id":1}]}',
    '{"f":2,"t":20,"players":[{"id":1,"name":"rl","v":12},{"id":2,"name":"rl","v":9007199254740993}]}',
  ];
  const bad: number[] = [];
  const read: unknown[] = [];
  const options = {
    skipBad: true,
    onBadLine: (fault: InputSyntaxError) => void bad.push(fault.place.line!),
  };
  for await (const { entities } of readStates(stream(lines.join("\n")), options)) {
    read.push(entities.map(({ fields }) => fields));
  }
  assert.deepEqual(bad, [2]);
  assert.deepEqual(read, [
    [{ name: "rl" }],
    [{ name: "rl", v: 12n }, { name: "rl", v: 9007199254740993n }],
  ]);
});
