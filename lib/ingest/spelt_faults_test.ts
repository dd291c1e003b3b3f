import assert from "node:assert/strict";
import { test } from "node:test";
import { EntityNames } from "../core/names/entity_names.ts";
import type { Field } from "../core/state/schema.ts";
import { InputSyntaxError } from "./input/input_error.ts";
import { readEvents } from "./read_events.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";

/** Why lines are refused. */
async function refusal(text: string, options: ReadStatesOptions = {}) {
  const bytes = new Blob([text]).stream();
  const states = readStates(bytes, { names: new EntityNames(), onEvent: () => {}, ...options });
  return await messageOf(() => Array.fromAsync(states));
}

async function messageOf(read: () => Promise<unknown>): Promise<string> {
  try {
    await read();
  } catch (error) {
    assert.ok(error instanceof InputSyntaxError, String(error));
    return error.message;
  }
  return "";
}

/** Literals of which a double keeps not all; the last two are no times. */
const LITERALS = [
  "76561198000000123.5",
  "0.1234567890123456789012",
  "-9007199254740993.0",
  "1e400",
];

const declared = (field: Omit<Field, "name">): ReadStatesOptions => ({
  schema: { kinds: [{ name: "entity", fields: [{ name: "x", ...field } as Field] }] },
});

test("readStates() shows a number of a fault as the input spells it, in rows, frames and CSV", async () => {
  const sparse = { sparse: true, despawnKey: "gone" };
  const heads: readonly [head: string, options?: ReadStatesOptions][] = [
    ['"f":#,"t":0'],
    ['"f":#,"t":0', { frameBits: 8 }],
    ['"f":#,"t":0', { frameOffset: -1 }],
  ];
  const rests: readonly [rest: string, options?: ReadStatesOptions][] = [
    ['"gone":#', sparse],
    ['"x":#', declared({ type: "u8" })],
    ['"x":#', declared({ type: "f32" })],
    ['"x":#', declared({ type: "bool" })],
    ['"x":#', declared({ type: "enum", values: ["a"] })],
    ['"x":#', declared({ type: "u64" })],
  ];
  const cases: (readonly [line: string, options?: ReadStatesOptions])[] = [
    ['{"f":0,"t":0,"id":1,"kind":#}'],
    ['{"f":0,"t":0,"entities":[{"id":1,"kind":#}]}'],
    ['{"f":0,"t":0,"entities":[{"id":1}]}\n{"f":1,"t":1,"entities":[#]}'],
    ['{"f":0,"t":0,"entities":[],"shots":[{"ev":"a"}]}\n{"f":1,"t":1,"entities":[],"shots":[#]}'],
    ["f,t,id\n#,0,1"],
    ["f,t,id,x\n0,0,1,#", declared({ type: "u8" })],
    ["f,t,id,x\n0,0,1,#", declared({ type: "f32" })],
    ...heads.flatMap(([head, options]) => [
      [`{${head},"id":1}`, options] as const,
      [`{${head},"entities":[{"id":1}]}`, options] as const,
    ]),
    ...rests.flatMap(([rest, options]) => [
      [`{"f":0,"t":0,"id":1,${rest}}`, options] as const,
      [`{"f":0,"t":0,"entities":[{"id":1,${rest}}]}`, options] as const,
      [`{"f":0,"t":0,"entity":{"1":{${rest}}}}`, options] as const,
    ]),
  ];
  for (const [line, options] of cases) {
    for (const literal of LITERALS) {
      const message = await refusal(line.replace("#", literal), options);
      assert.ok(message.includes(` ${literal}`), `${line}: ${message}`);
    }
  }
  for (const literal of LITERALS.slice(2)) {
    for (const line of ['{"f":0,"t":#,"id":1}', '{"f":0,"t":#,"entities":[]}', "f,t,id\n0,#,1"]) {
      const message = await refusal(line.replace("#", literal));
      assert.ok(message.includes(` ${literal}`), `${line}: ${message}`);
    }
  }
});

test("readStates() shows a number beside texts as the input spells it", async () => {
  const rows = (...values: readonly string[]) =>
    values.map((x, f) => `{"f":${f},"t":${f},"id":1,"x":${x}}`).join("\n");
  const cases: readonly [text: string, shown: RegExp, options?: ReadStatesOptions][] = [
    [rows('"76561198000000123"', "76561198000000125"), /"x" is 76561198000000125, but a text/],
    [rows('"a"', "1e400"), /"x" is 1e400, but a text/],
    [rows('"a"', "9007199254740993.0"), /"x" is 9007199254740993\.0, but a text/],
    [rows("true", "18446744073709551617"), /"x" is 18446744073709551617, but a boolean/],
    [rows("1e400"), /"x" is 1e400, but a text by the schema/, declared({ type: "text" })],
    [rows("9007199254740994", "0.10000000000000000001"), /"x" is 0\.10000000000000000001, but an/],
  ];
  for (const [text, shown, options] of cases) {
    assert.match(await refusal(text, options), shown, text);
  }
  const long = "1".repeat(400);
  const message = await refusal(rows('"a"', long));
  assert.match(message, /"x" is 1{60}…, but a text/);
});

