import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { Command } from "@commander-js/extra-typings";
import { COMMANDS } from "../cli/command_list.ts";

/** Parts of `lib/`, and what each may import beside itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  net: [],
  page: ["core"],
  parquet: [],
  schema: ["core"],
  ingest: ["schema", "core"],
  recording: ["schema", "core"],
  replication: ["core", "net"],
  bandwidth: ["replication", "schema", "core", "parquet"],
  rewind: ["core", "replication"],
  tools: ["recording", "ingest", "schema", "core", "parquet"],
};

/** Rooms of parts, lowest first: each may import those before it. `.` is the part's own floor. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [".", "bytes", "time", "names", "state", "geometry", "wire", "tracker"],
  ingest: [
    "input",
    "rows",
    "collections",
    "texts",
    "kinds",
    "predicted",
    "clock",
    "frames",
    "events",
    "live",
    ".",
    "check",
  ],
  recording: [
    "queue",
    "container",
    "block",
    "events",
    "names",
    "revision",
    "facts",
    "contents",
    "definitions",
    "recovery",
    ".",
    "recorder",
    "verify",
  ],
  net: ["queue", "link", "spec"],
  replication: ["packet", "view", "."],
  bandwidth: [
    "report",
    "compare",
    "spread",
    "seconds",
    "seen",
    "drawn",
    "facts",
    "findings",
    "anatomy",
    "costs",
    "moments",
    "meter",
    "page",
  ],
  rewind: [
    "ids",
    "json",
    "shape",
    "past",
    "shot",
    "policy",
    "verdict",
    "view",
    "report",
    "page",
    "live",
  ],
  tools: ["select", "rows", "table", "checksum", "copy", "merge", "diff"],
};

/** Rooms that may import `page` as well. */
const PAGES: readonly string[] = ["bandwidth/page", "rewind/page"];

/** What users import, and the scripts that run in pages. */
const SUBPATHS = ["world", "recording", "ingest", "net", "report", "rewind"];
const ENTRIES = [
  "mod.ts",
  ...SUBPATHS.map((name) => `lib/${name}.ts`),
  "cli/main.ts",
  "lib/bandwidth/page/script/main.js",
  "lib/rewind/page/script/main.js",
];

const FILES_MAX = 20;
const LINES_MAX = 300;

/** What a pure part has none of; strings and templates count, comments do not. */
const RUNTIME = new RegExp(
  [
    String.raw`\b(Deno|Bun|process|globalThis|Buffer|console|crypto|performance|navigator)\s*\??\.`,
    String.raw`\b(Date|Temporal|Worker|fetch|require|setTimeout|setInterval|setImmediate)\s*[.(]`,
    String.raw`\bMath\s*(\?\.|\.|\[["'])\s*random\b|\brandom\b[^=;]*=\s*Math\b|\bimport\.meta\b`,
  ].join("|"),
);

const ROOT = new URL("../", import.meta.url);
/** Names that subpaths hand out, by the file that has them. */
const HANDED_OUT: ReadonlyMap<string, ReadonlySet<string>> = readHandedOut();
const isDeno = "Deno" in globalThis;
const graphOnly = { skip: isDeno ? false : "imports are read from Deno's own graph" };

test(
  "imports go along the arrows of the layout, between parts and between rooms",
  graphOnly,
  () => {
    const graph = readGraph();
    assert.ok(graph.get("lib/core/time/ring.ts")?.includes("lib/core/time/frame.ts"));
    const against = [...graph].flatMap(([from, imports]) =>
      imports.filter((to) => !isAllowed(from, to)).map((to) => `${from} imports ${to}`)
    );
    assert.deepEqual(against, []);
  },
);

test("cli imports from lib only names that a subpath hands out", () => {
  const taken = listSources().filter((path) => path.startsWith("cli/") && path.endsWith(".ts"))
    .flatMap((path) => [...importedNames(path)]);
  assert.ok(taken.length > 50);
  const kept = taken.filter(({ file, name }) => !HANDED_OUT.get(file)?.has(name));
  assert.deepEqual(kept, []);
});

test("no file imports itself, by whatever way", graphOnly, () => {
  assert.deepEqual(findCircles(readGraph()), []);
});

test("every source file is imported by what users import", graphOnly, () => {
  const graph = readGraph();
  const left = listSources().filter((path) => /\.[jt]s$/.test(path) && !graph.has(path));
  assert.deepEqual(left, []);
});

