import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../../../browser_page_test_helper.ts";
import {
  faultyRun,
  sampleEvents,
  sampleMoments,
  sampleReport,
  sampleRun,
} from "../../../report/sample_report_test_helper.ts";
import type { RunReport } from "../../../report/run_report.ts";
import { reportHtml, type ReportPageOptions } from "../../report_html.ts";

async function openRuns(
  runs: readonly RunReport[],
  options: ReportPageOptions,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  await openPage(reportHtml(sampleReport(...runs), options), "light", async (page) => {
    await page.waitForSelector("html[data-ready]");
    await visit(page);
  });
}

const BOTH: ReportPageOptions = { moments: [sampleMoments()], events: sampleEvents() };
const chart = (page: Page, name: string) => page.locator(`[data-chart="${name}"]`);
const zoomed = (page: Page) => page.locator("#time-bar output").innerText();
const title = (page: Page) => page.locator("#second h2").innerText();

/** Left and right of what marks the chosen second, as parts of the drawing. */
async function markOf(page: Page, plot: string): Promise<number[]> {
  return await page.evaluate(`(() => {
    const plot = document.querySelector('${plot}');
    const { left, width } = plot.getBoundingClientRect();
    const mark = plot.querySelector(".chosen-second").getBoundingClientRect();
    return [mark.left, mark.right].map((x) => Math.round(((x - left) / width) * 120) / 10);
  })()`);
}

test(
  "charts over time have lines, titles and units, and only what some run has",
  BROWSER_TEST,
  async () => {
    await openRuns([faultyRun()], BOTH, async (page) => {
      const names = await page.locator(".over-time [data-chart]").evaluateAll((boxes) =>
        boxes.map((box) => (box as unknown as { dataset: { chart: string } }).dataset.chart)
      );
      assert.deepEqual(names, ["age", "error", "kbps", "keyframes", "losses"]);
      assert.match(
        await chart(page, "kbps").locator("canvas").getAttribute("aria-label") ?? "",
        /^Bandwidth \(kbps\), 1 run, seconds 0 to 12$/,
      );
    });
    await openRuns([sampleRun()], {}, async (page) => {
      const text = await page.locator(".over-time").innerText();
      assert.match(text, /were not measured: the report is of the cost alone/);
      assert.equal(await chart(page, "age").count(), 0);
      assert.equal(await page.locator("#freeze-strip, #event-lane").count(), 0);
    });
  },
);

test(
  "a click on a chart chooses its second, which is marked in every drawing over time",
  BROWSER_TEST,
  async () => {
    await openRuns([faultyRun()], BOTH, async (page) => {
      const over = chart(page, "age").locator(".u-over");
      const { width } = (await over.boundingBox())!;
      await over.click({ position: { x: width * 7.5 / 12, y: 40 } });
      assert.match(await title(page), /^Second 7 /);
      for (
        const plot of [
          '[data-chart="age"] .u-over',
          '[data-chart="kbps"] .u-over',
          "#freeze-strip .strip-plot",
          "#event-lane .strip-plot",
        ]
      ) {
        assert.deepEqual(await markOf(page, plot), [7, 8], plot);
      }
      // The drawings stand one below the other, at the same left and right.
      const edges = await page.locator(".over-time-plot").evaluateAll((plots) =>
        plots.map((plot) => {
          const { left, right } =
            (plot as unknown as { getBoundingClientRect(): { left: number; right: number } })
              .getBoundingClientRect();
          return `${Math.round(left)} ${Math.round(right)}`;
        })
      );
      assert.equal(new Set(edges).size, 1, edges.join(", "));
    });
  },
);

test("zoom by drag, buttons and double-click is that of all charts", BROWSER_TEST, async () => {
  await openRuns([faultyRun()], BOTH, async (page) => {
    const over = chart(page, "kbps").locator(".u-over");
    await over.scrollIntoViewIfNeeded();
    const { x, y, width } = (await over.boundingBox())!;
    await page.mouse.move(x + width * 3 / 12, y + 30);
    await page.mouse.down();
    await page.mouse.move(x + width * 5 / 12, y + 40);
    await page.mouse.move(x + width * 9 / 12, y + 40);
    await page.mouse.up();
    assert.equal(await zoomed(page), "seconds 3 to 9");
    assert.match(
      await chart(page, "age").locator("canvas").getAttribute("aria-label") ?? "",
      /seconds 3 to 9$/,
    );
    await page.getByRole("button", { name: "later" }).click();
    assert.equal(await zoomed(page), "seconds 6 to 12");
    await page.getByRole("button", { name: "zoom out" }).click();
    assert.equal(await zoomed(page), "seconds 0 to 12");
    await page.getByRole("button", { name: "zoom in" }).click();
    // Around the chosen second 9, in the middle as far as there is any time.
    assert.match(await zoomed(page), /^seconds 4\.5 to 10\.5$/);
    await over.dblclick();
    assert.equal(await zoomed(page), "seconds 0 to 12");
  });
});

