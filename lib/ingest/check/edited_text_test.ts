import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt } from "./cell_at.ts";
import { EditedText } from "./edited_text.ts";

test("EditedText.original() finds where a character stood before it was edited", () => {
  const text = new EditedText('{"a":"long","b":2,"c":3}');
  text.replace(5, 11, "1");
  text.replace(11, 12, "null");
  text.replace(1, 1, '"f":7,');
  assert.equal(text.text, '{"f":7,"a":1,"b":null,"c":3}');
  assert.deepEqual([0, 7, 12, 23, 26].map((at) => text.original(at)), [0, 1, 11, 19, 22]);
  assert.equal(text.edits, 3);
});

test("cellAt() ends a cell at its delimiter, not at one inside quotes", () => {
  const of = (record: string, start: number) => {
    const { end } = cellAt(record, start);
    return record.slice(start, end);
  };
  assert.equal(of("1,5;2,5;x", 4), "2,5");
  assert.equal(of("1;2,5;x", 0), "1");
  assert.equal(of('1,"a ""b"", c",3', 2), '"a ""b"", c"');
  assert.equal(of("1\t 2\t3", 3), "2");
  assert.equal(of('1,"open', 2), '"open');
});
