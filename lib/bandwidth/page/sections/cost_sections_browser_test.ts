import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../../browser_page_test_helper.ts";
import { sampleReport, sampleRun, wrongRun } from "../../report/sample_report_test_helper.ts";
import { reportHtml } from "../report_html.ts";

/** Texts of the segments of the first bar that are wider than their segments, and all texts. */
function labels(page: Page): Promise<{ cut: string[]; all: string[] }> {
  return page.evaluate(`(() => {
    const segments = [...document.querySelectorAll("#field-bars .segment")];
    const range = document.createRange();
    const cut = segments.filter((node) => {
      range.selectNodeContents(node);
      return range.getBoundingClientRect().right > node.getBoundingClientRect().right;
    });
    return {
      cut: cut.map((node) => node.textContent),
      all: [...document.querySelectorAll("#field-bars .bar")[0].children]
        .map((node) => node.textContent),
    };
  })()`);
}

test(
  "segments of the page are labelled where name and share fit",
  BROWSER_TEST,
  () =>
    openPage(reportHtml(sampleReport(sampleRun(), wrongRun())), "light", async (page) => {
      const wide = await labels(page);
      assert.deepEqual(wide.cut, []);
      // 28, 20, 10, 4, 4 and 2 of 68 B.
      assert.deepEqual(wide.all.slice(0, 3), [
        "IP and UDP headers 41 %",
        "player.x 29 %",
        "player.hp 15 %",
      ]);
      await page.setViewportSize({ width: 420, height: 900 });
      await page.waitForFunction(
        () =>
          (globalThis as unknown as {
            document: { querySelector(css: string): { textContent: string } };
          })
            .document.querySelector("#field-bars .segment").textContent !==
            "IP and UDP headers 41 %",
      );
      const narrow = await labels(page);
      assert.deepEqual(narrow.cut, []);
      assert.deepEqual(narrow.all.slice(0, 2), ["IP, UDP 41 %", "x 29 %"]);
      assert.equal(narrow.all.at(-1), "");
    }),
);

test(
  "the page's legend of parts is by weight of the runs that are shown",
  BROWSER_TEST,
  () =>
    openPage(reportHtml(sampleReport(sampleRun(), wrongRun())), "light", async (page) => {
      const entries = page.locator("#field-bars .legend button");
      assert.deepEqual(await entries.allInnerTexts(), [
        "IP and UDP headers 41 %",
        "player.x 29 %",
        "player.hp 15 %",
        "masks 5.88 %",
        "packet headers 5.88 %",
        "entity ids and kinds 2.94 %",
      ]);
      await page.getByText("The same as a table").click();
      const cells = page.locator("#parts-table tbody tr").first().locator("td");
      assert.equal(await cells.nth(0).innerText(), "68 B");
      assert.match(await cells.nth(1).innerText(), /^28 B\s+41\.2 %$/);
      await entries.nth(2).focus();
      await page.keyboard.press("Enter");
      assert.equal(
        await page.locator("#field-bars .segment").first().getAttribute("data-part"),
        "1",
      );
      assert.equal(await entries.nth(2).getAttribute("aria-pressed"), "true");
    }),
);

test(
  "a page without losses, ages and wrong fields has sentences in the place of charts",
  BROWSER_TEST,
  () => {
    const series = sampleRun().series.map((point) => ({ ...point, losses: 0 }));
    const run = sampleRun({
      ...{ series, lost: 0, discarded: 0, baselineAges: [] },
      baselineAgeFrames: { p50: 0, p99: 0, max: 0 },
    });
    return openPage(reportHtml(sampleReport(run)), "light", async (page) => {
      const charts = await page.locator("[data-chart]").evaluateAll((boxes) =>
        boxes.map((box) => (box as unknown as { dataset: { chart: string } }).dataset.chart)
      );
      for (const chart of ["ages", "wrong", "losses"]) assert.ok(!charts.includes(chart), chart);
      assert.ok(charts.includes("sizes"));
      const main = await page.locator("main").innerText();
      for (
        const sentence of [
          "No consumer ever saw a wrong field, in any run.",
          "Every packet arrived in one piece and in time and was applied, in every run.",
          "Every packet is a keyframe: none goes against a state before it.",
          "at most one a join, and for no other reason",
        ]
      ) assert.ok(main.includes(sentence), sentence);
    });
  },
);

test("the page of many runs writes its table of figures when it is opened", BROWSER_TEST, () => {
  const runs = Array.from({ length: 9 }, (_, i) => sampleRun({ net: `delay=${i}`, late: i }));
  return openPage(reportHtml(sampleReport(...runs)), "light", async (page) => {
    const rows = page.locator("#figures-table tbody tr:visible");
    assert.equal(await page.locator("#figures-table tr").count(), 0);
    await page.getByText("Table of all figures").click();
    await page.locator("#figure-filter").fill("LATE");
    assert.deepEqual(await rows.locator("th").allInnerTexts(), ["late"]);
    assert.equal(await rows.first().locator("td").last().innerText(), "8");
    await page.locator("#figure-filter").fill("mtu");
    assert.equal(await rows.count(), 3);
    await page.locator("#figure-differs").check();
    assert.equal(await rows.count(), 0);
    await page.locator("#figure-filter").fill("");
    assert.deepEqual(await rows.locator("th").allInnerTexts(), [
      ...["name", "net", "settings.net", "late"],
    ]);
  });
});

test(
  "every card that shows runs says so where none is shown, and has them again",
  BROWSER_TEST,
  () =>
    openPage(reportHtml(sampleReport(sampleRun(), wrongRun())), "light", async (page) => {
      const titles = [
        ...["Where the bytes go", "Packet sizes", "Baseline age", "What became of packets"],
        "Time to heal",
      ];
      const cards = titles.map((title) =>
        page.locator("section", { has: page.getByRole("heading", { name: title }) })
      );
      await page.getByRole("button", { name: "none", exact: true }).click();
      for (const card of cards) {
        assert.ok(await card.getByText("No run is shown.").first().isVisible(), String(card));
        assert.equal(await card.locator("canvas:visible, .legend:visible").count(), 0);
      }
      await page.getByRole("button", { name: "all", exact: true }).click();
      assert.equal(await page.getByText("No run is shown.").locator("visible=true").count(), 0);
      assert.equal(await cards[1]!.locator("canvas").isVisible(), true);
    }),
);

test("numbers in names go by value where the page sorts runs by name", BROWSER_TEST, () => {
  const runs = [10, 9, 100].map((delay) => sampleRun({ net: `delay=${delay}` }));
  return openPage(reportHtml(sampleReport(...runs)), "light", async (page) => {
    await page.getByRole("button", { name: "by name" }).click();
    const names = await page.locator("#field-bars .bar-row .name").allInnerTexts();
    assert.deepEqual(names.map((name) => name.split("delay=")[1]), ["9", "10", "100"]);
  });
});
