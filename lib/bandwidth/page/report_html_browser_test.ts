import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import { reportHtml } from "./report_html.ts";
import type { BandwidthReport } from "../report/run_report.ts";
import type { FieldError } from "../report/seen_figures.ts";
import {
  faultyRun,
  sampleReport,
  sampleRun,
  wrongRun,
} from "../report/sample_report_test_helper.ts";

const MISHAP = "document.title = 'executed'";
const HOSTILE = `<img src=x onerror="${MISHAP}"></script><script>${MISHAP}</script>`;

/** Opens a report's page from a file and fails when the page complained or asked the network. */
function openReport(
  report: BandwidthReport,
  colorScheme: "light" | "dark",
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  return openPage(reportHtml(report), colorScheme, async (page) => {
    await page.waitForSelector("html[data-ready='true']");
    await visit(page);
  });
}

/** Pixels of a chart that are not transparent, and those near a colour such as `#1f66d1`. */
async function pixels(page: Page, chart: string, color: string): Promise<[number, number]> {
  return await page.evaluate(`(() => {
    const canvas = document.querySelector('[data-chart="${chart}"] canvas');
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    const wanted = [1, 3, 5].map((at) => parseInt("${color}".slice(at, at + 2), 16));
    let drawn = 0, near = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 0) drawn++;
      if (data[i + 3] > 200 && wanted.every((c, k) => Math.abs(c - data[i + k]) < 24)) near++;
    }
    return [drawn, near];
  })()`);
}

/** Waits until a chart has more than so many pixels near a colour, or none for `"none"`. */
async function waitForColor(
  page: Page,
  chart: string,
  color: string,
  wanted: number | "none",
): Promise<void> {
  let near = 0;
  for (let round = 0; round < 100; round++) {
    near = (await pixels(page, chart, color))[1];
    if (wanted === "none" ? near === 0 : near > wanted) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`${chart} has ${near} pixels of ${color}, expected ${wanted}`);
}

const LIGHT = ["#1f66d1", "#d9540b"] as const;
const DARK = ["#69a7ff", "#ff9350"] as const;

test("the page of a report opens from a file and draws every chart", BROWSER_TEST, async () => {
  await openReport(sampleReport(sampleRun(), wrongRun()), "light", async (page) => {
    for (const chart of ["kbps", "sizes", "ages", "wrong", "keyframes", "losses"]) {
      const [drawn, near] = await pixels(page, chart, LIGHT[1]);
      assert.ok(drawn > 500 && near > 10, `${chart} has ${drawn} pixels, ${near} of run 2`);
    }
    await page.getByRole("button", { name: "tail" }).first().click();
    await waitForColor(page, "sizes", LIGHT[1], 10);
    assert.equal(await page.locator("#field-bars .bar").count(), 2);
    assert.match(await page.locator("#heal-ranges").innerText(), /never wrong[^]*p50 2 · p99 9/);
  });
});

test("a click on a run of the page toggles it in all charts", BROWSER_TEST, async () => {
  await openReport(sampleReport(sampleRun(), wrongRun()), "light", async (page) => {
    const row = page.locator("table.runs tbody tr").nth(1);
    await waitForColor(page, "kbps", LIGHT[1], 100);
    await row.click();
    assert.equal(await row.getAttribute("class"), "off");
    for (const chart of ["kbps", "sizes", "wrong"]) {
      await waitForColor(page, chart, LIGHT[1], "none");
    }
    await waitForColor(page, "kbps", LIGHT[0], 100);
    assert.equal(await page.locator("#field-bars .bar").count(), 1);
    await page.locator(".run-legend button[data-run='1']").click();
    assert.equal(await row.getAttribute("class"), "");
    await waitForColor(page, "kbps", LIGHT[1], 100);
    await row.getByRole("button").click({ modifiers: ["Shift"] });
    await waitForColor(page, "kbps", LIGHT[0], "none");
    await page.locator("#show-none").click();
    await page.locator("#show-all").click();
    await waitForColor(page, "kbps", LIGHT[0], 100);
  });
});

