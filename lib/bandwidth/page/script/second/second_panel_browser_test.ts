import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, openPage } from "../../../../browser_page_test_helper.ts";
import {
  faultyRun,
  sampleEvents,
  sampleMoments,
  sampleReport,
  sampleShots,
} from "../../../report/sample_report_test_helper.ts";
import { reportHtml, type ReportPageOptions } from "../../report_html.ts";

const ALL: ReportPageOptions = {
  moments: [sampleMoments(), sampleMoments()],
  events: sampleEvents(),
  shots: sampleShots(),
  packetCommands: {
    runs: ["take 'a b.mcap' apart", "take c"],
    frame: " --of ",
    consumer: " --to ",
  },
};

/** Opens the page of two faulty runs. */
function openRuns(
  visit: (page: Page) => Promise<void>,
  options: ReportPageOptions = ALL,
): Promise<void> {
  const runs = sampleReport(faultyRun(), faultyRun({ ack: "append", name: "append varint 4g" }));
  return openPage(reportHtml(runs, options), "light", async (page) => {
    await ready(page);
    await visit(page);
  });
}

async function ready(page: Page): Promise<void> {
  await page.waitForSelector("html[data-ready]");
}

const panel = (page: Page) => page.locator("#second");
const title = (page: Page) => panel(page).locator("h2").innerText();

test(
  "the page leads from the worst second to its packet, its values, its events and its shot",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      await panel(page).getByRole("button", { name: "worst second by frozen" }).click();
      assert.equal(await title(page), "Second 7 · frames 240 to 259 · strict varint loss=2%");
      const losses = panel(page).locator("tr", { hasText: "lost packets" });
      assert.deepEqual(await losses.locator("td").allInnerTexts(), ["12", "0", ""]);
      const age = panel(page).locator("tr", { hasText: "oldest state" });
      assert.deepEqual(await age.locator("td").allInnerTexts(), ["900 ms", "60 ms", "×15"]);
      // 6000 bits of player.x where 2000 are usual.
      const first = panel(page).locator(".excess-row").first();
      assert.match(await first.innerText(), /^player\.x\s+750 B\s+\+500 B \(×3\)/);
      const packet = panel(page).locator(".packet");
      assert.match(
        await packet.locator("p").first().innerText(),
        /^frame 242 at 12.100 ms to consumer 1: delta against 3 frames before\. 50 B of payload, 78 B on the wire\.$/u,
      );
      assert.match(
        await packet.locator("summary").first().innerText(),
        /update player p7\s+300 bits · 75 %/,
      );
      const rows = packet.locator("details").first().locator("tbody tr");
      assert.deepEqual(await rows.nth(0).locator("td").allInnerTexts(), [
        "yaw",
        "0.25",
        "-1.75",
        "200",
      ]);
      assert.deepEqual(await rows.nth(1).locator("td").allInnerTexts(), ["x", "12.5", "14", "80"]);
      await packet.locator("summary", { hasText: "spawn rocket 9" }).click();
      const spawned = packet.locator("details").nth(1).locator("tbody tr").first();
      assert.deepEqual(await spawned.locator("td").allInnerTexts(), ["owner", "–", '"bob"', "32"]);
      assert.match(await packet.innerText(), /2 more records, all cheaper\s+24 bits · 6 %/);
      const link = panel(page).getByRole("link", { name: "shot 61" });
      assert.equal(await link.getAttribute("href"), "duel.rewind.html#shot-61");
      await panel(page).getByRole("button", { name: /^event before: death/ }).click();
      assert.match(await title(page), /^Second 6 /);
      assert.match(
        await panel(page).locator(".events").innerText(),
        /^death victim 3 6\.9 s · frame 238$/,
      );
    });
  },
);

test(
  "the page shows from when on a field and an entity are dear, compared with the seconds before",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      await page.goto(`${page.url()}#second-4`);
      assert.match(await title(page), /^Second 4 · frames 180 to 199/);
      // Of 12 seconds 8 are noisy, so that noise is usual.
      const noisy = panel(page).locator(".excess-row", { hasText: "player.yaw" });
      assert.match(await noisy.innerText(), /400 B\s+as usual/);
      await panel(page).getByLabel("compared with").selectOption({ label: "the 5 seconds before" });
      const first = panel(page).locator(".excess-row").first();
      assert.match(await first.innerText(), /^player\.yaw\s+400 B\s+\+375 B \(×16\)/);
      const entity = panel(page).locator(".excess").nth(1).locator(".excess-row").first();
      assert.match(await entity.innerText(), /^player p7\s+500 B\s+\+375 B \(×4\)/);
    });
  },
);

