import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type InputNote, readStates, type ReadStatesOptions } from "../../lib/ingest.ts";
import type { StateFrame } from "../../lib/world.ts";
import { optionKey, remedy } from "../../lib/core/remedy.ts";
import { noteText } from "../terminal/input_notes.ts";
import { hindcast, hindcastJson, inFolder, ndjson, statesAt } from "../run_cli_test_helper.ts";

const SLOW = { timeout: 60_000 };

/** Rows of one entity, a step apart. */
const ticks = (count: number, step: number, fields: (f: number) => object = (f) => ({ x: f })) =>
  Array.from({ length: count }, (_, f) => ({ f, t: f * step, id: 1, ...fields(f) }));

/** Records an input by file or by pipe. @returns exit code, and standard error by line */
async function record(
  cwd: string,
  text: string,
  args: readonly string[] = [],
  output = "o.mcap",
  isPipe = false,
) {
  const path = isPipe ? "-" : `in-${output}`;
  if (!isPipe) writeFileSync(join(cwd, path), text);
  const { code, stderr } = await hindcast(
    ["record", path, "-o", output, "--force", ...args],
    { cwd, input: isPipe ? text : "" },
  );
  return { code, lines: stderr.trimEnd().split("\n") };
}

const notesOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith("note: "));

/** What `record` would print of a stream, and the frames of it. */
async function read(text: string, options: ReadStatesOptions = {}) {
  const lines = new Set<string>();
  const onNote = (note: InputNote) => void lines.add(`note: ${noteText(note)}`);
  const states = readStates(new Blob([text]).stream(), { ...options, onNote });
  const frames: StateFrame[] = await Array.fromAsync(states);
  return { lines: [...lines], frames };
}

test("noteText() names the flag that mends what is odd", () => {
  const unit = optionKey("timeUnit");
  const lines: readonly [note: Omit<InputNote, "code">, text: string][] = [
    [{ problem: "a", remedy: remedy`if b, give ${unit} s` }, "a; if b, give --time-unit s"],
    [{ problem: "a", remedy: remedy`give ${optionKey("timeKey")} KEY` }, "a; give --time-key KEY"],
    [
      { problem: "a", remedy: remedy`give ${optionKey("eventKey")} KEY` },
      "a; give --event-key KEY",
    ],
    [{ problem: "a", remedy: remedy`give ${optionKey("rateHz")} HZ` }, "a; give --rate HZ"],
    [
      { problem: "a", remedy: remedy`give ${optionKey("decimal")} comma` },
      "a; give --decimal comma",
    ],
    [{ problem: "a", remedy: remedy`give ${optionKey("sparse")}` }, "a; give --sparse"],
    [{ problem: "a", remedy: remedy`give ${optionKey("every")} ${6}` }, "a; give --every 6"],
    [
      { problem: "a", remedy: remedy`declare f32 in a ${optionKey("schema")} file` },
      "a; declare f32 in a --schema file",
    ],
    [{ problem: "a", remedy: remedy`write both in one unit` }, "a; write both in one unit"],
    [{ problem: "a" }, "a"],
  ];
  for (const [note, text] of lines) assert.equal(noteText({ code: "c", ...note }), text);
});

test(
  "record notes times in seconds once, of a file and a pipe, and --time-unit mends them",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const text = ndjson(ticks(90, 0.03125));
      const outcomes = await Promise.all([
        record(cwd, text),
        record(cwd, text, [], "p.mcap", true),
        record(cwd, text, ["--time-unit", "s"], "s.mcap"),
      ]);
      for (const { code, lines } of outcomes.slice(0, 2)) {
        assert.equal(code, 0);
        assert.equal(
          lines[0],
          "note: the times say 32000 Hz; if t is in seconds, give --time-unit s",
        );
        assert.match(lines[1]!, /^recorded 90 frames/);
        assert.equal(lines.length, 2);
      }
      const mended = outcomes[2]!;
      assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
      const { rateHz } = await hindcastJson<{ rateHz: number }>(["info", "s.mcap", "--json"], {
        cwd,
      });
      assert.equal(rateHz, 32);
    }),
);

test("readStates() notes other units, a given rate and times that stand, as record prints", async () => {
  const untimed = Array.from({ length: 5 }, (_, f) => ({ f, id: 1, x: f }));
  const inputs: readonly [rows: object[], options: ReadStatesOptions, note: RegExp][] = [
    [ticks(9, 50_000), {}, /0\.02 Hz; if t is in microseconds, give --time-unit us$/],
    [ticks(9, 0), {}, /all 9 frames have the same time; .*; give --time-key KEY$/],
    [untimed, { rateHz: 60, timeUnit: "s" }, /no time "t".*; give --time-key KEY$/],
    [untimed, { rateHz: 16_667 }, /rate that is given, 16667 Hz, .*; give --rate HZ$/],
  ];
  for (const [rows, options, note] of inputs) {
    assert.match((await read(ndjson(rows), options)).lines.join("\n"), note);
  }
});