test("pointing at the page's charts and bars shows place and value", BROWSER_TEST, async () => {
  await openReport(sampleReport(sampleRun(), wrongRun()), "light", async (page) => {
    const tooltip = page.locator(".tooltip");
    assert.equal(await tooltip.isVisible(), false);
    await page.locator("[data-chart='kbps'] .u-over").hover({ position: { x: 1000, y: 60 } });
    assert.match(
      await tooltip.innerText(),
      /^second 1 · frame 110\n\s*strict varint loss=2%\s+5 kbps\n\s*append varint loss=2%\s+5 kbps$/,
    );
    await page.locator("[data-chart='sizes'] .u-over").hover({ position: { x: 5, y: 60 } });
    assert.match(await tooltip.innerText(), /^0–1 B\n\s*strict varint loss=2%\s+0 % of packets/);
    await page.locator("#field-bars .segment[data-part='0']").first().hover();
    assert.match(
      await tooltip.innerText(),
      /^player\.x\n\s*strict varint loss=2%\s+20 B · 29.4 % · sent 500×, 16 bits a send/,
    );
    // 28 B of IP and UDP, 20 + 10 of fields, 4 of masks, 4 of packet headers, 2 of ids.
    const bar = page.locator("#field-bars .bar").first();
    const parts = await bar.locator(".segment").evaluateAll((segments) =>
      segments.map((segment) => (segment as unknown as { dataset: { part: string } }).dataset.part)
    );
    assert.deepEqual(parts, ["ip", "0", "1", "mask", "packet", "entity"]);
    assert.equal(await page.locator("#field-bars .total").first().innerText(), "68 B");
    await bar.locator("[data-part='ip']").hover();
    assert.match(
      await tooltip.innerText(),
      /^IP and UDP headers\n\s*strict varint loss=2%\s+28 B · 41.2 %\n/,
    );
    await page.mouse.move(2, 2);
    assert.equal(await tooltip.isVisible(), false);
  });
});

test(
  "the page of a report follows a dark scheme, also while it is open",
  BROWSER_TEST,
  async () => {
    await openReport(sampleReport(sampleRun(), wrongRun()), "dark", async (page) => {
      const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
      assert.equal(await background(), "rgb(13, 16, 20)");
      await waitForColor(page, "kbps", DARK[1], 100);
      await page.emulateMedia({ colorScheme: "light" });
      assert.equal(await background(), "rgb(243, 245, 247)");
      await waitForColor(page, "kbps", DARK[1], "none");
      await waitForColor(page, "kbps", LIGHT[1], 100);
    });
  },
);

test(
  "the page of a report prints in light colours, also from a dark screen",
  BROWSER_TEST,
  async () => {
    await openReport(sampleReport(sampleRun(), wrongRun()), "dark", async (page) => {
      await waitForColor(page, "kbps", DARK[1], 100);
      await page.emulateMedia({ media: "print" });
      assert.equal(
        await page.evaluate("getComputedStyle(document.body).backgroundColor"),
        "rgb(255, 255, 255)",
      );
      await waitForColor(page, "kbps", DARK[1], "none");
      await waitForColor(page, "kbps", LIGHT[1], 100);
      const stuck = await page.evaluate(`[...document.querySelectorAll("body *")]
      .filter((node) => getComputedStyle(node).position === "sticky")
      .map((node) => node.outerHTML.slice(0, 80))`);
      assert.deepEqual(stuck, []);
    });
  },
);

