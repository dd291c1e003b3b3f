import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS } from "../command_list.ts";
import { program } from "../program.ts";
import { isRepeatable } from "./repeatable.ts";
import { hindcast, inFolder, recordShort } from "../run_cli_test_helper.ts";

test("An option of one value that is given twice is refused, with both values", () =>
  inFolder(async (folder) => {
    const path = await recordShort(folder);
    const cases: readonly (readonly [words: readonly string[], says: RegExp])[] = [
      [
        ["at", path, "--frame", "700", "--frame", "701"],
        /'--frame <n>' is given twice, 700 and 701/,
      ],
      [["cat", path, "--from", "0", "--from", "1"], /'--from <moment>' is given twice, 0 and 1/],
      [["cut", path, "-o", "a.mcap", "--output", "b.mcap"], /is given twice, a.mcap and b.mcap/],
      [["rewind", path, "--sweep", "0..9", "--sweep", "0..8"], /is given twice, 0\.\.9 and 0\.\.8/],
      [["diff", path, path, "--by", "time", "--by", "frame"], /is given twice, time and frame/],
    ];
    for (const [words, says] of cases) {
      const { code, stdout, stderr } = await hindcast(words, { cwd: folder });
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(stderr, says);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    }
    const twice = ["cat", path, "--kinds", "player", "--kinds", "rocket", "-o", join(folder, "o")];
    assert.equal((await hindcast(twice)).code, 0);
  }));

test("Every option that its help calls repeatable may be given twice", async () => {
  for (const name of Object.keys(COMMANDS)) {
    const root = await program([name], () => {});
    const command = root.commands.find((command) => command.name() === name)!;
    for (const option of command.options) {
      if (!/repeatable/.test(option.description)) continue;
      assert.ok(isRepeatable(option), `${name} ${option.flags}`);
    }
  }
});
