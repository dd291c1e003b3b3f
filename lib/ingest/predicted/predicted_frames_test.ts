import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { assertSame, number, often, outcome, printed, text } from "./outcome_test_helper.ts";

/** An entity, mostly as all others of its list. */
const entity = fc.record({
  row: printed,
  x: number,
  name: text,
  form: fc.nat(40),
});

type Entity = typeof entity extends fc.Arbitrary<infer E> ? E : never;

function entityOf({ row, x, name, form }: Entity, i: number): string {
  const own = `"aim":${row.aim},"inv":${row.inv},"at":${row.at},"score":${row.score}`;
  switch (form) {
    case 0:
      return "null";
    case 1:
      return `{"id":${row.id},"x":${x},"name":${name}}`;
    case 2:
      return `{"id":${i},"kind":"car","x":${x},"name":${name},${own}}`;
    case 3:
      return `{"id":${i},"x":${x},"x":${x},"name":${name}}`;
    case 4:
      return `{"id":${i},"gone":${x.length % 2 === 0}}`;
    case 5:
      return `{"id":${i},"ev":"shot","x":${x},"name":${name}}`;
    case 6:
      return `{"id":${i},"f":${x},"x":${x},"name":${name}}`;
    case 7:
      return `{ "id": ${i}, "x": ${x}, "name": ${name}, ${own} }`;
    case 8:
      return "7";
    default:
      return form < 20
        ? `{"id":${i},"x":${x},"name":${name}}`
        : `{"id":${i},"x":${x},"name":${name},${own}${row.late}}`;
  }
}

const entities = fc.array(entity, { maxLength: 5 });
const frame = fc.record({
  step: often(["1", 12], ["2", 1], ["0", 1]),
  players: entities,
  rockets: entities,
  form: fc.nat(36),
});

type Frame = typeof frame extends fc.Arbitrary<infer F> ? F : never;

function lineOf({ players, rockets, form }: Frame, f: number): string {
  const listOf = (list: readonly Entity[], from: number, by = ",") =>
    `[${list.map((one, i) => entityOf(one, from + i)).join(by)}]`;
  const head = `"f":${f},"t":${f * 10}`;
  const own = `"players":${listOf(players, 0)}`;
  const deep = `"state":{"rockets":${listOf(rockets, 10)}}`;
  switch (form) {
    case 0:
      return `{${head},${own},${deep},"phase":"late"}`;
    case 1:
      return `{${head},${own},"shots":[{"ev":"shot","shooter":1}],${deep}}`;
    case 2:
      return `{${own},${deep},${head}}`;
    case 3:
      return `{${head},${own},${deep}} `;
    case 4:
      return `{${head},${own},${deep}}\r`;
    case 5:
      return `{${head},${own},${deep}`;
    case 6:
      return `{"f":${f},${own},${deep}}`;
    case 7:
      return `{${head},"players":${listOf(players, 0, " , ")},${deep}}`;
    case 8:
      return `{${head},"players":${listOf(players, 0, ",,")},${deep}}`;
    case 9:
      return `{${head},"players":[${listOf(players, 0).slice(1, -1)},],${deep}}`;
    case 10:
      return `{"ev":"shot","f":${f},"shooter":1}`;
    case 11:
      return `{"f":${f},"t":${f * 10},"id":3,"x":1,"name":"a"}`;
    case 12:
      return `{"f":"${f}","t":${f * 10},${own},${deep}}`;
    case 13:
      return `{${head},${own},"state":{"rockets":null}}`;
    case 14:
      return `{${head},${own},${deep},"players":[]}`;
    case 15:
      return `{${head},"players":${listOf(players, 0, "\t,\r")},${deep}}`;
    case 16:
      return `{${head},"players":[\t${listOf(players, 0).slice(1, -1)}\r],${deep}}`;
    case 17:
      return `{${head},"players":[\v${listOf(players, 0).slice(1)},${deep}}`;
    default:
      return `{${head},${own},${deep}}`;
  }
}

test("readStates() reads whole frames that look like others as it reads them one by one", async () => {
  const ways = fc.record({
    skipBad: fc.boolean(),
    sparse: fc.constantFrom(undefined, true),
    hasNames: fc.boolean(),
    isTwice: fc.boolean(),
    onRestart: fc.constantFrom("stop" as const, "split" as const),
  });
  const frames = fc.array(frame, { minLength: 1, maxLength: 24 });
  await fc.assert(
    fc.asyncProperty(frames, ways, async (frames, way) => {
      let f = 0;
      const lines = frames.map((one) => lineOf(one, f += Number(one.step)));
      const { isTwice, hasNames, ...rest } = way;
      const removals = way.sparse && { despawnKey: "gone" };
      await assertSame(lines, { ...rest, rateHz: 60, ...removals }, { isTwice, hasNames });
    }),
    { numRuns: 600 },
  );
});

test("readStates() takes what frames that look alike say", async () => {
  const lines = [
    '{"f":0,"t":0,"cars":[{"id":1,"x":0.5},{"id":2,"x":-1}],"mode":{"balls":[{"id":9,"on":true}]}}',
    '{"f":1,"t":20,"cars":[{"id":1,"x":0.75},{"id":2,"x":-1}],"mode":{"balls":[{"id":9,"on":false}]}}',
    '{"f":2,"t":40,"cars":[{"id":2,"x":1e3}],"mode":{"balls":[]}}',
    '{"f":3,"t":60,"cars":[{"id":2,"x":-0}, {"id":3,"x":7}],"mode":{"balls":[{"id":9,"on":true}]}}\r',
  ];
  const { frames, error } = await outcome(lines.join("\n"), {}, 0);
  assert.equal(error, undefined);
  const car = (id: number, x: number) => ({ id, kind: "cars", fields: { x } });
  const ball = (on: boolean) => ({ id: 9, kind: "balls", fields: { on } });
  assert.deepEqual(frames, [
    { frame: 0, timeMs: 0, entities: [car(1, 0.5), car(2, -1), ball(true)] },
    { frame: 1, timeMs: 20, entities: [car(1, 0.75), car(2, -1), ball(false)] },
    { frame: 2, timeMs: 40, entities: [car(2, 1000)] },
    { frame: 3, timeMs: 60, entities: [car(2, -0), car(3, 7), ball(true)] },
  ]);
});
