import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder } from "../../run_cli_test_helper.ts";
import { caseFile, type Check, check, recordBothWays, refusal } from "./recorded_test_helper.ts";

const found = ({ faults }: Check) =>
  faults.map(({ code, kind, field, count, first }) => [code, kind, field, count, first.line]);

test("record refuses a key that an object has twice, and --check lists each", () =>
  inFolder(async () => {
    const path = caseFile("13-duplicate-keys/state.ndjson");
    assert.match(await refusal(path), /state\.ndjson:1:27: .*"x"/);
    const checked = await check(path);
    assert.equal(checked.code, 1);
    assert.deepEqual(
      checked.faults.map(({ code, field, count, first }) => [code, field, count, first.line]),
      [["key-twice", "x", 1, 1], ["key-twice", "id", 1, 2]],
    );
  }));

test("record refuses more than 64 fields in a kind, and says how many", () =>
  inFolder(async () => {
    const path = caseFile("15-more-than-64-fields/state.ndjson");
    assert.match(await refusal(path), /state\.ndjson:1(:\d+)?: .*70 fields.*64/);
    const checked = await check(path);
    assert.equal(checked.code, 1);
    assert.deepEqual(checked.faults.map(({ code, kind }) => [code, kind]), [
      ["fields-max", "entity"],
    ]);
  }));

test("record names the fault behind an enum without values, and --check likewise", () =>
  inFolder(async () => {
    const folder = "33-open-enum-masks-the-fault";
    const schema = ["--schema", caseFile(`${folder}/schema.json`)];
    const [a, b] = ["a", "b"].map((name) => caseFile(`${folder}/${name}.ndjson`));
    assert.match(await refusal(a!, ...schema), /a\.ndjson:2:\d+: .*"z"/);
    assert.match(await refusal(b!, ...schema), /b\.ndjson:4:27: .*"n".* 7/);
    assert.match(await refusal(b!), /b\.ndjson:4:27: .*"n".* 7/);
    assert.deepEqual(found(await check(a!, ...schema)), [[
      "field-undeclared",
      "entity",
      "z",
      1,
      2,
    ]]);
    assert.deepEqual(found(await check(b!, ...schema)), [["field-type", "entity", "n", 1, 4]]);
    assert.deepEqual(found(await check(b!)), [["field-type", "entity", "n", 1, 4]]);
  }));

test("record --check tells all that is in the way of one input at once, and a command that mends it", () =>
  inFolder(async (cwd) => {
    const path = join(cwd, "in.ndjson");
    const lines = Array.from({ length: 40 }, (_, i) => {
      const time = 1763812800000 + (i >> 1) * 50;
      const row = `"tick":${i >> 1},"time":${time},"sid":"${i % 2 === 0 ? "q8Z" : "Tt0"}","x":${
        i / 4
      }`;
      if (i === 20) return `{${row},"hp":"full"}`;
      if (i === 31) return "{ no json";
      return `{${row},"hp":${100 - i}}`;
    });
    writeFileSync(path, lines.join("\n") + "\n");
    const { code, faults, command } = await check(path);
    assert.equal(code, 1);
    const codes = faults.map((fault) => fault.code);
    for (const expected of ["no-frame", "no-id", "field-type", "not-json"]) {
      assert.ok(codes.includes(expected), `${expected} of ${codes}`);
    }
    for (const words of ["--frame-key tick", "--time-key time", "--id-key sid"]) {
      assert.ok(command!.includes(words), command!);
    }
  }));

test("record takes what --check finds nothing in", () =>
  recordBothWays(
    ['{"f":0,"t":0,"id":"a","x":1}', '{"f":1,"t":50,"id":"a","x":null}'],
    [],
    async (recorded) => {
      assert.equal((await recorded.lines()).length, 2);
    },
  ));