test("keys move the cursor of all charts, choose, zoom and go back", BROWSER_TEST, async () => {
  await openRuns([faultyRun()], BOTH, async (page) => {
    await chart(page, "age").focus();
    await page.keyboard.press("Home");
    for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowRight");
    assert.match(
      await page.locator(".tooltip").innerText(),
      /^second 7 · frame 240\n\s*strict varint loss=2%\s+median 300 ms, oldest 900 ms$/,
    );
    assert.match(
      await page.locator(".said").innerText(),
      /second 7 · frame 240; strict varint loss=2%: median 300 ms/,
    );
    assert.equal(await page.locator('[data-chart="kbps"] .time-cursor').isVisible(), true);
    await page.keyboard.press("Enter");
    assert.match(await title(page), /^Second 7 /);
    await page.keyboard.press("+");
    assert.equal(await zoomed(page), "seconds 3.5 to 9.5");
    await page.keyboard.press("-");
    assert.equal(await zoomed(page), "seconds 0 to 12");
    await page.keyboard.press("+");
    await page.keyboard.press("End");
    // The view follows the cursor.
    assert.equal(await zoomed(page), "seconds 6 to 12");
    await page.keyboard.press("0");
    assert.equal(await zoomed(page), "seconds 0 to 12");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator(".tooltip").isVisible(), false);
  });
});

test(
  "the strip of freezes shows the runs that were frozen longest, and says which it leaves out",
  BROWSER_TEST,
  async () => {
    const runs = Array.from({ length: 15 }, (_, i) =>
      faultyRun({
        name: `run ${i}`,
        // Of fewer consumers than there are in second 7, so that it is not the mean of the seconds.
        freezes: { thresholdMs: 250, count: 1, share: i / 1000, longestMs: 700 },
        series: faultyRun().series.map((point) => ({
          ...point,
          frozenShare: point.second === 7 ? i / 20 : 0,
        })),
      }));
    await openRuns(runs, { moments: runs.map(() => sampleMoments()) }, async (page) => {
      await page.locator("#show-all").click();
      const names = await page.locator("#freeze-strip .strip-name").allInnerTexts();
      assert.equal(names.length, 12);
      assert.match(names[0]!, /run 14 frozen 1\.4 % of the time/);
      assert.match(names[11]!, /run 3 frozen 0\.3 %/);
      assert.match(
        await page.locator("#freeze-strip .hint").innerText(),
        /^The 12 runs that stood still longest; 2 more have freezes\. 1 of the runs shown has no freeze\.$/,
      );
      await page.locator(".freezes button").first().click();
      assert.match(await title(page), /^Second 7 .* run 0$/);
    });
  },
);

test("the lane of events has a row a name, which buttons show and hide", BROWSER_TEST, async () => {
  await openRuns([faultyRun()], BOTH, async (page) => {
    const lane = page.locator("#event-lane");
    assert.deepEqual(await lane.locator(".event-names button").allInnerTexts(), [
      "join 3",
      "death 1",
    ]);
    assert.deepEqual(await lane.locator(".strip-name").allInnerTexts(), [
      "join 3 of 3 in view",
      "death 1 of 1 in view",
    ]);
    await lane.getByRole("button", { name: "death 1" }).click();
    assert.deepEqual(await lane.locator(".strip-name").allInnerTexts(), ["join 3 of 3 in view"]);
    const plot = lane.locator(".strip-plot");
    const { width } = (await plot.boundingBox())!;
    await plot.hover({ position: { x: width * 9.5 / 12, y: 9 } });
    assert.match(
      await page.locator(".tooltip").innerText(),
      /^second 9 · frame 280\n\s*join · player 20\s+9\.1 s\n\s*join · player 21\s+9\.3 s\n\s*join · player 22\s+9\.3 s$/,
    );
    await plot.click({ position: { x: width * 9.5 / 12, y: 9 } });
    assert.match(await title(page), /^Second 9 /);
  });
});

