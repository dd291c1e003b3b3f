import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../", import.meta.url);

/** What a file imports as it is loaded, types left out: paths from the root, and modules. */
function importsOf(path: string): string[] {
  const source = readFileSync(new URL(path, ROOT), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const statements = source.matchAll(
    /^(?:import|export) (?!type\b)(?:([^;"]*) from )?"([^"]+)";/gm,
  );
  return [...statements].filter(([, what]) => !isOnlyTypes(what)).map(([, , from]) =>
    from!.startsWith(".") ? new URL(from!, new URL(path, ROOT)).href.slice(ROOT.href.length) : from!
  );
}

function isOnlyTypes(what: string | undefined): boolean {
  const names = /^\{([^}]*)\}$/.exec(what ?? "")?.[1]?.split(",").map((name) => name.trim());
  return names?.every((name) => name === "" || name.startsWith("type ")) ?? false;
}

/** Everything that is loaded before a file's own code runs. */
function loadedBy(path: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (loaded.has(next)) continue;
    loaded.add(next);
    if (next.endsWith(".ts")) open.push(...importsOf(next));
  }
  return loaded;
}

/** What of a list is loaded. */
function found(loaded: ReadonlySet<string>, ...starts: readonly string[]): string[] {
  return [...loaded].filter((path) => starts.some((start) => path.startsWith(start)));
}

const PACKAGES = ["@mcap/core", "valibot", "pure-rand", "hyparquet-writer", "node:crypto"];

test("hindcast --help loads no command and nothing of lib", () => {
  const loaded = loadedBy("cli/main.ts");
  assert.ok(loaded.has("cli/command_list.ts") && loaded.has("@commander-js/extra-typings"));
  const commands = importsOf("cli/at.ts").filter((path) => loaded.has(path));
  assert.deepEqual(commands.filter((path) => !/^(cli\/(exit_code|terminal\/))/.test(path)), []);
  assert.deepEqual(found(loaded, "lib/", "mod.ts", "node:fs", "node:zlib", ...PACKAGES), []);
});

test("hindcast at and info load neither a writer nor the tools, record the former", () => {
  const others = ["lib/recording.ts", "lib/world.ts", "lib/tools/", "lib/ingest", "lib/parquet/"];
  for (const command of ["cli/at.ts", "cli/info.ts"]) {
    const loaded = loadedBy(command);
    assert.ok(loaded.has("lib/recording/recording_reader.ts"), command);
    assert.deepEqual(found(loaded, ...others, ...PACKAGES), [], command);
  }
  assert.deepEqual(found(loadedBy("cli/at.ts"), "lib/schema/"), []);
  assert.ok(loadedBy("cli/record.ts").has("@mcap/core"));
});
