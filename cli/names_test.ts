import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { parquetReadObjects } from "hyparquet";
import { readFileSync } from "node:fs";
import { runInMemory } from "./in_memory_test_helper.ts";
import { inFolder, ndjson } from "./run_cli_test_helper.ts";

type Row = Readonly<Record<string, unknown>>;

const row = (f: number, id: unknown, x: number, more: Row = {}): Row => {
  return { f, t: f * 50, id, kind: "player", x, ...more };
};

/** Rows of three entities that go by a text, a long number and a number. */
const ROWS = [0, 1, 2].flatMap((f) => [
  row(f, "q8Zk2", f * 2),
  row(f, "18446744073709551615", f),
  row(f, 5, 7),
]);

/** Runs commands in a folder; each has to end with a code. */
function inRoom(
  use: (
    run: (line: string, input?: string, code?: number) => Promise<{
      readonly stdout: string;
      readonly stderr: string;
    }>,
    cwd: string,
  ) => Promise<void>,
): Promise<void> {
  return inFolder((cwd) =>
    use(async (line, input, code = 0) => {
      const outcome = await runInMemory(line.split(" "), { cwd, input });
      assert.equal(outcome.code, code, `${line}: ${outcome.stderr}`);
      return outcome;
    }, cwd)
  );
}

const rowsIn = (text: string): Row[] =>
  text.trim().split("\n").map((line) => JSON.parse(line) as Row);

const byTextOfId = (a: Row, b: Row) =>
  Number(a["f"]) - Number(b["f"]) || (String(a["id"]) < String(b["id"]) ? -1 : 1);

test("at names entities as their first row spelt them, and finds them by that", () =>
  inRoom(async (run) => {
    await run("record - -o a.mcap", ndjson(ROWS));
    const at = async (args: string) =>
      JSON.parse((await run(`at a.mcap --frame 1 --json ${args}`.trim())).stdout)
        .entities.map(({ id, x }: Row) => [id, x]);
    assert.deepEqual((await at("")).toSorted(), [["18446744073709551615", 1], [5, 7], [
      "q8Zk2",
      2,
    ]]);
    assert.deepEqual(await at("--entity q8Zk2"), [["q8Zk2", 2]]);
    assert.deepEqual(await at("--entity 18446744073709551615"), [["18446744073709551615", 1]]);
    assert.deepEqual(await at("--entity player:5"), [[5, 7]]);
    assert.deepEqual(await at("--entity rocket:5"), []);
    assert.deepEqual(await at("--entity 05"), []);
    assert.match((await run("at a.mcap --frame 1")).stdout, /^ {2}player .*q8Zk2/m);
  }));

test("at tells kinds apart where ids are by kind", () =>
  inRoom(async (run) => {
    const rows = [row(0, 1, 3), row(0, 1, 4, { kind: "rocket" })];
    await run("record - -o a.mcap --ids-by-kind", ndjson(rows));
    const xs = async (entity: string) =>
      JSON.parse((await run(`at a.mcap --frame 0 --json --entity ${entity}`)).stdout)
        .entities.map(({ x }: Row) => x);
    assert.deepEqual(await xs("1"), [3, 4]);
    assert.deepEqual(await xs("rocket:1"), [4]);
    const cat = await run("cat a.mcap");
    assert.deepEqual(rowsIn(cat.stdout), rows);
    assert.match(cat.stderr, /an id names an entity in each kind; record it with --ids-by-kind/);
    await run("record - -o b.mcap --ids-by-kind", cat.stdout);
    await run("diff a.mcap b.mcap");
    await run("cut a.mcap --ids rocket:1 -o c.mcap");
    assert.deepEqual(rowsIn((await run("cat c.mcap")).stdout), [rows[1]]);
  }));

