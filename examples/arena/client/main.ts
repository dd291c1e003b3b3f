/// <reference lib="dom" />
/**
 * The client: takes packets, acks them, and draws what it holds. Settings of the address: `truth=1`,
 * `loss=10` in percent, `delay=40` in milliseconds each way, `seed=7` of the losses, and `keep=1` to
 * keep every frame for whoever looks at `window.arena`.
 */
import type { ShotAnswer, TruthMessage } from "../shared/messages.ts";
import { Random } from "../shared/random.ts";
import type { WireFrame } from "../shared/schema.ts";
import { drawScene } from "./arena_canvas.ts";
import { BadLink } from "./bad_link.ts";
import { Connection } from "./connection.ts";
import { listenToClicks, listenToKeys, listenToSlider } from "./controls.ts";
import { showFigures, showShot } from "./figures.ts";
import { HeldWorld } from "./held_world.ts";
import { type Drawn, drawnAt, Playback, stampOf } from "./playback.ts";
import { TruthCheck } from "./truth_check.ts";

const FIGURES_EVERY_MS = 500;
/** Height of texts in the arena as they are seen, however small the page. */
const TEXT_PX = 11;

const settings = new URLSearchParams(location.search);
const random = new Random(Number(settings.get("seed") ?? Date.now() % 100_000));
const find = <E extends HTMLElement>(id: string) => document.querySelector<E>(`#${id}`)!;
const canvas = find<HTMLCanvasElement>("arena");
const context = canvas.getContext("2d")!;

const down = new BadLink(random);
const up = new BadLink(random);
const world = new HeldWorld();
const playback = new Playback();
const truthCheck = new TruthCheck();
let epoch = -1;
let ownId = -1;
let truth: TruthMessage | undefined;
let shots: { readonly answer: ShotAnswer; readonly atMs: number }[] = [];
let bytes = 0;
let packets = 0;
let newestMs = 0;

/** For who looks in from outside, as a test does; filled with `keep=1`. */
const isKeeping = settings.has("keep");
const kept = {
  frames: [] as (WireFrame & { readonly epoch: number; readonly id: number; bytes: number })[],
  shots: [] as ShotAnswer[],
  /** What was drawn at each click. */
  drawn: [] as Drawn[][],
  lost: () => down.lost + up.lost,
};
Object.assign(globalThis, { arena: kept });

const connection = new Connection(down, up, {
  onHello(hello) {
    ({ epoch, id: ownId } = hello);
    truth = undefined;
    world.begin(epoch);
    playback.begin();
    say("");
  },
  onPacket(packet) {
    bytes += packet.length;
    packets++;
    const received = world.receive(packet);
    if (world.outcomes.has("schema-mismatch")) {
      say("The server sends another schema than this page was built with: reload the page.");
    }
    if (received === undefined) return;
    newestMs = performance.now();
    connection.sendAck(received.ack);
    playback.add(received.frame, newestMs);
    truthCheck.addHeld(received.frame);
    if (isKeeping) {
      kept.frames.push({ ...received.frame, epoch, id: ownId, bytes: packet.length });
    }
  },
  onMessage(message) {
    if (message.type === "truth") {
      truth = message;
      truthCheck.addTruth(message);
      return;
    }
    shots = [...shots.slice(-9), { answer: message, atMs: performance.now() }];
    if (isKeeping) kept.shots.push(message);
    showShot(find("shots"), message, ownId);
  },
  onLost: () => say("The connection is lost; trying again."),
});

listenToKeys((message) => connection.send(message));
listenToClicks(canvas, (aim) => {
  const moment = playback.at(performance.now());
  if (moment === undefined) return;
  connection.send({ type: "shot", aim, stamp: stampOf(moment) });
  if (isKeeping) kept.drawn.push(drawnAt(moment));
});
listenToSlider("loss", settings.get("loss"), (percent) => down.loss = up.loss = percent / 100);
listenToSlider("delay", settings.get("delay"), (ms) => down.delayMs = up.delayMs = ms);
find("drop").addEventListener("click", () => connection.drop());
const truthBox = find<HTMLInputElement>("truth");
truthBox.checked = connection.wantsTruth = settings.get("truth") === "1";
truthBox.addEventListener("change", () => {
  connection.wantsTruth = truthBox.checked;
  connection.drop();
});

function draw(): void {
  const nowMs = performance.now();
  const moment = playback.at(nowMs);
  const entities = moment === undefined ? [] : drawnAt(moment);
  const textPx = TEXT_PX * canvas.width / canvas.clientWidth;
  drawScene(context, { entities, ownId, truth, shots, nowMs, textPx });
  requestAnimationFrame(draw);
}

function say(text: string): void {
  find("notice").textContent = text;
}

setInterval(() => {
  const perSecond = 1000 / FIGURES_EVERY_MS;
  const { newest } = playback;
  showFigures(find("figures"), {
    "bytes a second": (bytes * perSecond).toLocaleString("en"),
    "packets a second": String(packets * perSecond),
    "newest frame": newest === undefined
      ? "none"
      : `${newest.frame}, ${Math.round(performance.now() - newestMs)} ms old`,
    "held entities": String(newest?.entities.length ?? 0),
    "lost down / up": `${down.lost} / ${up.lost}`,
    ...Object.fromEntries(world.outcomes),
    "off the truth": truthCheck.text,
    "pilot / epoch": `${ownId} / ${epoch}`,
  });
  bytes = packets = 0;
}, FIGURES_EVERY_MS);

connection.open();
draw();
