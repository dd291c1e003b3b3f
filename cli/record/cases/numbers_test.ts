import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { caseFile, check, recordBothWays, recordCase, refusal } from "./recorded_test_helper.ts";

test("record takes frames and times as text for the numbers that they spell", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(cwd, "07-numbers-as-text/keys.ndjson");
    assert.deepEqual(await recorded.lines(), [
      { f: 0, t: 0, id: 1, kind: "entity", x: 1 },
      { f: 1, t: 50, id: 1, kind: "entity", x: 2 },
    ]);
  }));

test("record keeps numbers as text with a note, and takes them as numbers where a schema says so", () =>
  inFolder(async (cwd) => {
    const file = "07-numbers-as-text/field.ndjson";
    const texts = await recordCase(cwd, file);
    const at = async (recorded: typeof texts) => (await recorded.at(3))[0]!["score"];
    assert.equal(await at(texts), "1021");
    assert.equal(texts.notes.filter((note) => note.includes("score")).length, 1, texts.stderr);
    for (const [type, score] of [["u16", 1021], ["u64", 1021]] as const) {
      const schema = join(cwd, "schema.json");
      const fields = [{ name: "score", type }];
      writeFileSync(schema, JSON.stringify({ kinds: [{ name: "entity", fields }] }));
      const numbers = await recordCase(cwd, file, "--schema", schema);
      assert.equal(await at(numbers), score);
      assert.deepEqual(await numbers.types("entity"), { score: type });
    }
  }));

test("record takes an ISO 8601 time with a zone for its time of the epoch", () =>
  recordBothWays(
    [
      '{"f":1,"t":"2026-03-01T12:00:00.050Z","id":1,"x":1}',
      '{"f":2,"t":"2026-03-01T13:00:00.100+01:00","id":1,"x":2}',
    ],
    [],
    async (recorded) => {
      const [one, two] = (await recorded.lines()).map(({ t }) => t as number);
      assert.deepEqual([one, two], [1772366400050, 1772366400100]);
    },
  ));

test("record keeps integers up to 2^64 as u64, exactly, as numbers or texts of one field", () =>
  recordBothWays(
    [
      '{"f":0,"t":0,"id":1,"seed":12,"steam":76561198000000123}',
      '{"f":1,"t":50,"id":1,"seed":9007199254740993,"steam":76561198000000124}',
      '{"f":2,"t":100,"id":1,"seed":18446744073709551615,"steam":"76561198000000125"}',
      '{"f":3,"t":150,"id":1,"seed":9007199254740991,"steam":0}',
    ],
    [],
    async (recorded) => {
      assert.deepEqual(await recorded.types("entity"), { seed: "u64", steam: "u64" });
      const seen = (await recorded.lines()).map(({ seed, steam }) => [seed, steam]);
      assert.deepEqual(seen, [
        [12, "76561198000000123"],
        ["9007199254740993", "76561198000000124"],
        ["18446744073709551615", "76561198000000125"],
        [9007199254740991, 0],
      ]);
    },
  ));

const INEXACT: readonly [value: string, why: string][] = [
  ["9007199254740993.0", "an integer with a point"],
  ["-9007199254740993", "a negative integer above 2^53"],
  ["18446744073709551617", "an integer above 2^64"],
  ["1e400", "a number that is infinite as a double"],
  ["1e-400", "a number that is 0 as a double"],
  ["90071992547409930e-1", "an integer with an exponent"],
];

for (const [value, why] of INEXACT) {
  test(`record refuses ${why}, and never rounds it`, () =>
    inFolder(async (cwd) => {
      const path = join(cwd, "in.ndjson");
      writeFileSync(path, `{"f":0,"t":0,"id":1,"x":1}\n{"f":1,"t":50,"id":1,"x":${value}}\n`);
      const said = await refusal(path);
      assert.match(said, /in\.ndjson:2:26: /);
      assert.ok(said.includes(value), said);
      const { faults } = await check(path);
      assert.deepEqual(faults.map(({ code, field }) => [code, field]), [["inexact-number", "x"]]);
    }));
}

test("record refuses both numbers of the case, and one run of --check lists them", () =>
  inFolder(async () => {
    const path = caseFile("23-inexact-fractions/state.ndjson");
    assert.match(await refusal(path), /state\.ndjson:1:28: .*9007199254740993\.0/);
    const { code, faults } = await check(path);
    assert.equal(code, 1);
    assert.deepEqual(
      faults.map(({ code, kind, field, count, first }) => [
        code,
        kind,
        field,
        count,
        first.line,
        first.column,
      ]),
      [
        ["inexact-number", "entity", "hash", 1, 1, 28],
        ["inexact-number", "entity", "eps", 1, 1, 53],
      ],
    );
  }));

test("record reads numbers of a locale in CSV as told, and says which mark they seem to have", () =>
  inFolder(async (cwd) => {
    const texts = await recordCase(cwd, "12-csv-decimal-comma/comma.csv");
    assert.match(texts.stderr, /note: .*--decimal comma/);
    const comma = await recordCase(cwd, "12-csv-decimal-comma/comma.csv", "--decimal", "comma");
    assert.deepEqual((await comma.lines()).map(({ x, y }) => [x, y]), [
      [1.5, 2.25],
      [1.75, 2.5],
      [2, 3],
    ]);
    const signs = await recordCase(cwd, "12-csv-decimal-comma/plus.csv", "--decimal", "point");
    assert.deepEqual((await signs.lines()).map(({ dx }) => dx), [5, -3, 1]);
  }));

test("record reads a table of spreadsheets with groups, signs and empty cells", () =>
  recordBothWays(
    "f;t;id;x;who\r\n0;0;a;1.234,5;ada\r\n1;50;a;+7,25;\r\n2;100;a;;bob\r\n",
    ["--decimal", "comma"],
    async (recorded) => {
      assert.deepEqual(await recorded.lines(), [
        { f: 0, t: 0, id: "a", kind: "entity", x: 1234.5, who: "ada" },
        { f: 1, t: 50, id: "a", kind: "entity", x: 7.25 },
        { f: 2, t: 100, id: "a", kind: "entity", who: "bob" },
      ]);
    },
  ));