test("cat gives ids as they came, and record takes them back, as JSON and as CSV", () =>
  inRoom(async (run) => {
    const ids = [
      "q8",
      'a,"b"',
      " x",
      "007",
      "1e3",
      "-7",
      -8,
      1.5,
      "\u0007\u202e",
      "é",
      "null",
      "true",
    ];
    const rows = ids.map((id, i) => row(0, id, i));
    await run("record - -o a.mcap", ndjson(rows));
    const sorted = (text: string) =>
      rowsIn(text).toSorted((a, b) => Number(a["x"]) - Number(b["x"]));
    const lines = (await run("cat a.mcap")).stdout;
    assert.deepEqual(sorted(lines), rows);
    await run("record - -o b.mcap", lines);
    await run("diff a.mcap b.mcap");
    const csv = (await run("cat a.mcap --csv")).stdout;
    assert.match(csv, /^0,0,"a,""b""",player,1\r$/m);
    await run("record - --format csv -o c.mcap", csv);
    await run("diff a.mcap c.mcap");
  }));

test("cat --parquet has ids as texts where not all are integers", () =>
  inRoom(async (run, cwd) => {
    const read = async () => {
      const bytes = readFileSync(join(cwd, "a.parquet"));
      const file = new Uint8Array(bytes).buffer as ArrayBuffer;
      return (await parquetReadObjects({ file })).map((row) => row["id"]).toSorted();
    };
    await run("record - -o a.mcap", ndjson([row(0, "q8", 1), row(0, 5, 2)]));
    await run("cat a.mcap --parquet a.parquet");
    assert.deepEqual(await read(), ["5", "q8"]);
    await run("record - -o a.mcap --force", ndjson([row(0, -4, 1), row(0, 5, 2)]));
    await run("cat a.mcap --parquet a.parquet");
    assert.deepEqual(await read(), [-4n, 5n]);
  }));

test("cat tells the entities of one id apart by a key that record takes back", () =>
  inRoom(async (run) => {
    const rows = [
      row(0, "a", 1),
      row(0, "b", 4),
      { f: 1, t: 50, id: "a", gone: true },
      row(1, "a", 2),
      row(2, "a", 3),
    ];
    await run("record - -o a.mcap --sparse --despawn-key gone", ndjson(rows));
    const { stdout, stderr } = await run("cat a.mcap");
    const lives = rowsIn(stdout).toSorted(byTextOfId).map(({ f, id, life }) => [f, id, life]);
    assert.deepEqual(lives, [
      [0, "a", 0],
      [0, "b", 0],
      [1, "a", 1],
      [1, "b", 0],
      [2, "a", 1],
      [2, "b", 0],
    ]);
    assert.match(stderr, /the id "a" in turn.*record it with --generation-key life$/m);
    await run("record - -o b.mcap --generation-key life", stdout);
    const again = rowsIn((await run("cat b.mcap")).stdout).toSorted(byTextOfId);
    assert.deepEqual(again.map(({ f, id, life }) => [f, id, life]), lives);
    const csv = (await run("cat a.mcap --csv")).stdout;
    assert.match(csv, /^f,t,id,kind,life,x\r\n0,0,a,player,0,1\r\n/);
  }));

test("cat adds no key where the generation of an id is a field", () =>
  inRoom(async (run) => {
    const rows = [
      row(0, "a", 1, { gen: 1 }),
      row(1, "a", 2, { gen: 2 }),
      row(1, "b", 4, { gen: 1 }),
    ];
    await run("record - -o a.mcap --generation-key gen", ndjson(rows));
    const { stdout, stderr } = await run("cat a.mcap");
    const lives = rowsIn(stdout).toSorted(byTextOfId);
    assert.deepEqual(lives.map(({ id, gen, life }) => [id, gen, life]), [
      ["a", 1, undefined],
      ["a", 2, undefined],
      ["b", 1, undefined],
    ]);
    assert.match(stderr, /the id "a" in turn.*record it with --generation-key gen$/m);
    const part = (await run("cat a.mcap --fields x")).stdout;
    assert.deepEqual(rowsIn(part).toSorted(byTextOfId).map(({ life }) => life), [0, 1, 0]);
  }));

