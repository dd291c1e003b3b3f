import { bundleCommandLine } from "./command_line.ts";
import { documents } from "./documents.ts";
import { compileLibrary } from "./library.ts";
import { thirdPartyLicenses } from "./licenses.ts";
import { COMMAND, packedManifest, sourceManifest } from "./manifest.ts";
import { launcher } from "./node_versions.ts";
import type { PackageFiles } from "./root.ts";

const COMMAND_TYPES = `/** Runs the command line on the process's own arguments. */
export {};
`;

/** Every file of the package, made from the sources. */
export async function packageFiles(): Promise<PackageFiles> {
  const sources = Object.values(sourceManifest().exports).map((path) => path.replace(/^\.\//, ""));
  const [command, ...others] = sources.filter((path) => path.startsWith("cli/"));
  if (command === undefined || others.length > 0) throw new Error("Cannot pack: not one ./cli");
  const library = compileLibrary(sources.filter((path) => path !== command));
  const { files, inputs } = await bundleCommandLine(command);
  const all: PackageFiles = new Map([
    ...library,
    ...files,
    [COMMAND.code, launcher("./main.js")],
    [COMMAND.types, COMMAND_TYPES],
    ...documents(),
    ["THIRD_PARTY_LICENSES.txt", thirdPartyLicenses(inputs)],
  ]);
  const manifest = packedManifest(all, [...library.keys()]);
  return all.set("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
}
