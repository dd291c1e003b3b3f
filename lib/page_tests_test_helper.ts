// Helper of tests that look at the pages of a command, wide and narrow, light and dark.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BROWSER_TEST, openPage } from "./browser_page_test_helper.ts";
import {
  checkContrast,
  checkLayout,
  checkNames,
  checkReach,
  type PageInks,
} from "./page_checks_test_helper.ts";

const OPTIONS = { ...BROWSER_TEST, ...(BROWSER_TEST.skip === undefined && { timeout: 180_000 }) };

/**
 * Tests that pages can be read, and that all on them is named and reached.
 *
 * @param subject what they are, as tests name it
 * @param pages HTML by what it is of
 * @param stopsMax how often Tab may stop, at most
 */
export function testPages(
  subject: string,
  pages: Readonly<Record<string, () => string>>,
  inks: PageInks,
  stopsMax: number,
): void {
  for (const [what, html] of Object.entries(pages)) {
    test(`${subject} of ${what} can be read, wide and narrow`, OPTIONS, async () => {
      for (const [width, scheme] of [[1400, "light"], [1400, "dark"], [420, "light"]] as const) {
        await openPage(html(), scheme, async (page) => {
          await checkContrast(page, inks);
          if (scheme === "light") await checkLayout(page);
        }, width);
      }
    });

    test(`all on ${subject} of ${what} is named and reached`, OPTIONS, async () => {
      for (const width of [1400, 420]) {
        await openPage(html(), "light", async (page) => {
          await checkNames(page);
          const stops = await checkReach(page);
          assert.ok(stops < stopsMax, `Tab stops ${stops} times`);
        }, width);
      }
    });
  }
}
