import assert from "node:assert/strict";
import { test } from "node:test";
import { type InputNote, readStates, ShapeFacts } from "../ingest.ts";

/** Values of a column `v`, and codes of notes, as a file is read and as a pipe is. */
async function valuesOf(cells: readonly string[], readings = 1, decimal?: "comma") {
  const rows = ["f;t;id;v", ...cells.map((cell, f) => `${f};${f * 50};1;${cell}`)].join("\n");
  const shapes = new ShapeFacts();
  for (let reading = 1;; reading++) {
    const notes: InputNote[] = [];
    const frames = await Array.fromAsync(readStates(new Blob([rows, "\n"]).stream(), {
      shapes,
      decimal,
      onNote: (note) => void notes.push(note),
    }));
    if (reading < readings && shapes.isLate) continue;
    const values = frames.map(({ entities }) => entities[0]!.fields.v);
    const codes = notes.map(({ code }) => code).filter((code) => code !== "optional-fields");
    return { values, codes, problems: notes.map(({ problem }) => problem) };
  }
}

test("readStates() takes words for no number in a column of numbers for absence", async () => {
  for (const word of ["NULL", "NaN", "n. def.", "-", "N/A", '""', "nan(ind)", "None"]) {
    const { values, codes, problems } = await valuesOf(["1.5", word, word, "2"]);
    assert.deepEqual(values, [1.5, undefined, undefined, 2], word);
    assert.deepEqual(codes, ["absent-cells"]);
    assert.match(problems.at(-1)!, /^"v" of "entity" \(2 cells, ".*" in line 3\)/);
  }
});

test("readStates() reads a column that begins with such words as numbers, the second time", async () => {
  const cells = ["NULL", "-", "3", "5,5"];
  assert.deepEqual(await valuesOf(cells, 3, "comma").then(({ values }) => values), [
    ...[undefined, undefined, 3, 5.5],
  ]);
  const once = await valuesOf(cells, 1, "comma");
  assert.deepEqual(once.values, cells);
  assert.deepEqual(once.codes, ["blank-cells"]);
});

test("readStates() keeps such words in a column of texts, and one that holds no others", async () => {
  for (const cells of [["-", "rl", "-"], ["NULL", "NULL"], ["-", "3", "rl"], ["rl", "-", "3"]]) {
    const { values, codes } = await valuesOf(cells, 3);
    assert.deepEqual(values, cells);
    assert.deepEqual(codes, []);
  }
});

test("readStates() looks past the line by which Excel names the delimiter of CSV", async () => {
  for (const [line, mark] of [["sep=;", ";"], ["SEP=,\r", ","], ["sep=\t", "\t"]] as const) {
    const table = [line, `f${mark}id${mark}v`, `0${mark}1${mark}7`, ""].join("\n");
    const frames = await Array.fromAsync(readStates(new Blob([table]).stream(), { rateHz: 60 }));
    assert.deepEqual(frames.map(({ entities }) => entities[0]!.fields), [{ v: 7 }]);
  }
});

test("readStates() refuses other words in a column of numbers", async () => {
  for (const word of ["nope", "--3", "n", "Infinity"]) {
    await assert.rejects(valuesOf(["1", word]), /the field "v" is the cell/);
  }
});

test("readStates() names numbers with the sign U+2212", async () => {
  const { values, codes } = await valuesOf(["\u22121,5", "-2,5", "1"], 3, "comma");
  assert.deepEqual(values, ["\u22121,5", "-2,5", "1"]);
  assert.ok(codes.includes("unicode-minus"));
});
