import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../../browser_page_test_helper.ts";
import type { RunReport } from "../../report/run_report.ts";
import { sampleReport, sampleRun, wrongRun } from "../../report/sample_report_test_helper.ts";
import { reportHtml } from "../report_html.ts";
import { MANY, manyRuns } from "./many_runs_test_helper.ts";

const MISHAP = "document.title = 'executed'";
const HOSTILE = `<img src=x onerror="${MISHAP}"></script>\u202e`;

async function openRuns(
  runs: readonly RunReport[],
  visit: (page: Page) => Promise<void>,
  width = 1280,
): Promise<void> {
  await openPage(reportHtml(sampleReport(...runs)), "light", async (page) => {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForSelector("html[data-ready='true']");
    await visit(page);
  });
}

/** Names of the rows that the table lists, in its order. */
async function listed(page: Page): Promise<string[]> {
  return await page.evaluate(`[...document.querySelectorAll("table.runs tbody tr[data-run]")]
    .filter((row) => row.checkVisibility()).map((row) => row.querySelector("th").dataset.value)`);
}

/** Names of the runs that are shown in the charts. */
async function shown(page: Page): Promise<string[]> {
  return await page.evaluate(`[...document.querySelectorAll("table.runs button[aria-pressed=true]")]
    .map((button) => button.title)`);
}

async function said(page: Page): Promise<string> {
  return await page.locator("#runs-said").innerText();
}

function facet(page: Page, name: string, value: string) {
  return page.getByRole("group", { name: `only runs of ${name}`, exact: true })
    .getByRole("button", { name: new RegExp(`^${value} `) });
}

/** Runs that no other of the same network beats in bytes and age, by brute force. */
function frontByHand(runs: readonly RunReport[]): string[] {
  const cost = (run: RunReport) => run.kbps.mean;
  const age = (run: RunReport) => run.stateAgeMs!.p99;
  return runs.filter((run) =>
    !runs.some((other) =>
      other.net === run.net && cost(other) <= cost(run) && age(other) <= age(run) &&
      (cost(other) < cost(run) || age(other) < age(run))
    )
  ).map(({ name }) => name).sort();
}

test(
  "the page filters runs by two facets and a name, and says how many are shown",
  BROWSER_TEST,
  async () => {
    await openRuns(manyRuns(), async (page) => {
      assert.equal((await listed(page)).length, 54);
      await facet(page, "net", "4g").click();
      await facet(page, "net", "none").click();
      await facet(page, "codec", "raw").click();
      // Two networks, three ack policies, two steps.
      const expected = MANY.nets.slice(0, 2).flatMap((net) =>
        MANY.acks.flatMap((ack) => MANY.steps.map((step) => `${ack} raw ${net} send-every=${step}`))
      );
      assert.deepEqual(await listed(page), expected);
      assert.deepEqual(await shown(page), expected);
      assert.equal(await said(page), "12 of 54 runs shown");
      assert.equal(await facet(page, "net", "4g").getAttribute("aria-pressed"), "true");
      // What each other value would leave: 2 networks x 3 acks x 2 steps.
      assert.match(await facet(page, "codec", "mask").innerText(), /^mask\s+12$/);
      await page.locator("#run-name").fill("nack every=2");
      assert.deepEqual(await listed(page), [
        "nack raw none send-every=2",
        "nack raw 4g send-every=2",
      ]);
      await page.locator("#show-none").click();
      assert.equal(await said(page), "0 of 54 runs shown, 2 match");
      await page.locator("#run-name").fill("no such run");
      assert.equal(await said(page), "0 of 54 runs shown, none matches the filters");
      const words = await page.locator("#trade-off .hint").innerText();
      assert.equal(words, "Nothing is left to compare.");
      await page.locator("#run-clear").click();
      assert.equal((await listed(page)).length, 54);
    });
  },
);

