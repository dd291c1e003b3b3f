import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";

interface CheckOutput {
  readonly faults: readonly { readonly code: string; readonly remedy: string }[];
  readonly command: string | null;
  readonly fileCommand?: string;
  readonly schemaCommand?: string;
}

const row = (f: number, rest: object) => ({ f, t: f * 50, id: 1, ...rest });
const lines = (rows: readonly object[]) => rows.map((line) => JSON.stringify(line)).join("\n");
const OPEN = {
  kinds: [{ name: "entity", fields: [{ name: "w", type: "enum" }, { name: "x", type: "u8" }] }],
};

/** Inputs that need facts of later lines: what a file gives, and the fault that a pipe has. */
const inputs: readonly [
  name: string,
  text: string,
  code: string,
  values: readonly object[],
  schema?: object,
][] = [
  [
    "digits as text, then a number",
    `${lines([row(0, { g: "76561198000000123" })])}\n{"f":1,"t":50,"id":1,"g":76561198000000124}`,
    "field-type",
    [{ g: "76561198000000123" }, { g: "76561198000000124" }],
  ],
  [
    "a short text, then 64 bits, in whole frames",
    '{"f":0,"t":0,"entities":[{"id":1,"g":"5"}]}\n{"f":1,"t":50,"entities":[{"id":1,"g":76561198000000125}]}',
    "field-type",
    [{ g: 5 }, { g: "76561198000000125" }],
  ],
  [
    "a word, then numbers",
    lines([row(0, { x: "NaN", y: 1 }), row(1, { x: 0.5, y: 2 }), row(2, { x: 1.5, y: 3 })]),
    "field-type",
    [{ y: 1 }, { y: 2, x: 0.5 }, { y: 3, x: 1.5 }],
  ],
  [
    "64 bits, then a fraction",
    '{"f":0,"t":0,"id":1,"x":9007199254740994}\n{"f":1,"t":50,"id":1,"x":0.5}',
    "field-type",
    [{ x: 9007199254740994 }, { x: 0.5 }],
  ],
  [
    "an enum without values",
    lines([row(0, { w: "rl", x: 1 }), row(1, { w: "lg", x: 2 })]),
    "open-enum",
    [{ w: "rl", x: 1 }, { w: "lg", x: 2 }],
    OPEN,
  ],
];

for (const [name, text, code, values, schema] of inputs) {
  test(`record --check of a pipe judges its one reading, and says what mends it: ${name}`, () =>
    inFolder(async (cwd) => {
      const options = schema === undefined ? [] : ["--schema", "declared.json"];
      if (schema !== undefined) writeFileSync(join(cwd, "declared.json"), JSON.stringify(schema));
      writeFileSync(join(cwd, "FILE"), text);
      const run = (args: readonly string[]) => hindcast(args, { cwd, input: text });
      const typed = (command: string) => run(command.split(" ").slice(1));
      const fields = async (path: string) => {
        const { stdout } = await run(["cat", path]);
        return stdout.trim().split("\n").map((line) => {
          const { f: _f, t: _t, id: _id, kind: _kind, ...rest } = JSON.parse(line);
          return rest;
        });
      };

      const plain = await run(["record", "-", ...options, "-o", "plain.mcap"]);
      assert.notEqual(plain.code, 0);
      const checked = await run(["record", "-", "--check", "--json", ...options]);
      assert.equal(checked.code, 1);
      const check = JSON.parse(checked.stdout) as CheckOutput;
      assert.deepEqual(check.faults.map((fault) => fault.code), [code]);
      assert.match(check.faults[0]!.remedy, /record it from a file/);

      const proposed = await typed(check.schemaCommand!.replace(/ > schema\.json$/, ""));
      assert.equal(proposed.code, 0, proposed.stderr);
      writeFileSync(join(cwd, "schema.json"), proposed.stdout);
      assert.equal((await typed(check.command!)).code, 0);
      assert.deepEqual(await fields("out.mcap"), values);

      assert.equal((await hindcast(["record", "FILE", "--check", ...options], { cwd })).code, 0);
      const file = check.fileCommand!.replace("-o out.mcap", "-o file.mcap");
      assert.equal((await typed(file)).code, 0);
      assert.deepEqual(await fields("file.mcap"), values);
    }));
}

test("record --check of a pipe whose first cell is a word says that the column is one of texts", () =>
  inFolder(async (cwd) => {
    const input = "f,t,id,x\n0,0,1,NULL\n1,50,1,2\n2,100,1,3\n";
    const checked = await hindcast(["record", "-", "--check", "--json"], { cwd, input });
    assert.equal(checked.code, 0);
    const { notes } = JSON.parse(checked.stdout) as {
      notes: { code: string; remedy: string }[];
    };
    assert.deepEqual(notes.map(({ code }) => code), ["blank-cells"]);
    assert.match(notes[0]!.remedy, /record it from a file$/);
    assert.equal((await hindcast(["record", "-", "-o", "a.mcap"], { cwd, input })).code, 0);
    const { stdout } = await hindcast(["cat", "a.mcap"], { cwd });
    assert.match(stdout, /"x":"NULL"}\n.*"x":"2"}\n.*"x":"3"}\n/);
  }));

test("record --check of a pipe tells what else a file does not mend, with the lines that it costs", () =>
  inFolder(async (cwd) => {
    const input = '{"f":0,"t":0,"id":1,"g":"76561198000000123"}\nbad\n' +
      '{"f":1,"t":50,"id":1,"g":76561198000000124}\n';
    const { code, stdout } = await hindcast(["record", "-", "--check"], { cwd, input });
    assert.equal(code, 1);
    assert.match(
      stdout,
      /\nFrom a file, which is read twice, all of it but for 1 line is recorded:\n {2}hindcast record FILE --skip-bad -o out\.mcap\n/,
    );
  }));

test("record --check of a pipe tells nothing of the schema that it makes itself, and of no worse file", () =>
  inFolder(async (cwd) => {
    const input = '{"f":0,"t":0,"id":1,"w":null}\n{"f":1,"t":50,"id":1,"w":"rl","z":3}\nbad\n';
    const fields = [{ name: "w", type: "enum" }];
    const schema = JSON.stringify({ kinds: [{ name: "entity", fields }] });
    writeFileSync(join(cwd, "declared.json"), schema);
    const args = ["record", "-", "--check", "--json", "--schema", "declared.json"];
    const { stdout } = await hindcast(args, { cwd, input });
    const { faults, command, fileCommand } = JSON.parse(stdout) as CheckOutput;
    assert.deepEqual(faults.map(({ code }) => code), [
      "open-enum",
      "field-type",
      "field-undeclared",
      "not-json",
    ]);
    assert.equal(command, "hindcast record - --skip-bad --schema schema.json -o out.mcap");
    assert.equal(fileCommand, undefined);
  }));
