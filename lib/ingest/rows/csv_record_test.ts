import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { splitRecord } from "./csv_record.ts";
import { RowFault } from "../input/row_fault.ts";

test("splitRecord() cuts cells and says where they start", () => {
  const cases: [text: string, cells: (string | undefined)[], starts: number[]][] = [
    ["a,b", ["a", "b"], [0, 2]],
    ["", [undefined], [0]],
    [",", [undefined, undefined], [0, 1]],
    [" a , b\r", ["a", "b"], [1, 5]],
    ['"a,b","c""d"', ["a,b", 'c"d'], [0, 6]],
    ['"",x', ["", "x"], [0, 3]],
    [' " a " ,x', [" a ", "x"], [1, 8]],
    ['"a\nb",1\r', ["a\nb", "1"], [0, 6]],
    ['""""', ['"'], [0]],
  ];
  for (const [text, cells, starts] of cases) {
    assert.deepEqual(splitRecord(text, ","), { cells, starts }, text);
  }
  assert.deepEqual(splitRecord("a\t\tb", "\t").cells, ["a", undefined, "b"]);
});

test("splitRecord() refuses stray quotes at their place", () => {
  const cases: [text: string, offset: number][] = [['a"b', 1], ['"a"b', 3], ['x,"ab', 2]];
  for (const [text, offset] of cases) {
    assert.throws(() => splitRecord(text, ","), (error: unknown) => {
      assert.ok(error instanceof RowFault);
      assert.deepEqual(error.target, { offset });
      return true;
    });
  }
});

test("splitRecord() reads back every text that is quoted", () => {
  fc.assert(fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
    const record = texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
    assert.deepEqual(splitRecord(record, ",").cells, texts);
  }));
});
