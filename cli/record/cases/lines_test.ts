import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../../run_cli_test_helper.ts";
import {
  caseFile,
  check,
  recordBothWays,
  recordCase,
  Recorded,
  refusal,
} from "./recorded_test_helper.ts";

const FIRST_TWO = [
  { f: 0, t: 0, id: 1, kind: "entity", x: 1 },
  { f: 1, t: 50, id: 1, kind: "entity", x: 2 },
];

test("record drops a byte order mark at the start of any line", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(cwd, "26-foreign-wrapping/bom-mid.ndjson");
    const third = { f: 2, t: 100, id: 1, kind: "entity", x: 3 };
    assert.deepEqual(await recorded.lines(), [...FIRST_TWO, third]);
  }));

test("record drops the record separator in front of lines", () =>
  inFolder(async (cwd) => {
    const recorded = await recordCase(cwd, "26-foreign-wrapping/json-seq.txt");
    assert.deepEqual(await recorded.lines(), FIRST_TWO);
  }));

test("record takes objects glued together, or says where they are and what cuts them", () =>
  inFolder(async (cwd) => {
    const path = caseFile("26-foreign-wrapping/glued.ndjson");
    const { code, stderr } = await hindcast(["record", path, "-o", "out.mcap"], { cwd });
    if (code === 0) {
      assert.deepEqual(await new Recorded(join(cwd, "out.mcap"), stderr).lines(), FIRST_TWO);
      assert.deepEqual((await check(path)).faults, []);
    } else {
      assert.match(await refusal(path), /glued\.ndjson:1:27: .*jq -c \./);
      assert.deepEqual((await check(path)).faults.map(({ code }) => code), ["not-json"]);
    }
  }));

test("record keeps the last whole frame before a line that is cut, and says where it is cut", () =>
  inFolder(async (cwd) => {
    for (const options of [[], ["--skip-bad"]]) {
      const { code, stderr } = await hindcast(
        ["record", caseFile("20-cut-input/cut.ndjson"), "-o", "out.mcap", "--force", ...options],
        { cwd },
      );
      assert.equal(code, options.length === 0 ? 1 : 4);
      assert.match(stderr, /cut\.ndjson:3:25: /);
      assert.deepEqual(await new Recorded(join(cwd, "out.mcap"), stderr).lines(), FIRST_TWO);
    }
  }));

test("record leaves out a frame that was cut before all its entities had their rows", () =>
  inFolder(async (cwd) => {
    const lines = [0, 1].flatMap((f) => [1, 2].map((id) => `{"f":${f},"t":${f * 50},"id":${id}}`));
    writeFileSync(join(cwd, "in.ndjson"), [...lines.slice(0, 3), '{"f":1,"t":'].join("\n"));
    const { code, stderr } = await hindcast(["record", "in.ndjson", "-o", "out.mcap"], { cwd });
    assert.equal(code, 1);
    assert.deepEqual(await new Recorded(join(cwd, "out.mcap"), stderr).frames(), [[0, 0]]);
  }));

test("record takes joined files of Windows, whose lines have marks, returns and blanks", () =>
  recordBothWays(
    '\ufeff{"f":0,"t":0,"id":"a","x":1}\r\n\r\n\ufeff{"f":1,"t":50,"id":"a","x":2}\r\n' +
      '  {"f":2,"t":100,"id":"a","x":3}  \r\n\u001e\ufeff{"f":3,"t":150,"id":"a","x":4}\r\n',
    [],
    async (recorded) => {
      assert.deepEqual((await recorded.lines()).map(({ x }) => x), [1, 2, 3, 4]);
    },
  ));