test(
  "the page groups runs by a facet, with the span of each figure, and sorts in the groups",
  BROWSER_TEST,
  async () => {
    await openRuns(manyRuns(), async (page) => {
      await page.locator("#run-group").selectOption("net");
      const heads = page.locator("tr.group-row");
      assert.equal(await heads.count(), 3);
      assert.match(await heads.nth(1).innerText(), /^net: 4g\s+18 runs/);
      // kbps of 4g: 21 for the cheapest, 21 + 14 + 22 + 23 for the dearest.
      const span = heads.nth(1).locator("td[data-label='kbps of a consumer, mean']");
      assert.equal(await span.innerText(), "21 to 80");
      await page.locator("th[title='kbps of a consumer, mean'] button").focus();
      await page.keyboard.press("Space");
      const head = page.locator("th[title='kbps of a consumer, mean']");
      assert.equal(await head.getAttribute("aria-sort"), "descending");
      await page.keyboard.press("Enter");
      assert.equal(await head.getAttribute("aria-sort"), "ascending");
      const names = await listed(page);
      const kbps = new Map(manyRuns().map((run) => [run.name, run.kbps.mean]));
      for (const [n, net] of MANY.nets.entries()) {
        const own = names.slice(n * 18, n * 18 + 18);
        assert.ok(own.every((name) => name.includes(` ${net} `)), net);
        const costs = own.map((name) => kbps.get(name)!);
        assert.deepEqual(costs, [...costs].sort((a, b) => a - b));
      }
      await page.locator("#run-group").selectOption("nothing");
      assert.equal(await heads.count(), 0);
      assert.equal((await listed(page)).length, 54);
    });
  },
);

test(
  "the page shows of many runs the front of each network and the worst at first",
  BROWSER_TEST,
  async () => {
    const runs = manyRuns();
    const front = frontByHand(runs);
    await openRuns(runs, async (page) => {
      const dots = page.locator(".dot[aria-label$='on the front']");
      const marked = await dots.evaluateAll((nodes) =>
        nodes.map((node) => node.getAttribute("aria-label")!.split(": ")[0]!)
      );
      assert.deepEqual(marked.sort(), front);
      assert.ok(front.length > 3 && front.length < 30, `${front.length}`);
      const words = await page.locator("#trade-off .hint").innerText();
      assert.ok(words.startsWith(`${front.length} of 54 runs are on the front`), words);
      const first = await shown(page);
      assert.equal(first.length, 8);
      // The dearest of those with the greatest age.
      const age = Math.max(...runs.map((run) => run.stateAgeMs!.p99));
      const worst = runs.filter((run) => run.stateAgeMs!.p99 === age)
        .sort((a, b) => b.kbps.mean - a.kbps.mean)[0]!.name;
      assert.ok(first.includes(worst));
      assert.ok(first.every((name) => name === worst || front.includes(name)));
      assert.equal(
        await said(page),
        `8 of 54 runs shown: 7 of the ${front.length} on the front ` +
          "(kbps against state age p99) and the worst",
      );
      await page.locator("#show-front").click();
      assert.deepEqual((await shown(page)).sort(), front);
      await page.locator("#show-all").click();
      assert.equal(await said(page), "54 of 54 runs shown");
      await page.locator("#show-best").click();
      assert.equal((await shown(page)).length, 8);
    });
  },
);

test("the page weighs bytes against the figure that is chosen", BROWSER_TEST, async () => {
  await openRuns(manyRuns(), async (page) => {
    await page.locator("#weighed").selectOption("time frozen, %");
    // All runs of a network freeze alike, so that only its cheapest is on the front.
    const dots = await page.locator(".dot[aria-label$='on the front']").evaluateAll((nodes) =>
      nodes.map((node) => node.getAttribute("aria-label")!)
    );
    assert.deepEqual(dots.sort(), [
      "strict mask 4g send-every=2: 21 kbps, time frozen 1 %, on the front",
      "strict mask none send-every=2: 20 kbps, time frozen 0 %, on the front",
      "strict mask satellite send-every=2: 22 kbps, time frozen 2 %, on the front",
    ]);
  });
});

