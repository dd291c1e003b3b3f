import { readFileSync } from "node:fs";

/** Script and style of the page, as text. */
export interface PageAssets {
  /** Script. */
  readonly script: string;
  /** Style. */
  readonly style: string;
}

/** Modules of the page, each after those that it imports. */
const MODULES: readonly string[] = [
  "text.js",
  "rotation.js",
  "shapes.js",
  "tracks.js",
  "poses.js",
  "shots.js",
  "projection.js",
  "canvas.js",
  "scene.js",
  "scrubber.js",
  "verdicts.js",
  "shot_list.js",
  "accuracy_curve.js",
  "main.js",
];

/** Reads the page's own files from beside this one. @throws {Error} naming the file */
export function readPageAssets(): PageAssets {
  const own = (name: string) =>
    readFileSync(new URL(name.endsWith(".js") ? `script/${name}` : name, import.meta.url), "utf8");
  return { script: joinModules(MODULES.map(own)), style: own("page.css") };
}

/**
 * Modules as one script, since a page opened from a file may import none: their top-level names
 * differ, so that it is enough to take `import` and `export` away and put all into one block.
 */
function joinModules(sources: readonly string[]): string {
  const bodies = sources.map((source) =>
    source.replace(/^import \{[^}]*\} from "\.\/[\w.]+";\n/gm, "").replace(/^export /gm, "")
  );
  return `"use strict";\n{\n${bodies.join("\n")}}\n`;
}
