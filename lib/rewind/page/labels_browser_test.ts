import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import { makeHistory, makeShot, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage } from "./sample_page_test_helper.ts";

/** One target that runs across the ray, where each of 16 policies has it elsewhere. */
function manyPolicies(): string {
  const history = makeHistory(range(0, 99), 20, {
    1: () => [0, 0, 0],
    2: (f) => [300, (f - 55) * 20, 0],
  });
  const shots = [{ ...makeShot(55, 1100, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2), index: 0 }];
  const policies = range(0, 15).map((i) => `ms:${i * 20}`);
  return pageHtml(samplePage({ history, shots, policies }));
}

test("a figure counts whom it has no label for, and lists their texts", BROWSER_TEST, async () => {
  await openPage(manyPolicies(), "light", async (page) => {
    await page.waitForTimeout(100);
    for (const view of ["top", "aim"]) {
      const figure = page.locator(`.view-${view}`);
      const texts = [
        ...await figure.locator(".labels li").allTextContents(),
        ...await figure.locator(".left-list li").allTextContents(),
      ].join(", ");
      const left = await figure.locator(".left-list li").count();
      assert.ok(left > 0);
      assert.match(
        await figure.locator("figcaption").innerText(),
        new RegExp(`\\+${left} without`),
      );
      for (let i = 0; i < 16; i++) assert.match(texts, new RegExp(`ms:${i * 20}\\b|, \\+`));
    }
  }, 420);
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    await page.waitForTimeout(100);
    assert.doesNotMatch(await page.locator(".view-top figcaption").innerText(), /without/);
  });
});

test("what is pressed is 32 pixels high for a finger", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    assert.equal(await page.evaluate("matchMedia('(pointer: coarse)').matches"), true);
    for (const what of ["#rewind", ".steps button", ".swatch", ".jump"]) {
      for (const control of await page.locator(`${what}:visible`).all()) {
        const { height } = (await control.boundingBox())!;
        assert.ok(height >= 32, `${what} is ${height} px high`);
      }
    }
  });
});
