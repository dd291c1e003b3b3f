import assert from "node:assert/strict";
import { test } from "node:test";
import { nameMessage, nameText, readNameMessage } from "./name_message.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

test("nameMessage() is the text that FORMAT.md shows", () => {
  const texts = [
    nameText({ entity: 3, id: "q8Zk2", kind: undefined }),
    nameText({ entity: 4, id: -7, kind: undefined }),
    nameText({ entity: 5, id: 'a"\n\ud83d', kind: "player" }),
  ];
  const text = '{"names":[[3,"q8Zk2"],[4,-7],[5,"a\\"\\n\\ud83d","player"]]}';
  assert.equal(nameMessage(texts), text);
  assert.deepEqual(readNameMessage(bytes(text)), [
    { entity: 3, id: "q8Zk2", kind: undefined },
    { entity: 4, id: -7, kind: undefined },
    { entity: 5, id: 'a"\n\ud83d', kind: "player" },
  ]);
});

test("readNameMessage() refuses what is no such message, in one line", () => {
  for (
    const [text, problem] of [
      ['{"names":[[3,"a"]', /it is no JSON/],
      ['{"names":[[3,"a\u0007"]]}', /it is no JSON/],
      ["[]", /it has no list of names/],
      ["null", /it has no list of names/],
      ['{"names":{}}', /it has no list of names/],
      ['{"names":[3]}', /a name is no list of entity, id and kind/],
      ['{"names":[[3]]}', /a name is no list/],
      ['{"names":[[3,"a","k",1]]}', /a name is no list/],
      ['{"names":[[-1,"a"]]}', /the entity of a name is no u32/],
      ['{"names":[[1.5,"a"]]}', /the entity of a name is no u32/],
      ['{"names":[["3","a"]]}', /the entity of a name is no u32/],
      ['{"names":[[3,null]]}', /the id of entity 3 is no number and no text/],
      ['{"names":[[3,-0]]}', /the id of entity 3 is no number and no text/],
      ['{"names":[[3,1e400]]}', /it has a number that is too large/],
      ['{"names":[[3,"a",null]]}', /the kind of entity 3 is no text of 4096/],
      [`{"names":[[3,"a","${"k".repeat(4097)}"]]}`, /the kind of entity 3 is no text of 4096/],
      [`{"names":[[3,"${"a".repeat(1 << 22)}"]]}`, /a message has \d+ bytes, at most 4194304/],
    ] as const
  ) {
    assert.throws(() => readNameMessage(bytes(text)), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, problem);
      assert.ok(!/[\n\r]/.test(error.message));
      return true;
    });
  }
});