test("readStates() shows a cell of another decimal mark as it stands", async () => {
  const comma = { decimal: "comma" } as const;
  const big = "9.007.199.254.740.993,0";
  const cases: readonly [csv: string, shown: string, options?: ReadStatesOptions][] = [
    [`f;id;x\n0;1;${big}`, `number ${big} does not fit`],
    [`f;id;x\n${big};1;2`, `number ${big} does not fit`],
    ["f;id;x\n1,5;1;2", 'the frame "f" is 1,5, expected'],
    ["f;t;id\n0;1,5e400;1", "the number 1,5e400 is beyond"],
    ["f;id;x\n0;1;1.000,5", "the value is 1.000,5, expected", declared({ type: "u8" })],
  ];
  for (const [csv, shown, options] of cases) {
    const message = await refusal(csv, { ...comma, ...options });
    assert.ok(message.includes(shown), `${csv}: ${message}`);
  }
});

test("readStates() shows times in nanoseconds with all their digits, of both frames", async () => {
  const [one, two] = ["1763812800000000321", "1763812800000000123"];
  const back = `{"f":0,"t":${one},"id":1}\n{"f":1,"t":1763812799000000123,"id":1}`;
  const options = { timeUnit: "ns" } as const;
  assert.match(await refusal(back, options), /from 1763812800000000321 to 1763812799000000123;/);
  const other = `{"f":0,"t":${one},"id":1}\n{"f":0,"t":1763812801000000123,"id":2}`;
  assert.match(
    await refusal(other, options),
    /is 1763812801000000123 in frame 0, an earlier row of the frame said 1763812800000000321/,
  );
  const frames = `{"f":0,"t":${one},"entities":[]}\n{"f":1,"t":${two.slice(0, -12)},"entities":[]}`;
  assert.match(await refusal(frames, options), /from 1763812800000000321 to 1763812;/);
  const cells = `f,t,id\n0,${one},1\n1,1763812799000000123,1`;
  assert.match(await refusal(cells, options), /from 1763812800000000321 to 1763812799000000123;/);
});

test("readEvents() and readStates() show the numbers of events as the input spells them", async () => {
  const state = '{"f":0,"t":0,"id":1}';
  const lines = [
    '{"f":#,"ev":"a"}',
    '{"t":#,"ev":"a"}',
    '{"f":0,"ev":#}',
    '{"f":0,"ev":"a","n":#}',
  ];
  for (const line of lines) {
    for (const literal of LITERALS.slice(2)) {
      const text = line.replace("#", literal);
      const own = await messageOf(() => Array.fromAsync(readEvents(new Blob([text]).stream())));
      assert.ok(own.includes(` ${literal}`), `${text}: ${own}`);
      const among = await refusal(`${state}\n${text}`);
      assert.ok(among.includes(` ${literal}`), `${text}: ${among}`);
    }
  }
  const integer = '{"f":0,"t":76561198000000123,"ev":"a"}';
  assert.match(await refusal(`${state}\n${integer}`), /"t" is 76561198000000123, expected/);
  const ns = ["1763812800000000321", "1763812799000000123"];
  const events = ns.map((t) => `{"t":${t},"ev":"a"}`).join("\n");
  const read = readEvents(new Blob([events]).stream(), { timeUnit: "ns" });
  assert.match(await messageOf(() => Array.fromAsync(read)), new RegExp(`${ns[0]} to ${ns[1]};`));

  const csv = (cell: string) => `f,t,id,ev\n0,0,1,\n0,${cell},1,shot`;
  assert.match(await refusal(csv("1e400")), /"t" is 1e400, expected/);
  assert.match(await refusal(csv("9007199254740993.5")), /"t" is 9007199254740993\.5, expected/);
  assert.match(await refusal(csv(".5e300")), /"t" is 0\.5e300, expected/);
});

test("readStates() gives a remedy for a number that no type holds that takes it", async () => {
  const rows = (...values: readonly string[]) =>
    values.map((x, f) => `{"f":${f},"t":${f},"id":1,"x":${x}}`).join("\n");
  const text = declared({ type: "text" });
  const fraction = await refusal(rows("0.5", "9007199254740993.0"));
  assert.match(
    fraction,
    /nearest is 9007199254740992; send the nearest number, or send the field as a text in every row$/,
  );
  assert.equal(await refusal(rows("0.5", "9007199254740992")), "");
  assert.equal(await refusal(rows('"0.5"', '"9007199254740993.0"')), "");
  assert.match(
    await refusal(rows("0.5", '"9007199254740993.0"')),
    /no number holds it: send the nearest number, or send the field as a text in every row$/,
  );
  assert.match(
    await refusal(rows("-5", '"-9007199254740993"')),
    /no number holds it: send the nearest number, or declare the field as text in a schema file/,
  );
  assert.equal(await refusal(rows("-5", '"-9007199254740993"'), text), "");
  assert.match(await refusal(rows("0.5", "1e400")), /send a number up to 1\.79e308, or send the/);
  assert.match(await refusal(rows("0.5", "1e-400")), /; send 0, or send the field as a text/);

  const integer = rows("-5", "-9007199254740993");
  assert.match(
    await refusal(integer),
    /or declare the field as text in a schema file/,
  );
  assert.equal(await refusal(integer, text), "");

  // A text in a field that is declared as a number, as the remedy has it and with integers beside.
  const number = declared({ type: "f64" });
  for (const digits of ["-9007199254740993", "9007199254740993"]) {
    const mixed = rows("-5", `"${digits}"`);
    assert.match(await refusal(mixed, number), /declare the field as .*text in the schema file/);
    assert.equal(await refusal(mixed, text), "");
  }

  const cells = "f,id,x\n0,1,0.5\n1,1,9007199254740993.0\n2,1,1e400";
  assert.match(await refusal(cells), /declare the field as text in a schema file, which keeps all/);
  assert.equal(await refusal(cells, text), "");
});
