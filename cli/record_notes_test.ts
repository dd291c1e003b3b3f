import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, hindcastJson, inFolder, ndjson, statesAt } from "./run_cli_test_helper.ts";

/** Rows of one entity, a step apart. */
const ticks = (count: number, step: number, fields: (f: number) => object = (f) => ({ x: f })) =>
  Array.from({ length: count }, (_, f) => ({ f, t: f * step, id: 1, ...fields(f) }));

/** Records an input by file or by pipe. @returns exit code, and standard error by line */
async function record(
  cwd: string,
  text: string,
  args: readonly string[] = [],
  isPipe = false,
  output = "o.mcap",
) {
  if (!isPipe) writeFileSync(join(cwd, "in"), text);
  const input = isPipe ? { cwd, input: text } : { cwd };
  const path = isPipe ? "-" : "in";
  const { code, stderr } = await hindcast(
    ["record", path, "-o", output, "--force", ...args],
    input,
  );
  return { code, lines: stderr.trimEnd().split("\n") };
}

const notesOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("note: "));

async function rateOf(cwd: string): Promise<number> {
  return (await hindcastJson<{ rateHz: number }>(["info", "o.mcap", "--json"], { cwd })).rateHz;
}

for (const isPipe of [false, true]) {
  const how = isPipe ? "a pipe" : "a file";
  test(`record of ${how} notes times in seconds once, and --time-unit mends them`, {
    timeout: 60_000,
  }, () =>
    inFolder(async (cwd) => {
      const text = ndjson(ticks(90, 0.03125));
      const { code, lines } = await record(cwd, text, [], isPipe);
      assert.equal(code, 0);
      assert.equal(
        lines[0],
        "note: the times say 32000 Hz; if t is in seconds, give --time-unit s",
      );
      assert.match(lines[1]!, /^recorded 90 frames/);
      assert.equal(lines.length, 2);
      const mended = await record(cwd, text, ["--time-unit", "s"], isPipe);
      assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
      assert.equal(await rateOf(cwd), 32);
    }));
}

test("record notes other units, a given rate and times that stand, and says what mends them", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    const untimed = Array.from({ length: 5 }, (_, f) => ({ f, id: 1, x: f }));
    const inputs: readonly [rows: object[], args: string[], note: RegExp][] = [
      [ticks(9, 50_000), [], /0\.02 Hz; if t is in microseconds, give --time-unit us$/],
      [ticks(9, 0), [], /all 9 frames have the same time; .*; give --time-key KEY$/],
      [untimed, ["--rate", "60", "--time-unit", "s"], /no time "t".*; give --time-key KEY$/],
      [untimed, ["--rate", "16667"], /rate that is given, 16667 Hz, .*; give --rate HZ$/],
    ];
    await Promise.all(inputs.map(async ([rows, args, note], i) => {
      const { code, lines } = await record(cwd, ndjson(rows), args, true, `${i}.mcap`);
      assert.equal(code, 0);
      assert.match(notesOf(lines).join("\n"), note);
    }));
  }));

test(
  "record reads nanoseconds of the epoch, of states and of events",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const ns = (f: number) => `17641900001${String(f * 16_666_667).padStart(8, "0")}`;
      const states = Array.from({ length: 4 }, (_, f) => `{"f":${f},"t":${ns(f)},"id":1,"x":${f}}`);
      writeFileSync(join(cwd, "ev"), `{"f":2,"t":${ns(2)},"ev":"shot","id":1}\n`);
      const args = ["--events", "ev", "--time-unit", "ns"];
      const { code, lines } = await record(cwd, ndjson(states), args);
      assert.deepEqual([code, notesOf(lines)], [0, []]);
      assert.match(lines[0]!, /^recorded 4 frames, 4 states, 1 events/);
      assert.ok(Math.abs(await rateOf(cwd) - 60) < 0.01);
    }),
);

