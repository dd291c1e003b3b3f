import { htmlText } from "./html_escape.ts";

/** Id of the element that holds what a page is about, which keyboards skip to. */
export const MAIN_ID = "main";

/** Head of a page: what kind of page, what it is about, and facts of a word or two. */
export function pageHeader(
  kicker: string,
  heading: string,
  facts: readonly (readonly [name: string, value: string])[],
): string {
  const items = facts.map(([name, value]) =>
    `<div><dt>${htmlText(name)}</dt><dd>${htmlText(value)}</dd></div>`
  );
  return `<header>
<div><p class="kicker">${htmlText(kicker)}</p><h1>${htmlText(heading)}</h1></div>
<dl>${items.join("")}</dl>
</header>`;
}

/**
 * Card of a page; `title`, `content` and, unless it is left out, `hint` are HTML. Its id is `id`, or
 * made of the words of its title.
 */
export function pageSection(
  { content, hint, id, title }: {
    readonly title: string;
    readonly id?: string;
    readonly hint?: string;
    readonly content: string;
  },
): string {
  const line = hint === undefined || hint === "" ? "" : `<p class="hint">${hint}</p>`;
  return `<section id="${id ?? idOf(title)}"><h2>${title}</h2>${line}
${content}
</section>`;
}

/** Links to the cards of a page, which `html` consists of. */
export function pageContents(html: string): string {
  const heads = html.matchAll(/<section id="([^"]*)"[^>]*>\s*<h2[^>]*>(.*?)<\/h2>/g);
  const links = [...heads].map(([, id, title]) => `<a href="#${id}">${title}</a>`);
  return links.length < 2
    ? ""
    : `<nav class="contents" aria-label="Contents">${links.join(" ")}</nav>`;
}

/** Sentences that a reader must not miss, each as text. */
export function pageNotices(texts: readonly string[]): string {
  return texts.map((text) => `<p class="notice">${htmlText(text)}</p>`).join("\n");
}

function idOf(title: string): string {
  return title.toLowerCase().replace(/<[^>]*>|&\w+;/g, " ").trim().replace(/[^a-z0-9]+/g, "-");
}
