import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { FileSource, RecordingReader } from "@hindcast/hindcast/recording";
import type { Page } from "playwright-core";
import { hindcastJson } from "../../cli/run_cli_test_helper.ts";
import { BROWSER_TEST, openUrl } from "../../lib/browser_page_test_helper.ts";
import { until, withArena } from "./arena_test_helper.ts";
import type { Drawn } from "./client/playback.ts";
import type { ShotAnswer } from "./shared/messages.ts";
import { HEIGHT, VIEW_RADIUS, WIDTH } from "./shared/rules.ts";
import type { TruthFrame, WireFrame } from "./shared/schema.ts";

/** What the page keeps for who looks in. */
interface Kept {
  readonly frames: (WireFrame & {
    readonly epoch: number;
    /** The pilot. */
    readonly id: number;
    /** Length of the packet. */
    readonly bytes: number;
  })[];
  readonly shots: ShotAnswer[];
  /** What was drawn at each click. */
  readonly drawn: readonly (readonly Drawn[])[];
  readonly lost: number;
}

const FRAMES_MIN = 120;
const HITS_MIN = 3;
/** What a shot is owed at least: 40 ms each way and 100 of interpolation. */
const OWED_MS = 180;

test(
  "the arena, played in a browser that loses 10 % of all packets, shows what the server sent",
  BROWSER_TEST,
  () =>
    withArena(["--seed", "1", "--record", "arena.mcap"], async ({ stop, url }, folder) => {
      const kept = await play(`${url}?truth=1&loss=10&delay=40&seed=7&keep=1`);
      await checkMismatch(url);
      const { code, stderr, stdout } = await stop("SIGTERM");
      assert.deepEqual([code, stderr], [0, ""]);

      const path = join(folder, "arena.mcap");
      await checkFrames(kept, path);
      checkSizes(kept);
      await checkShots(kept, stdout, path);
    }),
);

/** Plays some seconds, shooting and with a connection that drops. */
async function play(url: string): Promise<Kept> {
  let kept: Kept | undefined;
  await openUrl(url, async (page) => {
    const decoded = (epoch: number) =>
      page.evaluate(`arena.frames.filter(({ epoch }) => epoch === ${epoch}).length`);
    await until("frames", async () => Number(await decoded(0)) >= 30);
    await until("hits", async () => {
      await shoot(page);
      const ownHits =
        "arena.shots.filter((shot) => shot.shooter === arena.frames[0].id && shot.at)";
      // While a busy machine holds the server up, its frames are not as old as they should be.
      const isOwed = `${ownHits}.some(({ rewoundMs }) => rewoundMs > ${OWED_MS})`;
      return Number(await page.evaluate(`${ownHits}.length`)) >= HITS_MIN &&
        await page.evaluate(isOwed) === true;
    });
    await until("frames", async () => Number(await decoded(0)) >= FRAMES_MIN);
    await page.click("#drop");
    await until("frames of the next epoch", async () => Number(await decoded(1)) >= FRAMES_MIN);
    kept = await page.evaluate("({ ...arena, lost: arena.lost() })");
    // What is drawn is compared with the truth of the same frame, as the server told it.
    const worst = Number(/off the truth\s+at most ([\d.]+)/.exec(await page.innerText("dl"))?.[1]);
    assert.ok(worst > 0 && worst <= Math.SQRT2 / 16, `${worst} units off`);
  });
  return kept!;
}

/** A page that was built with another schema than the server's says so. */
async function checkMismatch(url: string): Promise<void> {
  await openUrl(url, async (page) => {
    await page.route("**/client.js", async (route) => {
      const response = await route.fetch();
      const script = await response.text();
      assert.match(script, /step:\.125/);
      await route.fulfill({ response, body: script.replaceAll("step:.125", "step:.25") });
    });
    await page.reload();
    await until("a notice", async () => /another schema/.test(await page.innerText("#notice")));
    await until("its count", async () => /schema-mismatch/.test(await page.innerText("dl")));
  });
}

/** Clicks on the nearest other pilot, about where it is drawn. */
async function shoot(page: Page): Promise<void> {
  const aim: [number, number] | null = await page.evaluate(`(() => {
    const { entities, id } = arena.frames.at(-4);
    const own = entities.find((entity) => entity.id === id);
    if (own === undefined) return null;
    const away = ({ fields: { x, y } }) => Math.hypot(x - own.fields.x, y - own.fields.y);
    const others = entities.filter(({ id, kind }) => kind === "pilot" && id !== own.id);
    const [nearest] = others.sort((a, b) => away(a) - away(b));
    return nearest ? [nearest.fields.x, nearest.fields.y] : null;
  })()`);
  const { height, width } = (await page.locator("canvas").boundingBox())!;
  const position = aim && { x: aim[0] * width / WIDTH, y: aim[1] * height / HEIGHT };
  if (position) await page.locator("canvas").click({ position });
  await page.waitForTimeout(350);
}

