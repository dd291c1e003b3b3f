import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { reproImports } from "./repro_imports.ts";

test("reproImports() takes the subpaths of the package, by whatever name it is installed", () => {
  for (const root of ["@hindcast/hindcast", "npm:@hindcast/hindcast@0.1.0"]) {
    assert.deepEqual(reproImports("out", root), {
      root,
      recording: `${root}/recording`,
      rewind: `${root}/rewind`,
    });
  }
});

test("reproImports() takes the modules beside a mod.ts, from where the test is", () => {
  const below = { root: "../mod.ts", recording: "../lib/recording.ts", rewind: "../lib/rewind.ts" };
  assert.deepEqual(reproImports("out", "./mod.ts"), below);
  assert.deepEqual(reproImports("out", resolve("mod.ts")), below);
  assert.deepEqual(reproImports("out", "./out/mod.ts"), {
    root: "./mod.ts",
    recording: "./lib/recording.ts",
    rewind: "./lib/rewind.ts",
  });
});

test("reproImports() takes any other module for all names", () => {
  const from = (root: string) => ({ root, recording: root, rewind: root });
  assert.deepEqual(reproImports("out", "my-hindcast"), from("my-hindcast"));
  assert.deepEqual(reproImports("out", "./all.ts"), from("../all.ts"));
  assert.deepEqual(reproImports("out", "./not_mod.ts"), from("../not_mod.ts"));
  assert.deepEqual(reproImports("out", "@other/hindcast"), from("@other/hindcast"));
});
