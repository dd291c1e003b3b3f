import assert from "node:assert/strict";
import { test } from "node:test";
import { FieldValueError } from "./field_value_error.ts";
import { RowLayout } from "./row_layout.ts";
import { packerOf } from "./row_packer.ts";
import { TEXT_COST_MAX, TextPool } from "./text_pool.ts";

test("TextPool numbers equal texts alike, and the empty text 0", () => {
  const pool = new TextPool();
  assert.equal(pool.number(""), 0);
  const [ada, bob] = [pool.number("ada"), pool.number("bob")];
  assert.notEqual(ada, bob);
  assert.equal(pool.number("a" + "da"), ada);
  assert.equal(pool.text(bob), "bob");
  assert.throws(() => pool.text(99), /Text 99 of a row is not kept any more/);
  assert.deepEqual([...pool.bytes(ada)], [0x61, 0x64, 0x61]);
  assert.equal(pool.size, 3);
  pool.clear();
  assert.equal(pool.size, 1);
  assert.equal(pool.has(ada), false);
});

test("TextPool gives up what was stored longest ago, and never gives a number twice", () => {
  const pool = new TextPool();
  const part = "x".repeat(TEXT_COST_MAX / 32);
  const stays = pool.number("stays");
  const numbers = new Set<number>();
  for (let i = 0; i < 100; i++) {
    numbers.add(pool.number(part + i));
    assert.equal(pool.number("stays"), stays);
    assert.ok(pool.cost <= TEXT_COST_MAX);
  }
  assert.equal(numbers.size, 100);
  const [first] = numbers;
  assert.equal(pool.has(first!), false);
  assert.equal(pool.text([...numbers].at(-1)!), part + 99);
  assert.notEqual(pool.number(part + 0), first);
});

test("TextPool that keeps all refuses texts above half its limit, and rows say which field", () => {
  const pool = new TextPool();
  pool.keepsAll = true;
  const part = "x".repeat(TEXT_COST_MAX / 32);
  const kept = Array.from({ length: 7 }, (_, i) => pool.number(part + i));
  const row = new RowLayout({ name: "p", fields: [{ name: "chat", type: "text" }] }, pool);
  const words = new Int32Array(row.stride);
  assert.throws(() => packerOf(row).pack({ chat: part + "end" }, words, 0), FieldValueError);
  assert.throws(
    () => packerOf(row).pack({ chat: part + "end" }, words, 0),
    /"p" field "chat": with it the/,
  );
  packerOf(row).pack({ chat: "still" }, words, 0);
  assert.deepEqual(row.unpack(words, 0), { chat: "still" });
  kept.forEach((number, i) => assert.equal(pool.text(number), part + i));
});

test("RowLayout keeps texts as words: equal when the texts are", () => {
  const row = new RowLayout({
    name: "p",
    fields: [{ name: "n", type: "text" }, { name: "c", type: "text", optional: true }],
  });
  const words = new Int32Array(2 * row.stride);
  packerOf(row).pack({ n: "ada", c: "" }, words, 0);
  packerOf(row).pack({ n: "ada" }, words, row.stride);
  assert.deepEqual(row.unpack(words, 0), { n: "ada", c: "" });
  assert.deepEqual(row.unpack(words, row.stride), { n: "ada" });
  assert.equal(words[row.wordOf[0]!], words[row.stride + row.wordOf[0]!]);
  assert.throws(() => packerOf(row).pack({ n: 7 }, words, 0), /the value is 7, expected a text/);
});
