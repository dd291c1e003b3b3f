import { BIN } from "./command_line.ts";
import { NODE_RANGE } from "./node_versions.ts";
import { type PackageFiles, readSource } from "./root.ts";
import { packageOf, specifiersOf } from "./specifiers.ts";

/** What the `package.json` of the repository and of the package say, as far as packing needs it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: "module";
  readonly exports: Readonly<Record<string, string | { readonly types: string; default: string }>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
  readonly sideEffects?: readonly string[];
  readonly files?: readonly string[];
}

/** The `package.json` of the repository. */
export function sourceManifest(): Manifest & {
  readonly exports: Readonly<Record<string, string>>;
} {
  return JSON.parse(readSource("package.json"));
}

/** Files of the command line in the package: what `hindcast` starts, and its types. */
export const COMMAND = { code: `${BIN}/hindcast.js`, types: `${BIN}/hindcast.d.ts` };

/**
 * The `package.json` of the package.
 *
 * @param files what else is in the package
 * @param library paths of the modules among them that are not bundled
 */
export function packedManifest(files: PackageFiles, library: readonly string[]): Manifest {
  const { description, exports, license, name, type, version, dependencies } = sourceManifest();
  return {
    name,
    version,
    description,
    license,
    type,
    engines: { node: NODE_RANGE },
    exports: {
      ...Object.fromEntries(Object.entries(exports).map(([key, source]) => [key, places(source)])),
      "./package.json": "./package.json",
    },
    bin: { hindcast: COMMAND.code },
    files: [...new Set([...files.keys()].map((path) => path.split("/")[0]!))].sort(),
    sideEffects: [`./${BIN}/*.js`],
    dependencies: Object.fromEntries(
      importedPackages(files, library).map((name) => {
        const version = dependencies[name];
        if (version === undefined) {
          throw new Error(`Cannot pack: ${name} is imported, no dependency`);
        }
        return [name, version];
      }),
    ),
  };
}

/** Types and code that are made of a source. */
function places(source: string): { types: string; default: string } {
  if (source.startsWith("./cli/")) {
    return { types: `./${COMMAND.types}`, default: `./${COMMAND.code}` };
  }
  const base = source.replace(/\.ts$/, "");
  return { types: `${base}.d.ts`, default: `${base}.js` };
}

/** Packages that modules import, for their code or their types, by name. */
export function importedPackages(files: PackageFiles, paths: readonly string[]): string[] {
  const names = paths.flatMap((path) => specifiersOf(files.get(path)!))
    .filter((name) => !name.startsWith(".")).map(packageOf).filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}