test(
  "at 420 px charts and tooltips stay within the screen, and fingers choose and zoom",
  BROWSER_TEST,
  async () => {
    await openRuns(
      [faultyRun(), faultyRun({ name: "append varint 4g,loss=2% send-every=2" })],
      BOTH,
      async (page) => {
        await page.setViewportSize({ width: 420, height: 800 });
        const over = chart(page, "age").locator(".u-over");
        await page.waitForFunction(
          `document.querySelector('[data-chart="age"] canvas').clientWidth < 420`,
        );
        for (const part of [0.02, 0.5, 0.98]) {
          const { width } = (await over.boundingBox())!;
          await over.hover({ position: { x: width * part, y: 30 } });
          const { left, right } = await page.evaluate<{ left: number; right: number }>(
            "document.querySelector('.tooltip').getBoundingClientRect().toJSON()",
          );
          assert.ok(left >= 0 && right <= 420, `tooltip from ${left} to ${right}`);
        }
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 420);
        const cdp = await page.context().newCDPSession(page);
        await cdp.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 1 });
        const { x, y, width } = (await over.boundingBox())!;
        const touch = (type: "touchStart" | "touchMove", part: number) =>
          cdp.send("Input.dispatchTouchEvent", {
            type,
            touchPoints: [{ x: x + width * part, y: y + 30 }],
          });
        const lift = () =>
          cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
        await touch("touchStart", 7.5 / 12);
        await lift();
        await page.waitForFunction(
          "document.querySelector('#second h2').textContent.startsWith('Second 7 ')",
        );
        assert.match(await page.locator(".tooltip").innerText(), /^second 7 /);
        await touch("touchStart", 3 / 12);
        for (const part of [4, 6, 8, 9]) await touch("touchMove", part / 12);
        await lift();
        await page.waitForFunction(
          "document.querySelector('#time-bar output').textContent !== 'seconds 0 to 12'",
        );
        assert.equal(await zoomed(page), "seconds 3 to 9");
      },
    );
  },
);
test(
  "keys alone lead from a chart to the old and new values of a packet",
  BROWSER_TEST,
  async () => {
    await openRuns([faultyRun()], BOTH, async (page) => {
      const focused = () => page.evaluate("document.activeElement.textContent");
      const tabTo = async (text: RegExp) => {
        for (let i = 0; i < 60; i++) {
          await page.keyboard.press("Tab");
          if (text.test(String(await focused()))) return;
        }
        assert.fail(`no way to ${text}`);
      };
      await chart(page, "kbps").focus();
      await page.keyboard.press("End");
      for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      assert.match(await title(page), /^Second 7 /);
      await tabTo(/^second 7 ↓$/);
      await page.keyboard.press("Enter");
      assert.equal(new URL(page.url()).hash, "#second-7&run=0");
      await tabTo(/spawn rocket 9/);
      await page.keyboard.press("Enter");
      assert.match(
        await page.locator(".packet details").nth(1).innerText(),
        /owner\s+–\s+"bob"\s+32/,
      );
    });
  },
);

test("a pause without figures ends the lines, and is told", BROWSER_TEST, async () => {
  const series = faultyRun().series.filter(({ second }) => second < 4 || second >= 8);
  await openRuns([faultyRun({ series, secondsLeftOut: 4 })], BOTH, async (page) => {
    assert.match(
      await page.locator(".over-time").innerText(),
      /and 4 seconds of pauses without frames\./,
    );
    // Columns of the chart that hold the run's blue, at parts of twelve seconds.
    const drawn = await page.evaluate<number[]>(`(() => {
      const over = document.querySelector('[data-chart="kbps"] .u-over').getBoundingClientRect();
      const canvas = document.querySelector('[data-chart="kbps"] canvas');
      const corner = canvas.getBoundingClientRect(), ratio = canvas.width / corner.width;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      return [1.5, 2.5, 5, 6, 7, 9, 10.5].map((second) => {
        const x = Math.round((over.left - corner.left + over.width * second / 12) * ratio);
        const top = (over.top - corner.top) * ratio;
        const { data } = copy.getImageData(x, top, 1, over.height * ratio);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 2] - data[i] > 100 && data[i + 3] > 200) count++;
        }
        return Math.min(1, count);
      });
    })()`);
    assert.deepEqual(drawn, [1, 1, 0, 0, 0, 1, 1]);
  });
});

test("a click near the mark of an event opens the second of its time", BROWSER_TEST, async () => {
  const events = {
    names: [{ name: "edge", count: 1 }],
    events: [{ name: 0, timeMs: 12_000, frame: 240, text: "" }],
    leftOut: 0,
  };
  await openRuns([faultyRun()], { ...BOTH, events }, async (page) => {
    const plot = page.locator("#event-lane .strip-plot");
    const { width } = (await plot.boundingBox())!;
    // Second 7 of the axis begins at 12 000 ms.
    for (const [beside, second] of [[-6, 7], [-1, 7], [0, 7], [6, 7], [-12, 6]]) {
      await plot.click({ position: { x: width * 7 / 12 + beside!, y: 9 } });
      assert.match(await title(page), new RegExp(`^Second ${second} `), `${beside} px`);
    }
    const mark = await page.evaluate(`(() => {
      const canvas = document.querySelector("#event-lane canvas");
      const { data, width } = canvas.getContext("2d").getImageData(0, 12, canvas.width, 1);
      const columns = [...Array(width).keys()].filter((x) => data[4 * x + 3] > 60);
      return (columns[0] + columns.at(-1) + 1) / 2 / width;
    })()`) as number;
    assert.ok(Math.abs(mark * width - width * 7 / 12) < 1, `${mark * width} of ${width}`);
  });
});

test("flat charts of age and error are sentences", BROWSER_TEST, async () => {
  const series = faultyRun().series.map((point) => ({
    ...point,
    stateAgeMs: { p50: 0, max: 0 },
    drawnError: { mean: 0, max: 0 },
  }));
  await openRuns([faultyRun({ series })], BOTH, async (page) => {
    assert.equal(await page.locator("[data-chart=age], [data-chart=error]").count(), 0);
    const text = await page.locator(".over-time").innerText();
    assert.match(text, /no state was older than 0 ms/);
    assert.match(text, /the error is 0 throughout/);
  });
});
