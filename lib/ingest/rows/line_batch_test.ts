import assert from "node:assert/strict";
import { test } from "node:test";
import { LineBatch } from "./line_batch.ts";

function batchOf(lines: readonly string[], firstLine = 1): LineBatch {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  return new LineBatch(bytes, bytes.length, firstLine, 0);
}

test("LineBatch.colons counts the colons of each line, in front of any bytes", () => {
  const lines = ["a:b", "", "::\u00e9:", "\ud83d\ude00", ":\r"];
  const counts: number[] = [];
  for (const batch = batchOf(lines); !batch.isOver; batch.next()) counts.push(batch.colons);
  assert.deepEqual(counts, [1, 0, 3, 0, 1]);
});

test("LineBatch.text is the line at hand, without marks, however many were asked for before", () => {
  const lines = ["a", "b", "c", "", "\u00e9", "f\r"];
  const marked = lines.map((line, i) => ["\ufeff", "", "\u001e\ufeff"][i % 3] + line);
  for (let skipped = 0; skipped < 1 << lines.length; skipped++) {
    const batch = batchOf(marked);
    for (let i = 0; !batch.isOver; batch.next(), i++) {
      assert.equal(batch.line, i + 1);
      if (skipped >> i & 1) continue;
      assert.equal(batch.text, lines[i]);
      assert.equal(batch.isDamaged, false);
    }
    assert.equal(batch.nextLine, lines.length + 1);
  }
});

test("LineBatch.isDamaged tells each line that is not UTF-8", () => {
  const bytes = new Uint8Array([0xff, 10, 0x61, 10, 0xc3, 10, 0x62, 10, 0xc3, 10]);
  for (const asked of [[0], [4], [0, 1, 2, 3, 4], []]) {
    const batch = new LineBatch(bytes, bytes.length, 7, 0);
    const damaged: number[] = [];
    for (; !batch.isOver; batch.next()) {
      if (asked.includes(batch.line - 7) && batch.isDamaged) damaged.push(batch.line - 7);
    }
    assert.deepEqual(damaged, asked.filter((i) => i % 2 === 0));
    assert.deepEqual([...batch.damaged!], [0, 2, 4]);
  }
});
