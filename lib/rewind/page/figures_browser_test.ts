import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, canvasOf, openPage } from "../../browser_page_test_helper.ts";
import { makeHistory, makeShot, range } from "../worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import { samplePage } from "./sample_page_test_helper.ts";

const VIEWS = ["top", "side", "aim"];

async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(100);
}

async function labelsOf(page: Page, view: string): Promise<string[]> {
  return await page.locator(`.view-${view} .labels li`).allInnerTexts();
}

async function nameOf(page: Page, id: string): Promise<string> {
  return await page.locator(`#${id}`).getAttribute("aria-label") ?? "";
}

async function drawn(page: Page, view: string): Promise<number> {
  return (await canvasOf(page, `#${view}`)).hash;
}

/** Texts that lie on another one or on the edge of their figure. */
async function misplacedLabels(page: Page): Promise<string[]> {
  return await page.evaluate(`[...document.querySelectorAll("figure")].flatMap((figure) => {
    const edge = figure.getBoundingClientRect();
    const nodes = [...figure.querySelectorAll(".labels li, figcaption, .tools")];
    const boxes = nodes.map((node) => [node.textContent, node.getBoundingClientRect()]);
    return boxes.flatMap(([text, a], i) => [
      ...(a.left < edge.left || a.right > edge.right || a.top < edge.top || a.bottom > edge.bottom
        ? [text + " leaves its figure"] : []),
      ...boxes.slice(i + 1).filter(([, b]) => a.left < b.right && b.left < a.right &&
        a.top < b.bottom && b.top < a.bottom).map(([other]) => text + " lies on " + other),
    ]);
  })`);
}

test("each body in a figure has a label that says who it is and when", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    await settle(page);
    // Rewound by his ping of 100 ms, 2 is 50 units from where he is.
    const labels = await labelsOf(page, "top");
    assert.deepEqual(labels.toSorted(), ["1 · shooter", "2 · now, none", "2 · scrubbed to, ping"]);
    assert.ok((await labelsOf(page, "aim")).includes("1 aims here"));
    await page.locator("#rewind").fill("0");
    await settle(page);
    assert.deepEqual((await labelsOf(page, "top")).toSorted(), [
      "1 · shooter",
      "2 · now, none",
      "2 · ping",
    ]);
    await page.locator("#rewind").fill("40");
    await settle(page);
    assert.ok((await labelsOf(page, "top")).includes("2 · scrubbed to"));
  });
});

test("along the ray a label says who is behind the shooter", BROWSER_TEST, async () => {
  const history = makeHistory(range(0, 99), 20, {
    1: (f) => [f, 0, 0],
    2: () => [-200, 30, 0],
  });
  const shots = [{ ...makeShot(55, 1100, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2), index: 0 }];
  await openPage(pageHtml(samplePage({ history, shots })), "light", async (page) => {
    await settle(page);
    const labels = await labelsOf(page, "aim");
    assert.ok(labels.some((text) => /^2 · .* · behind the shooter$/.test(text)), `${labels}`);
    assert.doesNotMatch(`${await labelsOf(page, "top")}`, /behind/);
    assert.match(await nameOf(page, "top"), /2 stands 200 units behind the shooter and 30 off it/);
  });
});

/** Six who run close together, seen by a client as well. */
function crowdPage() {
  const ids = range(2, 7);
  const history = makeHistory(range(0, 99), 20, {
    1: (f) => [f, 0, 0],
    ...Object.fromEntries(ids.map((id) => [id, (f: number) => [300 + id * 3, (f - 50) * 10, id]])),
  });
  const shots = [0, 1].map((index) => ({
    ...makeShot(55, 1100, [0, index * 20, 0], [600, 0, 0], { ping: 100 }, 2),
    index,
  }));
  const poses = [{ id: 2, kind: "player", x: 300, y: 3, z: 0 }];
  const view = { viewFrame: 50, newestFrame: 52, interpMs: 40, poses };
  const policies = ["none", "ping", "ms:20", "ms:40", "ms:60", "half-rtt+interp"];
  const page = samplePage({ history, shots, policies, options: { shooterView: view } });
  return { ...page, names: { 1: "a".repeat(40), 2: "<b>victim with a name</b>" } };
}

test("labels of a crowd overlap nothing and stay in their figures", BROWSER_TEST, async () => {
  await openPage(pageHtml(crowdPage()), "light", async (page) => {
    for (const width of [1280, 420]) {
      await page.setViewportSize({ width, height: 900 });
      for (const ms of [0, 50, 100, 180]) {
        await page.locator("#rewind").fill(String(ms));
        await settle(page);
        assert.deepEqual(await misplacedLabels(page), [], `${width} px, ${ms} ms`);
        for (const view of VIEWS) {
          const labels = await labelsOf(page, view);
          assert.ok(labels.some((text) => text.startsWith("<b>victim…name</b> · ")), view);
        }
      }
    }
    assert.ok((await labelsOf(page, "top")).length < 8);
  });
});

