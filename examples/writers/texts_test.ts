import assert from "node:assert/strict";
import { test } from "node:test";
import { Taker } from "./numbers_test_helper.ts";
import { HindcastWriter } from "./plain.ts";

/** The lines of the events that plain.ts sends with these members. */
async function sent(...members: readonly object[]): Promise<readonly string[]> {
  const taker = await Taker.open();
  const writer = new HindcastWriter({ port: taker.port });
  members.forEach((data) => writer.event(7, "n", data));
  await writer.close();
  return (await taker.lines()).map((line) => line.replace(/^\{"ev":"n","f":7,?/, "{"));
}

test("plain.ts takes no text for a number, whatever the text", async () => {
  const texts = ["\0-0", '"\0-0"', 'a"\0-0', '\\"\0-0', "-0", '":-0,"', "\\u0000-0", "\0\0-0"];
  const members = texts.map((text) => ({ [text]: text, list: [text, -0], zero: -0 }));
  const lines = await sent(...members);
  lines.forEach((line, i) => {
    const read = JSON.parse(line);
    assert.deepEqual(read, members[i]);
    assert.ok(Object.is(read.zero, -0) && Object.is(read.list[1], -0));
  });
  assert.equal(lines.length, texts.length);
});

test("plain.ts makes U+FFFD of half a surrogate pair, in values and in names", async () => {
  const [line] = await sent({ a: "x\ud83d", "\udc00b": "\udc00\ud83d", whole: "😀 \\ud83d" });
  assert.deepEqual(JSON.parse(line!), {
    a: "x\ufffd",
    "\ufffdb": "\ufffd\ufffd",
    whole: "😀 \\ud83d",
  });
  assert.doesNotMatch(line!.replace("\\\\ud83d", ""), /\\ud/);
});

test("plain.ts prints what JSON has no word for as JSON.stringify does, and bigints as texts", async () => {
  const lines = await sent(
    { a: undefined, b: () => 1, c: Symbol("c"), d: NaN, e: null, g: [undefined, NaN, -Infinity] },
    { at: new Date(0), own: { toJSON: (key: string) => ({ key, "-": -0 }) } },
    { wide: 2n ** 63n, list: new Array(2), map: new Map([[1, 2]]), nested: { deep: [[{}]] } },
    { 'q"': "b\\ \n\r\t\x07\x1b\x7f\u2028 </script>" },
  );
  assert.deepEqual(lines, [
    '{"d":null,"e":null,"g":[null,null,null]}',
    '{"at":"1970-01-01T00:00:00.000Z","own":{"key":"own","-":-0}}',
    '{"wide":"9223372036854775808","list":[null,null],"map":{},"nested":{"deep":[[{}]]}}',
    '{"q\\"":"b\\\\ \\n\\r\\t\\u0007\\u001b\x7f\u2028 </script>"}',
  ]);
});
