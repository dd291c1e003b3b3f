import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "./browser_page_test_helper.ts";
import {
  checkContrast,
  checkLayout,
  checkNames,
  checkReach,
  contrastFaults,
  layoutFaults,
  namesFaults,
  reachFaults,
} from "./page_checks_test_helper.ts";

const STYLE = `
:root { --card: #fff; --ink: #222; --line: #c00; }
body { margin: 0; background: #fff; color: #222; font: 14px/1.4 sans-serif; }
section { margin: 10px; padding: 10px; width: 300px; background: #fff; border: 1px solid #999; }
.dot { display: inline-block; width: 10px; height: 10px; background: #06c; }
.scroll { overflow-x: auto; }
.readers { position: absolute; width: 1px; height: 1px; overflow: hidden; }
.sight { clip-path: inset(50%); position: absolute; }
`;

/** A page in which nothing is wrong, with so much more in its card. */
function pageOf(more: string, style = ""): string {
  return `<!DOCTYPE html><html lang="en"><head><title>a page</title>
<style>${STYLE}${style}</style></head><body><main><h1>A page</h1>
<section><h2>A card</h2><p>Words <a href="#there">that lead on</a>.</p>
<i class="dot"></i><button>press <b>me</b></button>
<label>size <input type="range"></label> <label><input type="checkbox"> all</label>
<div class="scroll" tabindex="0" role="group" aria-label="wide table"><table style="width:900px">
<thead><tr><th>name</th><th>bytes</th></tr></thead>
<tbody><tr><th scope="row">x</th><td>1</td></tr></tbody></table></div>
<details><summary>more</summary><p>What was <em>closed</em>.</p></details>
<div role="img" aria-label="bytes over time"><canvas width="10" height="10"></canvas></div>
<svg aria-hidden="true" width="10" height="10"><path d="M0 0 10 10" stroke="#06c"/></svg>
<p class="readers" style="color:#fff">a text for readers alone</p><p hidden style="color:#fff">none</p>
${more}</section></main></body></html>`;
}

/** Every fault is found on a page that has it, and it alone. */
async function findEach(
  check: (page: Page) => Promise<readonly string[]>,
  pages: Readonly<Record<string, readonly [html: string, fault: RegExp]>>,
): Promise<void> {
  await openPage(pageOf(""), "light", async (page) => {
    for (const [what, [html, fault]] of Object.entries(pages)) {
      await page.setContent(html);
      const faults = await check(page);
      assert.ok(faults.length > 0, `${what} is not found`);
      for (const text of faults) assert.match(text, fault, `${what}: ${text}`);
    }
  }, 400);
}

const DRAWN = { ground: "--card", marks: ["--line"], texts: ["--ink"] };

test("the checks of a page find nothing on a good one, wide or narrow", BROWSER_TEST, async () => {
  const css = "@media (max-width: 500px) { section { width: auto; } }";
  for (const width of [1280, 330]) {
    await openPage(pageOf("", css), "light", async (page) => {
      await checkContrast(page, { drawn: DRAWN });
      await checkLayout(page);
      await checkNames(page);
      assert.equal(await checkReach(page), 6);
    }, width);
  }
});

