// Makes the pictures of the docs anew from the demo's recording, in a folder that may be given.
import { spawnSync } from "node:child_process";
import { Buffer } from "node:buffer";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";
import { palettePng } from "./pictures/palette_png.ts";
import { type Picture, PICTURES } from "./pictures/pictures.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const CHROMIUM = "/usr/bin/chromium";
const RECORDING = "out/duel.mcap";
const WIDTH = 1280;
/** Most that a picture may weigh. */
const BYTES_MAX = 250_000;

const PAGES = {
  cost: "--consumers 100 --codec mask --codec varint --net 4g",
  rewind: "--shot-map quakeworld --policy none --policy ping-13 --sweep 0..150",
  report: "--consumers 20 --ack strict --ack append --ack nack --codec mask --codec varint " +
    "--net 4g --net satellite --shots-page rewind.html",
};

const folder = process.argv[2] ?? join(ROOT, "docs");
if (!existsSync(CHROMIUM)) fail(`pictures need ${CHROMIUM}: apt-get install chromium`);
if (!existsSync(join(ROOT, RECORDING))) fail(`there is no ${RECORDING}: run deno task demo`);
const pages = mkdtempSync(join(tmpdir(), "hindcast-"));
try {
  writePages();
  await drawPictures();
} finally {
  rmSync(pages, { recursive: true });
}

function fail(message: string): never {
  throw new Error(message);
}

/** Pages say how they were made: they are written from where a user would stand. */
function writePages(): void {
  const hindcast = ["run", "-A", join(ROOT, "cli/main.ts")];
  const run = (...words: readonly string[]) => {
    const { status } = spawnSync(process.execPath, [...hindcast, ...words], {
      cwd: pages,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) throw new Error(`hindcast ${words.join(" ")}: exit code ${status}`);
  };
  copyFileSync(join(ROOT, RECORDING), join(pages, "duel.mcap"));
  run("rewind", "duel.mcap", ...PAGES.rewind.split(" "), "--html", "rewind.html");
  run("report", "duel.mcap", ...PAGES.report.split(" "), "--html", "report.html");
  run("report", "duel.mcap", ...PAGES.cost.split(" "), "--html", "cost.html");
}

async function drawPictures(): Promise<void> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const [name, picture] of Object.entries(PICTURES)) {
      const viewport = { width: WIDTH, height: 900 };
      const page = await browser.newPage({ viewport, colorScheme: "light" });
      const png = await draw(page, picture);
      if (png.length > BYTES_MAX) fail(`${name} has ${png.length} bytes: clip it, or show less`);
      writeFileSync(join(folder, name), png);
      console.log(`${name}  ${Math.round(png.length / 1000)} kB`);
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

async function draw(page: Page, { hash = "", height, selector, ...picture }: Picture) {
  await page.goto(pathToFileURL(join(pages, `${picture.page}.html`)).href + hash);
  await page.waitForFunction("document.readyState === 'complete'");
  await page.waitForTimeout(1000);
  await page.evaluate("scrollTo(0, 0)");
  const box = selector === undefined
    ? { x: 0, y: 0, width: WIDTH, height: Infinity }
    : await page.locator(selector).first().boundingBox();
  if (box === null) throw new Error(`${picture.page} has no ${selector}`);
  const clip = { ...box, height: Math.min(box.height, height) };
  // What stays in sight while the page is scrolled would lie over what is clipped.
  const style = "#time-bar, .run-bar { position: static !important; }";
  const png = await page.screenshot({ clip, fullPage: true, style, animations: "disabled" });
  const { data, width, height: rows } = await pixelsOf(page, png);
  return palettePng(Buffer.from(data, "base64"), width, rows);
}

/** Pixels of a PNG, four bytes each, in base64. */
async function pixelsOf(
  page: Page,
  png: Buffer,
): Promise<{ readonly data: string; readonly width: number; readonly height: number }> {
  return await page.evaluate(`(async () => {
    const bytes = Uint8Array.from(atob("${png.toString("base64")}"), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes]));
    const { height, width } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    let text = "";
    for (let i = 0; i < data.length; i += 32768) {
      text += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return { data: btoa(text), height, width };
  })()`);
}
