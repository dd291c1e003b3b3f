import { relative } from "node:path";
import process from "node:process";
import ts from "typescript";
import { type PackageFiles, ROOT } from "./root.ts";
import { relativeTarget, specifiersOf } from "./specifiers.ts";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2024,
  lib: ["lib.es2024.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  rootDir: ROOT,
  outDir: ROOT,
  strict: true,
  rewriteRelativeImportExtensions: true,
  skipLibCheck: true,
};

/**
 * Modules of the library, as JavaScript and as types: a file for each that an entry reaches. What
 * is said of the names stands with the types alone.
 *
 * @param entries paths of the sources that users import
 * @throws {Error} when `tsc` finds a fault
 */
export function compileLibrary(entries: readonly string[]): PackageFiles {
  const roots = entries.map((path) => ROOT + path);
  const host = ts.createCompilerHost(OPTIONS);
  const forTypes = { ...OPTIONS, declaration: true, emitDeclarationOnly: true };
  const types = ts.createProgram(roots, forTypes, host);
  refuseFaults(ts.getPreEmitDiagnostics(types));
  const forCode = { ...OPTIONS, removeComments: true, noCheck: true };
  const code = ts.createProgram(roots, forCode, host, types);
  const starts = entries.map((path) => path.replace(/\.ts$/, ""));
  return new Map([
    ...reached(emitted(code), starts.map((path) => `${path}.js`)),
    ...reached(emitted(types), starts.map((path) => `${path}.d.ts`)),
  ]);
}

function emitted(program: ts.Program): PackageFiles {
  const files: PackageFiles = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => {
    files.set(relative(ROOT, path).replaceAll("\\", "/"), withJsNames(text));
  });
  refuseFaults(diagnostics);
  return files;
}

/** Types name modules as their sources do: not every compiler would find those. */
function withJsNames(text: string): string {
  return text.replace(/(\bfrom |\bimport\()"(\.\.?\/[^"]+)\.ts"/g, '$1"$2.js"');
}

/** Modules that are loaded with others: one that holds types alone has no code. */
function reached(files: PackageFiles, starts: readonly string[]): PackageFiles {
  const found: PackageFiles = new Map();
  const open = [...starts];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = files.get(path);
    if (text === undefined) throw new Error(`Cannot pack ${path}: it was not compiled`);
    if (found.has(path)) continue;
    found.set(path, text);
    const names = specifiersOf(text).filter((name) => name.startsWith("."));
    open.push(...names.map((name) => relativeTarget(path, name)));
  }
  return found;
}

function refuseFaults(faults: readonly ts.Diagnostic[]): void {
  if (faults.length === 0) return;
  throw new Error(ts.formatDiagnostics(faults, {
    getCurrentDirectory: () => process.cwd(),
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  }));
}