test(
  "a figure is moved and enlarged by buttons, keys, wheel and dragging",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      await settle(page);
      const first = await drawn(page, "top");
      const tools = page.locator(".view-top .tools button");
      const canvas = page.locator("#top");
      await canvas.scrollIntoViewIfNeeded();
      const acts: [name: string, act: () => Promise<void>][] = [
        ["button", () => tools.nth(0).click()],
        ["key +", () => canvas.press("+")],
        ["key -", () => canvas.press("-")],
        ["arrow", () => canvas.press("ArrowLeft")],
        ["double click", () => canvas.dblclick({ position: { x: 200, y: 90 } })],
        ["wheel in a figure with focus", async () => {
          await canvas.focus();
          await canvas.hover();
          await page.mouse.wheel(0, -100);
        }],
        ["drag", async () => {
          await canvas.hover({ position: { x: 150, y: 90 } });
          await page.mouse.down();
          await page.mouse.move(400, 300, { steps: 3 });
          await page.mouse.up();
        }],
      ];
      for (const [name, act] of acts) {
        await act();
        await settle(page);
        assert.notEqual(await drawn(page, "top"), first, name);
        // Back to what it was.
        await canvas.press("0");
        await settle(page);
        await canvas.blur();
        assert.equal(await drawn(page, "top"), first, `${name}, then 0`);
      }
    });
  },
);

test("a wheel over a figure without focus scrolls the page", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    await page.setViewportSize({ width: 1280, height: 500 });
    await settle(page);
    await page.locator("#top").hover();
    const before = await page.evaluate("scrollY");
    const first = await drawn(page, "top");
    await page.mouse.wheel(0, 60);
    await settle(page);
    assert.equal(await page.evaluate("scrollY"), Number(before) + 60);
    assert.equal(await drawn(page, "top"), first);
  });
});

test("a view stays while scrubbing and begins anew with another shot", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    const isMoved = () => page.evaluate("document.getElementById('top').className === 'is-moved'");
    await page.locator(".view-top [data-key='+']").click();
    assert.equal(await isMoved(), true);
    await page.locator("#rewind").fill("40");
    assert.equal(await isMoved(), true);
    await page.locator("#shots .shot").nth(1).click();
    assert.equal(await isMoved(), false);
  });
});

test("the views turn as the world lies, for all shots, and say so", BROWSER_TEST, async () => {
  // Rays along x and along y, where z is up.
  const shots = [
    { ...makeShot(55, 1100, [0, 0, 0], [600, 0, 0], { ping: 100 }, 2), index: 0 },
    { ...makeShot(55, 1100, [300, -200, 0], [300, 600, 0], { ping: 100 }, 2), index: 1 },
  ];
  await openPage(pageHtml(samplePage({ shots })), "light", async (page) => {
    const shot = (index: number) => page.locator("#shots .shot").nth(index).click();
    assert.match(await nameOf(page, "top"), /Axes: x right, y up, z towards you\.$/);
    assert.match(await nameOf(page, "side"), /Axes: x right, y away from you, z up\.$/);
    assert.match(await nameOf(page, "aim"), /Axes: x away from you, y left, z up\.$/);
    await shot(1);
    assert.match(await nameOf(page, "top"), /Axes: x down, y right, z towards you\.$/);
    await page.getByLabel("as the world lies").check();
    assert.match(await nameOf(page, "top"), /Axes: x right, y up, z towards you\.$/);
    await page.getByLabel("left-handed axes").check();
    assert.match(await nameOf(page, "top"), /Axes: x right, y down, z towards you\.$/);
    assert.match(await nameOf(page, "aim"), /Axes: x left, y away from you, z up\.$/);
    await shot(0);
    assert.match(await nameOf(page, "top"), /Axes: x right, y down, z towards you\.$/);
  });
});

test("a figure's name says what it shows, once the slider rests", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    // 2 runs 10 units a frame and crosses the ray at frame 50; the box reaches 16 to each side.
    assert.match(
      await nameOf(page, "top"),
      /^Shot 0 from above: 1 shoots, the game says hit 2\. 2 stands 300 units along the ray and 50 off it at the shot, none misses it by 34, ping hits it 16 deep\. Scrubbed 100 ms back the ray would hit 2\. /,
    );
    await page.locator("#rewind").fill("0");
    assert.match(await nameOf(page, "top"), /Scrubbed 100 ms back/);
    await page.waitForTimeout(500);
    assert.doesNotMatch(await nameOf(page, "top"), /Scrubbed/);
  });
});

