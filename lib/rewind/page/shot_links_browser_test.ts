import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import { makeShot, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import type { RewindPage } from "./rewind_page.ts";
import { samplePage, SHOTS } from "./sample_page_test_helper.ts";

/** Shots 0 to 39 on frames 40 to 79; on the even ones the policies differ from the game. */
function manyShots(): RewindPage {
  const shots = range(0, 39).map((index) => {
    const frame = 40 + index;
    // The target stands 10 units a frame off y = 0 at frame 50; each ray passes where it is now.
    const y = (frame - 50) * 10;
    const from = [0, y, 0] as const;
    return {
      ...makeShot(frame, frame * 20, from, [600, y, 0], { ping: 100 }, index % 2 === 0 ? null : 2),
      index,
    };
  });
  return samplePage({ shots });
}

/** Follows a link to a place of the page. */
async function follow(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.waitForTimeout(50);
}

async function hashOf(page: Page, expected: RegExp): Promise<string> {
  for (let tries = 0;; tries++) {
    const hash = await page.evaluate<string>("location.hash");
    if (expected.test(hash) || tries > 50) return hash;
    await page.waitForTimeout(50);
  }
}

const title = (page: Page) => page.locator("#shot-title").innerText();
const note = (page: Page) => page.locator("#link-note").innerText();

test(
  "the rewind page opens the shot of a link, and links to what is chosen",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      assert.equal(await page.evaluate("document.documentElement.dataset.ready"), "true");
      await page.goto(`${page.url()}#shot-2&back=40&policy=ping`);
      await page.reload();
      assert.equal(await title(page), "Shot 2");
      assert.match(await page.locator("#readout").innerText(), /^40 ms back/);
      assert.equal(await page.locator("[data-filter='policy']").inputValue(), "1");
      assert.equal(await page.locator("#link-note").isVisible(), false);
      const steps = await page.evaluate("history.length");
      await page.locator("#previous-shot").click();
      assert.match(await hashOf(page, /shot-1/), /^#shot-1&policy=ping$/);
      await page.locator("#rewind").fill("12.5");
      assert.match(await hashOf(page, /back/), /^#shot-1&back=12\.5&policy=ping$/);
      // It is the address, and no step of the browser's history.
      assert.equal(await page.evaluate("history.length"), steps);
    });
  },
);

test(
  "the rewind page finds shots by frame and time while open, whatever is filtered",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      await follow(page, "#frame-60");
      assert.deepEqual([await title(page), await note(page)], ["Shot 1", ""]);
      await follow(page, "#time-1390");
      assert.equal(await title(page), "Shot 2");
      assert.equal(await note(page), "The shot nearest to 1390 ms is 10 ms after it: shot 2.");
      await page.locator("[data-filter='game']").selectOption("miss");
      assert.equal(await title(page), "Shot 1");
      await follow(page, "#shot-0");
      assert.equal(await title(page), "Shot 0");
      assert.match(await note(page), /The filters left out shot 0: they are taken off\./);
      assert.equal(await page.locator("#shot-count").innerText(), "3 of 3");
    });
  },
);

test(
  "the rewind page says of a wrong link that it is one, and runs nothing of it",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      for (
        const [hash, told] of [
          ["#shot-99", /^Shot 99 does not exist: they are 0 to 2\. Shot 0, the first, is shown\.$/],
          ["#<img src=x onerror=alert(1)>", /names no shot.* Shot 0, the first, is shown\.$/],
          [
            "#shot-1&from=javascript:alert(1)//.html",
            /^The link's “from=javascript.* is left aside/,
          ],
          ["#shot-1&policy=%3Cb%3E", /^The page has no policy “<b>”\.$/],
        ] as const
      ) {
        await follow(page, "#shot-2");
        await follow(page, hash);
        assert.match(await note(page), told);
        assert.equal(await title(page), hash.startsWith("#shot-1") ? "Shot 1" : "Shot 0");
        assert.equal(await page.locator("#to-report").isVisible(), false);
        assert.equal(await page.locator("#link-note *").count(), 0);
      }
    });
  },
);

test(
  "the rewind page links back to the report that a link came from, at the shot's time",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      const link = page.locator("#to-report");
      await follow(page, "#shot-0&from=my%20report.html");
      assert.equal(await link.getAttribute("href"), "my%20report.html#time-1100");
      assert.equal(await link.innerText(), "back to the report, at 1.1 s (my report.html)");
      await page.keyboard.press("j");
      assert.equal(await link.getAttribute("href"), "my%20report.html#time-1200");
      assert.match(await hashOf(page, /shot-1/), /^#shot-1&from=my%2520report\.html$/);
    });
    const own = pageHtml(samplePage({ reportPage: "../r.html" }));
    await openPage(own, "light", async (page) => {
      await follow(page, "#shot-2");
      assert.equal(await page.locator("#to-report").getAttribute("href"), "../r.html#time-1400");
    });
  },
);

