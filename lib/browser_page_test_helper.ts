// Helper of tests that open a page in a browser.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";
const SWITCHES = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
];

/**
 * Options of a test that needs the browser: skipped where there is none, and on all runtimes but
 * one, since a page is the same bytes on each.
 */
export const BROWSER_TEST: { readonly timeout?: number; readonly skip?: string } =
  !existsSync(CHROMIUM)
    ? { skip: `needs ${CHROMIUM}: apt-get install chromium` }
    : "Deno" in globalThis
    ? { timeout: 60_000 }
    : { skip: "they are opened on Deno" };

// Of the three runtimes, only Node prints the reason itself.
if (BROWSER_TEST.skip !== undefined) console.warn(`pages are not tested: ${BROWSER_TEST.skip}`);

/** One for all pages of a test file, which share nothing in it. */
let browser: Promise<Browser> | undefined;
after(async () => await (await browser)?.close());

/** Width of what a page is opened in, in pixels, unless a test says another. */
const WIDTH = 1280;

/**
 * Opens a page from a file, and fails when it complained or asked the network for anything. It is
 * visited when it says that it stands, or as soon as it is loaded where it never says so.
 */
export async function openPage(
  html: string,
  colorScheme: "light" | "dark",
  visit: (page: Page) => Promise<void>,
  width: number = WIDTH,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "hindcast-"));
  const file = join(folder, "page.html");
  writeFileSync(file, html);
  try {
    await openFile(file, colorScheme, visit, width);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As `openPage`, of a page that stands in a file already. */
export async function openFile(
  path: string,
  colorScheme: "light" | "dark",
  visit: (page: Page) => Promise<void>,
  width: number = WIDTH,
): Promise<void> {
  const saysReady = readFileSync(path, "utf8").includes("dataset.ready");
  await open({ url: pathToFileURL(path).href, colorScheme, width, allowed: FILES }, (page) => {
    return saysReady ? ready(page).then(() => visit(page)) : visit(page);
  });
}

const FILES = /^(file|data|blob):/;

/** Waits until a page says that it stands. */
async function ready(page: Page): Promise<void> {
  await page.waitForFunction("document.documentElement.dataset.ready === 'true'");
}

/** Opens the page of a server, and fails when it complained or asked for anything from elsewhere. */
export async function openUrl(url: string, visit: (page: Page) => Promise<void>): Promise<void> {
  const { host } = new URL(url);
  const allowed = new RegExp(`^(data:|blob:|http://${host}/)`);
  await open({ url, colorScheme: "dark", width: WIDTH, allowed }, visit);
}

async function open(
  { allowed, colorScheme, url, width }: {
    readonly url: string;
    readonly colorScheme: "light" | "dark";
    readonly width: number;
    readonly allowed: RegExp;
  },
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  const viewport = { width, height: 900 };
  const context = await (await browser).newContext({ viewport, colorScheme });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => complaints.push(dialog.message()));
    page.on("request", (request) => {
      if (!allowed.test(request.url())) complaints.push(request.url());
    });
    await page.goto(url);
    await visit(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** What a canvas shows: pixels that are not transparent, and a fingerprint of all of them. */
export async function canvasOf(
  page: Page,
  selector: string,
): Promise<{ drawn: number; hash: number }> {
  return await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => {
    const canvas = document.querySelector(${JSON.stringify(selector)});
    const { width, height } = canvas;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    let drawn = 0, hash = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] > 0) drawn++;
      hash = (Math.imul(hash, 31) + data[i] + 256 * data[i + 1] + 65536 * data[i + 2]) | 0;
    }
    resolve({ drawn, hash });
  }))`);
}