test(
  "the accuracy curve is read by keys and pointer, and scrubs the shot",
  BROWSER_TEST,
  async () => {
    await openPage(pageHtml(samplePage()), "light", async (page) => {
      await settle(page);
      const reading = page.locator("#reading");
      const readout = page.locator("#readout");
      // None agrees with the last shot alone, the ping with the first two.
      assert.match(await nameOf(page, "curve"), /Policies: none 33\.3 %, ping 66\.7 %\./);
      const labels = await page.locator(".curve .labels li").allInnerTexts();
      assert.deepEqual(labels.toSorted(), ["none 33.3 %", "ping 66.7 %"]);
      await page.locator("#curve").press("Home");
      assert.equal(
        await reading.innerText(),
        "0 ms back: 33.3 % of the shots agree; a click scrubs shot 0 to there.",
      );
      await page.locator("#curve").press("Enter");
      assert.match(await readout.innerText(), /^0 ms back/);
      await page.locator("#curve").press("ArrowRight");
      await page.locator("#curve").press("Enter");
      const [, ms] = /^([\d.]+) ms back/.exec(await reading.innerText())!;
      assert.ok(Number(ms) > 0);
      assert.match(await readout.innerText(), new RegExp(`^${ms} ms back`));
      const { height, width } = (await page.locator("#curve").boundingBox())!;
      await page.locator("#curve").click({ position: { x: width * 0.4, y: height / 2 } });
      assert.match(await reading.innerText(), /shot 0 is scrubbed to there\.$/);
      const [, clicked] = /^([\d.]+) ms back/.exec(await readout.innerText())!;
      assert.ok(Number(clicked) > Number(ms), clicked);
    });
  },
);

test("the curve says how many of its policies have no room for a name", BROWSER_TEST, async () => {
  const policies = ["none", ...range(1, 14).map((frames) => `frames:${frames}`)];
  await openPage(pageHtml(samplePage({ policies })), "light", async (page) => {
    await settle(page);
    const labels = await page.locator(".curve .labels li").allInnerTexts();
    const [, left] = /^\+(\d+) lower$/.exec(labels.find((text) => text.startsWith("+"))!)!;
    assert.equal(labels.length - 1 + Number(left), 15);
    assert.deepEqual(await misplacedLabels(page), []);
    const cut = await page.evaluate(`[...document.querySelectorAll(".labels li")]
      .filter((node) => node.scrollWidth > node.clientWidth).map((node) => node.textContent)`);
    assert.deepEqual(cut, []);
  });
});

test("figures are drawn light for a printer, though the screen is dark", BROWSER_TEST, async () => {
  const printed: number[] = [];
  for (const scheme of ["light", "dark"] as const) {
    await openPage(pageHtml(samplePage()), scheme, async (page) => {
      await settle(page);
      const onScreen = await drawn(page, "curve");
      await page.emulateMedia({ media: "print" });
      await settle(page);
      printed.push(await drawn(page, "curve"));
      if (scheme === "dark") assert.notEqual(printed[1], onScreen);
    });
  }
  assert.equal(printed[1], printed[0]);
});

test("two fingers enlarge a figure about the place between them", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    await settle(page);
    const first = await drawn(page, "top");
    await page.locator("#top").scrollIntoViewIfNeeded();
    const { height, width, x, y } = (await page.locator("#top").boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [-apart, apart].map((off, id) => ({
          ...{ id, x: x + width / 2, y: y + height / 2 + off },
        })),
      });
    await touch("touchStart", 20);
    for (const apart of [30, 40, 50]) await touch("touchMove", apart);
    await touch("touchEnd", 50);
    await settle(page);
    assert.notEqual(await drawn(page, "top"), first);
    assert.equal(await page.evaluate("document.getElementById('top').className"), "is-moved");
    assert.equal(await page.evaluate("visualViewport.scale"), 1);
  });
});

test("one finger scrolls past a figure until it is enlarged", BROWSER_TEST, async () => {
  await openPage(pageHtml(samplePage()), "light", async (page) => {
    await page.setViewportSize({ width: 420, height: 800 });
    const touch = () =>
      page.evaluate("getComputedStyle(document.getElementById('top')).touchAction");
    assert.equal(await touch(), "pan-y");
    const button = page.locator(".view-top [data-key='+']");
    const { height, width } = (await button.boundingBox())!;
    assert.ok(height >= 40 && width >= 40);
    await button.click();
    assert.equal(await touch(), "none");
    await page.locator(".view-top [data-key='0']").click();
    assert.equal(await touch(), "pan-y");
    // Figures below each other, as wide as their card.
    const boxes = await Promise.all(VIEWS.map((view) => page.locator(`#${view}`).boundingBox()));
    assert.deepEqual(new Set(boxes.map((box) => box!.width)).size, 1);
    assert.ok(boxes[0]!.y < boxes[1]!.y && boxes[1]!.y < boxes[2]!.y);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 420);
  });
});
