import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { inFolder } from "../../cli/run_cli_test_helper.ts";
import { assertDoubles, doubleOf, hardDoubles, Taker } from "./numbers_test_helper.ts";
import { HindcastWriter } from "./plain.ts";
import { HERE, skipped, WRITERS } from "./writers_test_helper.ts";

const run = promisify(execFile);

for (const writer of WRITERS) {
  test(
    `${writer.file} sends every double with its bits, not finite ones as null, and no broken text`,
    {
      skip: skipped(writer),
    },
    () =>
      inFolder(async (folder) => {
        const doubles = hardDoubles();
        const file = join(folder, "doubles");
        writeFileSync(file, doubles.map((bits) => bits.toString(16).padStart(16, "0")).join("\n"));
        const [program, ...args] = await writer.compile(folder, "numbers");
        const taker = await Taker.open();
        const options = { cwd: HERE, timeout: 120_000 };
        const { stdout } = await run(program!, [...args, String(taker.port), file], options);
        assert.match(stdout, /\{"dropped":0\}/);
        const lines = await taker.lines();
        assertDoubles(lines.slice(0, -1), doubles);
        assert.match(JSON.parse(lines.at(-1)!).v, /^a\ufffd+b$/);
      }),
  );
}

test("plain.ts sends every double with its bits, and null for what is not finite", async () => {
  const doubles = hardDoubles();
  const taker = await Taker.open();
  const writer = new HindcastWriter({ port: taker.port });
  doubles.forEach((bits, i) => writer.event(i, "n", { v: doubleOf(bits) }));
  await writer.close();
  assertDoubles(await taker.lines(), doubles);
});

test("hindcast_writer_godot4.gd prints numbers by the very lines that Godot 3 is tried with", () => {
  const [three, four] = ["hindcast_writer.gd", "hindcast_writer_godot4.gd"].map((name) => {
    const text = readFileSync(join(HERE, name), "utf8");
    return text.slice(text.indexOf("\n# Exactly the double"));
  });
  assert.ok(three!.length > 1000);
  assert.equal(four, three);
});
