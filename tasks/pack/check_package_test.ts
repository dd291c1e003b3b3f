import assert from "node:assert/strict";
import { test } from "node:test";
import { findFaults } from "./check_package.ts";
import { withoutDeadLinks } from "./documents.ts";
import type { PackageFiles } from "./root.ts";

const MANIFEST = {
  exports: {
    ".": { types: "./mod.d.ts", default: "./mod.js" },
    "./world": { types: "./lib/world.d.ts", default: "./lib/world.js" },
    "./package.json": "./package.json",
  },
  bin: { hindcast: "bin/hindcast.js" },
  dependencies: { "@scope/one": "1.0.0" },
};

/** A package without a fault, with some files otherwise; undefined takes one away. */
function packed(changed: Record<string, string | undefined> = {}, manifest: object = {}) {
  const files: Record<string, string | undefined> = {
    "package.json": JSON.stringify({ ...MANIFEST, ...manifest }),
    "mod.js": `export { a } from "./lib/a.js";`,
    "mod.d.ts": `export { a } from "./lib/a.js";`,
    "lib/a.js": "export const a = 1;",
    "lib/a.d.ts": `/** import { b } from "b" */\nexport declare const a: import("./b.js").B;`,
    "lib/b.d.ts": `export type { B } from "@scope/one/types";`,
    "lib/world.js": "export {};",
    "lib/world.d.ts": "export {};",
    "bin/hindcast.js": `import "node:fs";\nimport("./main.js");`,
    "bin/main.js": "",
    ...changed,
  };
  const there = Object.entries(files).filter((entry) => entry[1] !== undefined);
  return new Map(there) as PackageFiles;
}

test("findFaults() finds nothing where all is there", () => {
  assert.deepEqual(findFaults(packed()), []);
});

test("findFaults() finds what is not to be packed", () => {
  for (
    const path of [
      "lib/a_test.js",
      "lib/a_test_helper.d.ts",
      "lib/a_fuzz.js",
      "lib/x/page/script/main.js",
      "lib/a.ts",
    ]
  ) assert.deepEqual(findFaults(packed({ [path]: "" })), [`${path} is packed`]);
});

test("findFaults() finds exports, commands and modules that are missing", () => {
  assert.deepEqual(findFaults(packed({ "lib/world.d.ts": undefined })), [
    "lib/world.d.ts is exported and not packed",
  ]);
  assert.deepEqual(findFaults(packed({ "bin/hindcast.js": undefined })), [
    "bin/hindcast.js is exported and not packed",
  ]);
  assert.deepEqual(findFaults(packed({ "bin/main.js": undefined })), [
    "bin/hindcast.js imports ./main.js, which is not packed",
  ]);
  assert.deepEqual(findFaults(packed({ "lib/b.d.ts": undefined }, { dependencies: {} })), [
    "lib/a.d.ts imports ./b.js, which is not packed",
  ]);
  assert.deepEqual(findFaults(packed({ "lib/a.d.ts": `export * from "./b.ts";` })), [
    "lib/a.d.ts imports ./b.ts, which is not packed",
  ]);
});

test("findFaults() holds dependencies to what is imported", () => {
  assert.deepEqual(findFaults(packed({}, { dependencies: {} })), [
    "@scope/one is imported and no dependency",
  ]);
  const dependencies = { "@scope/one": "1.0.0", two: "2.0.0" };
  assert.deepEqual(findFaults(packed({}, { dependencies })), [
    "two is a dependency and not imported",
  ]);
  const main = `const x = await import("two"), y = 'import "three"';`;
  assert.deepEqual(findFaults(packed({ "bin/main.js": main }, { dependencies })), [
    "the command line imports two",
  ]);
});

test("findFaults() finds what a browser cannot load", () => {
  const code = `import { crc32 } from "node:zlib";\nexport const a = crc32;`;
  assert.deepEqual(findFaults(packed({ "lib/a.js": code })), [". loads node:zlib"]);
  const world = `import { one } from "@scope/one";`;
  assert.deepEqual(findFaults(packed({ "lib/world.js": world })), ["./world loads @scope/one"]);
});

test("withoutDeadLinks() keeps links to what is there, and of others the label", () => {
  const text = [
    "# One",
    "![a picture](docs/a.png) [two](docs/two.md), [three](../three.md#x) and [a",
    "site](https://example.org), [here](#one).",
    "```ts",
    "const [a](b) = 1;",
    "```",
    "",
  ].join("\n");
  const there = new Set(["docs/two.md"]);
  assert.equal(
    withoutDeadLinks("README.md", text, there),
    text.replace("![a picture](docs/a.png)", "").replace("[three](../three.md#x)", "three"),
  );
  assert.equal(withoutDeadLinks("docs/x.md", "[a](two.md)[b](../x.md)", there), "[a](two.md)b");
});
