import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldValue } from "../../core/state/schema.ts";
import type { InputNote } from "../input/input_note.ts";
import { readStates } from "../read_states.ts";
import type { ReadStatesOptions } from "../states_options.ts";

/** Values of the entity's frames, the notes, and the error that ended the reading. */
async function read(text: string, options: ReadStatesOptions = {}) {
  const notes: InputNote[] = [];
  const fields: Readonly<Record<string, FieldValue>>[] = [];
  let error: Error | undefined;
  const input = new Blob([text]).stream();
  try {
    const frames = readStates(input, { onNote: (note) => notes.push(note), ...options });
    for await (const { entities } of frames) fields.push(entities[0]!.fields);
  } catch (thrown) {
    error = thrown as Error;
  }
  return { notes, fields, error };
}

/** Rows of one entity, 20 ms apart, with a field by frame. */
const rows = (values: readonly unknown[], name = "v") =>
  values.map((value, f) => `${JSON.stringify({ f, t: f * 20, id: 1, [name]: value })}\n`).join("");
const csv = (cells: readonly string[]) =>
  "f;t;id;v\n" + cells.map((cell, f) => `${f};${f * 20};1;${cell}\n`).join("");
const declared = (field: Omit<Field, "name">): ReadStatesOptions => ({
  schema: { kinds: [{ name: "entity", fields: [{ name: "v", ...field }] }] },
});
/** Shortest decimal that names a binary32, as most languages print one. */
const shortest = (value: number) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => Number(Math.fround(value).toPrecision(n)))
    .find((decimal) => Math.fround(decimal) === Math.fround(value))!;
/** Binary32 of sizes from 1 to 1000, which no fixed step holds. */
const singles = (count: number) =>
  Array.from({ length: count }, (_, i) => shortest(Math.sin(i + 1) * 10 ** (i % 4)));

test("readStates() notes columns of numbers that another mark would read", async () => {
  const columns: readonly [cells: string[], value: string | undefined][] = [
    [["7,25", "8,5", "9"], "comma"],
    [["1.234,5", "12,5"], "comma"],
    [["1,234.5", "12.5"], "point"],
    [["+5", "-3", "+1"], "point"],
    [["1 234", "56"], "point"],
    [["1,234", "2,468"], "comma or point"],
    [[...Array.from({ length: 19 }, (_, i) => `${i},5`), "n/a"], "comma"],
    [["0,5", "n/a", "none", "1,5"], undefined],
    [["1,23,4", "1,5"], undefined],
    [["007", "008"], undefined],
    [["red", "1,5", "2,5"], undefined],
    [["1.5", ".5", "5."], undefined],
  ];
  for (const [cells, value] of columns) {
    const { notes } = await read(csv(cells));
    assert.deepEqual(
      notes.map(({ code, remedy }) => [code, `${remedy}`]),
      value === undefined ? [] : [["decimal", `give decimal ${value}`]],
      cells.join(" "),
    );
    if (value !== undefined) assert.ok(notes[0]!.problem.includes(JSON.stringify(cells[0])));
  }
});

test("readStates() reads the numbers of a decimal mark, and texts as before", async () => {
  const comma = await read(csv(["7,25", "1.234,5", "+9", "-,5"]), { decimal: "comma" });
  assert.deepEqual(comma.fields.map(({ v }) => v), [7.25, 1234.5, 9, -0.5]);
  const point = await read(csv(["1,234.5", "1 234", "12"]), { decimal: "point" });
  assert.deepEqual(point.fields.map(({ v }) => v), [1234.5, 1234, 12]);
  assert.deepEqual([...comma.notes, ...point.notes], []);
  const text = await read(csv(["a1,5", "2,5"]), { decimal: "comma" });
  assert.deepEqual(text.fields.map(({ v }) => v), ["a1,5", "2,5"]);
  const both = await read("f;t;id;v\n1.000;0,5;2.000;1\n", { decimal: "comma" });
  assert.deepEqual(both.fields, [{ v: 1 }]);
});

