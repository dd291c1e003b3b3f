import { htmlText } from "./html_escape.ts";

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

/** Card of a page; `title`, `content` and, unless it is left out, `hint` are HTML. */
export function pageSection(
  { content, hint, title }: {
    readonly title: string;
    readonly hint?: string;
    readonly content: string;
  },
): string {
  const line = hint === undefined ? "" : `<p class="hint">${hint}</p>`;
  return `<section><h2>${title}</h2>${line}
${content}
</section>`;
}

/** Sentences that a reader must not miss, each as text. */
export function pageNotices(texts: readonly string[]): string {
  return texts.map((text) => `<p class="notice">${htmlText(text)}</p>`).join("\n");
}
