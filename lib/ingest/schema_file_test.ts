import assert from "node:assert/strict";
import { test } from "node:test";
import { InputSyntaxError } from "./input/input_error.ts";
import { parseSchemaFile } from "./schema_file.ts";

test("parseSchemaFile() reads every kind of field", () => {
  const text = `\ufeff{"kinds": [
    {"name": "player", "fields": [
      {"name": "x", "type": "fixed", "step": 0.125},
      {"name": "y", "type": "fixed", "step": 0.01},
      {"name": "weapon", "type": "enum", "values": ["rl", "lg"]},
      {"name": "skin", "type": "enum"},
      {"name": "z", "type": "f32", "optional": true},
      {"name": "dead", "type": "bool", "optional": false}
    ]},
    {"name": "ball", "fields": []}
  ]}`;
  assert.deepEqual(parseSchemaFile(text), {
    kinds: [
      {
        name: "player",
        fields: [
          { name: "x", type: "fixed", step: 0.125 },
          { name: "y", type: "fixed", step: 0.01 },
          { name: "weapon", type: "enum", values: ["rl", "lg"] },
          { name: "skin", type: "enum" },
          { name: "z", type: "f32", optional: true },
          { name: "dead", type: "bool" },
        ],
      },
      { name: "ball", fields: [] },
    ],
  });
});

const field = (text: string) => `{"kinds":[{"name":"a","fields":[\n{"name":"x",${text}}]}]}`;
const many = Array.from({ length: 65 }, (_, i) => `{"name":"x${i}","type":"u8"}`).join();

const REFUSED: [text: string, place: string, message: RegExp][] = [
  ["", "1:1", /schema file is not JSON: the JSON ends too early; write {"kinds"/],
  ['{"kinds":[\n  {"name":"a",}]}', "2:15", /a key in double quotes is expected/],
  ["[]", "1:1", /the key "kinds" is missing; expected a list of kinds/],
  ["5", "1:1", /the value is 5; expected an object/],
  ['{"kinds":{}}', "1:10", /at kinds the value is an object; expected a list of kinds/],
  ['{"kinds":[]}', "1:10", /at kinds the list is empty; declare a kind/],
  ['{"kinds":[3]}', "1:11", /at kinds\[0\] the value is 3; expected an object/],
  [
    '{"kinds":[{"name":"a"}]}',
    "1:11",
    /at kinds\[0\] the key "fields" is missing; expected a list/,
  ],
  [
    '{"kinds":[{"name":1,"fields":[]}]}',
    "1:19",
    /kinds\[0\]\.name the value is 1; expected a text/,
  ],
  ['{"kinds":[],"rate":60}', "1:13", /at rate the key is unknown; expected one of kinds/],
  ['{"kinds":[{"name":"a","fields":[],"id":1}]}', "1:35", /id the key is unknown; .* name, fields/],
  [field('"type":"u8","min":0'), "2:25", /fields\[0\]\.min the key is unknown; .*optional/],
  [field('"type":"float"'), "2:20", /fields\[0\]\.type the value is "float"; .*bool, u8, .*, enum/],
  [field('"step":1'), "2:1", /the key "type" is missing; expected one of bool/],
  [field('"type":"fixed"'), "2:1", /fields\[0\] a fixed field has no step; add "step"/],
  [
    field('"type":"fixed","step":0'),
    "2:35",
    /step the step of field "x" of kind "a" is 0; expected a positive number, 2.3e-308 to 8.3e298/,
  ],
  [field('"type":"fixed","step":-4'), "2:35", /step the step of field "x" of kind "a" is -4; exp/],
  [field('"type":"fixed","step":1e999'), "2:35", /field "x" of kind "a" is Infinity; expected/],
  [field('"type":"fixed","step":1e300'), "2:35", /kind "a" is 1e\+300; .* to 8\.3e298/],
  [field('"type":"fixed","step":5e-324'), "2:35", /kind "a" is 5e-324; .* 2\.3e-308/],
  [field('"type":"fixed","step":"1"'), "2:35", /step the value is "1"; expected a positive number/],
  [field('"type":"u8","type":"u16"'), "2:25", /the key "type" occurs twice in one object; remove/],
  ['{"kinds":[],\n"kinds":[]}', "2:1", /the key "kinds" occurs twice in one object/],
  [field('"type":"u8","step":1'), "2:32", /step the type u8 has no step; leave it out/],
  [field('"type":"u8","values":["a"]'), "2:34", /values the type u8 has no values; leave/],
  [field('"type":"enum","values":["a",1]'), "2:41", /values\[1\] the value is 1; expected a text/],
  [field('"type":"enum","values":["a","a"]'), "2:41", /values\[1\] "a" occurs twice; remove one/],
  [field('"type":"u8","optional":1'), "2:36", /optional the value is 1; expected true or false/],
  [field('"type":"u8"},{"name":"x","type":"u8"'), "2:34", /fields\[1\]\.name "x" occurs twice/],
  [
    '{"kinds":[{"name":"a","fields":[]},{"name":"a","fields":[]}]}',
    "1:44",
    /kinds\[1\]\.name "a" /,
  ],
  [
    `{"kinds":[{"name":"a","fields":[${many}]}]}`,
    "1:11",
    /at kinds\[0\] it has 65 fields, at most 64/,
  ],
];

for (const [text, place, message] of REFUSED) {
  test(`parseSchemaFile() refuses ${JSON.stringify(text.slice(0, 80))}`, () => {
    assert.throws(() => parseSchemaFile(text, "s.json"), (error: unknown) => {
      assert.ok(error instanceof InputSyntaxError);
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\n/);
      assert.equal(`${error.place.line}:${error.place.column}`, place);
      return true;
    });
  });
}