test(
  "a second and its run stand in the address, and are opened from it",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      const url = page.url();
      // Nobody chose the second that the page begins with: the dearest after the first.
      assert.match(await title(page), /^Second 9 .*strict varint loss=2%$/);
      await panel(page).getByRole("button", { name: "second after" }).click();
      assert.equal(new URL(page.url()).hash, "#second-10&run=0");
      await panel(page).getByLabel("run").selectOption({ label: "append varint 4g" });
      assert.equal(new URL(page.url()).hash, "#second-10&run=1");
      await page.reload();
      await ready(page);
      assert.match(await title(page), /^Second 10 .*append varint 4g$/);
      assert.equal(
        await page.evaluate(
          "document.querySelector('#second').getBoundingClientRect().top < innerHeight",
        ),
        true,
      );
      await page.evaluate("location.hash = '#second-3&run=0'");
      await page.waitForFunction(
        "document.querySelector('#second h2').textContent.startsWith('Second 3 ')",
      );
      assert.match(await title(page), /strict varint loss=2%$/);
      // As a page of shots links: a time of the recording, whose first packet is at 5000 ms.
      await page.goto(`${url}#time-9999`);
      await page.reload();
      await ready(page);
      assert.match(await title(page), /^Second 4 /);
      for (const hash of ["#second-999", "#second-1e3", "#second--1&run=x", "#second-7&run=99"]) {
        await page.goto(url + hash);
        await page.reload();
        await ready(page);
      }
      assert.match(await title(page), /^Second 7 .*strict varint loss=2%$/);
    });
  },
);

test(
  "buttons go to the worst second by what there is, and on to the next worst",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      const names = await panel(page).locator(".worst-by").first().locator("button")
        .allInnerTexts();
      assert.deepEqual(names, ["bytes", "age", "error", "frozen", "keyframes", "losses"]);
      const button = panel(page).getByRole("button", { name: "worst second by keyframes" });
      await button.click();
      assert.match(await title(page), /^Second 9 /);
      assert.match(
        await panel(page).locator(".packet p").first().innerText(),
        /keyframe: no ack had come since the consumer joined/,
      );
      assert.match(
        await panel(page).locator(".events").innerText(),
        /^join player 20 .*\njoin player 21 .*\njoin player 22 /,
      );
      // The focus stays, so that Enter goes on.
      await page.keyboard.press("Enter");
      assert.match(await title(page), /^Second 0 /);
      assert.equal(
        await panel(page).locator("output").innerText(),
        "number 2 by keyframes of 2 seconds",
      );
      assert.equal(
        await panel(page).getByRole("button", { name: "second before" }).isDisabled(),
        true,
      );
    });
  },
);

test("a packet without contents names the command that takes it apart", BROWSER_TEST, async () => {
  await openRuns(async (page) => {
    await page.goto(`${page.url()}#second-5&run=0`);
    assert.equal(
      await panel(page).locator(".command").innerText(),
      "take 'a b.mcap' apart --of 202 --to 1",
    );
  });
});

test(
  "the panel of a second says what a page lacks, and has no empty list",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      assert.match(
        await panel(page).innerText(),
        /What this second was made of is not on this page\./,
      );
      assert.deepEqual(await panel(page).locator("h3").allInnerTexts(), ["Figures"]);
    }, {});
  },
);

test(
  "a second that a page keeps no parts of leads to the nearest that it has",
  BROWSER_TEST,
  async () => {
    const whole = sampleMoments();
    const moments = { ...whole, seconds: whole.seconds.filter(({ second }) => second % 4 === 0) };
    await openRuns(async (page) => {
      await page.goto(`${page.url()}#second-6&run=0`);
      assert.match(
        await panel(page).innerText(),
        /not on this page\. The nearest that it has: second 4 and second 8\n/,
      );
      // Second 6 begins with frame 220.
      assert.equal(
        await panel(page).locator(".command").innerText(),
        "take 'a b.mcap' apart --of 220 --to 0",
      );
      await panel(page).getByRole("button", { name: "second 8" }).click();
      assert.match(await title(page), /^Second 8 /);
      assert.equal(await panel(page).locator(".packet").count(), 1);
    }, { ...ALL, moments: [moments, moments] });
  },
);

