import { BIN } from "./command_line.ts";
import { importedPackages, type Manifest } from "./manifest.ts";
import type { PackageFiles } from "./root.ts";
import { relativeTarget, specifiersOf } from "./specifiers.ts";

/** Subpaths that a browser can load. */
const BROWSER = [".", "./world"];
/** What only the repository needs. */
const LEFT_OUT = /_(test|test_helper|fuzz)\.|\/page\/(script|style)\/|\.ts$(?<!\.d\.ts)/;

/** What is wrong with a packed package, a line each. */
export function findFaults(files: PackageFiles): string[] {
  const manifest: Manifest = JSON.parse(files.get("package.json") ?? "{}");
  return [
    ...[...files.keys()].filter((path) => LEFT_OUT.test(path)).map((path) => `${path} is packed`),
    ...missingPlaces(files, manifest),
    ...missingModules(files),
    ...wrongDependencies(files, manifest),
    ...runtimeInBrowser(files, manifest),
  ];
}

/** Modules of a package: its code and its types. */
export function modulesOf(files: PackageFiles): string[] {
  return [...files.keys()].filter((path) => /\.(js|d\.ts)$/.test(path));
}

function missingPlaces(files: PackageFiles, { bin, exports }: Manifest): string[] {
  const places = Object.values(exports).flatMap((place) =>
    typeof place === "string" ? [place] : Object.values(place)
  );
  return [...places, ...Object.values(bin)].map((place) => place.replace(/^\.\//, ""))
    .filter((place) => !files.has(place)).map((place) => `${place} is exported and not packed`);
}

function missingModules(files: PackageFiles): string[] {
  return modulesOf(files).flatMap((path) =>
    specifiersOf(files.get(path)!)
      .filter((name) => name.startsWith(".") && !files.has(relativeTarget(path, name)))
      .map((name) => `${path} imports ${name}, which is not packed`)
  );
}

function wrongDependencies(files: PackageFiles, { dependencies }: Manifest): string[] {
  const imported = new Set(importedPackages(files, modulesOf(files)));
  const bundled = modulesOf(files).filter((path) => path.startsWith(`${BIN}/`));
  const wanted = Object.keys(dependencies);
  return [
    ...[...imported].filter((name) => !wanted.includes(name)).map((name) =>
      `${name} is imported and no dependency`
    ),
    ...wanted.filter((name) => !imported.has(name)).map((name) =>
      `${name} is a dependency and not imported`
    ),
    ...importedPackages(files, bundled).map((name) => `the command line imports ${name}`),
  ];
}

function runtimeInBrowser(files: PackageFiles, { exports }: Manifest): string[] {
  return BROWSER.flatMap((subpath) => {
    const entry = (exports[subpath] as { default: string }).default.replace(/^\.\//, "");
    return foreignModules(files, entry).map((name) => `${subpath} loads ${name}`);
  });
}

/** Modules that a module loads, over others as well, and that are not in the package. */
function foreignModules(files: PackageFiles, entry: string): string[] {
  const seen = new Set<string>();
  const foreign = new Set<string>();
  const open = [entry];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const name of specifiersOf(files.get(path) ?? "")) {
      if (name.startsWith(".")) open.push(relativeTarget(path, name));
      else foreign.add(name);
    }
  }
  return [...foreign];
}