test(
  "the rewind page's keys go to the next disagreement, to policies, and not while choosing",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(manyShots()), "light", async (page) => {
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key);
        return await title(page);
      };
      await page.locator("[data-filter='policy']").selectOption({ label: "none" });
      await follow(page, "#shot-5");
      await page.locator("body").click({ position: { x: 2, y: 2 } });
      // As it is now, each ray hits: none differs where the game missed.
      assert.equal(await press("n"), "Shot 6");
      assert.equal(await press("n"), "Shot 8");
      assert.equal(await press("p", "p"), "Shot 4");
      assert.equal(await press("j"), "Shot 5");
      assert.equal(await press("k", "k"), "Shot 3");
      await press("2");
      assert.match(await page.locator("#readout").innerText(), /^100 ms back/);
      await press("1");
      assert.match(await page.locator("#readout").innerText(), /^0 ms back/);
      await follow(page, "#shot-38");
      await press("n");
      assert.equal(
        await note(page),
        "No later shot of the list on which none and the game differ.",
      );
      await page.locator("#previous-differing").click();
      assert.equal(await title(page), "Shot 36");
      await press("?");
      assert.equal(await page.locator("#keys").isVisible(), true);
      assert.equal(await press("n"), "Shot 36");
      await press("Escape");
      assert.equal(await page.locator("#keys").isVisible(), false);
      await page.locator("[data-filter='game']").focus();
      assert.equal(await press("n"), "Shot 36");
    });
  },
);

test("the rewind page's list is one stop of Tab, and keys go along it", BROWSER_TEST, async () => {
  await openPage(pageHtml(manyShots()), "light", async (page) => {
    const focused = () =>
      page.evaluate<string>("document.activeElement.id || document.activeElement.dataset.filter");
    await page.locator("[data-filter='differs']").focus();
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "shots");
    const chosen = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      const id = await page.locator("#shots").getAttribute("aria-activedescendant");
      const option = page.locator(`#${id}`);
      assert.equal(await option.getAttribute("aria-selected"), "true");
      // At once: rows are made anew as the list scrolls.
      const [row, list] = await page.evaluate<DOMRect[]>(
        `[document.getElementById("${id}"), document.getElementById("shots")]
          .map((box) => box.getBoundingClientRect().toJSON())`,
      );
      assert.ok(row!.top >= list!.top - 1 && row!.bottom <= list!.bottom + 1);
      return [await title(page), await option.getAttribute("aria-posinset")];
    };
    assert.deepEqual(await chosen("End"), ["Shot 39", "40"]);
    assert.deepEqual(await chosen("ArrowUp"), ["Shot 38", "39"]);
    assert.deepEqual(await chosen("Home"), ["Shot 0", "1"]);
    assert.deepEqual(await chosen("2", "7"), ["Shot 27", "28"]);
    assert.notDeepEqual(await chosen("PageUp"), ["Shot 27", "28"]);
    assert.equal(await focused(), "shots");
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "previous-shot");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await focused(), "shots");
    const option = page.locator("#shot-option-27");
    await chosen("2", "7");
    assert.equal(
      await option.getAttribute("aria-label"),
      "shot 27, 1.34 s, by 1, game hits 2, ping misses",
    );
    // 40 rows do not fit: those out of sight are not made.
    assert.ok(await page.locator("#shots .shot").count() < 40);
  });
});

test("a claim of the rewind page leads to the shot that contradicts it", BROWSER_TEST, async () => {
  const causeOf = () => ({
    ...{ word: "unexplained", rule: "half-rtt-missing", sharedBy: 3, contradictedBy: 2 } as const,
    changes: [{ rule: "half-rtt-missing" }, { rule: "shooter-rewound" }] as const,
  });
  const html = pageHtml(samplePage({ optionsOf: (shot) => shot === SHOTS[0] ? { causeOf } : {} }));
  await openPage(html, "light", async (page) => {
    const claim = page.locator("#claims .claim").nth(0);
    assert.match(
      await claim.innerText(),
      /^none misses by 34 units; the game hits 2\. unexplained\s+They would agree if half of the round trip, .*\.\s+Evidence: the shot's ping\. It mends 2 other shots, but shot 2 contradicts it: no reason\. On this shot shooter-rewound would do too\.$/,
    );
    await claim.getByRole("link", { name: "shot 2" }).click();
    assert.equal(await title(page), "Shot 2");
    await page.locator("#glossary summary").click();
    assert.match(
      await page.locator("#glossary").innerText(),
      /unexplained\s+no change is a reason/,
    );
  });
});

test(
  "the rewind page stays in 420 px, and says the verdict when scrubbing stops",
  BROWSER_TEST,
  async () => {
    const long = `ping+${"0*0+".repeat(40)}0`;
    const html = pageHtml(samplePage({
      policies: ["none", "ping", long],
      ...{ command: `hindcast rewind ${"x".repeat(300)}`, version: "1.2.3" },
    }));
    await openPage(html, "dark", async (page) => {
      await page.setViewportSize({ width: 420, height: 900 });
      assert.ok(await page.evaluate<number>("document.documentElement.scrollWidth") <= 420);
      await page.locator("#jump-0").focus();
      await page.keyboard.press("Enter");
      const spoken = page.locator("#spoken");
      await spoken.filter({
        hasText: "Shot 0, 0 ms back: the ray would miss; the game says hit 2.",
      }).waitFor({ state: "attached" });
      assert.equal(
        await page.locator("#rewind").getAttribute("aria-valuetext"),
        "0 ms back, frame 55, would miss",
      );
    });
  },
);
