import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Schema } from "../../core/state/schema.ts";
import type { ReadStatesOptions } from "../states_options.ts";
import { assertSame, number, outcome, printed, text } from "./outcome_test_helper.ts";

const truth = fc.constantFrom("true", "false");
const odd = fc.constantFrom("null", "[]", "{}", "[1]", '"1"', "tru", "01", "1.", "");

/** A row as the text of its members, mostly as all others of its kind. */
const row = fc.record({
  step: fc.constantFrom(0, 0, 0, 0, 1, 1, 2),
  id: fc.nat(3),
  kind: fc.constantFrom("", "", "car", "ball"),
  x: number,
  pos: fc.array(number, { minLength: 2, maxLength: 2 }),
  hp: number,
  name: text,
  on: fc.oneof({ arbitrary: truth, weight: 30 }, { arbitrary: fc.constant("null"), weight: 1 }),
  fault: fc.option(fc.tuple(fc.nat(11), odd), { freq: 25, nil: undefined }),
});

type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

function lineOf(r: Row, f: number): string {
  const kind = r.kind === "" ? "" : `,"kind":"${r.kind}"`;
  const own = r.kind === "ball" ? `,"spin":${r.hp}` : `,"hp":${r.hp},"name":${r.name}`;
  const line = `{"f":${f},"t":${f * 10},"id":${r.id}${kind},"x":${r.x},` +
    `"pos":{"y":${r.pos[0]},"z":[${r.pos[1]}]}${own},"on":${r.on}}`;
  if (r.fault === undefined) return line;
  const [what, value] = r.fault;
  switch (what) {
    case 0:
      return line.replace(/"x":[^,]*/, `"x":${value}`);
    case 1:
      return line.replace(/"on":\w+/, `"on":${value}`);
    case 2:
      return line.replace('"on"', '"x":1,"on"');
    case 3:
      return line.replace(/"x":[^,]*,/, "");
    case 4:
      return line.replace('"f"', '"ev":"shot","f"');
    case 5:
      return line.replace(/"t":\d+,/, "");
    case 6:
      return line.replace(/"pos":.*\]\}/, `"pos":${value}`);
    case 7:
      return `${line} `;
    case 8:
      return `${line}\r`;
    case 9:
      return line.slice(0, -1);
    case 10:
      return line.replaceAll(",", ", ");
    default:
      return line.replace(/"id":\d/, `"id":${value}`);
  }
}

const lines = fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => {
  let f = 0;
  return rows.map((r) => lineOf(r, f += r.step));
});

const field = (name: string, type: string) => ({ name, type, optional: true });
const shared = [
  field("x", "f64"),
  field("pos.y", "f64"),
  field("pos.z.0", "f32"),
  field("on", "bool"),
];
const schema = {
  kinds: [
    { name: "entity", fields: [...shared, field("hp", "f64"), field("name", "enum")] },
    { name: "car", fields: [...shared, field("hp", "f64"), field("name", "text")] },
    { name: "ball", fields: [...shared, field("spin", "f64")] },
  ],
} as unknown as Schema;

const options = fc.record({
  skipBad: fc.boolean(),
  schema: fc.constantFrom(undefined, undefined, schema),
  sparse: fc.constantFrom(undefined, true),
  timeUnit: fc.constantFrom("ms", "s", "us"),
}) as fc.Arbitrary<ReadStatesOptions>;

test("readStates() reads rows that look like others as it reads them one by one", async () => {
  await fc.assert(fc.asyncProperty(lines, options, (rows, way) => assertSame(rows, way)), {
    numRuns: 400,
  });
});