test(
  "record reads nanoseconds of the epoch, and notes events of another unit",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const ns = (f: number) => `17641900001${String(f * 16_666_667).padStart(8, "0")}`;
      const states = Array.from({ length: 4 }, (_, f) => `{"f":${f},"t":${ns(f)},"id":1,"x":${f}}`);
      writeFileSync(join(cwd, "ns"), `{"f":2,"t":${ns(2)},"ev":"shot","id":1}\n`);
      const shots = [10, 60, 190].map((f) => ({ f, t: f * 0.02, ev: "shot" }));
      writeFileSync(join(cwd, "s"), ndjson(shots));
      const [epoch, odd] = await Promise.all([
        record(cwd, ndjson(states), ["--events", "ns", "--time-unit", "ns"]),
        record(cwd, ndjson(ticks(200, 20)), ["--events", "s"], "odd.mcap"),
      ]);
      assert.deepEqual([epoch.code, notesOf(epoch.lines)], [0, []]);
      assert.match(epoch.lines[0]!, /^recorded 4 frames, 4 states, 1 event to/);
      const { rateHz } = await hindcastJson<{ rateHz: number }>(["info", "o.mcap", "--json"], {
        cwd,
      });
      assert.ok(Math.abs(rateHz - 60) < 0.01);
      assert.equal(odd.code, 0);
      assert.equal(notesOf(odd.lines).length, 1);
      assert.match(odd.lines[0]!, /events' times reach 3\.6 ms where .* 3600 ms; write/);
    }),
);

test(
  "record notes numbers of a locale in CSV, and --decimal reads them",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const csv = "f;t;id;x;y;name\n0;0;1;-7,125;1.024,5;a,1\n1;50;1;3;12;b\n2;100;1;0,5;+7;b\n";
      const [plain, mended] = await Promise.all([
        record(cwd, csv),
        record(cwd, csv, ["--decimal", "comma"], "d.mcap"),
      ]);
      assert.equal(plain.code, 0);
      assert.equal(notesOf(plain.lines).length, 1);
      assert.match(plain.lines[0]!, /^note: .*"x" .*"y" .* decimal comma; give --decimal comma$/);
      assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
      const [state] = await statesAt(join(cwd, "d.mcap"), 0);
      assert.deepEqual(state!.fields, { x: -7.125, y: 1024.5, name: "a,1" });
    }),
);

test("readStates() notes numbers that came as something else, as record prints", async () => {
  const hexadecimal = await read("f,t,id,flags\n0,0,1,0x1F\n1,50,1,0x2a\n");
  assert.match(hexadecimal.lines.join(), /"flags" .*hexadecimal.*; write them in decim/);
  const texts = ndjson(ticks(5, 50, (f) => ({ score: `${990 + f * 7}`, clan: "x" })));
  const noted = await read(texts);
  assert.equal(noted.lines.length, 1);
  assert.match(
    noted.lines[0]!,
    /"score" of "entity".*; if they are, declare a number in a --schema fi/,
  );
  const fields = [{ name: "score", type: "u16" }, { name: "clan", type: "enum" }] as const;
  const declared = await read(texts, { schema: { kinds: [{ name: "entity", fields }] } });
  assert.deepEqual(declared.lines, []);
  assert.deepEqual(declared.frames[4]!.entities[0]!.fields, { score: 1018, clan: "x" });
});

test(
  "record notes binary32 that is spelt as decimals, and a declared f32 takes it",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const x = (f: number) => Number(Math.fround(Math.cos(f) * 4096 / (1 + f % 7)).toPrecision(9));
      const rows = ndjson(ticks(80, 50, (f) => ({ x: x(f), y: f / 4 })));
      const fields = [{ name: "x", type: "f32" }, { name: "y", type: "f64" }];
      writeFileSync(join(cwd, "s"), JSON.stringify({ kinds: [{ name: "entity", fields }] }));
      const [plain, mended] = await Promise.all([
        record(cwd, rows, [], "o.mcap", true),
        record(cwd, rows, ["--schema", "s"], "m.mcap"),
      ]);
      assert.equal(notesOf(plain.lines).length, 1);
      assert.match(plain.lines[0]!, /^note: the field "x" of .*; declare f32 in a --schema file$/);
      assert.deepEqual([mended.code, notesOf(mended.lines)], [0, []]);
      const [state] = await statesAt(join(cwd, "m.mcap"), 5);
      assert.deepEqual(state!.fields, { x: Math.fround(x(5)), y: 1.25 });
    }),
);

test(
  "record prints its notes when it fails, and keeps its exit code",
  SLOW,
  () =>
    inFolder(async (cwd) => {
      const { code, lines } = await record(cwd, ndjson([...ticks(9, 0.02), "oops"]));
      assert.equal(code, 1);
      assert.equal(notesOf(lines).length, 1);
      assert.match(lines.at(-1)!, /^hindcast: Cannot read in-o\.mcap:10:1: /);
    }),
);

test("record refuses units and marks that there are not", SLOW, () =>
  inFolder(async (cwd) => {
    const bad = [["--time-unit", "min"], ["--decimal", ","]];
    await Promise.all(bad.map(async (args, i) => {
      const { code, lines } = await record(cwd, ndjson(ticks(2, 20)), args, `${i}.mcap`);
      assert.equal(code, 2);
      assert.match(lines.join(), /Allowed choices are/);
    }));
  }));
