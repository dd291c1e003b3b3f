import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, canvasOf, openPage } from "../../browser_page_test_helper.ts";
import type { ExplainOptions } from "../report/explanation/explain_shot.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import { pageHtml } from "./page_html.ts";
import { RUNNING, samplePage } from "./sample_page_test_helper.ts";

const MISHAP = "document.title = 'executed'";
const HOSTILE = `<img src=x onerror="${MISHAP}"></script><script>${MISHAP}</script>`;
const CANVASES = ["#top", "#side", "#aim", "#curve"];

/** A reason for the second shot alone. */
function reasonOf({ index }: Shot): ExplainOptions {
  return index === 1
    ? {
      causeOf: ({ name }) =>
        name === "none" ? { word: "half-rtt", rule: "half-rtt-missing" } : undefined,
    }
    : {};
}

async function scrubTo(page: Page, ms: number): Promise<void> {
  await page.locator("#rewind").fill(String(ms));
  await page.waitForTimeout(100);
}

test(
  "the rewind page opens from a file, draws, and follows the scrubber",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      await page.waitForTimeout(100);
      for (const canvas of CANVASES) {
        const { drawn } = await canvasOf(page, canvas);
        assert.ok(drawn > 500, `${canvas} has ${drawn} pixels`);
      }
      assert.equal(await page.locator("#shot-title").innerText(), "Shot 0");
      await scrubTo(page, 0);
      assert.match(await page.locator("#readout").innerText(), /0 ms back frame 55 .* would miss/);
      const before = await Promise.all(CANVASES.map((canvas) => canvasOf(page, canvas)));
      await scrubTo(page, 100);
      assert.match(
        await page.locator("#readout").innerText(),
        /100 ms back frame 50 .* would hit 2/,
      );
      const after = await Promise.all(CANVASES.map((canvas) => canvasOf(page, canvas)));
      CANVASES.forEach((canvas, i) => {
        assert.equal(before[i]!.hash === after[i]!.hash, canvas === "#curve", canvas);
      });
    });
  },
);

test(
  "the rewind page shows each policy's verdict and jumps to its rewind",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      const rows = page.locator("#verdicts tr");
      assert.match(await rows.nth(0).innerText(), /the game\s+hit 2/);
      assert.match(
        await rows.nth(1).innerText(),
        /none\s+0 ms\s+55\s+miss\s+34 beside\s+unexplained · other-time/,
      );
      assert.match(await rows.nth(2).innerText(), /ping\s+100 ms\s+50\s+hit 2\s+16 deep\s+agrees/);
      assert.match(
        await page.locator("#claims").innerText(),
        /^none misses by 34 units; the game hits 2\. unexplained\s+They would agree if it went back 68 ms/,
      );
      await rows.nth(1).click();
      assert.match(await page.locator("#readout").innerText(), /^0 ms back/);
      await rows.nth(2).click();
      assert.match(await page.locator("#readout").innerText(), /^100 ms back/);
      const shown = await canvasOf(page, "#top");
      await page.locator("#verdicts button.swatch").nth(0).click();
      await page.waitForTimeout(100);
      assert.notEqual((await canvasOf(page, "#top")).hash, shown.hash);
    });
  },
);

test("the rewind page's filters and arrow keys choose shots", BROWSER_TEST, async () => {
  const sample = samplePage({ optionsOf: reasonOf });
  await openPage(pageHtml(sample), "light", async (page) => {
    const count = () => page.locator("#shot-count").innerText();
    const title = () => page.locator("#shot-title").innerText();
    assert.equal(await count(), "3 of 3");
    await page.locator("[data-filter='game']").selectOption("miss");
    assert.deepEqual([await count(), await title()], ["1 of 3", "Shot 1"]);
    await page.locator("[data-filter='game']").selectOption("");
    await page.locator("[data-filter='policy']").selectOption({ label: "ping" });
    await page.locator("[data-filter='differs']").check();
    assert.deepEqual([await count(), await title()], ["1 of 3", "Shot 2"]);
    await page.locator("[data-filter='differs']").uncheck();
    await page.locator("[data-filter='policy']").selectOption("");
    await page.locator("[data-filter='cause']").selectOption("half-rtt");
    assert.deepEqual([await count(), await title()], ["1 of 3", "Shot 1"]);
    await page.locator("[data-filter='cause']").selectOption("");
    await page.locator(".shot").nth(0).click();
    await page.keyboard.press("ArrowDown");
    assert.equal(await title(), "Shot 1");
    assert.equal(await page.locator(".shot[aria-selected='true'] b").innerText(), "1");
  });
});

test("the rewind page follows a dark scheme, also while it is open", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "dark", async (page) => {
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    assert.equal(await background(), "rgb(13, 16, 20)");
    // A busy machine draws late.
    const drawnOtherThan = async (hash?: number) => {
      for (let tries = 0;; tries++) {
        const canvas = await canvasOf(page, "#top");
        if (canvas.drawn > 0 && canvas.hash !== hash) return canvas.hash;
        assert.ok(tries < 100, "the canvas is not drawn anew");
        await page.waitForTimeout(100);
      }
    };
    const hash = await drawnOtherThan();
    await page.emulateMedia({ colorScheme: "light" });
    await drawnOtherThan(hash);
    assert.equal(await background(), "rgb(243, 245, 247)");
  });
});

test("names are inert in the rewind page, and every shape is drawn", BROWSER_TEST, async () => {
  const model = parseHitModel([
    ...["player/a=sphere:0,0,20,8", "player/b=capsule:0,0,0,0,0,16,6"],
    "player/c=box:-4,-4,-24,4,4,0",
  ], "dead=0");
  const view = {
    ...{ viewFrame: 50, newestFrame: 52, interpMs: 40 },
    poses: [{ id: 2, kind: "player", x: 300, y: 3, z: 0 }],
  };
  const page = samplePage({
    history: RUNNING,
    model,
    recording: HOSTILE,
    options: { shooterView: view },
  });
  const policies = page.policies.map((policy) => ({ ...policy, policy: HOSTILE }));
  const html = pageHtml({ ...page, policies, omissions: [HOSTILE] });
  await openPage(html, "light", async (tab) => {
    await tab.waitForTimeout(100);
    assert.equal(await tab.title(), `${HOSTILE} · rewind`);
    assert.equal(await tab.locator("img").count(), 0);
    assert.equal(await tab.locator("script").count(), 2);
    assert.ok((await tab.locator("#verdicts").innerText()).includes(HOSTILE));
    assert.ok((await tab.locator("#verdicts").innerText()).includes("on the shooter's screen"));
    assert.ok((await canvasOf(tab, "#aim")).drawn > 500);
  });
});

test("the rewind page calls entities by their ids, which are inert", BROWSER_TEST, async () => {
  const html = pageHtml({ ...samplePage(), names: { 1: HOSTILE, 2: "q8Zk2LmA1" } });
  await openPage(html, "light", async (tab) => {
    await tab.waitForTimeout(100);
    assert.match(await tab.locator("#readout").innerText(), /would hit q8Zk2LmA1/);
    assert.match(await tab.locator("#verdicts tr").nth(0).innerText(), /the game\s+hit q8Zk2LmA1/);
    assert.ok((await tab.locator("#shot-facts").innerText()).includes(`by ${HOSTILE}`));
    const first = tab.locator("#shots .shot").nth(0);
    assert.ok((await first.innerText()).includes(`by ${HOSTILE}`));
    assert.equal(await tab.title(), "duel.mcap · rewind");
    assert.equal(await tab.locator("img").count(), 0);
  });
});
