import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ROOT } from "./root.ts";

/** A package whose code is part of ours. */
interface InlinedPackage {
  readonly name: string;
  readonly version: string;
  /** Text of its license. */
  readonly license: string;
}

/** What the scripts of the pages hold: they are texts in our modules, which no bundler looks into. */
const IN_PAGES = ["uplot"];

/**
 * Licenses of the packages whose code is in ours, by name.
 *
 * @param inputs paths of bundled sources from the root
 * @throws {Error} when a package has no license file
 */
export function thirdPartyLicenses(inputs: readonly string[]): string {
  const require = createRequire(import.meta.url);
  const folders = new Set([
    ...inputs.map(packageFolder).filter((folder) => folder !== undefined).map((path) =>
      ROOT + path
    ),
    ...IN_PAGES.map((name) => dirname(require.resolve(`${name}/package.json`))),
  ]);
  const packages = [...folders].map(readPackage).sort((a, b) => a.name < b.name ? -1 : 1);
  const names = packages.map(({ name }) => name).join(", ");
  const texts = packages.map(({ name, version, license }) =>
    `${"-".repeat(80)}\n${name} ${version}\n\n${license.trim()}\n`
  );
  return `Parts of these packages are in the files of this one: ${names}.\n\n${texts.join("\n")}`;
}

/** Folder of the package that a source is in; undefined for a source of ours. */
function packageFolder(path: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function readPackage(folder: string): InlinedPackage {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  if (file === undefined) throw new Error(`Cannot pack ${name}: ${folder} holds no license`);
  return { name, version, license: readFileSync(join(folder, file), "utf8") };
}
