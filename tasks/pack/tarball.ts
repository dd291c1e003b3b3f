import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { gunzipSync } from "node:zlib";
import type { PackageFiles } from "./root.ts";

/** Packs files as npm does. @throws {Error} when npm fails */
export function writeTarball(files: PackageFiles, path: string): void {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-pack-"));
  try {
    for (const [name, text] of files) {
      const place = join(folder, "package", name);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
    const { error, status, stderr } = spawnSync(
      "npm",
      ["pack", "--silent", "--ignore-scripts", "--pack-destination", ".."],
      {
        cwd: join(folder, "package"),
        encoding: "utf8",
        shell: process.platform === "win32",
      },
    );
    if (status !== 0) throw new Error(`npm pack fails: ${error?.message ?? stderr}`);
    const packed = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(folder, packed), path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const BLOCK_BYTES = 512;

/** Texts of the files in a packed package, by their paths in it. */
export function readTarball(path: string): PackageFiles {
  const bytes = gunzipSync(readFileSync(path));
  const text = (from: number, to: number) => bytes.toString("utf8", from, to);
  const field = (from: number, length: number) => text(from, from + length).replace(/\0.*/s, "");
  const files: PackageFiles = new Map();
  for (let at = 0; bytes[at] !== 0;) {
    const size = parseInt(field(at + 124, 12), 8);
    const start = at + BLOCK_BYTES;
    const name = [field(at + 345, 155), field(at, 100)].filter((part) => part !== "").join("/");
    files.set(name.replace(/^package\//, ""), text(start, start + size));
    at = start + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES;
  }
  return files;
}
