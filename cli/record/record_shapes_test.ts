import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder, ndjson } from "../run_cli_test_helper.ts";

const ROWS = [
  { inv: [3], at: "(1, 2)", acc: 5, say: "(1, 2)", hp: 9 },
  { inv: [3, 8], at: "(3, 4.5)", acc: "18446744073709551615", say: "no", hp: null },
].map((row, f) => ({ f, t: f * 50, id: 1, ...row }));

/** What `cat` prints of a row, with what each way to read it makes of the first one. */
const printed = (first: object) => [
  { f: 0, t: 0, id: 1, kind: "entity", acc: 5, "at.0": 1, "at.1": 2, hp: 9, "inv.0": 3, ...first },
  {
    f: 1,
    t: 50,
    id: 1,
    kind: "entity",
    acc: "18446744073709551615",
    "at.0": 3,
    "at.1": 4.5,
    "inv.0": 3,
    "inv.1": 8,
    "inv.length": 2,
    say: "no",
  },
];

for (
  const [input, first] of [
    ["in.ndjson", { "inv.length": 1, say: "(1, 2)" }],
    ["-", { "say.0": 1, "say.1": 2 }],
  ] as const
) {
  test(`record tells rows of ${input} by what follows them only if it can be read again`, () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "in.ndjson"), ndjson(ROWS));
      const options = { cwd, ...input === "-" ? { input: ndjson(ROWS) } : {} };
      const { code, stderr } = await hindcast(["record", input, "-o", "o.mcap"], options);
      assert.equal(code, 0, stderr);
      const { stdout } = await hindcast(["cat", "o.mcap"], { cwd });
      const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as object);
      assert.deepEqual(lines, printed(first));
    }));
}