test("names from a recording are inert in the page of a report", BROWSER_TEST, async () => {
  const fields = [{
    kind: HOSTILE,
    field: HOSTILE,
    bits: 9000,
    share: 0.7,
    changes: 1,
    bitsPerChange: 1,
  }];
  const run = sampleRun({
    ...{ net: HOSTILE, fields },
    costs: [{ part: "field", kind: HOSTILE, field: HOSTILE, bits: 9000, share: 0.3 }],
    kinds: [{ ...sampleRun().kinds[0]!, kind: HOSTILE }],
    entities: [{ id: HOSTILE, kind: HOSTILE, bits: 9000, share: 0.7 }],
    wireError: [{ max: 2, worst: { entity: HOSTILE, frame: 7 } } as FieldError],
  });
  const report = { ...sampleReport(run, { ...run, verified: false, fault: HOSTILE }), seed: 1 };
  await openReport({ ...report, recording: HOSTILE }, "light", async (page) => {
    const tooltip = page.locator(".tooltip");
    await page.locator("[data-chart='kbps'] .u-over").hover({ position: { x: 1000, y: 60 } });
    assert.ok((await tooltip.innerText()).includes(HOSTILE));
    await page.locator("#field-bars .segment[data-part='0']").first().hover();
    assert.ok((await tooltip.innerText()).startsWith(`${HOSTILE}.${HOSTILE}`));
    await page.locator("[data-lists-of] summary").first().click();
    const table = page.locator("[data-lists-of] table").first();
    assert.equal(await table.locator("tbody td").nth(1).innerText(), HOSTILE);
    const errors = page.locator("h3:text-is('wireError') + div table");
    assert.deepEqual(await errors.locator("th").allInnerTexts(), [
      "max",
      "worst.entity",
      "worst.frame",
    ]);
    assert.deepEqual(await errors.locator("td").allInnerTexts(), ["2", HOSTILE, "7"]);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 3);
    assert.equal(await page.title(), `${HOSTILE} · bandwidth report`);
  });
});

test("the page's last link saves the report as it was given", BROWSER_TEST, async () => {
  const report = sampleReport(sampleRun(), wrongRun());
  await openReport(report, "light", async (page) => {
    const link = page.getByRole("link", { name: "Save the JSON of this report" });
    for (const act of ["click", "focus"] as const) {
      const saved = page.waitForEvent("download");
      if (act === "click") await link.click();
      else {
        await link.focus();
        await page.keyboard.press("Enter");
      }
      const download = await saved;
      assert.equal(download.suggestedFilename(), "report.json");
      const text = readFileSync(await download.path(), "utf8");
      assert.deepEqual(JSON.parse(text), report);
    }
  });
});

for (const width of [1400, 420]) {
  test(
    `a window of ${width} px is printed with charts as wide as the paper, and rows under their axes`,
    BROWSER_TEST,
    () => {
      const report = sampleReport(faultyRun(), wrongRun());
      return openPage(reportHtml(report), "light", async (page) => {
        await page.setViewportSize({ width, height: 900 });
        await page.waitForTimeout(200);
        await page.evaluate(() => globalThis.dispatchEvent(new Event("beforeprint")));
        // The text area of A4 between margins of 12 mm.
        await page.setViewportSize({ width: 703, height: 900 });
        await page.emulateMedia({ media: "print" });
        await page.waitForTimeout(200);
        const boxes = (selector: string): Promise<[left: number, right: number][]> =>
          page.locator(selector).evaluateAll((nodes) =>
            nodes.map((node) => {
              const { left, right } = (node as unknown as {
                getBoundingClientRect(): { left: number; right: number };
              }).getBoundingClientRect();
              return [Math.round(left), Math.round(right)];
            })
          );
        const [card] = await boxes("#second");
        for (const [left, right] of await boxes(".time-chart canvas:not(.strip)")) {
          assert.deepEqual([left, right], [card![0] + 21, card![1] - 21]);
        }
        const plots = await boxes(".u-over.over-time-plot");
        const rows = await boxes(".strip-plot");
        assert.ok(rows.length > 0 && plots.length > 0);
        for (const row of rows) assert.deepEqual(row, plots[0]);
        for (const [, right] of await boxes("table:visible")) {
          assert.ok(right <= card![1], `${right}`);
        }
      });
    },
  );
}
