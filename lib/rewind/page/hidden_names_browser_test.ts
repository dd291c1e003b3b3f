import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import { makeHistory, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage, SHOTS } from "./sample_page_test_helper.ts";

test(
  "names that turn around the text after them are spelt out wherever they stand",
  BROWSER_TEST,
  async () => {
    const named = { ...samplePage(), names: { "1": "\u202eone", "2": "\u202etwo" } };
    await openPage(pageHtml(named), "light", async (page) => {
      for (const { index } of SHOTS) {
        await page.locator(`#shot-option-${index}`).click();
        await page.locator("#rewind").fill("100");
        const texts = await page.evaluate(`[...document.body.querySelectorAll("*")]
        .filter((node) => node.tagName !== "SCRIPT").flatMap((node) => [
          ...[...node.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data),
          ...[...node.attributes].map(({ value }) => value),
        ])`) as string[];
        assert.deepEqual(texts.filter((text) => text.includes("\u202e")), [], `shot ${index}`);
        assert.ok(texts.some((text) => text.includes("\\u{202e}one")), `shot ${index}`);
      }
    });
  },
);

test("a shot of one who is alone is not called out of sight", BROWSER_TEST, async () => {
  const alone = makeHistory(range(0, 99), 20, { 1: (f) => [f, 0, 0] });
  const shots = [{ ...SHOTS[1]!, index: 0 }];
  const html = pageHtml(samplePage({ history: alone, shots }));
  await openPage(html, "light", async (page) => {
    await page.waitForTimeout(200);
    assert.doesNotMatch(await page.locator("body").innerText(), /nobody is here/);
  });
});
