import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import { makeHistory, makeShot, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage, SHOTS } from "./sample_page_test_helper.ts";

const readout = (page: Page) => page.locator("#readout").innerText();
const note = (page: Page) => page.locator("#link-note").innerText();

/** A target runs 10 units a frame of 20 ms across the ray of a shot at frame 195. */
function farPage(...policies: string[]) {
  const history = makeHistory(range(0, 200), 20, {
    1: (f) => [f, 0, 0],
    2: (f) => [300, (f - 145) * 10, 0],
  });
  const shots = [
    { ...makeShot(195, 3900, [0, 0, 0], [600, 0, 0], { ping: 400 }, 2), index: 0 },
    { ...makeShot(150, 3000, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2), index: 1 },
  ];
  return samplePage({ history, shots, policies });
}

test("a shot is scrubbed as far back as each of its policies goes", BROWSER_TEST, async () => {
  await openPage(pageHtml(farPage("ping", "ms:1000")), "light", async (page) => {
    await page.locator("#jump-0").click();
    assert.match(await readout(page), /^400 ms back frame 175 · the ray would miss/);
    // The target crosses the ray at frame 145, 50 frames before the shot.
    await page.locator("#jump-1").click();
    assert.match(await readout(page), /^1000 ms back frame 145 · the ray would hit 2/);
    const [first, second] = await page.locator("#flips .flip-mark").evaluateAll((nodes) =>
      nodes.map((node) => (node as unknown as { offsetLeft: number }).offsetLeft)
    ) as [number, number];
    assert.ok(second > first + 100, `${first}, ${second}`);
    const labels = await page.locator(".view-top .labels li").allInnerTexts();
    assert.ok(labels.some((text) => /^2 · scrubbed to, ms:1000$/.test(text)), `${labels}`);
  });
});

test("what lies beyond the poses that are kept is said to", BROWSER_TEST, async () => {
  await openPage(pageHtml(farPage("none", "ms:3000")), "light", async (page) => {
    assert.match(
      await page.locator("main").innerText(),
      /A shot can be scrubbed back 2000 ms at most\. Farther go, of 2 shots: ms:3000 on 2;/,
    );
    await page.locator("#jump-1").click();
    assert.equal(await note(page), "Shot 0 can be scrubbed 2000 ms back at most, not 3000 ms.");
    assert.match(await readout(page), /^2000 ms back/);
    await page.evaluate(`location.hash = "#shot-1&back=5000"`);
    await page.waitForTimeout(50);
    assert.equal(await note(page), "Shot 1 can be scrubbed 2000 ms back at most, not 5000 ms.");
  });
});

test(
  "the bodies nearest to the ray are drawn, and the others are counted",
  BROWSER_TEST,
  async () => {
    // 29 stand 5 units farther off the ray each.
    const ids = range(2, 30);
    const history = makeHistory(range(0, 99), 20, {
      1: (f) => [f, 0, 0],
      ...Object.fromEntries(ids.map((id) => [id, () => [300, (id - 2) * 5, 0]])),
    });
    const shots = [{ ...makeShot(55, 1100, [0, 0, 0], [600, 0, 0], {}, null), index: 0 }];
    const gathered = samplePage({ history, shots, policies: ["none"] });
    const drawn = new Set(gathered.poses.tracks.map(({ id }) => id));
    assert.deepEqual([...drawn].sort((a, b) => a - b), range(1, 9));
    await openPage(pageHtml(gathered), "light", async (page) => {
      for (const view of ["top", "side", "aim"]) {
        assert.match(
          await page.locator(`.view-${view} figcaption`).innerText(),
          /21 more are not drawn/,
        );
        assert.match(
          await page.locator(`#${view}`).getAttribute("aria-label") ?? "",
          /21 more are/,
        );
      }
    });
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      assert.equal(await page.locator("figcaption small").first().isVisible(), false);
    });
  },
);

test(
  "the list says that no shot passes its filters, and takes them off",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      const empty = page.locator("#no-shots");
      assert.equal(await empty.isVisible(), false);
      const causes = page.locator("[data-filter='cause']");
      await causes.selectOption({ index: 1 });
      await page.locator("[data-filter='policy']").selectOption({ label: "ping" });
      await page.locator("[data-filter='game']").selectOption("miss");
      assert.equal(await page.locator("#shot-count").innerText(), "0 of 3");
      assert.match(await empty.innerText(), /No shot passes the filters\./);
      assert.match(await causes.locator("option:checked").innerText(), / \(0\)$/);
      await empty.locator("button").click();
      assert.equal(await empty.isVisible(), false);
      assert.equal(await page.locator("#shot-count").innerText(), "3 of 3");
    });
  },
);

test("a shot that the game says nothing of has dashes for marks", BROWSER_TEST, async () => {
  const [first, ...more] = SHOTS;
  const shots = [{ ...first!, verdict: undefined }, ...more];
  await openPage(pageHtml(samplePage({ shots })), "light", async (page) => {
    const dots = page.locator("#shots .dots");
    assert.deepEqual(await dots.nth(0).locator("i").allInnerTexts(), ["–", "–"]);
    assert.equal(await dots.nth(0).locator("svg").count(), 0);
    assert.equal(await dots.nth(1).locator("svg").count(), 2);
    assert.match(await page.locator(".list-legend").innerText(), /a dash where one of them has no/);
  });
});
