import { BIN } from "./command_line.ts";
import type { Manifest } from "./manifest.ts";
import type { PackageFiles } from "./root.ts";

const PARTS: readonly (readonly [name: string, holds: (path: string) => boolean])[] = [
  ["command line", (path) => path.startsWith(`${BIN}/`)],
  ["library, types", (path) => path.endsWith(".d.ts")],
  ["library, code", (path) => path.endsWith(".js")],
  ["documents", () => true],
];

/**
 * What would be published, as a table.
 *
 * @param packedBytes size of the tarball
 */
export function summaryText(files: PackageFiles, place: string, packedBytes: number): string {
  const { dependencies, engines, name, version }: Manifest = JSON.parse(files.get("package.json")!);
  const paths = Map.groupBy(files.keys(), (path) => PARTS.find(([, holds]) => holds(path))![0]);
  const rows = PARTS.map(([part]) => row(files, part, paths.get(part) ?? []));
  const needs = Object.entries(dependencies).map(([name, range]) => `${name} ${range}`);
  return [
    `${name} ${version}: ${place}, ${kilobytes(packedBytes)}`,
    "",
    ...rows,
    row(files, "unpacked", [...files.keys()]),
    "",
    `dependencies  ${needs.join(", ")}`,
    `node          ${engines.node}`,
  ].join("\n");
}

function row(files: PackageFiles, name: string, paths: readonly string[]): string {
  const bytes = paths.reduce(
    (sum, path) => sum + new TextEncoder().encode(files.get(path)).length,
    0,
  );
  const count = `${paths.length} files`;
  return `${name.padEnd(14)} ${count.padStart(9)} ${kilobytes(bytes).padStart(10)}`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
