import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hindcast, inFolder, unwrapped } from "../../run_cli_test_helper.ts";

interface CheckOutput {
  readonly faults: readonly {
    readonly code: string;
    readonly kind: string | null;
    readonly field: string | null;
    readonly count: number;
  }[];
  readonly left: readonly { readonly code: string; readonly count: number }[];
  readonly command: string | null;
  readonly schemaCommand?: string;
  readonly skippedLines: number;
  readonly records: { readonly frames: number; readonly events: number } | null;
}

const listOf = (length: number) => Array.from({ length }, (_, i) => i);
const fieldsOf = (length: number) =>
  Object.fromEntries(listOf(length).map((i) => [`k${i}`, i] as const));
const text = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row) + "\n").join("");
const states = text(listOf(40).map((f) => ({ f, t: 50 * f, id: 1, x: (f * 7919) % 251 })));
const cut = (whole: string) => {
  const bytes = gzipSync(whole);
  return bytes.subarray(0, bytes.length * 3 / 4);
};

async function checked(cwd: string, ...words: string[]) {
  const args = ["record", ...words, "--check"];
  const json = await hindcast([...args, "--json"], { cwd });
  const told = await hindcast(args, { cwd });
  return { ...JSON.parse(json.stdout) as CheckOutput, ...told };
}

/** Runs the command lines of a check. */
async function typed(cwd: string, { command, schemaCommand }: CheckOutput) {
  if (schemaCommand !== undefined) {
    const [words, schema] = schemaCommand.split(" > ");
    const { stdout } = await hindcast(words!.split(" ").slice(1), { cwd });
    writeFileSync(join(cwd, schema!), stdout);
  }
  return await hindcast(command!.split(" ").slice(1), { cwd });
}

/** Inputs of which kinds have too many fields: what has to be left out, and the groups of faults. */
const WIDE: readonly [
  name: string,
  text: string,
  leaveOut: string,
  groups: readonly (readonly [kind: string, field: string | null, count: number])[],
][] = [
  [
    "two kinds and the frame itself",
    text(
      listOf(3).map((f) => ({
        f,
        t: 50 * f,
        ships: { a: { x: f, cargo: listOf(70) }, b: { x: f, cargo: listOf(70) } },
        tanks: [{ id: 1, y: f, hits: listOf(80) }],
        board: listOf(99),
        phase: "play",
      })),
    ),
    "cargo,hits,board",
    [["ships", "cargo", 3], ["tanks", "hits", 3], ["frame", "board", 3]],
  ],
  [
    "kinds of which the first has more than is read again of one line",
    text(
      listOf(2).map((f) => ({
        f,
        t: 50 * f,
        ships: [{ id: 1, x: f, deck: listOf(4000) }],
        tanks: [{ id: 2, y: f, hits: listOf(900) }],
      })),
    ),
    "deck,hits",
    [["ships", "deck", 2], ["tanks", "hits", 2]],
  ],
  [
    "one field that comes late",
    text([0, 1, 2].map((f) => ({
      f,
      t: 50 * f,
      id: 1,
      ...fieldsOf(64),
      ...f === 2 ? { late: 1 } : {},
    }))),
    "late",
    [["entity", null, 1]],
  ],
  [
    "single fields that come one by one",
    text([0, 1, 2, 3].map((f) => ({ f, t: 50 * f, id: 1, ...fieldsOf(64), [`late${f}`]: 1 }))),
    "late0,late1,late2,late3",
    [["entity", null, 4]],
  ],
  [
    "columns",
    `f,t,id,${listOf(90).map((i) => `c${i}`)}\n${
      listOf(3).map((f) => `${f},${50 * f},1,${listOf(90)}\n`).join("")
    }`,
    listOf(90).slice(64).map((i) => `c${i}`).join(","),
    [["entity", null, 3]],
  ],
];

