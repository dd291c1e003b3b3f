import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { BROWSER_TEST, canvasOf, openPage } from "../../browser_page_test_helper.ts";
import type { HitModel } from "../shape/hit_model.ts";
import type { Shot } from "../shot/shot.ts";
import { makeShot } from "../worlds_test_helper.ts";
import {
  every20Ms,
  type Fields,
  makePosed,
  PLANK,
  STANDING_Y,
  STANDING_Z,
  TEAMMATE,
} from "./posed_worlds_test_helper.ts";
import { pageHtml } from "./page_html.ts";
import type { RewindPage } from "./rewind_page.ts";
import { samplePage } from "./sample_page_test_helper.ts";

/** Page of one shot at frame 20 of 40 under one policy. */
function pageOf(
  model: HitModel,
  players: Readonly<Record<number, Fields>>,
  shot: Partial<Shot> = {},
  timesMs: readonly number[] = every20Ms(40),
): RewindPage {
  const fired = { ...makeShot(20, 400, [0, 0, 0], [400, 0, 0], {}, 2), ...shot };
  const history = makePosed(model, timesMs, players);
  return samplePage({ model, history, shots: [fired], policies: ["ms:50"] });
}

/** What a page's view shows at a rewind. */
async function drawnAt(page: Page, ms: number, view: string): Promise<number> {
  await page.locator("#rewind").fill(String(ms));
  await page.waitForTimeout(100);
  return (await canvasOf(page, view)).hash;
}

test("a teleport is not scrubbed through, a turn is", BROWSER_TEST, async () => {
  const still: Fields = () => ({ x: 0, y: 0, z: 0, yaw: 0 });
  const jumping = pageOf(PLANK, {
    1: still,
    2: (f) => ({ x: 100, y: 30 + (f > 10 ? 5000 : 0), z: 0, yaw: 0 }),
  });
  await openPage(pageHtml(jumping), "light", async (page) => {
    // Frames 10 and 11 are 200 and 180 ms back.
    assert.equal(await drawnAt(page, 190, "#top"), await drawnAt(page, 200, "#top"));
    assert.notEqual(await drawnAt(page, 190, "#top"), await drawnAt(page, 180, "#top"));
  });
  const turning = pageOf(PLANK, {
    1: still,
    2: (f) => ({ x: 100, y: 30, z: 0, yaw: f > 10 ? 10 : 350 }),
  });
  await openPage(pageHtml(turning), "light", async (page) => {
    assert.notEqual(await drawnAt(page, 190, "#top"), await drawnAt(page, 200, "#top"));
  });
});

test("a world whose y is up looks as the same world whose z is", BROWSER_TEST, async () => {
  // Ahead, to the left and up: x, y, z where z is up, and z, x, y where y is.
  const fields = (f: number) => ({
    ...{ ahead: 96, left: f * 4 - 80, up: 8, yaw: f * 9, duck: f < 17 ? 0 : 1 },
  });
  const zUp: Fields = (f) => {
    const { ahead, left, up, ...rest } = fields(f);
    return { x: ahead, y: left, z: up, ...rest };
  };
  const yUp: Fields = (f) => {
    const { ahead, left, up, ...rest } = fields(f);
    return { x: left, y: up, z: ahead, ...rest };
  };
  const { ray } = makeShot(20, 400, [0, 0, 40], [400, 0, 40]);
  const { ray: rayY } = makeShot(20, 400, [0, 40, 0], [0, 40, 400]);
  const hashes: number[][] = [];
  for (
    const page of [
      { ...pageOf(STANDING_Z, { 1: zUp, 2: zUp }, { ray }), axes: ["ahead", "left", "up"] },
      { ...pageOf(STANDING_Y, { 1: yUp, 2: yUp }, { ray: rayY }), axes: ["left", "up", "ahead"] },
    ]
  ) {
    await openPage(pageHtml(page), "light", async (tab) => {
      const views = ["#top", "#side", "#aim"];
      hashes.push(await Promise.all(views.map((view) => drawnAt(tab, 70, view))));
    });
  }
  assert.deepEqual(hashes[1], hashes[0]);
});

test("who is no target of the shooter's is drawn faint", BROWSER_TEST, async () => {
  const page = pageOf(TEAMMATE, {
    1: () => ({ x: 0, y: 0, z: 0, team: "a" }),
    2: () => ({ x: 100, y: 30, z: 0, team: "b" }),
    3: () => ({ x: 120, y: -10, z: 0, team: "a" }),
  });
  const hashes: number[] = [];
  for (const shown of [page, withoutSides(page)]) {
    await openPage(pageHtml(shown), "light", async (tab) => {
      hashes.push(await drawnAt(tab, 0, "#top"));
    });
  }
  assert.notEqual(hashes[0], hashes[1]);
});

/** The page as if everybody were a target. */
function withoutSides(page: RewindPage): RewindPage {
  const shots = page.shots.map(({ bystanders: _, ...shot }) => ({
    ...shot,
    results: shot.results.map((result) =>
      result && {
        ...result,
        targets: result.targets.map((target) => target.slice(0, 8) as unknown as typeof target),
      }
    ),
  }));
  return { ...page, shots };
}

test("a verdict inside a hole of the recording says so", BROWSER_TEST, async () => {
  const still: Fields = () => ({ x: 100, y: 0, z: 0, yaw: 0 });
  const timesMs = every20Ms(40).map((ms) => ms > 400 ? ms + 2480 : ms);
  const page = pageOf(PLANK, { 1: still, 2: still }, { frame: 70, timeMs: 1400 }, timesMs);
  await openPage(pageHtml(page), "light", async (tab) => {
    assert.match(
      await tab.locator("#verdicts tr").nth(1).innerText(),
      /ms:50\s+50 ms \(hole of 2\.5 s\)\s+67\.5\s+hit 2/,
    );
  });
});
