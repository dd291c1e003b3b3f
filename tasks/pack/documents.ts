import { readdirSync } from "node:fs";
import { posix } from "node:path";
import { type PackageFiles, readSource, ROOT } from "./root.ts";

const HEADING = /^# .*\n/;
const NOTE = "\n> Links lead to files of this package, as it is installed in `node_modules`.\n";

/** Texts that are packed as they stand in the repository, but for links to what is not packed. */
export function documents(): PackageFiles {
  const docs = readdirSync(`${ROOT}docs`).filter((name) => name.endsWith(".md")).sort();
  const paths = ["README.md", "CHANGELOG.md", "lib/recording/FORMAT.md"]
    .concat(docs.map((name) => `docs/${name}`));
  const packed = new Set([...paths, "LICENSE"]);
  const texts = paths.map((path) => {
    const text = withoutDeadLinks(path, readSource(path), packed);
    return [path, path === "README.md" ? text.replace(HEADING, `$&${NOTE}`) : text] as const;
  });
  return new Map([...texts, ["LICENSE", readSource("LICENSE")]]);
}

/** A Markdown text whose links to files that are not there are their labels, and pictures nothing. */
export function withoutDeadLinks(path: string, text: string, there: ReadonlySet<string>): string {
  const pieces = text.split(/(^```[\s\S]*?^```$)/m);
  return pieces.map((piece, i) =>
    i % 2 === 1 ? piece : piece.replace(LINK, (link, mark, label, target: string) => {
      const file = posix.join(posix.dirname(path), target.replace(/#.*/, ""));
      if (/^(\w+:|#)/.test(target) || there.has(file)) return link;
      return mark === "!" ? "" : label;
    })
  ).join("");
}

const LINK = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;
