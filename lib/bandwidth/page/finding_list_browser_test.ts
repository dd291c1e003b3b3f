import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../browser_page_test_helper.ts";
import type { Finding } from "../report/finding.ts";
import { sampleReport, sampleRun } from "../report/sample_report_test_helper.ts";
import { reportHtml } from "./report_html.ts";

const NETS = ["lan", "4g", "satellite"];

function finding(given: Partial<Finding>): Finding {
  return {
    ...{ code: "heavy-loss", severity: "warning", runs: [], text: "t", evidence: "e", remedy: "r" },
    ...given,
  };
}

/** A page of three runs, of which the second loses most in second 1 and the third nothing. */
function open(findings: readonly Finding[], visit: (page: Page) => Promise<void>): Promise<void> {
  const [point] = sampleRun().series;
  const losing = (...losses: number[]) =>
    losses.map((lost, second) => ({ ...point!, second, frame: second * 10, losses: lost }));
  const series = [losing(0, 3, 9), losing(2, 7, 1), losing(0, 0, 0)];
  const runs = NETS.map((net, i) => sampleRun({ net, series: series[i]!, durationSeconds: 3 }));
  const report = { ...sampleReport(...runs), findings };
  return openPage(reportHtml(report), "light", visit);
}

function shownNames(page: Page): Promise<string[]> {
  return page.locator("#field-bars .bar-row .name").evaluateAll((nodes) =>
    nodes.map((node) => node.getAttribute("title")!)
  );
}

const ALL = NETS.map((net) => `strict varint ${net}`);

test(
  "a finding of the page shows its runs alone, and those from before again",
  BROWSER_TEST,
  () =>
    open([finding({ runs: ALL.slice(1) }), finding({ runs: ALL })], async (page) => {
      const button = page.locator("[data-finding='0']").getByRole("button");
      assert.equal(await button.innerText(), "show these 2 runs alone");
      await button.focus();
      await page.keyboard.press("Enter");
      assert.deepEqual(await shownNames(page), ALL.slice(1));
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      await page.keyboard.press("Enter");
      assert.deepEqual(await shownNames(page), ALL);
      assert.equal(await page.locator("[data-finding='1']").getByRole("button").count(), 0);
    }),
);

test(
  "a finding of the page leads to the worst second of the run that it names",
  BROWSER_TEST,
  () => {
    const named = finding({ runs: ALL.slice(0, 2), evidence: `${ALL[1]}: 10 of 50 lost` });
    const ofValues = finding({ code: "constant-fields", runs: [ALL[0]!] });
    const never = finding({ runs: [ALL[2]!] });
    return open([named, ofValues, never], async (page) => {
      const links = page.locator("[data-finding] a");
      assert.deepEqual(await links.allInnerTexts(), ["most packets lost: second 1 →"]);
      await links.first().click();
      assert.match(await page.locator("#second h2").innerText(), /^Second 1 .*strict varint 4g$/);
      assert.ok(page.url().endsWith("#second-1&run=1"));
      assert.deepEqual(await shownNames(page), ALL.slice(0, 2));
    });
  },
);

test(
  "a finding of the page lists all of its runs when they are unfolded",
  BROWSER_TEST,
  async () => {
    const runs = Array.from({ length: 12 }, (_, i) => sampleRun({ net: `delay=${i}` }));
    const names = runs.map(({ name }) => name);
    const report = { ...sampleReport(...runs), findings: [finding({ runs: names.slice(1) })] };
    await openPage(reportHtml(report), "light", async (page) => {
      const item = page.locator("[data-finding='0']");
      assert.equal(await item.locator("li").first().isVisible(), false);
      await item.locator("summary").click();
      await item.locator("li", { hasText: names[11]! }).waitFor();
      assert.deepEqual(await item.locator("li").allInnerTexts(), names.slice(1));
    });
  },
);

test(
  "many findings of the page have their notes folded, and few have not",
  BROWSER_TEST,
  async () => {
    const warnings = Array.from({ length: 4 }, (_, i) => finding({ text: `warning ${i}` }));
    const notes = Array.from(
      { length: 6 },
      (_, i) => finding({ severity: "note", text: `note ${i}` }),
    );
    await open([...warnings, ...notes], async (page) => {
      assert.equal(await page.getByText("note 0").isVisible(), false);
      assert.equal(await page.getByText("warning 3").isVisible(), true);
      await page.getByText("6 notes", { exact: true }).click();
      assert.equal(await page.getByText("note 5").isVisible(), true);
    });
    await open([...warnings, ...notes.slice(0, 4)], async (page) => {
      assert.equal(await page.getByText("note 3").isVisible(), true);
    });
  },
);