test("readStates() refuses what is no number of the mark, and names the mark that reads it", async () => {
  const refusals: readonly [text: string, options: ReadStatesOptions, message: RegExp][] = [
    [
      csv(["2", "2,5"]),
      {},
      /in:3:8: .*"2,5", but a number by line 2; read it with decimal comma/,
    ],
    [csv(["2,5", "2.5"]), { decimal: "comma" }, /read it with decimal point/],
    [csv(["2,5", "1,5,5"]), { decimal: "comma" }, /"1,5,5", but a number/],
    [csv(["2,5", "1.23.456"]), { decimal: "comma" }, /"1.23.456", but a number/],
    [
      csv(["-1", "9.007.199.254.740.993"]),
      { decimal: "comma" },
      /9\.007\.199\.254\.740\.993 does not fit/,
    ],
    ["f;t;id;v\n0;0,5;1;1\n", {}, /in:2:3: the cell "0,5" of "t" is no number; read.*comma/],
  ];
  for (const [text, options, message] of refusals) {
    const { error } = await read(text, { source: "in", ...options });
    assert.match(error?.message ?? "", message);
  }
});

test("readStates() notes texts of JSON that spell numbers, and a declared number takes them", async () => {
  const texts = ["12", "-3", "9007199254740992"];
  const { notes, fields } = await read(rows(texts));
  assert.deepEqual(notes.map(({ code, remedy }) => [code, `${remedy}`]), [
    ["numeric-text", "if they are, declare a number in a schema file"],
  ]);
  assert.match(notes[0]!.problem, /the field "v" of "entity" \(such as "12"\)/);
  assert.deepEqual(fields.map(({ v }) => v), texts);

  const numbers = await read(rows(texts), declared({ type: "f64" }));
  assert.deepEqual(numbers.fields.map(({ v }) => v), [12, -3, 9007199254740992]);
  assert.deepEqual(numbers.notes, []);
  const mixed = await read(rows(["0.25", 1, "1e1"]), declared({ type: "fixed", step: 0.25 }));
  assert.deepEqual(mixed.fields.map(({ v }) => v), [0.25, 1, 10]);

  for (
    const others of [["a", "1"], ["1", "a"], ["007"], ["76561198000000001"], ["1,5"], ["0x1F"], [
      "",
    ], ["NaN"]]
  ) {
    assert.deepEqual((await read(rows(others))).notes, [], others.join());
  }
  assert.deepEqual((await read(rows(["1"]), declared({ type: "enum", values: ["1"] }))).notes, []);
});

test("readStates() notes texts of digits that only u64 holds, unless all of them are as long", async () => {
  for (const texts of [["76561198000000001", "5"], ["5", "76561198000000001"]]) {
    const { notes } = await read(rows(texts));
    assert.deepEqual(notes.map(({ code, remedy }) => [code, `${remedy}`]), [
      ["numeric-text", "if they are, declare u64 in a schema file"],
    ]);
    const numbers = await read(rows(texts), declared({ type: "u64" }));
    assert.deepEqual(numbers.fields.map(({ v }) => v), texts.map(BigInt));
  }
  for (const other of ["-5", "0.5", "a", "18446744073709551616"]) {
    assert.deepEqual((await read(rows(["76561198000000001", "5", other]))).notes, [], other);
  }
});

test("readStates() takes digits from 2^53 on for names, whether doubles hold them or not", async () => {
  const names = ["1152921504606846977", "1152921504606846976", "18446744073709551615"];
  for (const texts of [names, names.toReversed(), names.slice(1, 2), ["-9007199254740992"]]) {
    assert.deepEqual((await read(rows(texts))).notes, [], texts.join());
  }
  for (const wide of names) {
    const { notes } = await read(rows([wide, "7"]));
    assert.deepEqual(notes.map(({ remedy }) => `${remedy}`), [
      "if they are, declare u64 in a schema file",
    ]);
  }
});

test("readStates() refuses texts that a declared number cannot hold as they are", async () => {
  const refusals: readonly [text: string, type: Field["type"], message: RegExp][] = [
    [
      "9007199254740993",
      "f64",
      /9007199254740993 does not fit a double.*declare.*u64.*as text in the/,
    ],
    [
      "-9007199254740993",
      "f64",
      /-9007199254740993 does not fit a double.*declare.*as text in the/,
    ],
    ["1e400", "f64", /beyond the range/],
    ["256", "u8", /the value is 256/],
    ["0.5", "i32", /the value is 0.5/],
    ["123456790", "f32", /the value is 123456790/],
    ["+5", "i8", /"\+5", but a number/],
    ["007", "u8", /"007", but a number/],
    [" 7", "u8", /" 7", but a number/],
    ["0x1F", "u8", /"0x1F", but a number/],
    ["NaN", "f32", /has no NaN/],
  ];
  for (const [text, type, message] of refusals) {
    assert.match((await read(rows([text]), declared({ type }))).error?.message ?? "", message);
  }
});