test("core and net use nothing of a runtime", () => {
  const pure = listSources().filter((path) => /^lib\/(core|net)\//.test(path));
  assert.deepEqual(pure.filter((path) => usesRuntime(read(path))), []);
});

test("lib names no flag of the command line", async () => {
  const commands = await Promise.all(
    Object.values(COMMANDS).map(async ({ load }) => (await load())(new Command())),
  );
  const flags = commands.flatMap(({ options }) => options.map(({ long }) => long));
  assert.ok(flags.includes("--sparse"));
  const named = new RegExp(`(?:${flags.filter((flag) => flag).join("|")})(?![\\w-])`);
  const naming = listSources().filter((path) =>
    path.startsWith("lib/") && path.endsWith(".ts") && named.test(read(path))
  );
  assert.deepEqual(naming, []);
});

test("a folder and a file can be overseen", () => {
  const folders = Map.groupBy(listSources(), (path) => path.slice(0, path.lastIndexOf("/")));
  const crowded = [...folders].filter(([, files]) => files.length > FILES_MAX);
  assert.deepEqual(crowded.map(([folder, files]) => `${folder}: ${files.length} files`), []);
  const long = listSources().map((path) => [path, read(path).split("\n").length - 1] as const)
    .filter(([, lines]) => lines > LINES_MAX);
  assert.deepEqual(long.map(([path, lines]) => `${path}: ${lines} lines`), []);
});

test("CONTRIBUTING.md names files that are there", () => {
  const named = [...read("CONTRIBUTING.md").matchAll(/`((?:lib|cli|testdata)\/[\w/.]+)`/g)];
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.map(([, path]) => path!).filter((path) => !existsSync(new URL(path, ROOT))),
    [],
  );
});

test("CONTRIBUTING.md names every part with its rooms, lowest first, and what it imports", () => {
  const told = Object.fromEntries(
    [...read("CONTRIBUTING.md").matchAll(/^\| `lib\/(\w+)` *\|([^|]*)\|[^|]*\|([^|]*)\|$/gm)]
      .map((
        [, part, rooms, imports],
      ) => [part, { rooms: ticked(rooms!), imports: ticked(imports!) }]),
  );
  const parts = Object.entries(ARROWS).map(([part, imports]) => {
    const rooms = (ROOMS[part] ?? []).filter((room) => room !== ".");
    return [part, { rooms, imports: [...imports] }];
  });
  assert.deepEqual(told, Object.fromEntries(parts));
});

/** Words of a cell that stand in backticks. */
function ticked(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word!);
}

test("isAllowed() refuses what goes against an arrow", () => {
  const allowed = [
    ["mod.ts", "lib/core/time/ring.ts"],
    ["lib/world.ts", "lib/replication/view/interest.ts"],
    ["cli/report.ts", "lib/report.ts"],
    ["cli/report.ts", "mod.ts"],
    ["cli/report.ts", "lib/bandwidth/report/report_table.ts"],
    ["cli/report/files.ts", "cli/files/output.ts"],
    ["lib/core/wire/a.ts", "lib/core/bytes/b.ts"],
    ["lib/core/wire/a.ts", "lib/core/wire/b.ts"],
    ["lib/rewind/page/a.ts", "lib/page/b.ts"],
    ["lib/ingest/read_states.ts", "lib/schema/infer.ts"],
    ["lib/net/link/a.ts", "npm:pure-rand"],
  ] as const;
  for (const [from, to] of allowed) assert.ok(isAllowed(from, to), `${from} ${to}`);
  const refused = [
    ["lib/core/bytes/a.ts", "lib/core/time/b.ts"],
    ["lib/core/wire/a.ts", "lib/net/link/b.ts"],
    ["lib/core/wire/a.ts", "mod.ts"],
    ["lib/core/wire/a.ts", "lib/world.ts"],
    ["lib/core/wire/a.ts", "node:fs"],
    ["lib/net/link/a.ts", "lib/net/spec/b.ts"],
    ["lib/bandwidth/report/a.ts", "lib/page/b.ts"],
    ["lib/bandwidth/meter/a.ts", "lib/net/link/b.ts"],
    ["lib/ingest/rows/a.ts", "lib/ingest/read_states.ts"],
    ["lib/recording/block/a.ts", "lib/ingest/input/b.ts"],
    ["lib/stray/a.ts", "lib/core/bytes/b.ts"],
    ["lib/core/stray/a.ts", "lib/core/bytes/b.ts"],
    ["lib/rewind/a.ts", "cli/exit_code.ts"],
    ["cli/a.ts", "lib/core/time/bisect.ts"],
    ["mod.ts", "cli/main.ts"],
    ["lib/core/wire/a.ts", "bench/b.ts"],
  ] as const;
  for (const [from, to] of refused) assert.ok(!isAllowed(from, to), `${from} ${to}`);
});

test("findCircles() names a circle once, and usesRuntime() sees through comments", () => {
  const graph = new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b", "d"]], ["d", []]]);
  assert.deepEqual(findCircles(graph), ["b c"]);
  for (const use of ["Date.now()", "new Date()", "Math.random()", "const { random } = Math;"]) {
    assert.ok(usesRuntime(`const a = 1;\n${use}`), use);
    assert.ok(!usesRuntime(`/** ${use} */\n// ${use}\n`), use);
  }
  for (const use of ["Deno.args", "Bun?.env", "process.exit()", "import.meta.url", "fetch(a)"]) {
    assert.ok(usesRuntime(use), use);
  }
  assert.ok(!usesRuntime("const random = pick(seed); state.date = 1; Math.max(a, b);"));
});