test("contrastFaults() finds each text and mark that is too pale", BROWSER_TEST, async () => {
  // #767676 on white is 4.54, #777777 is 4.48, #949494 is 3.03 and #999999 is 2.85.
  await openPage(
    pageOf(`<p style="color:#767676">x</p><p style="color:#949494;font-size:24px">x</p>
<p style="background:#000;color:#767676;opacity:1;font:bold 19px serif">x</p>
<i class="dot" style="background:#949494"></i><button disabled style="color:#ddd">x</button>
<i class="dot" style="background:#eee;border:1px solid #777"></i>
<i class="dot track" style="background:#eee"></i>`),
    "light",
    (page) => checkContrast(page, { decoration: ".track" }),
  );
  await findEach((page) => contrastFaults(page, { drawn: DRAWN }), {
    "grey text": [
      pageOf(`<p style="color:#777777">pale</p>`),
      /"pale".*#777777 on #ffffff is 4.48/,
    ],
    "large text": [
      pageOf(`<p style="color:#999999;font-size:24px">pale</p>`),
      /"pale".*2.85, wants 3/,
    ],
    "see-through text": [pageOf(`<p style="opacity:.5">pale</p>`), /"pale"/],
    "see-through ink": [pageOf(`<p style="color:rgb(0 0 0 / 50%)">pale</p>`), /"pale"/],
    "text on a bar behind it": [
      pageOf(`<div style="position:relative;height:20px;width:200px">
<span style="position:absolute;inset:0;background:#06c"></span>
<span style="position:absolute;left:4px">pale</span></div>`),
      /"pale".*#222222 on #0066cc/,
    ],
    "text half on a bar": [
      pageOf(
        `<div style="width:60px;background:linear-gradient(90deg,#222 50%,#fff 50%)">pale pale</div>`,
      ),
      /"pale pale".*#222222 on #222222 is 1.00/,
    ],
    "text on a gradient": [
      pageOf(`<p style="background:linear-gradient(#000,#333)">pale</p>`),
      /"pale"/,
    ],
    "text of a picture": [
      pageOf(
        `<svg aria-hidden="true" width="90" height="20"><text y="14" fill="#aaa">pale</text></svg>`,
      ),
      /"pale".*#aaaaaa/,
    ],
    "value of a control": [
      pageOf(`<select style="color:#aaa"><option>pale</option></select>`),
      /pale/,
    ],
    "dot": [pageOf(`<i class="dot" style="background:#999999"></i>`), /mark i.dot.*2.85, wants 3/],
    "outline": [
      pageOf(`<i class="dot" style="background:none;border:1px solid #ccc"></i>`),
      /mark i/,
    ],
    "stroke": [
      pageOf(`<svg aria-hidden="true"><line x2="9" y2="9" stroke="#ccc"/></svg>`),
      /mark line.*#cccccc/,
    ],
    "dot on a dark card": [
      pageOf(`<div style="background:#06c"><i class="dot" style="background:#058"></i></div>`),
      /mark i.dot.*on #0066cc/,
    ],
    "variable of a mark": [pageOf("", ":root { --line: #ddd; }"), /^variable --line.*1.3/],
    "variable of a text": [pageOf("", ":root { --ink: #777777; }"), /^variable --ink.*4.48/],
    "variable that is gone": [pageOf("", ":root { --line: ; }"), /^variable --line is not set/],
  });
});

/** Stays in sight over the words before it. */
const BAR = "position:sticky;bottom:8px;display:block;margin-top:-36px";

test("layoutFaults() finds what overlaps, is cut, or leaves", BROWSER_TEST, async () => {
  await findEach(layoutFaults, {
    "text over text": [
      pageOf(`<div style="position:relative;height:20px">
<span style="position:absolute;left:0">one</span>
<span style="position:absolute;left:9px">other</span></div>`),
      /"one".* overlaps .*"other"|"other".* overlaps .*"one"/,
    ],
    "a bar that text shines through": [
      pageOf(`<p>some words</p><b style="${BAR}">bar</b>`),
      /overlaps/,
    ],
    "line over line": [pageOf(`<p style="line-height:4px">aaa<br><b>bbb</b></p>`), /overlaps/],
    "text over a control": [
      pageOf(
        `<input value="words"><span style="margin-left:-40px;position:relative">over</span>`,
        "input { width: 90px }",
      ),
      /"over".*overlaps|overlaps.*"over"/,
    ],
    "opened text": [
      pageOf(`<details><summary>open</summary><div style="width:500px">far out</div></details>`),
      /leaves|wide/,
    ],
    "wide page": [
      pageOf(`<div style="width:900px;height:3px"></div>`),
      /leaves|the page is \d+ px wide/,
    ],
    "leaves its card": [
      pageOf(`<div style="width:340px;height:3px;background:#06c"></div>`),
      /^div "" in "A card" leaves the card by \d+ px$/,
    ],
    "a word that leaves its card": [
      pageOf(`<p style="width:200px">${"long".repeat(14)}</p>`),
      /^text p "(long)+" in "A card" leaves the card by \d+ px$/,
    ],
    "leaves its card below": [
      pageOf(`<div style="height:10px"><i class="dot" style="height:60px"></i></div>`),
      /leaves the card by/,
    ],
    "cut by its own box": [
      pageOf(
        `<p style="width:40px;overflow:hidden;white-space:nowrap">a long text that is cut</p>`,
      ),
      /"a long text that is cut".*is cut/,
    ],
    "cut by another's box": [
      pageOf(
        `<div style="width:40px;overflow:hidden"><p style="width:200px">a long text</p></div>`,
      ),
      /"a long text".*is cut by div/,
    ],
    "cut below": [
      pageOf(`<div style="height:10px;overflow:hidden"><p>one</p><p>two</p></div>`),
      /is cut by div/,
    ],
  });
  const ellipsis = "width:40px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis";
  await openPage(
    pageOf(`<p style="${ellipsis}">a long text that is cut</p>
<p style="width:40px;overflow:hidden;white-space:nowrap" title="all of it">a long text</p>
<div style="height:40px;overflow:auto" tabindex="0"><p style="height:90px">one</p><p>two</p></div>
<p>some words</p><b style="${BAR};background:#fff">bar</b>`),
    "light",
    checkLayout,
  );
});

