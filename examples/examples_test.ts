import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("./", import.meta.url));
const PACKAGE = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

test("an example imports hindcast by its name and nothing from beside it, so that it can be copied", () => {
  const paths = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts") && path.includes("/") && !/_test(_helper)?\.ts$/.test(path)
  );
  assert.ok(paths.includes("arena/server.ts"));
  const known = [
    "@hindcast/hindcast",
    ...Object.keys({ ...PACKAGE.dependencies, ...PACKAGE.devDependencies }),
  ];
  const strange = paths.flatMap((path) => {
    const imports = [...readFileSync(join(ROOT, path), "utf8").matchAll(/ from "([^"]+)"/g)];
    return imports.map(([, name]) => name!).filter((name) => {
      if (name.startsWith("node:")) return false;
      if (!name.startsWith(".")) {
        return !known.some((own) => name === own || name.startsWith(`${own}/`));
      }
      const to = relative(ROOT, join(ROOT, dirname(path), name));
      return to.split("/")[0] !== path.split("/")[0];
    }).map((name) => `${path} imports ${name}`);
  });
  assert.deepEqual(strange, []);
});