test(
  "the page's plot is one stop of Tab, and arrows, Enter and Space do the rest",
  BROWSER_TEST,
  async () => {
    await openRuns(manyRuns(), async (page) => {
      assert.equal(await page.locator(".dot[tabindex='0']").count(), 1);
      await page.locator("#weighed").focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Home");
      const focused = page.locator(".dot:focus");
      assert.match(
        (await focused.getAttribute("aria-label"))!,
        /^strict mask none send-every=2: 20 kbps, state age p99 200 ms/,
      );
      assert.match(await page.locator(".tooltip").innerText(), /^strict mask none send-every=2/);
      const before = await focused.getAttribute("aria-pressed");
      await page.keyboard.press("Enter");
      assert.notEqual(await focused.getAttribute("aria-pressed"), before);
      await page.keyboard.press("Space");
      assert.equal(await focused.getAttribute("aria-pressed"), before);
      await page.keyboard.press("ArrowRight");
      assert.match((await focused.getAttribute("aria-label"))!, /: 21 kbps, /);
      await page.keyboard.press("Shift+Enter");
      assert.equal((await shown(page)).length, 1);
    });
  },
);

test(
  "the page colours and dashes runs by what differs, or by what is chosen",
  BROWSER_TEST,
  async () => {
    await openRuns(manyRuns(), async (page) => {
      const legend = page.locator(".run-legend");
      assert.match(
        (await legend.innerText()).replaceAll(/\s+/g, " "),
        /^net none 4g satellite ack strict append nack$/,
      );
      const looks = async () =>
        await page.evaluate(`[...document.querySelectorAll("table.runs tbody button .swatch")]
        .map(({ dataset }) => dataset.color + dataset.dash)`) as string[];
      const byNetAndAck = MANY.nets.flatMap((_, n) =>
        MANY.acks.flatMap((_, a) => Array.from({ length: 6 }, () => `${n}${a}`))
      );
      assert.deepEqual(await looks(), byNetAndAck);
      await page.locator("#run-color").selectOption("send-every");
      assert.deepEqual(
        await looks(),
        byNetAndAck.map((look, run) => `${run % 2}${look[1]}`),
      );
      // A value of the legend shows or hides all its runs.
      await page.locator("#show-all").click();
      await legend.getByRole("button", { name: "2", exact: true }).click();
      assert.deepEqual(
        await shown(page),
        manyRuns().map(({ name }) => name).filter((name) => name.endsWith("=1")),
      );
    });
  },
);

test(
  "the page shows runs by their cards where it is narrow, and scrolls down only",
  BROWSER_TEST,
  async () => {
    await openRuns(manyRuns(), async (page) => {
      const widths = await page.evaluate(`[document.documentElement.scrollWidth,
      document.querySelector("table.runs").scrollWidth <=
        document.querySelector("table.runs").parentElement.clientWidth]`);
      assert.deepEqual(widths, [420, true]);
      const age = "table.runs tbody tr td[data-label='state age, p99 ms']";
      assert.equal(await page.locator(age).first().isVisible(), true);
      const label = `getComputedStyle(document.querySelector("${age}"), "::before").content`;
      assert.equal(await page.evaluate(label), '"state age, p99 ms"');
      await page.getByRole("button", { name: "kbps of a consumer, mean" }).click();
      assert.equal((await listed(page))[0], "nack raw satellite send-every=1");
    }, 420);
  },
);

test("the page has neither facets nor plot nor bar for one run", BROWSER_TEST, async () => {
  await openRuns([sampleRun()], async (page) => {
    for (const part of [".run-controls", "#trade-off", ".run-bar"]) {
      assert.equal(await page.locator(part).count(), 0, part);
    }
    assert.match(await page.locator("table.runs tbody th").innerText(), /strict varint\s+loss=2%/);
  });
});

test("the page lets two runs be told apart without facets, by run", BROWSER_TEST, async () => {
  await openRuns([sampleRun(), wrongRun()], async (page) => {
    assert.equal(await page.locator(".run-controls").count(), 0);
    const legend = page.locator(".run-legend button");
    assert.deepEqual(await legend.allInnerTexts(), ["strict", "append"]);
    await legend.nth(1).click();
    assert.deepEqual(await shown(page), ["strict varint loss=2%"]);
    assert.equal(await legend.nth(1).getAttribute("aria-pressed"), "false");
  });
});

