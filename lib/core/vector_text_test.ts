import assert from "node:assert/strict";
import { test } from "node:test";
import { readVectorText } from "./vector_text.ts";

test("readVectorText() reads two or more numbers in parentheses, with one separator", () => {
  assert.deepEqual(readVectorText("(0.5, -1, 2)"), { names: "0,1,2", numbers: [0.5, -1, 2] });
  assert.deepEqual(readVectorText("(1,2)"), { names: "0,1", numbers: [1, 2] });
  assert.deepEqual(readVectorText("(-0.00, 1e-7)"), { names: "0,1", numbers: [-0, 1e-7] });
});

test("readVectorText() reads two to four numbers, or twelve, with a comma and a space between", () => {
  const texts: readonly [text: string, numbers: readonly number[]][] = [
    ["1, 2", [1, 2]],
    ["1.5, -2, 3e-05", [1.5, -2, 3e-5]],
    ["-0, 0, 0, 1", [-0, 0, 0, 1]],
    ["nan, inf, -inf", [NaN, Infinity, -Infinity]],
    ["7, 8, 9, 1, 0, 0, 0, 1, 0, 0, 0, 1", [7, 8, 9, 1, 0, 0, 0, 1, 0, 0, 0, 1]],
  ];
  for (const [text, numbers] of texts) {
    const names = numbers.map((_, i) => i).join(",");
    assert.deepEqual(readVectorText(text), { names, numbers }, text);
  }
});

test("readVectorText() reads two or more numbers in angle brackets", () => {
  assert.deepEqual(readVectorText("<1, -2.5, 3>"), { names: "0,1,2", numbers: [1, -2.5, 3] });
  assert.deepEqual(readVectorText("<1,2>"), { names: "0,1", numbers: [1, 2] });
  assert.deepEqual(readVectorText("<NaN, 0, ∞>"), { names: "0,1,2", numbers: [NaN, 0, Infinity] });
});

test("readVectorText() reads numbers with a letter each", () => {
  const numbers = [100, -40, 92.15];
  for (
    const text of [
      "X=100.000 Y=-40.000 Z=92.150",
      "X=100.000, Y=-40.000, Z=92.150",
      "(X=100.0,Y=-40.0,Z=92.15)",
      "(X=100, Y=-40, Z=92.15)",
    ]
  ) assert.deepEqual(readVectorText(text), { names: "X,Y,Z", numbers }, text);
  const rotation = { names: "P,Y,R", numbers: [0, 90, -0] };
  assert.deepEqual(readVectorText("P=0.000000 Y=90.000000 R=-0.000000"), rotation);
  const colour = { names: "R,G,B,A", numbers: [1, 0.5, 0, 1] };
  assert.deepEqual(readVectorText("(R=1.000000,G=0.500000,B=0.000000,A=1.000000)"), colour);
});

test("readVectorText() reads the words for what is no finite number", () => {
  const words: readonly [text: string, numbers: readonly number[]][] = [
    ["(nan, inf, -inf)", [NaN, Infinity, -Infinity]],
    ["(NaN, Infinity, -Infinity)", [NaN, Infinity, -Infinity]],
    ["(-nan, ∞, -∞)", [NaN, Infinity, -Infinity]],
    ["(1.#QNAN, 1.#INF, -1.#IND00)", [NaN, Infinity, NaN]],
    ["(1.5,nan,2)", [1.5, NaN, 2]],
  ];
  for (const [text, numbers] of words) {
    assert.deepEqual(readVectorText(text), { names: "0,1,2", numbers }, text);
  }
  assert.deepEqual(
    readVectorText("X=-nan(ind) Y=0.000 Z=inf"),
    { names: "X,Y,Z", numbers: [NaN, 0, Infinity] },
  );
});

test("readVectorText() reads no other text", () => {
  for (
    const text of [
      ...["(1)", "()", "(1, 2", "1, 2 ", "(1, 2) ", "(1; 2)", "(1 2)", "(0,50, -1,00)"],
      ...[
        "(0,5, -1,25)",
        "(01, 2)",
        "(a, b)",
        "[1, 2]",
        "",
        "(",
        "(nano, 1)",
        "(1, 1e400)",
        "(none, none)",
      ],
      ...["1,2", "1,5", "1,5, 2", "0,5, -1,0", "1, 2,3", "1", "1,", "1, ", ", 1", "1 2 3"],
      ...["1, 2, 3, 4, 5", "<1>", "<>", "<1, 2", "<1, 2)", "(1, 2>", "<1,5. 2>", "1, 2>"],
      ...["ice, 2", "1, two", "no, 1", "01, 2", "1, 1e400", "12. May, 10", "1, 2; 3"],
      ...["X=1", "X=1 X=2", "X=1 Y=", "X=1 2", "1 Y=2", "X=1  Y=2", "X=a Y=b", "=1 =2", "X=1 Y=2)"],
      ...["(X=1,Y=2", "(1, Y=2)", "hp=100 ammo=5", "X=0,5 Y=1,5", `(1${", 2".repeat(99)})`],
    ]
  ) assert.equal(readVectorText(text), undefined, text);
});