test(
  "record notes events whose times are of another unit than the states'",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const states = ndjson(ticks(200, 20));
      const events = (factor: number) =>
        ndjson([10, 60, 190].map((f) => ({ f, t: f * 20 * factor, ev: "shot" })));
      for (const [factor, expected] of [[0.001, 1], [1, 0]] as const) {
        writeFileSync(join(cwd, "ev"), events(factor));
        const { code, lines } = await record(cwd, states, ["--events", "ev"]);
        assert.equal(code, 0);
        assert.equal(notesOf(lines).length, expected, lines.join());
        if (expected) {
          assert.match(lines[0]!, /events' times reach 3\.6 ms where .* 3600 ms; write/);
        }
      }
    }),
);

test(
  "record notes numbers of a locale in CSV, and --decimal reads them",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const csv = "f;t;id;x;y;name\n0;0;1;-7,125;1.024,5;a,1\n1;50;1;3;12;b\n2;100;1;0,5;+7;b\n";
      const plain = await record(cwd, csv);
      assert.equal(plain.code, 0);
      assert.equal(notesOf(plain.lines).length, 1);
      assert.match(plain.lines[0]!, /^note: .*"x" .*"y" .* decimal comma; give --decimal comma$/);
      const mended = await record(cwd, csv, ["--decimal", "comma"], true);
      assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
      const [state] = await statesAt(join(cwd, "o.mcap"), 0);
      assert.deepEqual(state!.fields, { x: -7.125, y: 1024.5, name: "a,1" });
      const hexadecimal = await record(cwd, "f,t,id,flags\n0,0,1,0x1F\n1,50,1,0x2a\n");
      assert.match(
        notesOf(hexadecimal.lines).join(),
        /"flags" .*hexadecimal.*; write them in decim/,
      );
    }),
);

test("record notes numbers that came as texts, and a declared number takes them", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    const rows = ndjson(ticks(5, 50, (f) => ({ score: `${990 + f * 7}`, clan: "x" })));
    const { code, lines } = await record(cwd, rows);
    assert.equal(code, 0);
    assert.equal(notesOf(lines).length, 1);
    assert.match(
      lines[0]!,
      /"score" of "entity".*; if they are, declare a number in a --schema fi/,
    );
    const fields = [{ name: "score", type: "u16" }, { name: "clan", type: "enum" }];
    writeFileSync(join(cwd, "s"), JSON.stringify({ kinds: [{ name: "entity", fields }] }));
    const mended = await record(cwd, rows, ["--schema", "s"]);
    assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
    const [state] = await statesAt(join(cwd, "o.mcap"), 4);
    assert.deepEqual(state!.fields, { score: 1018, clan: "x" });
  }));

test("record notes binary32 that is spelt as decimals, and a declared f32 halves it", {
  timeout: 60_000,
}, () =>
  inFolder(async (cwd) => {
    const x = (f: number) => Number(Math.fround(Math.cos(f) * 4096 / (1 + f % 7)).toPrecision(9));
    const rows = ndjson(ticks(80, 50, (f) => ({ x: x(f), y: f / 4 })));
    const { lines } = await record(cwd, rows, [], true);
    assert.equal(notesOf(lines).length, 1);
    assert.match(lines[0]!, /^note: the field "x" of .*; declare f32 in a --schema file$/);
    const fields = [{ name: "x", type: "f32" }, { name: "y", type: "f64" }];
    writeFileSync(join(cwd, "s"), JSON.stringify({ kinds: [{ name: "entity", fields }] }));
    const mended = await record(cwd, rows, ["--schema", "s"]);
    assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
    const [state] = await statesAt(join(cwd, "o.mcap"), 5);
    assert.deepEqual(state!.fields, { x: Math.fround(x(5)), y: 1.25 });
  }));

test(
  "record prints its notes when it fails, and keeps its exit code",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      const { code, lines } = await record(cwd, ndjson([...ticks(9, 0.02), "oops"]));
      assert.equal(code, 1);
      assert.equal(notesOf(lines).length, 1);
      assert.match(lines.at(-1)!, /^hindcast: Cannot read in:10:1: /);
    }),
);

test(
  "record refuses units and marks that there are not",
  { timeout: 60_000 },
  () =>
    inFolder(async (cwd) => {
      for (const args of [["--time-unit", "min"], ["--decimal", ","]]) {
        const { code, lines } = await record(cwd, ndjson(ticks(2, 20)), args);
        assert.equal(code, 2);
        assert.match(lines.join(), /Allowed choices are/);
      }
    }),
);