test(
  "the page weighs no run that is not verified, says so, and lists it where it matches",
  BROWSER_TEST,
  async () => {
    const [bad, ...rest] = manyRuns().slice(0, 6);
    const fault = { ...bad!, verified: false, fault: "it broke" };
    await openRuns([fault, ...rest], async (page) => {
      assert.equal(await page.locator(".dot").count(), 5);
      assert.match(await page.locator("#trade-off .hint").innerText(), /1 run is not verified/);
      assert.match(await said(page), /^5 of 5 runs shown, 1 not verified$/);
      assert.equal((await listed(page)).length, 6);
      await facet(page, "codec", "raw").click();
      assert.equal((await listed(page)).length, 2);
      // Rows without figures stay last, whichever way the others go.
      await page.locator("#run-clear").click();
      for (let i = 0; i < 2; i++) {
        await page.locator("th[title='kbps of a consumer, mean'] button").click();
        assert.equal((await listed(page))[5], bad!.name);
      }
    });
  },
);

test(
  "the page marks who froze as not compared, however young its states",
  BROWSER_TEST,
  async () => {
    const [first, ...rest] = manyRuns().slice(0, 6);
    const frozen = {
      ...first!,
      stateAgeMs: { p50: 0, p95: 0, p99: 0, max: 0 },
      kbps: { mean: 1, p95: 1, max: 1 },
      freezes: { thresholdMs: 250, count: 3, share: 0.5, longestMs: 9000 },
    };
    await openRuns([frozen, ...rest], async (page) => {
      const dot = page.locator(`.dot[aria-label^="${first!.name}"]`);
      assert.match((await dot.getAttribute("aria-label"))!, /, not compared$/);
      assert.equal(await dot.locator(".cross").count(), 1);
      assert.match(await page.locator("#trade-off .hint").innerText(), /1 run is crossed/);
    });
  },
);

test(
  "names of runs are inert wherever the page finds and tells them apart",
  BROWSER_TEST,
  async () => {
    const runs = manyRuns().slice(0, 12).map((run, i) => {
      const ack = i % 2 === 0 ? HOSTILE : "append";
      const name = `${ack} ${run.codec} ${run.net} ${i}`;
      return { ...run, ack, name, settings: { ...run.settings, ack } };
    });
    await openRuns(runs, async (page) => {
      await page.locator("#run-group").selectOption("ack");
      await page.locator("#run-color").selectOption("ack");
      await page.locator("#show-all").click();
      await page.locator(".dot").first().hover({ force: true });
      assert.equal(await page.locator("img").count(), 0);
      assert.notEqual(await page.title(), "executed");
      const legend = await page.locator(".run-legend").innerText();
      assert.ok(legend.includes("<img src=x onerror="), legend);
      assert.ok(!(await page.locator("body").innerText()).includes("\u202e"));
    });
  },
);

for (const width of [1400, 420]) {
  test(
    `at ${width} px each label of the trade-off is of one run, and meets no dot, label or line`,
    BROWSER_TEST,
    () =>
      openRuns(manyRuns(), async (page) => {
        const meetings: string[] = await page.evaluate(`(() => {
          const labels = [...document.querySelectorAll(".dot-label")];
          const boxes = [...labels, ...document.querySelectorAll(".dot .mark")]
            .map((node) => ({ node, box: node.getBoundingClientRect() }));
          const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          const isOn = (line, box) => {
            const corner = line.ownerSVGElement.getBoundingClientRect();
            for (let at = 0; at < line.getTotalLength(); at++) {
              const { x, y } = line.getPointAtLength(at);
              const [left, top] = [corner.left + x, corner.top + y];
              if (left > box.left && left < box.right && top > box.top + 3 && top < box.bottom - 3) {
                return true;
              }
            }
            return false;
          };
          return labels.flatMap((label, i) => {
            const own = boxes[i].box;
            const others = boxes.filter(({ node, box }) => node !== label && meet(own, box));
            const lines = [...document.querySelectorAll(".front-line")].filter((l) => isOn(l, own));
            return [...others, ...lines].map(() => label.textContent);
          });
        })()`);
        assert.deepEqual(meetings, []);
        const labels = await page.locator(".dot-label").allTextContents();
        if (width === 1400) assert.ok(labels.length > 0);
        assert.deepEqual(labels, [...new Set(labels)]);
      }, width),
  );
}