const MISHAP = "document.title = 'executed'";
const HOSTILE = `<img src=x onerror="${MISHAP}"></script><script>${MISHAP}</script>`;

test("names in moments, events, shots and commands are inert", BROWSER_TEST, async () => {
  const moments = JSON.parse(
    JSON.stringify(sampleMoments()),
    (_, value) => ["player", "x", "yaw", "p7", "bob"].includes(value) ? HOSTILE : value,
  );
  const options: ReportPageOptions = {
    moments: [moments, moments],
    events: {
      names: [{ name: HOSTILE, count: 1 }],
      events: [{ name: 0, timeMs: 12_000, frame: 240, text: HOSTILE }],
      leftOut: 0,
    },
    shots: { href: "x.html", shots: [{ index: 0, frame: 240, timeMs: 12_100, text: HOSTILE }] },
    packetCommands: { runs: [HOSTILE, HOSTILE], frame: " ", consumer: " " },
  };
  await openRuns(async (page) => {
    for (const second of [5, 7]) {
      await page.goto(`${page.url().split("#")[0]}#second-${second}`);
      assert.ok((await panel(page).innerText()).includes(HOSTILE));
    }
    await page.locator("#event-lane .over-time-plot").first().hover({ position: { x: 700, y: 9 } });
    assert.ok((await page.locator(".tooltip").innerText()).includes(HOSTILE));
    assert.equal(await page.locator("img").count(), 0);
    assert.notEqual(await page.title(), "executed");
  }, options);
});

/** Waits for an expression to be true; the page lets nobody evaluate one in it again and again. */
async function until(page: Page, expression: string): Promise<void> {
  for (let i = 0; i < 100 && !await page.evaluate(expression); i++) await page.waitForTimeout(20);
  assert.equal(await page.evaluate(expression), true, expression);
}

test(
  "Back leads from a jump to where it began, and steps leave no entry",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      const where = () => page.evaluate("[scrollY, history.length]") as Promise<number[]>;
      await page.getByRole("button", { name: "second after" }).click();
      assert.match(await title(page), /^Second 10 /);
      const link = page.locator("#time-bar a");
      await page.evaluate(`scrollTo(0,
      document.querySelector('[data-chart="age"]').getBoundingClientRect().top + scrollY - 300)`);
      await link.focus();
      const [from, entries] = await where();
      await page.keyboard.press("Enter");
      assert.ok((await where())[0]! > from! + 200);
      await page.getByRole("button", { name: "second after" }).click();
      await page.getByRole("button", { name: "worst second by frozen" }).click();
      assert.match(await title(page), /^Second 7 /);
      assert.equal((await where())[1], entries! + 1);
      await page.goBack();
      await until(page, `location.hash === '#second-10&run=0' && Math.abs(scrollY - ${from}) < 5`);
      assert.match(await title(page), /^Second 10 /);
      await page.goForward();
      await until(page, `location.hash === '#second-7&run=0' && scrollY > ${from! + 200}`);
      assert.match(await title(page), /^Second 7 /);
    });
  },
);

test(
  "an address of what is not there says so, is corrected, and shows a hidden run",
  BROWSER_TEST,
  async () => {
    await openRuns(async (page) => {
      const url = page.url();
      for (
        const [hash, said, corrected] of [
          ["#second-999", "There is no second 999: they go from 0 to 11.", "#second-11&run=0"],
          ["#second--1", "There is no second -1: they go from 0 to 11.", "#second-0&run=0"],
          ["#second-3.7", "", "#second-3&run=0"],
          ["#second-5&run=30", "There is no run 30 that has figures.", "#second-5&run=0"],
          ["#second-x", "The address names no second.", "#second-9&run=0"],
        ]
      ) {
        await page.goto("about:blank");
        await page.goto(url + hash);
        await ready(page);
        assert.equal(await panel(page).getByRole("status").first().innerText(), said, hash);
        assert.equal(new URL(page.url()).hash, corrected);
      }
      await page.locator("#show-none").click();
      await page.evaluate("location.hash = '#second-5&run=1'");
      await until(page, "location.hash === '#second-5&run=1'");
      await until(
        page,
        "document.querySelector('[data-chart=kbps] canvas').ariaLabel.includes('1 run,')",
      );
    });
  },
);

