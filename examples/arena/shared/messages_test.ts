import assert from "node:assert/strict";
import { test } from "node:test";
import { readClientMessage } from "./messages.ts";

test("readClientMessage() takes what the client sends, and nothing that came along with it", () => {
  assert.deepEqual(
    readClientMessage('{"type":"steer","x":1,"y":-0.5,"fire":true,"hp":1000}'),
    { type: "steer", x: 1, y: -0.5, fire: true },
  );
  assert.deepEqual(
    readClientMessage('{"type":"shot","aim":[3,4,5],"stamp":{"src":7,"dst":9,"fraction":0.25}}'),
    { type: "shot", aim: [3, 4], stamp: { src: 7, dst: 9, fraction: 0.25 } },
  );
});

test("readClientMessage() refuses what is no message", () => {
  const hostile = [
    ...["", "{", "null", "7", "[]", '"steer"', "{}", '{"type":"hello"}', "\0"],
    '{"type":"steer","x":1,"y":1}',
    '{"type":"steer","x":"1","y":1,"fire":true}',
    '{"type":"steer","x":1e999,"y":1,"fire":true}',
    '{"type":"shot"}',
    '{"type":"shot","aim":[1e308,1],"stamp":{"src":7,"dst":9,"fraction":0.25}}',
    '{"type":"shot","aim":7,"stamp":{"src":7,"dst":9,"fraction":0.25}}',
    '{"type":"shot","aim":[1],"stamp":{"src":7,"dst":9,"fraction":0.25}}',
    '{"type":"shot","aim":[1,2],"stamp":null}',
    '{"type":"shot","aim":[1,2],"stamp":{"src":7,"dst":9}}',
    '{"type":"shot","aim":[1,2],"stamp":{"src":7,"dst":9,"fraction":[0]}}',
  ];
  for (const text of hostile) assert.equal(readClientMessage(text), undefined, text);
});
