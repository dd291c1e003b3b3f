import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hindcast, inFolder } from "../cli/run_cli_test_helper.ts";

const PAGE = readFileSync(new URL("input.md", import.meta.url), "utf8");

/** Inputs of an example, its commands, and what the page says that they print. */
const EXAMPLES = [
  ...PAGE.matchAll(/((?:```ndjson \S+\n.*?```\n\n)+)```sh\n(.*?)```\n\n```text\n(.*?)```/gs),
].map(([, inputs, commands, printed]) => ({
  inputs: [...inputs!.matchAll(/```ndjson (\S+)\n(.*?)```/gs)].map(([, name, text]) => ({
    name: name!,
    text: text!,
  })),
  commands: commands!.trimEnd().split("\n"),
  printed: printed!,
}));

test("docs/input.md has an example for every shape that its table names", () => {
  const links = [...PAGE.split("\n## ")[0]!.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, id]) => id!);
  const sections = new Map(
    PAGE.split("\n## ").slice(1).map((section) => [
      section.slice(0, section.indexOf("\n")).toLowerCase().replaceAll(" ", "-"),
      section,
    ]),
  );
  assert.ok(links.length >= 14);
  for (const id of links) assert.match(sections.get(id) ?? "", /```ndjson .*```sh.*```text/s, id);
  assert.equal(EXAMPLES.length, PAGE.split("```sh\n").length - 1);
  assert.equal(
    EXAMPLES.flatMap(({ inputs }) => inputs).length,
    PAGE.split("```ndjson ").length - 1,
  );
});

test("docs/input.md has all codes of faults in its table, and no others", () => {
  const [, section] = PAGE.split("Codes are stable:");
  const rows = section!.split("\n## ")[0]!.split("\n").filter((line) => line.startsWith("| `"));
  const told = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code!));
  const ingest = new URL("../lib/ingest/", import.meta.url);
  const sources = readdirSync(ingest, { recursive: true }).map(String)
    .filter((name) => name.endsWith(".ts") && !/_test(?:_helper)?\.ts$/.test(name))
    .map((name) => readFileSync(new URL(name.replaceAll("\\", "/"), ingest), "utf8"));
  // What has its problem beside it is a note.
  const written =
    /code: (?:[^"{},\n]*\? )?"([a-z-]+)"(?: : "([a-z-]+)")?(?!,\s*(?:problem|\.\.\.))/g;
  const handed = /\b(?:refuse|fault)\((?:[^"()]*, )?\s*"([a-z]+-[a-z-]+)"/g;
  const codes = sources.flatMap((source) =>
    [written, handed].flatMap((pattern) =>
      [...source.matchAll(pattern)].flatMap(([, ...found]) => found.filter(Boolean))
    )
  );
  assert.ok(codes.length > 60);
  // No fault of a line: that of a reading that skipped them all.
  const faults = new Set(codes).difference(new Set(["all-bad"]));
  assert.deepEqual([...new Set(told)].sort(), [...faults].sort());
});

for (const { inputs, commands, printed } of EXAMPLES) {
  test(`docs/input.md says what is printed of ${inputs[0]!.name}`, () =>
    inFolder(async (cwd) => {
      for (const { name, text } of inputs) writeFileSync(join(cwd, name), text);
      assert.equal(await printedBy(commands, cwd), printed);
    }));
}

/** Notes and standard output of commands, one after the other. */
async function printedBy(commands: readonly string[], cwd: string): Promise<string> {
  let printed = "";
  for (const command of commands) {
    const [program, ...words] = command.split(" ");
    assert.equal(program, "hindcast");
    const { code, stdout, stderr } = await hindcast(words, { cwd });
    const isCheck = words.includes("--check");
    assert.equal(code, isCheck ? 1 : 0, `${command}\n${stderr}`);
    const notes = stderr.split("\n").filter((line) => line.startsWith("note: "));
    printed += notes.map((note) => `${note}\n`).join("") + stdout;
  }
  return printed;
}