test("record --check leaves out at once what is too much of all kinds, and no line", () =>
  inFolder(async (cwd) => {
    for (const [name, input, leaveOut, groups] of WIDE) {
      writeFileSync(join(cwd, "in.txt"), input);
      const check = await checked(cwd, "in.txt");
      const command = `hindcast record in.txt --leave-out ${leaveOut} -o in.mcap`;
      assert.deepEqual([name, check.code, check.command], [name, 1, command]);
      const found = check.faults.map(({ code, kind, field, count }) => [code, kind, field, count]);
      assert.deepEqual([name, ...found], [
        name,
        ...groups.map((group) => ["fields-max", ...group]),
      ]);
      assert.deepEqual([check.skippedLines, check.left], [0, []], name);
      const are = leaveOut.includes(",") ? "are" : "is";
      const told = `This records all of it but ${
        leaveOut.replaceAll(",", ", ")
      }, which ${are} left`;
      assert.ok(unwrapped(check.stdout).includes(`${told} out: hindcast `), check.stdout);
      const { code, stderr } = await typed(cwd, check);
      assert.equal(code, 0, stderr);
      const { frames } = check.records!;
      assert.match(stderr, new RegExp(`^recorded ${frames} frames`, "m"));
      assert.equal(frames, input.trim().split("\n").length - (name === "columns" ? 1 : 0), name);
      rmSync(join(cwd, "in.mcap"));
    }
  }));

test("record --check of cut gzip says what stands before the damage, which the command records", () =>
  inFolder(async (cwd) => {
    const others = states.replaceAll('"f"', '"tick"').replace('{"tick":1,', '{"tick":oops,');
    for (
      const [input, options, skipped] of [[states, "", 0], [
        others,
        " --frame-key tick --skip-bad",
        1,
      ]] as const
    ) {
      writeFileSync(join(cwd, "in.ndjson.gz"), cut(input));
      const check = await checked(cwd, "in.ndjson.gz");
      assert.equal(check.command, `hindcast record in.ndjson.gz${options} -o in.mcap`);
      assert.deepEqual([check.code, check.skippedLines], [1, skipped]);
      assert.ok(check.left.some(({ code }) => code === "bad-gzip"));
      assert.match(
        unwrapped(check.stdout),
        /This records what stands before .* \(bad-gzip\).* exit code 1:/,
      );
      assert.doesNotMatch(check.stderr, /lines? of it with the/);
      const { code, stderr } = await typed(cwd, check);
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`\\(${check.records!.frames} frames before it are recorded`));
      rmSync(join(cwd, "in.mcap"));
    }
  }));

test("record --check of cut gzip of events says that these have to be mended first", () =>
  inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in.ndjson"), states);
    const events = text(listOf(200).map((f) => ({ f: f % 40, ev: "shot", n: (f * 7919) % 251 })));
    writeFileSync(join(cwd, "ev.gz"), cut(events));
    const check = await checked(cwd, "in.ndjson", "--events", "ev.gz");
    assert.deepEqual([check.code, check.command, check.records], [1, null, null]);
    assert.deepEqual(check.faults.map(({ code }) => code), ["bad-gzip"]);
    assert.match(check.stdout, /the events \(bad-gzip\): mend ev\.gz first/);
    assert.match(check.stderr, /^hindcast: Cannot record in\.ndjson as it is\n$/);
  }));

test("record --check tells no lack of states that only follows from lines that are refused", () =>
  inFolder(async (cwd) => {
    const rows = [{ f: 0, t: 0, ev: "go" }, { Frame: 0, t: 0, id: 1 }, { Frame: 1, t: 5, id: 1 }];
    writeFileSync(join(cwd, "in.ndjson"), text(rows));
    const check = await checked(cwd, "in.ndjson");
    assert.deepEqual(check.faults.map(({ code, count }) => [code, count]), [["no-frame", 2]]);
    writeFileSync(join(cwd, "events.ndjson"), text(rows.slice(0, 1)));
    const none = await checked(cwd, "events.ndjson");
    assert.deepEqual(none.faults.map(({ code }) => code), ["no-rows"]);
  }));