test("a hole of the recording is told in titles and parts", BROWSER_TEST, async () => {
  const whole = faultyRun();
  const series = whole.series.map((point) => {
    if (point.second !== 5 && point.second !== 6) return point;
    const { drawnError: _, frozenShare: __, stateAgeMs: ___, ...rest } = point;
    return { ...rest, frame: 199, kbps: 0 };
  });
  const run = faultyRun({ series, holes: { count: 1, ms: 2000, share: 0.2 } });
  await openPage(reportHtml(sampleReport(run), ALL), "light", async (page) => {
    await ready(page);
    const url = page.url();
    const heads = [];
    for (const second of [4, 5, 6, 11]) {
      await page.goto(`${url}#second-${second}`);
      heads.push((await title(page)).split(" · ")[1]);
      if (second === 5) assert.match(await panel(page).innerText(), /hole of the recording/);
    }
    assert.deepEqual(heads, [
      "frames 180 to 199",
      ...["no frame recorded", "no frame recorded", "from frame 320 to the last"],
    ]);
  });
});

test(
  "records beyond the dearest are folded, and no box scrolls by itself",
  BROWSER_TEST,
  async () => {
    const moments = sampleMoments();
    const seconds = moments.seconds.map((second) => {
      const [record] = second.largest!.contents?.records ?? [];
      const records = record === undefined ? [] : Array.from({ length: 30 }, () => record);
      const contents = { header: [], records, recordsLeftOut: { count: 0, bits: 0 } };
      return { ...second, largest: { ...second.largest!, contents } };
    });
    await openRuns(async (page) => {
      await page.goto(`${page.url()}#second-7&run=0`);
      const records = panel(page).locator(".packet summary", { hasText: "update player p7" });
      const seen = async () =>
        (await Promise.all((await records.all()).map((one) => one.isVisible()))).filter(Boolean)
          .length;
      assert.equal(await seen(), 12);
      await panel(page).getByText("18 more records").click();
      assert.equal(await seen(), 30);
      const scrolling = await page.evaluate(
        `[...document.querySelectorAll("#second *")].filter((box) =>
      box.scrollHeight > box.clientHeight + 2 &&
      /auto|scroll/.test(getComputedStyle(box).overflowY)).length`,
      );
      assert.equal(scrolling, 0);
    }, { ...ALL, moments: [{ ...moments, seconds }, { ...moments, seconds }] });
  },
);

test("an address leads to the point that its second or time lies in", BROWSER_TEST, async () => {
  const run = faultyRun({
    durationSeconds: 120,
    series: faultyRun().series.map((point) => ({ ...point, second: point.second * 10 })),
  });
  // The run begins at 5 s of the recording.
  const moments = [sampleMoments()];
  await openPage(reportHtml(sampleReport(run), { moments }), "light", async (page) => {
    await ready(page);
    const places = [["second-70", 70], ["second-74", 70], ["second-77", 70], ["second-79", 70]];
    places.push(["second-80", 80], ["time-79000", 70], ["time-84900", 70], ["time-85000", 80]);
    for (const [hash, first] of places) {
      await page.goto(`${page.url().split("#")[0]}#second-10`);
      await page.goto(`${page.url().split("#")[0]}#${hash}`);
      const heading = panel(page).locator("h2", { hasText: `Seconds ${first} to ` });
      await heading.waitFor({ timeout: 5000 });
    }
  });
});

test("events stand where they were, though the first run sent nothing", BROWSER_TEST, async () => {
  const moments = [{ ...sampleMoments(), startMs: NaN, seconds: [] }, sampleMoments()];
  await openRuns(async (page) => {
    await page.goto(`${page.url()}#second-6`);
    assert.match(await panel(page).locator(".events").innerText(), /death victim 3 6\.9 s/);
  }, { ...ALL, moments });
});

test("a page whose data a browser cannot unpack says so", BROWSER_TEST, async () => {
  await openRuns(async (page) => {
    await page.addInitScript("delete globalThis.DecompressionStream");
    await page.reload();
    const said = await page.getByRole("alert").innerText();
    assert.match(said, /^The charts could not be drawn; the tables of runs and findings stand\./);
  });
});