/** Whether a file may import another, or a module of the runtime or of a package. */
function isAllowed(from: string, to: string): boolean {
  const here = placeOf(from);
  const there = placeOf(to);
  if (here.part === undefined) return false;
  if (!/^(lib|cli)\/|^mod\.ts$/.test(to)) {
    return /^npm:/.test(to) || (/^node:/.test(to) && here.part !== "core" && here.part !== "net");
  }
  if (here.part === "subpath") return there.part !== "cli" && there.part !== undefined;
  if (here.part === "cli") {
    return there.part === "cli" || there.part === "subpath" || HANDED_OUT.has(to);
  }
  if (there.part === undefined || there.part === "cli" || there.part === "subpath") return false;
  if (here.part === there.part) {
    const rooms = ROOMS[here.part];
    return rooms === undefined || rooms.indexOf(here.room) >= rooms.indexOf(there.room);
  }
  if (there.part === "page") return PAGES.includes(`${here.part}/${here.room}`);
  return ARROWS[here.part]!.includes(there.part);
}

/** Part and room of a file; no part where the layout has none. */
function placeOf(path: string): { readonly part: string | undefined; readonly room: string } {
  const words = path.split("/");
  const room = words.length > 3 ? words[2]! : ".";
  if (words[0] === "cli") return { part: "cli", room };
  if (path === "mod.ts" || SUBPATHS.some((name) => path === `lib/${name}.ts`)) {
    return { part: "subpath", room };
  }
  const part = words[0] === "lib" && words[1]! in ARROWS ? words[1]! : undefined;
  const isKnown = part !== undefined && (ROOMS[part]?.includes(room) ?? true);
  return { part: isKnown ? part : undefined, room };
}

function readHandedOut(): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const subpath of ["mod.ts", ...SUBPATHS.map((name) => `lib/${name}.ts`)]) {
    for (const { file, name } of namesFrom("export", subpath)) {
      const names = files.get(file) ?? new Set();
      files.set(file, names.add(name));
    }
  }
  return files;
}

/** Names that a file of `cli` takes from the parts of `lib`, not from subpaths. */
function importedNames(path: string): { readonly file: string; readonly name: string }[] {
  return namesFrom("import", path).filter(({ file }) => /^lib\/.*\//.test(file));
}

/** Names in braces of a file's imports or exports, each with the file that it comes from. */
function namesFrom(
  word: "import" | "export",
  path: string,
): { readonly file: string; readonly name: string }[] {
  const statement = new RegExp(`^${word} (?:type )?\\{([^}]*)\\} from "(\\.[^"]*)";`, "gm");
  return [...read(path).matchAll(statement)].flatMap(([, names, from]) => {
    const file = new URL(from!, new URL(path, ROOT)).href.slice(ROOT.href.length);
    return names!.split(",").map((name) => name.trim().replace(/^type /, ""))
      .filter((name) => name !== "").map((name) => ({ file, name }));
  });
}

/** Files that reach each other, each circle as its names in order. */
function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const reachable = new Map<string, ReadonlySet<string>>();
  for (const start of graph.keys()) {
    const seen = new Set<string>();
    const open = [start];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const next of graph.get(path) ?? []) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    }
    reachable.set(start, seen);
  }
  const circles = [...graph.keys()].filter((path) => reachable.get(path)!.has(path)).map((path) =>
    [...reachable.get(path)!].filter((other) => reachable.get(other)?.has(path)).sort().join(" ")
  );
  return [...new Set(circles)];
}

interface GraphModule {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly code?: { readonly specifier?: string };
    readonly type?: { readonly specifier?: string };
  }[];
}

let cached: ReadonlyMap<string, readonly string[]> | undefined;

/** What every source file imports, for its code or its types, as paths from the root. */
function readGraph(): ReadonlyMap<string, readonly string[]> {
  if (cached !== undefined) return cached;
  const graph = new Map<string, readonly string[]>();
  const short = (url: string) => url.startsWith(ROOT.href) ? url.slice(ROOT.href.length) : url;
  for (const entry of ENTRIES) {
    const json = execFileSync(process.execPath, ["info", "--json", entry], {
      cwd: ROOT,
      maxBuffer: 1 << 26,
    });
    const { modules } = JSON.parse(json.toString()) as { modules: readonly GraphModule[] };
    for (const { specifier, dependencies = [] } of modules) {
      const targets = dependencies.flatMap(({ code, type }) =>
        [code?.specifier, type?.specifier].filter((target) => target !== undefined)
      );
      const path = short(specifier);
      if (/^(mod\.ts|lib\/|cli\/)/.test(path)) {
        graph.set(path, [...new Set(targets.map(short))]);
      }
    }
  }
  return cached = graph;
}

/** Every source file of the tree that is no test and not generated, as paths from the root. */
function listSources(): string[] {
  const found = ["lib", "cli"].flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true })
      .map((entry) => `${folder}/${String(entry).replaceAll("\\", "/")}`)
  );
  return found.filter((path) =>
    /\.(ts|js|css)$/.test(path) && !/_(test|test_helper|fuzz)\.[jt]s$/.test(path) &&
    !/\/assets\.ts$/.test(path)
  ).sort();
}

function usesRuntime(source: string): boolean {
  return RUNTIME.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ""));
}

function read(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}
