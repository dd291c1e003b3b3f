import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { test } from "node:test";

/**
 * Arrows between the parts of the tree; a part may always import itself. A part is a folder of
 * `lib/`, `mod.ts`, or `cli`; one that has no line here may not exist.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  net: [],
  ingest: ["core"],
  recording: ["core"],
  replication: ["core", "net"],
  bandwidth: ["replication"],
  rewind: ["core", "replication"],
  "mod.ts": ["core", "ingest", "recording", "net", "replication", "bandwidth", "rewind"],
  cli: ["mod.ts"],
};

/** Arrows for types alone (`import type`): attribution names the kinds and fields of a layout. */
const TYPE_ARROWS: Readonly<Record<string, readonly string[]>> = { bandwidth: ["core"] };

/** Parts that are pure: they use no word and no module of a runtime. */
const PURE: readonly string[] = ["core", "net"];

const RUNTIME = [
  ...["Deno", "Bun", "process", "globalThis", "Buffer", "require", "console", "crypto", "fetch"],
  ...["Date", "performance", "Temporal", "navigator", "localStorage", "Worker"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
];

const ROOT = new URL("../", import.meta.url);

test("sources import only along the arrows of the layout", () => {
  const sources = listSources();
  assert.ok(sources.includes("mod.ts") && sources.includes("lib/core/time/ring.ts"));
  assert.deepEqual(
    sources.flatMap((path) => violations(path, readFileSync(new URL(path, ROOT), "utf8"))),
    [],
  );
});

test("violations() takes every arrow of the layout", () => {
  const allowed: [path: string, source: string][] = [
    ["mod.ts", `export * from "./lib/core/ring.ts";\nexport * from "./lib/bandwidth/report.ts";`],
    ["lib/core/a.ts", `import { b } from "./b.ts";\nimport type { C } from "../core/c.ts";`],
    ["lib/ingest/a.ts", `import { b } from "../core/b.ts";\nimport { open } from "node:fs";`],
    ["lib/replication/a.ts", `import { b } from "../net/b.ts";\nimport { c } from "../core/c.ts";`],
    ["lib/bandwidth/a.ts", `import { b } from "../replication/b.ts";`],
    [
      "lib/bandwidth/a.ts",
      `import { b } from "./b.ts";\nimport type {\n  C,\n} from "../core/c.ts";`,
    ],
    ["lib/bandwidth/a.ts", `export type { B } from "../core/b.ts";`],
    ["lib/net/a.ts", `import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";`],
    ["cli/a.ts", `import { Ring } from "../mod.ts";\nimport { b } from "./b.ts";\nDate.now();`],
    ["cli/a.ts", `const { a } = await import("./b.ts");\nconst { b } = await import("valibot");`],
    [
      "lib/core/a.ts",
      `/** Fed by Deno or \`Math.random\`: import x from "../net/b.ts" */\nconst at = "Date";`,
    ],
    ["lib/core/a.ts", `const text = \`a process of \${count} Bun\`; // console`],
    [
      "lib/core/a.ts",
      `interface A { process: B; date: number }\nthis.process(a.console, b?.Date);`,
    ],
    ["lib/core/a.ts", `const bad = /["'\`]/.test(text) ? a / b : "Deno"; const c = /Date/;`],
    ["lib/core/a.ts", `return /[\`"]/.test(a) ? "Bun" : b / c / d; // Date`],
  ];
  for (const [path, source] of allowed) assert.deepEqual(violations(path, source), [], source);
});

test("violations() reports every import against an arrow", () => {
  const refused: [path: string, source: string, reason: string][] = [
    ["lib/core/a.ts", `import { b } from "../net/b.ts";`, "core may not import net"],
    ["lib/core/a.ts", `import type { B } from "../../mod.ts";`, "core may not import mod.ts"],
    ["lib/core/a.ts", `import { b } from "node:fs";`, "core may not import node:fs"],
    ["lib/net/a.ts", `import fs from "fs";`, "net may not import fs"],
    ["lib/net/a.ts", `export * from "../core/b.ts";`, "net may not import core"],
    ["lib/ingest/a.ts", `import "../recording/b.ts";`, "ingest may not import recording"],
    [
      "lib/recording/a.ts",
      `export { b } from '../ingest/b.ts';`,
      "recording may not import ingest",
    ],
    ["lib/bandwidth/a.ts", `import { b } from "../net/b.ts";`, "bandwidth may not import net"],
    ["lib/bandwidth/a.ts", `import type B from "../net/b.ts";`, "bandwidth may not import net"],
    [
      "lib/bandwidth/a.ts",
      `import { type B } from "../core/b.ts";`,
      "bandwidth may not import core",
    ],
    [
      "lib/bandwidth/a.ts",
      `let type; import { b } from "../core/b.ts";`,
      "bandwidth may not import core",
    ],
    ["lib/rewind/a.ts", `let b: import("../recording/b.ts").B;`, "rewind may not import recording"],
    ["lib/rewind/a.ts", `await import("../../cli/main.ts");`, "rewind may not import cli"],
    ["cli/a.ts", `import { Ring } from "./core/time/ring.ts";`, "cli may not import core"],
    ["mod.ts", `export * from "./cli/main.ts";`, "mod.ts may not import cli"],
    ["lib/stray/a.ts", ``, "the layout has no part stray"],
    ["lib/a.ts", ``, "the layout has no part a.ts"],
    ["lib/core/a.ts", `import { b } from "../stray/b.ts";`, "core may not import stray"],
    ["lib/core/a.ts", `import b from "../../bench/b.ts";`, "core may not import bench"],
    ["lib/ingest/a.ts", `await import(name);`, "an import must name its file"],
  ];
  for (const [path, source, reason] of refused) {
    assert.deepEqual(violations(path, source), [`${path}:1: ${reason}`], source);
  }
  const long =
    `import {\n  b,\n} from "../recording/b.ts";\nimport {\n  c,\n} from "../core/c.ts";`;
  assert.deepEqual(violations("lib/replication/a.ts", long), [
    "lib/replication/a.ts:3: replication may not import recording",
  ]);
});

test("violations() reports every use of a runtime in core and net, at its line", () => {
  for (const part of ["core", "net"]) {
    for (const word of RUNTIME) {
      assert.deepEqual(violations(`lib/${part}/a.ts`, `// a\nconst b = ${word}.c;`), [
        `lib/${part}/a.ts:2: ${part} may not use ${word}`,
      ]);
    }
    for (const use of ["Math.random()", "Math\n  .random", "Math?.random()", 'Math["random"]']) {
      assert.deepEqual(violations(`lib/${part}/a.ts`, `/*\n*/ const b = ${use};`), [
        `lib/${part}/a.ts:2: ${part} may not use Math.random`,
      ]);
    }
    assert.deepEqual(violations(`lib/${part}/a.ts`, "const { random } = Math;"), [
      `lib/${part}/a.ts:1: ${part} may not use Math.random`,
    ]);
    assert.equal(violations(`lib/${part}/a.ts`, "const a = `${b + Date.now()}`;").length, 1);
    assert.equal(violations(`lib/${part}/a.ts`, "const a = import.meta.url;").length, 1);
    assert.equal(
      violations(`lib/${part}/a.ts`, "let a: Date;\nconst b = [...Deno.args];").length,
      2,
    );
  }
  assert.deepEqual(violations("lib/ingest/a.ts", "Deno.args; console.log(Math.random());"), []);
});

/** Every source file that is no test, as paths from the root, with slashes. */
function listSources(): string[] {
  const found = ["mod.ts"];
  for (const folder of ["lib", "cli"].filter((name) => existsSync(new URL(name, ROOT)))) {
    for (const entry of readdirSync(new URL(folder, ROOT), { recursive: true })) {
      const path = `${folder}/${String(entry).replaceAll("\\", "/")}`;
      if (/\.[cm]?[jt]sx?$/.test(path) && !/_(test|test_helper|fuzz)\.ts$/.test(path)) {
        found.push(path);
      }
    }
  }
  return found.sort();
}

/** What a source does against the layout, each as `path:line: reason`. */
function violations(path: string, source: string): string[] {
  const part = partOf(path);
  const arrows = ARROWS[part];
  if (arrows === undefined) return [`${path}:1: the layout has no part ${part}`];
  const { code, strings } = readCode(source);
  const found: [at: number, reason: string][] = [];

  for (const match of code.matchAll(/(?<![\w$.])(?:from|import)\s*(\()?\s*(?:"(\d+)"|(?=\S))/g)) {
    const isCall = match[1] !== undefined;
    if (match[2] === undefined) {
      if (isCall && match[0].startsWith("import")) {
        found.push([match.index, "an import must name its file"]);
      }
      continue;
    }
    const target = strings[Number(match[2])]!;
    if (!target.startsWith(".")) {
      if (PURE.includes(part) && isOfRuntime(target)) {
        found.push([match.index, `${part} may not import ${target}`]);
      }
      continue;
    }
    const other = partOf(new URL(target, `file:///${path}`).pathname.slice(1));
    const isAllowed = other === part || arrows.includes(other) ||
      (TYPE_ARROWS[part]?.includes(other) && isTypeOnly(code.slice(0, match.index)));
    if (!isAllowed) {
      found.push([match.index, `${part} may not import ${other}`]);
    }
  }

  if (PURE.includes(part)) {
    const words = new RegExp(
      `(?<![\\w$#]|(?<!\\.\\.)\\.)(${RUNTIME.join("|")})(?![\\w$]|\\??:)`,
      "g",
    );
    for (const match of code.matchAll(words)) {
      found.push([match.index, `${part} may not use ${match[1]}`]);
    }
    for (const match of code.matchAll(/(?<![\w$.])Math\b(?!\s*\??\.\s*(?!random\b)\w)/g)) {
      found.push([match.index, `${part} may not use Math.random`]);
    }
    for (const match of code.matchAll(/\bimport\s*\.\s*meta\b/g)) {
      found.push([match.index, `${part} may not use import.meta`]);
    }
  }
  const lineOf = (at: number) => code.slice(0, at).split("\n").length;
  return found.sort((a, b) => a[0] - b[0]).map(([at, reason]) =>
    `${path}:${lineOf(at)}: ${reason}`
  );
}

/** True when the statement that the code ends within is `import type` or `export type`. */
function isTypeOnly(code: string): boolean {
  const statements = code.split(/(?<![\w$.])(?=(?:import|export)\b)/);
  return /^(import|export)\s+type\s+[\w{*]/.test(statements.at(-1)!);
}

function partOf(path: string): string {
  const [first, second] = path.split("/");
  return first === "lib" ? second ?? first : first!;
}

function isOfRuntime(specifier: string): boolean {
  return /^(node|bun|deno|cloudflare|https?|data|file):|^bun$/.test(specifier) ||
    isBuiltin(specifier);
}

/**
 * The source without comments and with each string as its index in `strings`, lines kept. What
 * stands in a template's `${}` stays code.
 */
function readCode(source: string): { code: string; strings: string[] } {
  const strings: string[] = [];
  const token = new RegExp(
    [
      String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`, // comment
      String.raw`"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'`, // string
      // A slash begins a regular expression unless a value stands before it.
      String
        .raw`(?:(?<![\w$)\]}"'\x60]\s*)|(?<=\b(?:return|case|typeof|of|in|yield)\s+))\/(?:[^\/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*`,
      "[`{}]", // where templates begin and end
    ].join("|"),
    "y",
  );
  const newlines = (text: string) => text.replace(/[^\n]/g, "");
  // One entry per open brace: true when it is a template's `${`.
  const braces: boolean[] = [];
  let code = "";
  let at = 0;
  const skipTemplate = () => {
    const start = at;
    while (at < source.length && source[at] !== "`" && !source.startsWith("${", at)) {
      at += source[at] === "\\" ? 2 : 1;
    }
    code += newlines(source.slice(start, at));
    if (source[at] === "`") {
      at++;
      code += " ``";
    } else {
      at += 2;
      braces.push(true);
      code += "(";
    }
  };
  while (at < source.length) {
    token.lastIndex = at;
    const text = token.exec(source)?.[0];
    if (text === undefined) {
      code += source[at++];
      continue;
    }
    at += text.length;
    if (text === "`") skipTemplate();
    else if (text === "}" && braces.pop()) {
      code += ")";
      skipTemplate();
    } else if (text === "{" || text === "}") {
      if (text === "{") braces.push(false);
      code += text;
    } else if (text[0] === '"' || text[0] === "'") {
      const value = text.slice(1, -1);
      code += `"${strings.push(value) - 1}"${newlines(text)}`;
    } else {
      code += text.startsWith("/*") || text.startsWith("//") ? " " + newlines(text) : "0";
    }
  }
  return { code, strings };
}