/** Frames below 0 with other faults in their lines: what records all, and what costs a line. */
const BELOW: readonly [name: string, rows: readonly object[], options: string, skipped: number][] =
  [
    [
      "one of three frames, with a number as a text",
      [-1, 0, 1].map((f) => ({ f, t: 50 * f, id: 1, s: f < 0 ? "0" : f })),
      " --frame-offset 1 --schema schema.json",
      0,
    ],
    [
      "a tenth of whole frames",
      listOf(100).map((i) => ({
        f: i - 10,
        t: 50 * i,
        players: { a: { score: i % 50 === 0 ? `${i}` : i }, b: { score: i } },
      })),
      " --frame-offset 10 --schema schema.json",
      0,
    ],
    [
      "no number of a frame",
      [-2147483648, 0, 1, 2].map((f, i) => ({ f, t: 50 * i, id: 1, x: i })),
      " --skip-bad",
      1,
    ],
    [
      "no number of a frame behind the first, of another kind",
      [0, -2147483648, 1, 2].map((f, i) => ({
        f,
        t: 50 * i,
        id: 1,
        kind: f < 0 ? "a" : "b",
        x: i,
      })),
      " --skip-bad",
      1,
    ],
    [
      "no number of a frame, whose id a row behind it has in the frame before",
      [[0, 1], [-2147483648, 2], [0, 2], [1, 1], [1, 2]].map(([f, id], i) => ({
        f,
        t: 50 * f!,
        id,
        kind: f! < 0 ? "a" : "b",
        x: i,
      })),
      " --skip-bad",
      1,
    ],
    [
      "no number of a frame, before a countdown",
      [-2147483648, -2, -1, 0, 1].map((f, i) => ({ f, t: 50 * i, id: 1, x: i })),
      " --frame-offset 2 --skip-bad",
      1,
    ],
    [
      "a text among numbers in the first frame, with which all others are refused",
      [-1, ...listOf(30)].map((f) => ({ f, t: 50 * f, id: 1, s: f < 0 ? "none" : f })),
      " --skip-bad",
      1,
    ],
  ];

test("record --check quotes columns that it leaves out, where shells want that", () =>
  inFolder(async (cwd) => {
    const header = ["f", "t", "id", ...listOf(66).map((i) => `Pos ${i}`)];
    const lines = listOf(3).map((f) => [f, 50 * f, 1, ...listOf(66)].join(","));
    writeFileSync(join(cwd, "in.csv"), [header.join(","), ...lines, ""].join("\n"));
    const { command, skippedLines } = await checked(cwd, "in.csv");
    assert.equal(command, "hindcast record in.csv --leave-out 'Pos 64,Pos 65' -o in.mcap");
    assert.equal(skippedLines, 0);
    const words = ["record", "in.csv", "--leave-out", "Pos 64,Pos 65", "-o", "in.mcap"];
    const { code, stderr } = await hindcast(words, { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^recorded 3 frames/m);
  }));

test("record --check of a pipe says what is left out of a file of the same bytes as well", () =>
  inFolder(async (cwd) => {
    const rows = listOf(4).map((f) =>
      `{"f":${f},"t":${50 * f},"id":1,"g":${f === 0 ? '"5"' : "76561198000000125"},"hits":[${
        listOf(70)
      }]}\n`
    );
    const { stdout } = await hindcast(["record", "-", "--check"], { cwd, input: rows.join("") });
    assert.match(stdout, /\nThis records all of it but hits, which is left out:\n/);
    assert.match(unwrapped(stdout), /twice, all of it but hits, which is left out, is recorded: /);
    assert.match(stdout, /\n {2}hindcast record FILE --leave-out hits -o out\.mcap\n/);
  }));

test("record --check brings frames to 0 whatever that brings to light, and skips what is no frame", () =>
  inFolder(async (cwd) => {
    for (const [name, rows, options, skipped] of BELOW) {
      writeFileSync(join(cwd, "in.ndjson"), text(rows));
      const check = await checked(cwd, "in.ndjson");
      const command = `hindcast record in.ndjson${options} -o in.mcap`;
      assert.deepEqual([name, check.command, check.skippedLines], [name, command, skipped]);
      const { code, stderr } = await typed(cwd, check);
      assert.equal(code, skipped === 0 ? 0 : 4, stderr);
      assert.match(stderr, new RegExp(`^recorded ${check.records!.frames} frames`, "m"));
      const frames = new Set(rows.map((row) => (row as { readonly f: number }).f)).size;
      assert.equal(check.records!.frames, frames - skipped, name);
      for (const file of ["in.mcap", "schema.json"]) rmSync(join(cwd, file), { force: true });
    }
  }));
