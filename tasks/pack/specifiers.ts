import { isBuiltin } from "node:module";
import { posix } from "node:path";
import ts from "typescript";

/** What a module names in imports and exports, types and `import()` included, in its order. */
export function specifiersOf(text: string): string[] {
  return ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
}

/** Path of a module that another one names relatively: of its code, or of its types beside it. */
export function relativeTarget(from: string, specifier: string): string {
  const path = posix.join(posix.dirname(from), specifier);
  return from.endsWith(".d.ts") ? path.replace(/\.js$/, ".d.ts") : path;
}

/** Name of the package that a specifier belongs to; undefined for a module of a runtime. */
export function packageOf(specifier: string): string | undefined {
  if (isBuiltin(specifier)) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}
