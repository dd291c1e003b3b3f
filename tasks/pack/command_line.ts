import { build, type Metafile } from "esbuild";
import { relative } from "node:path";
import { type PackageFiles, ROOT } from "./root.ts";

/** Folder of the command line in the package. */
export const BIN = "bin";

/** The bundled command line. */
export interface CommandLine {
  /** Its modules: one for each command, and what commands share. */
  readonly files: PackageFiles;
  /** Paths of the sources that went into it, those of packages included. */
  readonly inputs: readonly string[];
}

/** Bundles the command line with the packages that it needs, so that a command loads few files. */
export async function bundleCommandLine(entry: string): Promise<CommandLine> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { main: entry },
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node22.15",
    outdir: BIN,
    // Names stay: a user sends us the lines of a stack.
    minifySyntax: true,
    minifyWhitespace: true,
    // Their texts stand in a file of their own.
    legalComments: "none",
  });
  const files = outputFiles.map(({ path, text }) => {
    const code = text.replace(/^#!.*\n/, "");
    return [relative(ROOT, path).replaceAll("\\", "/"), code] as const;
  });
  return { files: new Map(files), inputs: bundledInputs(metafile) };
}

/** Sources of which something is left in what was made of them. */
function bundledInputs({ outputs }: Metafile): string[] {
  const inputs = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}