test("readStates() reads rows without a kind, and removals, as it reads them one by one", async () => {
  const sparse = fc.record({
    id: fc.nat(2),
    step: fc.nat(2),
    form: fc.nat(10),
    x: number,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(sparse, { maxLength: 40 }), async (rows) => {
      let f = 0;
      const lines = rows.map(({ id, step, form, x }) => {
        const head = `{"f":${f += step},"id":${id}`;
        const gone = `"gone":${x.length % 2 === 0}`;
        if (form === 0) return `${head},${gone}}`;
        if (form === 7) return `${head},"kind":"a",${gone}}`;
        if (form === 8) return `${head},"kind":"b",${gone}}`;
        if (form === 9) return `${head},"kind":"a","x":${x},"y":1,${gone}}`;
        if (form === 10) return `${head},"kind":"b","x":${x},"y":1,${gone}}`;
        if (form === 1) return `${head},"kind":"a","x":${x},"y":1}`;
        if (form === 2) return `${head},"kind":"b","y":${x},"x":1}`;
        return form < 5 ? `${head},"x":${x}}` : `${head},"y":${x}}`;
      });
      await assertSame(lines, { sparse: true, despawnKey: "gone", rateHz: 60, skipBad: true });
    }),
    { numRuns: 300 },
  );
});

test("readStates() reads rows as servers print them as it reads them one by one", async () => {
  const ways = fc.record({
    skipBad: fc.boolean(),
    sparse: fc.constantFrom(undefined, true),
    hasNames: fc.boolean(),
    isTwice: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(printed, { maxLength: 30 }), ways, async (rows, way) => {
      let f = 0;
      const lines = rows.map((row) =>
        `{"f":${f += row.step},"id":${row.id},"target":${row.target},"aim":${row.aim},` +
        `"inv":${row.inv},"buffs":${row.buffs},"at":${row.at},"score":${row.score}${row.late}}`
      );
      const { hasNames, isTwice, ...rest } = way;
      await assertSame(lines, { ...rest, rateHz: 60 }, { hasNames, isTwice });
    }),
    { numRuns: 400 },
  );
});

test("readStates() takes no row for one of the kind that came before a removal like it", async () => {
  const lines = [
    '{"f":0,"id":5,"kind":"x","a":1}',
    '{"f":1,"id":3,"kind":"r","a":2}',
    '{"f":1,"id":5,"kind":"x","a":1,"gone":true}',
    '{"f":2,"id":7,"kind":"x","a":3,"gone":false}',
    '{"f":2,"id":8,"kind":"x","a":4,"gone":false}',
  ];
  const { frames } = await outcome(lines.join("\n"), {
    sparse: true,
    despawnKey: "gone",
    rateHz: 60,
  }, 0);
  assert.deepEqual(frames.map(({ entities }) => entities.map(({ id, kind }) => `${id} ${kind}`)), [
    ["5 x"],
    ["3 r"],
    ["3 r", "7 x", "8 x"],
  ]);
});

test("readStates() finds damage in rows that look like others", async () => {
  const encode = (text: string) => [...new TextEncoder().encode(text)];
  const good = encode('{"f":0,"id":1,"name":"aa"}\n{"f":1,"id":1,"name":"bb"}\n');
  const bytes = (blank: string) =>
    new Uint8Array([
      ...good,
      ...encode(`${blank}{"f":2,"id":1,"name":"`),
      0xff,
      ...encode('"}\n'),
      ...encode(`${blank}{"f":3,"id":1,"name":"dd"}`),
    ]);
  const options = { skipBad: true, rateHz: 60 };
  const plain = await outcome(bytes(""), options, 0);
  assert.deepEqual(plain, await outcome(bytes(" "), options, 1));
  assert.equal(plain.bad.length, 1);
  assert.deepEqual(plain.frames.map(({ frame }) => frame), [0, 1, 3]);
});

test("readStates() takes no length of an empty object for its own once one has a member of that name", async () => {
  const lines = [
    '{"f":0,"id":1,"buffs":{}}',
    '{"f":0,"id":2,"buffs":{"length":3}}',
    '{"f":1,"id":1,"buffs":{}}',
  ];
  const { frames } = await outcome(lines.join("\n"), { rateHz: 60 }, 0);
  assert.deepEqual(frames.map(({ entities }) => entities.map(({ fields }) => fields)), [
    [{ "buffs.length": 0 }, { "buffs.length": 3 }],
    [{}],
  ]);
});
