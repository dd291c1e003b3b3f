import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { commandLine, hindcast, inFolder, shell, testdata } from "../cli/run_cli_test_helper.ts";
import { FINDING_RULES } from "../lib/bandwidth/findings/finding_rules.ts";

const PAGE = readFileSync(new URL("findings.md", import.meta.url), "utf8");
const EXAMPLES = [...PAGE.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)];

test("docs/findings.md explains every code, and no other, each with an example", () => {
  const headings = [...PAGE.matchAll(/^### (.*)$/gm)].map(([, code]) => code!);
  const codes = FINDING_RULES.map(({ code }) => code);
  assert.deepEqual(headings.toSorted(), codes.toSorted());
  const sections = PAGE.split(/^### /m).slice(1);
  const bare = sections.filter((section) => !section.includes("```text\n"))
    .map((section) => section.split("\n")[0]!);
  assert.deepEqual(bare, []);
  for (const [, , printed] of EXAMPLES) {
    assert.match(printed!, /^(error|warning|note) +[a-z0-9-]+ /);
  }
});

test("docs/findings.md prints what its commands print", {
  timeout: 300_000,
  skip: "Deno" in globalThis && process.platform !== "win32" ? false : "they are run on Deno",
}, () =>
  inFolder(async (cwd) => {
    assert.equal(EXAMPLES.length, PAGE.split("```sh").length - 1);
    mkdirSync(join(cwd, "out"));
    const [states, events] = ["state", "events"].map((name) =>
      testdata(`duel/duel.${name}.ndjson.gz`)
    );
    const recorded = ["record", states!, "--events", events!, "-o", "out/duel.mcap"];
    assert.equal((await hindcast(recorded, { cwd })).code, 0);
    const words = commandLine("recover").slice(0, -1).map((word) => `'${word}'`).join(" ");
    for (const [, script, printed] of EXAMPLES) {
      const named = `hindcast() { ${words} "$@"; }\n${script}`;
      const { stdout, stderr } = await shell(named, [], { cwd });
      assert.equal(stdout, printed, `${script}${stderr}`);
    }
  }));