/** Every frame that was decoded is the part of the recorded world that is near, rounded. */
async function checkFrames({ frames, lost }: Kept, path: string): Promise<void> {
  assert.ok(lost > 20, `${lost} lost`);
  assert.deepEqual([...new Set(frames.map(({ epoch }) => epoch))], [0, 1]);
  const [id, ...others] = new Set(frames.map(({ id }) => id));
  assert.deepEqual(others, [], "the pilot is the same on both connections");
  const shown = new Map(frames.map((frame) => [frame.frame, frame.entities]));
  assert.equal(shown.size, frames.length);
  assert.ok(shown.size >= 2 * FRAMES_MIN);

  let eye: Place | undefined;
  let compared = 0;
  const reader = await RecordingReader.open(new FileSource(path));
  for await (const snapshot of reader.snapshots()) {
    const world = (snapshot.toFrame() as TruthFrame).entities.map(roundedToWire);
    // Who is dead sees from where he died.
    eye = world.find((entity) => entity.id === id)?.fields ?? eye;
    const held = shown.get(snapshot.frame);
    if (held === undefined) continue;
    const { x, y } = eye!;
    const near = world.filter(({ fields }) =>
      Math.sqrt((fields.x - x) ** 2 + (fields.y - y) ** 2) <= VIEW_RADIUS
    );
    assert.ok(near.length < world.length, "a view is a part of the world");
    assert.deepEqual(held, near, `frame ${snapshot.frame}`);
    compared++;
  }
  assert.equal(compared, shown.size);
}

/** After the first frames of an epoch its acks are known, and packets hold only what changed. */
function checkSizes({ frames }: Kept): void {
  for (const epoch of [0, 1]) {
    const each = frames.filter((frame) => frame.epoch === epoch).map(({ bytes, entities }) =>
      bytes / entities.length
    );
    const rest = each.slice(20);
    const mean = rest.reduce((sum, bytes) => sum + bytes, 0) / rest.length;
    assert.ok(mean < 0.75 * each[0]!, `${each[0]} bytes an entity, then ${mean}`);
  }
}

type Place = { readonly x: number; readonly y: number };

/** An entity as it is sent: places to an eighth of a unit, no velocities. */
function roundedToWire({ fields, id, kind }: TruthFrame["entities"][number]) {
  const { vx: _vx, vy: _vy, ...rest } = fields;
  const round = (value: number) => Math.round(value * 8) / 8;
  return { id, kind, fields: { ...rest, x: round(fields.x), y: round(fields.y) } };
}

/** What was decided is in the file, and the commands say the same without an option. */
async function checkShots(
  { drawn, frames, shots }: Kept,
  stdout: string,
  path: string,
): Promise<void> {
  const { id } = frames[0]!;
  const own = shots.filter(({ shooter }) => shooter === id);
  const hits = own.filter(({ victim }) => victim !== null);
  assert.ok(hits.length >= HITS_MIN);
  // Frames and a busy machine add to what is owed.
  const rewoundMs = hits.map(({ rewoundMs }) => rewoundMs);
  assert.ok(
    rewoundMs.some((ms) => ms > OWED_MS) && rewoundMs.every((ms) => ms <= 300),
    `${rewoundMs}`,
  );
  // Who was hit stood where he was drawn when the player clicked, but for the rounding.
  for (const { at, rewoundMs, victim } of hits) {
    if (rewoundMs === 0 || rewoundMs === 300) continue;
    const seen = drawn.map((entities) => entities.find(({ id }) => id === victim));
    const away = seen.map((seen) => seen ? Math.hypot(seen.x - at![0], seen.y - at![1]) : Infinity);
    assert.ok(Math.min(...away) <= Math.SQRT2 / 16 + 1e-6, `${away} units from where he was seen`);
  }

  const [, played, decided, hit] = /played (\d+) frames.* (\d+) shots, (\d+) hits/.exec(stdout)!;
  const info = await hindcastJson<{ frames: number }>(["info", path, "--json"]);
  assert.equal(info.frames, Number(played));

  const report = await hindcastJson<ReportAnswer>(["report", path, "--json"]);
  assert.deepEqual(report.runs.map(({ ack, codec, net }) => `${ack} ${codec} ${net}`), [
    "strict varint none",
    "strict varint 4g",
  ]);
  for (const { divergence } of report.runs) assert.equal(divergence.wrongFieldFrames, 0);

  const rewind = await hindcastJson<RewindAnswer>(["rewind", path, "--json"]);
  assert.equal(rewind.shots, Number(decided));
  const [policy] = rewind.policies;
  assert.equal(policy!.policy, "stamped:300");
  assert.equal(policy!.accuracy, 1);
  assert.deepEqual([policy!.tp, policy!.tn], [Number(hit), Number(decided) - Number(hit)]);
  const none = rewind.policies.find(({ policy }) => policy === "none");
  assert.ok(none!.accuracy! < 0.9, "without lag compensation players would miss");
}

interface ReportAnswer {
  readonly runs: readonly {
    readonly ack: string;
    readonly codec: string;
    readonly net: string;
    readonly divergence: { readonly wrongFieldFrames: number };
  }[];
}

interface RewindAnswer {
  readonly shots: number;
  readonly policies: readonly {
    readonly policy: string;
    readonly accuracy: number | null;
    readonly tp: number;
    readonly tn: number;
  }[];
}
