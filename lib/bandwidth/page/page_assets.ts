import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Scripts and styles of the page, as text. */
export interface PageAssets {
  /** uPlot's script; it defines `uPlot`. */
  readonly plotScript: string;
  /** uPlot's styles. */
  readonly plotStyle: string;
  /** Script of the page itself. */
  readonly script: string;
  /** Styles of the page itself. */
  readonly style: string;
}

/**
 * Reads uPlot from its installed package and the page's own files from beside this one.
 *
 * @throws {Error} naming the file that cannot be read
 */
export function readPageAssets(): PageAssets {
  const packaged = (path: string) =>
    readText(path, () => createRequire(import.meta.url).resolve(path));
  const own = (name: string) =>
    readText(name, () => new URL(name.endsWith(".js") ? `script/${name}` : name, import.meta.url));
  return {
    plotScript: packaged("uplot/dist/uPlot.iife.min.js"),
    plotStyle: packaged("uplot/dist/uPlot.min.css"),
    script: joinModules(MODULES, own),
    style: own("page.css"),
  };
}

function readText(name: string, place: () => string | URL): string {
  try {
    return readFileSync(place(), "utf8");
  } catch (cause) {
    const remedy = "install hindcast with its dependencies, as files";
    throw new Error(`Cannot read ${name} for the HTML report; ${remedy}`, { cause });
  }
}

/** Modules of the page, each after those that it imports. */
const MODULES: readonly string[] = [
  "text.js",
  "shapes.js",
  "runs.js",
  "tooltip.js",
  "chart.js",
  "time_charts.js",
  "shape_charts.js",
  "field_bars.js",
  "heal_ranges.js",
  "tables.js",
  "save.js",
  "main.js",
];

/**
 * Modules as one script, since a page opened from a file may import none: each becomes a function
 * that returns its exports. It takes the two forms that the modules use: `import { a } from "./b.js"`
 * and `export function`, `export const`.
 */
function joinModules(names: readonly string[], read: (name: string) => string): string {
  const joined = names.map((name) => {
    const source = read(name);
    const exported = [...source.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, id]) => id);
    const body = source
      .replace(/^import (\{[^}]*\}) from "\.\/([\w.]+)";$/gm, 'const $1 = modules["$2"];')
      .replace(/^export /gm, "");
    return `modules["${name}"] = (() => {\n${body}return { ${exported.join(", ")} };\n})();`;
  });
  return `"use strict";\n{\nconst modules = {};\n${joined.join("\n")}\n}\n`;
}
