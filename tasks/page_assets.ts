// Writes the scripts and styles of the pages as texts in modules, so that a page needs no file
// beside its module.
import { buildSync } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Modules that are made here: their paths from the root, and their texts. */
export function makePageAssets(): ReadonlyMap<string, string> {
  return new Map([
    [
      "lib/bandwidth/page/assets.ts",
      moduleOf([
        ["PLOT_SCRIPT", "uPlot, which defines `uPlot`.", packaged("uplot/dist/uPlot.iife.min.js")],
        ["PLOT_STYLE", "Style of uPlot.", packaged("uplot/dist/uPlot.min.css")],
        ...ownAssets("lib/bandwidth/page"),
      ]),
    ],
    ["lib/rewind/page/assets.ts", moduleOf(ownAssets("lib/rewind/page"))],
  ]);
}

type Asset = readonly [name: string, sentence: string, text: string];

function ownAssets(folder: string): Asset[] {
  return [
    ["SCRIPT", "Script of the page.", bundle(`${folder}/script/main.js`)],
    ["STYLE", "Style of the page.", bundle(`${folder}/style/main.css`)],
  ];
}

/** A file and all that it imports as one text: a page opened from a file may import nothing. */
function bundle(entryPoint: string): string {
  const { outputFiles } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: [entryPoint],
    bundle: true,
    write: false,
    outdir: "out",
    format: "iife",
    target: "esnext",
    charset: "utf8",
    // Names stay, so that errors and who reads the source of a page can be followed.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "inline",
    lineLimit: 100,
    ...(entryPoint.endsWith(".js") && { banner: { js: '"use strict";' } }),
  });
  return outputFiles[0]!.text;
}

function packaged(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(path), "utf8");
}

function moduleOf(assets: readonly Asset[]): string {
  const constants = assets.map(([name, sentence, text]) =>
    `/** ${sentence} */\nexport const ${name}: string = ${literalOf(text)};\n`
  );
  return `// Made by \`deno task page-assets\`; what it is made from is edited instead.\n\n${
    constants.join("\n")
  }`;
}

function literalOf(text: string): string {
  const escaped = text.replace(/[\\`]|\$\{/g, "\\$&").replaceAll("\r", "\\r");
  return `\`${escaped}\``;
}

if (import.meta.main) {
  for (const [path, text] of makePageAssets()) writeFileSync(`${ROOT}${path}`, text);
}