test("readStates() notes f64 whose values are binary32, and a declared f32 takes them", async () => {
  const values = singles(20);
  const { notes, fields } = await read(rows(values));
  assert.deepEqual(notes.map(({ code, remedy }) => [code, `${remedy}`]), [
    ["binary32", "declare f32 in a schema file"],
  ]);
  assert.match(notes[0]!.problem, /the field "v" of "entity" is recorded as f64.*4 bytes/);
  assert.deepEqual(fields.map(({ v }) => v), values);

  const f32 = await read(rows([...values, 0.1]), declared({ type: "f32" }));
  assert.deepEqual(f32.fields.map(({ v }) => v), [...values, 0.1].map(Math.fround));
  assert.deepEqual(f32.notes, []);
  const refused = await read(rows([...values, 0.123456789012]), declared({ type: "f32" }));
  assert.equal(refused.fields.length, 20);
  assert.match(refused.error!.message, /0.123456789012, expected a binary32/);
});

test("readStates() notes no f64 of which it is not true", async () => {
  const wide = (digits: number) =>
    Array.from({ length: 200 }, (_, i) => Number((Math.exp(i / 7) / 3e5).toPrecision(digits)));
  const others: readonly [name: string, values: number[]][] = [
    ["short decimals over many sizes", wide(6)],
    ["seven digits over many sizes", wide(7)],
    ["eight digits over many sizes", wide(8)],
    ["doubles", Array.from({ length: 50 }, (_, i) => Math.sin(i + 1))],
    ["one double among binary32", [...singles(50), Math.PI]],
    ["decimals that fixed holds", Array.from({ length: 50 }, (_, i) => shortest(Math.sin(i + 1)))],
    ["binary32 to the last bit", singles(50).map(Math.fround)],
    ["integers", Array.from({ length: 50 }, (_, i) => i * 1e9)],
    ["few values", singles(5)],
    ["a few values again and again", Array.from({ length: 60 }, (_, i) => singles(4)[i % 4]!)],
  ];
  for (const [name, values] of others) {
    assert.deepEqual((await read(rows(values))).notes, [], name);
  }
  assert.deepEqual((await read(rows(singles(50)), declared({ type: "f64" }))).notes, []);
});

test("readStates() gives a note of many fields once, and names the first of them", async () => {
  const text = Array.from({ length: 3 }, (_, f) => {
    const fields = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`n${i}`, `${f + i}`]));
    return JSON.stringify({ f, t: f * 20, id: 1, ...fields });
  }).join("\n");
  const { notes } = await read(text);
  assert.equal(notes.length, 1);
  assert.match(notes[0]!.problem, /"n0" of .*"n3" of "entity" \(such as "3"\) and 5 more are/);
});

test("readStates() gives its notes when the input is refused, and when nobody reads on", async () => {
  const text = rows(["1", "2", "3"]);
  const refused = await read(text + "oops\n");
  assert.ok(refused.error);
  assert.equal(refused.notes.length, 1);
  const notes: InputNote[] = [];
  for await (
    const _ of readStates(new Blob([text]).stream(), { onNote: (note) => notes.push(note) })
  ) break;
  assert.equal(notes.length, 1);
});

test("readStates() says that a decimal mark does nothing to JSON", async () => {
  const { notes } = await read(rows([1, 2]), { decimal: "comma" });
  assert.deepEqual(notes.map(({ code }) => code), ["unused-decimal"]);
});

test("readStates() notes columns of numbers that a first cell without one makes texts", async () => {
  const columns: readonly [cells: string[], isNoted: boolean, options?: ReadStatesOptions][] = [
    [["NULL", "3", "4.5"], true],
    [["n/a", "3", "NULL", "-1e3"], true],
    [["NaN", "1,5", "2"], true, { decimal: "comma" }],
    [["-", "red", "green"], false],
    [["none", "none"], false],
    [["none", "3", "red"], false],
    [["red", "3", "4"], false],
  ];
  for (const [cells, isNoted, options] of columns) {
    const { notes, fields, error } = await read(csv(cells), options);
    assert.equal(error, undefined);
    assert.deepEqual(fields.map(({ v }) => v), cells);
    assert.deepEqual(
      notes.map(({ code, remedy }) => [code, `${remedy}`]),
      isNoted ? [["blank-cells", "leave cells empty where there is no value"]] : [],
      cells.join(" "),
    );
  }
});
