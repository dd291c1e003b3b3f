import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";

/** Records lines by the commands of a check, which make all of them recordable, and reads them back. */
async function assertKept(lines: readonly string[], field: string, values: readonly unknown[]) {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "in.ndjson"), lines.join("\n") + "\n");
    const run = (command: string) => hindcast(command.split(" ").slice(1), { cwd });
    const { stdout } = await run("hindcast record in.ndjson --check --json");
    const { command, schemaCommand, left } = JSON.parse(stdout);
    assert.deepEqual(left, []);
    const [propose, name] = schemaCommand.split(" > ");
    const proposed = await run(propose);
    assert.equal(proposed.code, 0, proposed.stderr);
    writeFileSync(join(cwd, name), proposed.stdout);
    const { code, stderr } = await run(command);
    assert.equal(code, 0, stderr);
    const printed = await run("hindcast cat in.mcap");
    const rows = printed.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const kept = rows.flatMap((row) => Object.hasOwn(row, field) ? [row[field]] : []);
    assert.deepEqual(kept, values);
  });
}

const SEEDS = ["-4962768465676381896", "-4962768465676381895"];

test("record --check mends integers below -2^53 of kinds with a field that is always null", async () => {
  const rows = SEEDS.map((seed, f) =>
    `{"f":${f},"t":${50 * f},"id":1,"seed":${seed},"vehicle":null}`
  );
  await assertKept(rows, "seed", SEEDS);
});

test("record --check mends integers below -2^53 that stand beside the entities", async () => {
  const frames = SEEDS.map((seed, f) =>
    `{"f":${f},"t":${50 * f},"seed":${seed},"entities":[{"id":1,"x":1}]}`
  );
  await assertKept(frames, "seed", SEEDS);
});

for (const path of ["entities", "players"]) {
  test(`record --check mends integers below -2^53 in all frames of ${path}`, async () => {
    const frames = SEEDS.map((seed, f) =>
      `{"f":${f},"t":${50 * f},"${path}":[{"id":1,"seed":${seed}}]}`
    );
    await assertKept(frames, "seed", SEEDS);
  });
}

test("record --check makes a field with integers that no type of numbers holds a text", async () => {
  const values = [["9007199254740993", "-3"], ["7", "-1"]];
  const frames = values.map(([a, b], f) =>
    `{"f":${f},"t":${50 * f},"entities":[{"id":1,"n":${a}},{"id":2,"n":${b}}]}`
  );
  await assertKept(frames, "n", values.flat());
  const rows = ['"-4962768465676381896"', "5", '"x"', "-4962768465676381896"].map((value, f) =>
    `{"f":${f},"t":${50 * f},"id":1,"h":${value}}`
  );
  await assertKept(rows, "h", ["-4962768465676381896", "5", "x", "-4962768465676381896"]);
});

test("record --check makes no text of booleans, or of numbers for a text that is none", () =>
  inFolder(async (cwd) => {
    for (const values of [[true, 1, 1, 1], [1, 2, "n/a", 4], [0.5, "n/a", 2]]) {
      const rows = values.map((v, f) => JSON.stringify({ f, t: 50 * f, id: 1, v }) + "\n");
      writeFileSync(join(cwd, "in"), rows.join(""));
      const { stdout } = await hindcast(["record", "in", "--check", "--json"], { cwd });
      assert.equal(JSON.parse(stdout).command, "hindcast record in --skip-bad -o in.mcap");
    }
  }));

test("record --check skips few lines of a field of numbers, and says where their texts are kept", () =>
  inFolder(async (cwd) => {
    const check = async (bad: Readonly<Record<number, string>>) => {
      const rows = Array.from(
        { length: 40 },
        (_, f) => `{"f":${f},"t":${50 * f},"id":1,"x":${bad[f] ?? f}}\n`,
      );
      writeFileSync(join(cwd, "in"), rows.join(""));
      const { stdout } = await hindcast(["record", "in", "--check", "--json"], { cwd });
      return JSON.parse(stdout);
    };
    const deep = "-9007199254740993";
    const few: readonly Readonly<Record<number, string>>[] = [{ 9: "1e400" }, { 9: deep }, {
      9: "9007199254740993.5",
    }, {
      ...Object.fromEntries([3, 5, 7, 11, 13].map((f) => [f, "9007199254740993.0"])),
    }];
    for (const bad of few) {
      const { command, skippedLines } = await check({ ...bad, 30: '"abc"' });
      assert.equal(command, "hindcast record in --skip-bad -o in.mcap");
      assert.equal(skippedLines, Object.keys(bad).length + 1);
    }
    const { left, notes, schema } = await check({ 9: deep, 19: deep, 29: deep });
    assert.deepEqual([left, schema.kinds[0].fields], [[], [{ name: "x", type: "text" }]]);
    assert.match(
      notes.find(({ code }: { code: string }) => code === "numbers-as-texts").problem,
      /^the field "x" of "entity" becomes a text by the schema, with all of its numbers/,
    );
  }));

test("record takes null in a field that its schema has not, and refuses any value of it", () =>
  inFolder(async (cwd) => {
    const schema = '{"kinds":[{"name":"entity","fields":[{"name":"x","type":"u8"}]}]}';
    writeFileSync(join(cwd, "schema.json"), schema);
    const record = async (value: string) => {
      writeFileSync(join(cwd, "in"), `{"f":0,"t":0,"id":1,"x":1,"vehicle":${value}}\n`);
      const words = ["record", "in", "--schema", "schema.json", "-o", "out.mcap", "--force"];
      return await hindcast(words, { cwd });
    };
    assert.equal((await record("null")).code, 0);
    const { code, stderr } = await record("2");
    assert.equal(code, 1);
    assert.match(stderr, /the kind "entity" has no field "vehicle" by the schema/);
  }));
