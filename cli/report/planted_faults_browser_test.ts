import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { BROWSER_TEST, openFile } from "../../lib/browser_page_test_helper.ts";
import { inFolder } from "../run_cli_test_helper.ts";
import { PLANTED, writePlanted } from "./planted_faults_test_helper.ts";

const OPTIONS = { ...BROWSER_TEST, ...(BROWSER_TEST.skip === undefined && { timeout: 120_000 }) };

test(
  "each fault of a game is found on the page of its report alone",
  OPTIONS,
  () =>
    inFolder(async (folder) => {
      const { report } = await writePlanted(folder);
      for (const width of [1400, 420]) {
        await openFile(report, "light", async (page) => {
          await findNoise(page);
          await findStorm(page);
          await findBurst(page);
          await followShot(page);
        }, width);
      }
    }),
);

/** A step in the cost, an event under it, and in that second what has grown: entity and field. */
async function findNoise(page: Page): Promise<void> {
  const { entity, event, field, kind, second } = PLANTED.noise;
  await clickFirstMark(page, event);
  // Where a second is a pixel or two, the mark's neighbour is hit, which leads on.
  const beside = page.getByRole("button", { name: new RegExp(`^event (before|after): ${event} `) });
  if (await beside.count() > 0) await beside.first().click();
  assert.match(await titleOf(page), new RegExp(`^Second ${second} `));
  const events = await block(page, "Recorded events").innerText();
  assert.match(events, new RegExp(`${event} .*${entity}`));

  const compared = page.locator("#second").getByLabel("compared with");
  const [label] = (await compared.locator("option").allInnerTexts()).filter((text) =>
    /seconds before$/.test(text)
  );
  await compared.selectOption(label!);
  const [part, growth] = await dearest(page, "Where its bytes went");
  assert.equal(part, `${kind}.${field}`);
  assert.match(growth, /\+|usually (none|not listed)/);
  assert.equal((await dearest(page, "Dearest entities"))[0], `${kind} ${entity}`);

  const record = recordOf(page, entity);
  assert.equal(await record.getAttribute("open"), "", "the dearest record stands open");
  // The value of before, and one of 52 bits.
  assert.match(await record.innerText(), new RegExp(`${field}\\s+20\\.5\\s+20\\.\\d{10,}`));
}

/** The dearest second but for the first, in which all consumers join. */
async function findStorm(page: Page): Promise<void> {
  const { count, event, field, kind, second } = PLANTED.storm;
  await worstBy(page, "bytes");
  if (/^Second 0 /.test(await titleOf(page))) await worstBy(page, "bytes");
  assert.match(await titleOf(page), new RegExp(`^Second ${second} `));
  const events = await block(page, "Recorded events").innerText();
  assert.match(events, new RegExp(`${event} .*${kind}-1\\b`));
  const grown = await block(page, "Where its bytes went").locator(".much .name").allInnerTexts();
  assert.ok(grown.some((name) => name.startsWith(`${kind}.`)), `${grown}`);

  const spawns = block(page, "Largest packet").locator("summary", { hasText: `spawn ${kind} ` });
  assert.ok(await spawns.count() > count / 4, `${await spawns.count()} spawns`);
  await spawns.first().click();
  const spawned = spawns.first().locator("..");
  await spawned.getByText(field, { exact: true }).waitFor();
}

/** The second that lost most; the players saw the picture stand still. */
async function findBurst(page: Page): Promise<void> {
  const { event, second } = PLANTED.burst;
  for (const measure of ["losses", "frozen", "age"]) {
    await worstBy(page, measure);
    assert.match(await titleOf(page), new RegExp(`^Second ${second} `), measure);
  }
  const events = await block(page, "Recorded events").innerText();
  assert.match(events, new RegExp(event));
  await page.getByText(`longest still: second ${second}`).click();
  assert.match(await titleOf(page), new RegExp(`^Second ${second} `));
}

/** From the second to its shot, which is scrubbed, and back to the second. */
async function followShot(page: Page): Promise<void> {
  const { pingMs, second, shooter, victim } = PLANTED.shot;
  const shot = block(page, "Shots").getByRole("listitem").filter({ hasText: `by ${shooter}` });
  assert.match(await shot.innerText(), new RegExp(`game hits ${victim}; none misses`));
  await shot.getByRole("link").click();
  await page.waitForURL(/rewind\.html#shot-\d+/);

  const facts = page.locator("#shot-facts");
  await facts.filter({ hasText: `${second}.25 s` }).waitFor();
  assert.match(await facts.innerText(), new RegExp(`by ${shooter}`));
  const scrub = async (ms: number, says: RegExp) => {
    await page.locator("#rewind").fill(String(ms));
    await page.locator("#readout").filter({ hasText: says }).waitFor();
  };
  await scrub(0, /would miss/);
  await scrub(pingMs, new RegExp(`would hit ${victim}`));

  await page.locator("#to-report").click();
  await page.waitForURL(/report\.html/);
  await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
  assert.match(await titleOf(page), new RegExp(`^Second ${second} `));
}

/** Clicks on the first mark in the row of an event's name, where it is drawn. */
async function clickFirstMark(page: Page, event: string): Promise<void> {
  const row = page.locator("#event-lane .strip-row").filter({ hasText: event });
  const canvas = row.locator("canvas");
  await canvas.scrollIntoViewIfNeeded();
  const x: number | undefined = await page.evaluate(`(() => {
    const rows = [...document.querySelectorAll("#event-lane .strip-row")];
    const row = rows.find(({ textContent }) => textContent.includes(${JSON.stringify(event)}));
    const canvas = row.querySelector("canvas");
    const { height, width } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, height - 4, width, 1);
    return [...Array(width).keys()].find((x) => data[4 * x + 3] > 128);
  })()`);
  assert.ok(x !== undefined, `nothing is drawn in the row ${event}`);
  const { height } = (await canvas.boundingBox())!;
  await canvas.click({ position: { x: x + 1, y: height - 4 }, force: true });
}

function titleOf(page: Page): Promise<string> {
  return page.locator("#second h2").innerText();
}

function worstBy(page: Page, measure: string): Promise<void> {
  return page.getByRole("button", { name: `worst second by ${measure}` }).click();
}

/** Part of the second's panel under a heading. */
function block(page: Page, heading: string): Locator {
  return page.locator("#second div", { has: page.locator(`> h3:text-is("${heading}")`) }).last();
}

/** What has grown most: its name, and by how much. */
async function dearest(page: Page, heading: string): Promise<[name: string, growth: string]> {
  const row = block(page, heading).locator(`h3:text-is("${heading}") ~ .excess .excess-row`)
    .first();
  return [await row.locator(".name").innerText(), await row.locator(".figures b").innerText()];
}

function recordOf(page: Page, entity: string): Locator {
  return block(page, "Largest packet").locator("details", { hasText: entity }).last();
}