test("cut takes entities by their ids, and keeps the ids of those that it takes", () =>
  inRoom(async (run) => {
    const rows = [...ROWS, row(2, "a,b", 1)];
    await run("record - -o a.mcap", ndjson(rows));
    const cut = async (ids: string) => {
      const { stderr } = await run(`cut a.mcap --ids ${ids} --from 2 -o c.mcap --force`);
      const found = rowsIn((await run("cat c.mcap")).stdout).map(({ id }) => id);
      return { found: found.toSorted(), stderr };
    };
    assert.deepEqual((await cut("q8Zk2,5")).found, [5, "q8Zk2"]);
    assert.deepEqual((await cut("a,b")).found, ["a,b"]);
    const some = await cut("18446744073709551615,who");
    assert.deepEqual(some.found, ["18446744073709551615"]);
    assert.match(some.stderr, /note: no frame has the entities who that --ids names/);
  }));

test("merge takes one id for one entity, in halves and side by side", () =>
  inRoom(async (run) => {
    await run("record - -o all.mcap", ndjson(ROWS));
    await run("cut all.mcap --to 1 -o a.mcap");
    await run("cut all.mcap --from 2 -o b.mcap");
    await run("merge b.mcap a.mcap -o halves.mcap");
    await run("diff all.mcap halves.mcap");
    // Recorded apart, the entities have other numbers.
    const of = (...ids: unknown[]) => ndjson(ROWS.filter(({ id }) => ids.includes(id)));
    await run("record - -o c.mcap", of("18446744073709551615"));
    await run("record - -o d.mcap", of("q8Zk2", 5));
    await run("merge c.mcap d.mcap -o sides.mcap");
    await run("diff all.mcap sides.mcap");
    const { stderr } = await run("merge all.mcap d.mcap -o e.mcap", undefined, 1);
    assert.match(
      stderr,
      /Cannot merge: entity (5|"q8Zk2") \("player"\) is in both all\.mcap and d\.mcap at frame 0/,
    );
  }));

test("diff pairs entities by their ids and names them by these", () =>
  inRoom(async (run) => {
    await run("record - -o a.mcap", ndjson(ROWS));
    const other = ROWS.toReversed().toSorted((a, b) => Number(a["f"]) - Number(b["f"]))
      .map((one) => one["id"] === "q8Zk2" && one["f"] === 2 ? { ...one, x: 9 } : one)
      .filter(({ f, id }) => !(f === 2 && id === 5));
    await run("record - -o b.mcap", ndjson(other));
    const found = JSON.parse((await run("diff a.mcap b.mcap --json", undefined, 3)).stdout);
    assert.deepEqual(found.fields.map((field: { first: Row }) => field.first), [
      { frame: 2, timeMs: 100, id: "q8Zk2", a: 4, b: 9 },
    ]);
    assert.deepEqual(found.structural.entities.map((one: { runs: Row[] }) => one.runs), [
      [{ id: 5, from: 2, to: 2, count: 1 }],
    ]);
    assert.match(
      (await run("diff a.mcap b.mcap", undefined, 3)).stdout,
      /entity q8Zk2 \(player\) x: 4 in A, 9 in B/,
    );
    await run("diff a.mcap b.mcap --ids 18446744073709551615");
    await run("diff a.mcap b.mcap --ids q8Zk2", undefined, 3);
  }));

test("at, diff and cut spell out what would steer a terminal in an id", () =>
  inRoom(async (run) => {
    const id = "\u001b[31m\u202eq\u2028";
    await run("record - -o a.mcap", ndjson([row(0, id, 1), row(0, "q", 1)]));
    await run("record - -o b.mcap", ndjson([row(0, id, 2), row(0, "q", 1)]));
    const spelt = /\\x1b\[31m\\u202eq\\u2028/;
    const unsafe = /[\p{Cc}\u202e\u2028](?<!\n)/u;
    for (const [line, code] of [["at a.mcap --frame 0", 0], ["diff a.mcap b.mcap", 3]] as const) {
      const { stdout, stderr } = await run(line, undefined, code);
      assert.match(stdout, spelt, line);
      assert.doesNotMatch(stdout + stderr, unsafe, line);
    }
    const { stderr } = await run("merge a.mcap b.mcap -o c.mcap", undefined, 1);
    assert.match(stderr, /is in both a\.mcap and b\.mcap/);
    assert.doesNotMatch(stderr, unsafe);
  }));
