import assert from "node:assert/strict";
import { test } from "node:test";
import { readEvents } from "./read_events.ts";
import { readStates } from "./read_states.ts";
import type { ReadStatesOptions } from "./states_options.ts";
import type { TimeUnit } from "./input/time_unit.ts";

async function timesOf(items: AsyncIterable<{ timeMs: number | undefined }>) {
  const times: (number | undefined)[] = [];
  try {
    for await (const { timeMs } of items) times.push(timeMs);
  } catch (error) {
    return { times, message: (error as Error).message };
  }
  return { times, message: undefined };
}
const states = (text: string, timeUnit: TimeUnit, options: ReadStatesOptions = {}) =>
  timesOf(readStates(new Blob([text]).stream(), { source: "in", timeUnit, ...options }));
const events = (text: string, timeUnit: TimeUnit) =>
  timesOf(readEvents(new Blob([text]).stream(), { source: "in", timeUnit }));
const row = (f: number, t: string | number, id = 1) => `{"f":${f},"t":${t},"id":${id},"x":1}\n`;
const event = (f: number, t: string | number) => `{"f":${f},"t":${t},"ev":"shot"}\n`;

test("readStates() reads times in every unit and format, exactly", async () => {
  const frame = (f: number, t: string) => `{"f":${f},"t":${t},"entities":[{"id":1,"t":${t}}]}\n`;
  const inputs: readonly [text: string, unit: TimeUnit, times: number[]][] = [
    [row(0, 0) + row(1, "1.1") + row(1, "1.1", 2) + row(2, "2.2e0"), "s", [0, 1100, 2200]],
    [row(0, 0) + row(1, 16_667), "us", [0, 16.667]],
    [row(0, "1764190000123456789") + row(1, "1764190000140123456"), "ns", [
      1_764_190_000_123.456789,
      1_764_190_000_140.123456,
    ]],
    [frame(0, "1764190000123456789") + frame(1, "1764190000140123456"), "ns", [
      1_764_190_000_123.456789,
      1_764_190_000_140.123456,
    ]],
    ["f,t,id\n0,1764190000123456789,1\n1,1764190000140123456,1\n", "ns", [
      1_764_190_000_123.456789,
      1_764_190_000_140.123456,
    ]],
    ["f,t,id\n0,0.033,1\n1,0.066,1\n", "s", [33, 66]],
    [row(0, 20) + row(1, 40), "ms", [20, 40]],
  ];
  for (const [text, unit, times] of inputs) {
    assert.deepEqual(await states(text, unit), { times, message: undefined });
  }
  const { times } = await states("f;t;id\n0;0,033;1\n1;1.000,5;1\n", "s", { decimal: "comma" });
  assert.deepEqual(times, [33, 1_000_500]);
});

test("readStates() speaks of times in their unit", async () => {
  const refusals: readonly [text: string, unit: TimeUnit, message: RegExp][] = [
    [
      row(0, "1.5") + row(1, "1.25"),
      "s",
      /in:2:12: the time "t" goes backwards, from 1.5 to 1.25;/,
    ],
    [
      row(0, 0) + row(1, "0.5") + row(1, "0.75", 2),
      "s",
      /"t" is 0.75 in frame 1.*row .* said 0.5;/,
    ],
    [row(0, '"1 s"'), "us", /"t" is the text "1 s", expected microseconds or a date.*; send micro/],
    [row(0, -2e19), "us", /is -20000000000000000000 us, at most 18446744073709000 fit/],
    [row(0, 2e10), "s", /is 20000000000 s, at most 18446744073.709 fit; send seconds/],
    [row(0, 0) + row(1, 1_764_190_000_000_000), "ms", /send milliseconds, or give timeUnit us/],
    [row(0, "1764190000123456789"), "ms", /at most 18446744073709 fit; .*timeUnit ns/],
    [row(0, "1e999"), "s", /beyond the range/],
  ];
  for (const [text, unit, message] of refusals) {
    assert.match((await states(text, unit)).message ?? "", message);
  }
});

test("readStates() compares with the last time that was taken, not with one of a bad row", async () => {
  const text = row(0, 1) + `{"f":1,"t":9,"id":1,"x":"a"}\n` + row(0, 1, 2) + row(1, 1.5);
  assert.deepEqual((await states(text, "s", { skipBad: true })).times, [1000, 1500]);
});

test("readEvents() reads times in every unit, and keeps the data as it came", async () => {
  const text = event(0, "1.1") + event(1, "1.25");
  assert.deepEqual((await events(text, "s")).times, [1100, 1250]);
  const epoch = event(0, "1764190000123456789") + event(1, "1764190000140123456");
  assert.deepEqual((await events(epoch, "ns")).times, [
    1_764_190_000_123.456789,
    1_764_190_000_140.123456,
  ]);
  const options = { timeUnit: "s" } as const;
  const [first] = await Array.fromAsync(readEvents(new Blob([text]).stream(), options));
  assert.equal(first!.data["t"], 1.1);
});

test("readEvents() speaks of times in their unit", async () => {
  const refusals: readonly [text: string, unit: TimeUnit, message: RegExp][] = [
    [event(0, "1.5") + event(1, "1.25"), "s", /in:2:12: .* goes backwards, from 1.5 to 1.25;/],
    [event(0, 2e10), "s", /expected seconds up to 18446744073.709 or a date .*; send seconds/],
    ['{"f":0,"t":0,"ev":"a","n":1e999}\n', "ns", /"n" the number 1e999 is beyond/],
    [event(0, "9007199254740993"), "ms", /expected milliseconds up to 18446744073709/],
  ];
  for (const [text, unit, message] of refusals) {
    assert.match((await events(text, unit)).message ?? "", message);
  }
});

test("readStates() refuses a unit and a mark that there are not", () => {
  const input = new Blob([]).stream();
  assert.throws(() => readStates(input, { timeUnit: "min" as "s" }), /Time unit is min, expected/);
  assert.throws(() => readStates(input, { decimal: "," as "comma" }), /Decimal mark is ,/);
});