test("namesFaults() finds what has no name and what breaks the outline", BROWSER_TEST, async () => {
  await findEach(namesFaults, {
    "button of a sign": [pageOf("<button>×</button>"), /^button .*has the name "×"/],
    "button without text": [pageOf("<button></button>"), /^button .*has the name ""/],
    "link without text": [pageOf(`<a href="#x"><i class="dot"></i></a>`), /^link/],
    "input without label": [pageOf("<input>"), /^textbox/],
    "slider without label": [pageOf(`<input type="range">`), /^slider/],
    "choice without label": [pageOf("<select><option>a</option></select>"), /^combobox/],
    "box that takes the focus": [pageOf(`<div tabindex="0"><br></div>`), /<div tabindex 0>/],
    "role without name": [pageOf(`<div role="checkbox" aria-checked="true"></div>`), /^checkbox/],
    "canvas": [pageOf("<canvas></canvas>"), /^picture canvas/],
    "svg": [pageOf(`<svg><path d="M0 0"/></svg>`), /^(picture svg|image|img) /],
    "picture without name": [pageOf(`<canvas role="img"></canvas>`), /^(picture canvas|image|img)/],
    "id twice": [pageOf(`<p id="a">x</p><p id="a">y</p>`), /^id a stands twice/],
    "label of nothing": [pageOf(`<label for="gone">x</label>`), /for names gone/],
    "second h1": [pageOf("<h1>again</h1>"), /2 headings of level 1/],
    "skipped level": [pageOf("<h4>deep</h4>"), /"deep".*skips a level/],
    "empty heading": [pageOf("<h3></h3>"), /is empty/],
    "nav without name": [pageOf("<nav>x</nav>"), /^landmark nav/],
    "second main": [pageOf("<main>x</main>"), /2 main parts/],
    "table without headers": [pageOf("<table><tr><td>1</td></tr></table>"), /has no headers/],
    "header without scope": [pageOf("<table><tr><th>a</th><td>1</td></tr></table>"), /no scope/],
    "no language": [pageOf("").replace(' lang="en"', ""), /no lang/],
  });
});

test("reachFaults() finds what Tab misses or does not show", BROWSER_TEST, async () => {
  const found = async (page: Page) => (await reachFaults(page)).faults;
  const trap = `<button onkeydown="event.key === 'Tab' && event.preventDefault()">stay</button>`;
  await findEach(found, {
    "left out": [pageOf(`<button tabindex="-1">lost</button>`), /"lost".*is not reached/],
    "a click alone": [pageOf(`<b role="button">lost</b>`), /"lost".*is not reached/],
    "trap": [pageOf(trap), /does not get away/],
    "order": [
      pageOf(`<button tabindex="1">first</button>`),
      /"first".*(goes before all|not reached)|is reached after .*"first"/,
    ],
    "order of what is drawn": [
      // A host in the open page puts its children where their slots are.
      pageOf(
        `<div><template shadowrootmode="open"><slot name="a"></slot><slot name="b"></slot></template>
<button slot="b">first</button><button slot="a">second</button></div>`,
      ),
      /"first".* is reached after .*"second"/,
    ],
    "no outline": [
      pageOf(`<button class="bare">plain</button>`, ".bare:focus { outline: none }"),
      /"plain".*does not show its focus/,
    ],
    "under a bar": [
      pageOf(`<button>low</button><div style="position:fixed;inset:0;background:#fff">over</div>`),
      /has its focus under div/,
    ],
  });
  await openPage(
    pageOf(
      `<ul role="listbox" aria-label="shots" tabindex="0"><li role="option">one</li></ul>
<label><input type="radio" name="a" checked>a</label><label><input type="radio" name="a">b</label>
<button class="box">boxed</button>`,
      ".box:focus { outline: none; box-shadow: 0 0 0 2px #06c }",
    ),
    "light",
    async (page) => assert.equal(await checkReach(page), 9),
  );
});
