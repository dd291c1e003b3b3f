import assert from "node:assert/strict";
import { test } from "node:test";
import { exactData } from "./event_data.ts";

const read = (text: string, exempt?: string) => exactData(JSON.parse(text), text, exempt);

test("exactData() makes texts of integers above 2^53, of any length and depth", () => {
  const long = "9".repeat(400);
  const text = `{"ev":"a","id":76561198000000123,"d":{"n":[-9007199254740993,1,${long}]},` +
    `"s":"the 9007199254740993 \\" 9007199254740993","safe":9007199254740991,"edge":9007199254740992}`;
  assert.deepEqual(read(text), {
    ev: "a",
    id: "76561198000000123",
    d: { n: ["-9007199254740993", 1, long] },
    s: 'the 9007199254740993 " 9007199254740993',
    safe: 9007199254740991,
    edge: "9007199254740992",
  });
});

test("exactData() gives back what has no such number, and takes what a double holds", () => {
  const text = '{"ev":"a","x":1e300,"y":0.1,"z":[null,true]}';
  assert.deepEqual(read(text), JSON.parse(text));
  const plain = { ev: "a", x: 5 };
  assert.equal(exactData(plain, '{"ev":"a","x":5}'), plain);
});

test("exactData() refuses a number beyond all doubles, and says where", () => {
  assert.throws(
    () => read('{"ev":"a","x":{"y":[1,1e999]}}'),
    /in "x.y.1" the number 1e999 is beyond/,
  );
});

test("exactData() keeps an exempt integer by its digits, and rounds an exempt fraction", () => {
  const text = '{"ev":"a","t":1764190000123456789,"id":1764190000123456789}';
  assert.deepEqual(read(text, "t"), {
    ev: "a",
    t: "1764190000123456789",
    id: "1764190000123456789",
  });
  const fraction = '{"ev":"a","t":1764190000123456789.5}';
  assert.deepEqual(read(fraction, "t"), { ev: "a", t: 1764190000123456800 });
  assert.throws(() => read(fraction), /in "t" the number 1764190000123456789.5 does not fit/);
});

test("exactData() reads a long line of long integers in the time of its length", () => {
  const list = Array.from({ length: 200_000 }, (_, i) => `${2 ** 53 + 2 * i}`).join();
  const startMs = performance.now();
  const { n } = read(`{"ev":"a","n":[${list}]}`) as { n: string[] };
  assert.equal(n.length, 200_000);
  assert.ok(performance.now() - startMs < 5000);
});

test("exactData() refuses a number that is 0 for want of smaller doubles, and takes zeros", () => {
  assert.throws(
    () => read('{"ev":"a","x":[0,{"y":1e-400}]}'),
    /in "x.1.y" the number 1e-400 is too small for a double, the nearest is 0/,
  );
  assert.deepEqual(read('{"ev":"a","x":0e-400,"y":-0.0,"z":1e-300}'), {
    ev: "a",
    x: 0,
    y: -0,
    z: 1e-300,
  });
});
