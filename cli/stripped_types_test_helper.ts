import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDER = join(ROOT, "node_modules", ".cache", "hindcast-stripped");

/** Loads what was stripped of a file as it is now; all else is Node's own affair. */
const HOOK = `
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
    const path = fileURLToPath(url);
    const { size, mtimeMs } = statSync(path);
    const name = createHash("sha256").update([path, size, mtimeMs].join()).digest("hex");
    const stripped = new URL(name + ".js", import.meta.url);
    if (!existsSync(stripped)) return nextLoad(url, context);
    return { format: "module", source: readFileSync(stripped), shortCircuit: true };
  },
});
`;

/**
 * Arguments with which Node runs our sources without stripping their types anew: that takes each
 * process as long as all else that it does. Node's own stripper does it, once for all processes.
 */
export async function strippedTypes(): Promise<readonly string[]> {
  const node = await import("node:module");
  mkdirSync(FOLDER, { recursive: true });
  for (const path of sources()) {
    const { size, mtimeMs } = statSync(path);
    const name = createHash("sha256").update([path, size, mtimeMs].join()).digest("hex");
    const stripped = join(FOLDER, `${name}.js`);
    if (existsSync(stripped)) continue;
    write(stripped, node.stripTypeScriptTypes(readFileSync(path, "utf8")));
  }
  const hook = join(FOLDER, "hook.mjs");
  write(hook, HOOK);
  return ["--import", pathToFileURL(hook).href];
}

function sources(): string[] {
  const inside = (folder: string) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !/_test(_helper)?\.ts$/.test(path))
      .map((path) => join(ROOT, folder, path));
  return [join(ROOT, "mod.ts"), ...inside("cli"), ...inside("lib")];
}

/** Writes a file that others may read meanwhile. */
function write(path: string, text: string): void {
  const part = `${path}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, path);
}
