// Helper of tests that look for faults on a page: a game of two minutes in which three things go wrong.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { hindcast } from "../run_cli_test_helper.ts";

/** What is wrong, and where; nothing of it comes from what is tested. */
export const PLANTED = {
  /** A field that is still until then, and new in every frame from then on. */
  noise: { second: 40, entity: "turret-17", kind: "turret", field: "heat", event: "overheat" },
  /** Nearly all packets of this second are lost. */
  burst: { second: 70, event: "cable" },
  /** Many come at once in this second. */
  storm: { second: 90, kind: "guest", field: "name", event: "join", count: 60 },
  /** A shot that the game rewinds by the shooter's ping, and that misses without. */
  shot: { second: 70, shooter: "player-1", victim: "player-2", pingMs: 100 },
} as const;

/** Frames a second, and seconds. */
const RATE = 20;
const SECONDS = 120;
const STEP_MS = 1000 / RATE;
const PLAYERS = 10;
const TURRETS = 20;
const SHOT_SECONDS = [10, 25, 40, 55, 70, 71, 85, 90, 105];

/** Pages of the game, as the command line writes them. */
export interface PlantedPages {
  readonly report: string;
  readonly rewind: string;
}

/** Records the game into a folder and writes its two pages there, each linked to the other. */
export async function writePlanted(folder: string): Promise<PlantedPages> {
  writeFileSync(join(folder, "game.ndjson"), gameLines().join("\n"));
  writeFileSync(join(folder, "burst.csv"), traceLines().join("\n") + "\n");
  const run = async (...words: readonly string[]) => {
    const { code, stderr } = await hindcast(words, { cwd: folder });
    if (code !== 0) throw new Error(`hindcast ${words.join(" ")}: exit code ${code}, ${stderr}`);
  };
  await run("record", "game.ndjson", "-o", "game.mcap");
  const map = "shooter=by,from=from,to=to,verdict=hit,ping=ping";
  await run(
    ...["rewind", "game.mcap", "--shots", "shot", "--shot-map", map, "--html", "rewind.html"],
    ...["--shape", "player=sphere:0,0,0,16", "--policy", "none", "--policy", "ping"],
  );
  await run(
    ...["report", "game.mcap", "--consumers", "6", "--ack", "strict", "--ack", "append"],
    ...["--net", "trace:burst.csv", "--html", "report.html", "--shots-page", "rewind.html"],
  );
  return { report: join(folder, "report.html"), rewind: join(folder, "rewind.html") };
}

/** Rows and events of the game, a line each. */
function gameLines(): string[] {
  const random = randomFrom(7);
  const lines: string[] = [];
  for (let frame = 0; frame < SECONDS * RATE; frame++) {
    const second = frame / RATE;
    const at = { f: frame, t: frame * STEP_MS };
    for (const row of [...players(at.t), ...turrets(second, random), ...guests(second)]) {
      lines.push(JSON.stringify({ ...at, ...row }));
    }
    for (const event of eventsAt(frame)) lines.push(JSON.stringify({ ...at, ...event }));
  }
  return lines;
}

function players(timeMs: number): object[] {
  return Array.from({ length: PLAYERS }, (_, i) => {
    const [x, y, z] = placeOf(i, timeMs);
    return { id: `player-${i + 1}`, kind: "player", x, y, z, health: 100, team: i % 2 };
  });
}

/** Where a player is, running in a circle of his own. */
function placeOf(index: number, timeMs: number): [number, number, number] {
  const turn = timeMs / 1000 * 1.4 + index;
  const eighth = (value: number) => Math.round(value * 8) / 8;
  return [
    eighth(index * 90 + 280 * Math.cos(turn)),
    eighth(index * -40 + 280 * Math.sin(turn)),
    24,
  ];
}

function turrets(second: number, random: () => number): object[] {
  const { entity, second: from } = PLANTED.noise;
  return Array.from({ length: TURRETS }, (_, i) => {
    const id = `turret-${i + 1}`;
    const heat = id === entity && second >= from ? 20 + random() : 20.5;
    return { id, kind: "turret", aim: Math.floor(second / 5 + i / 7) % 8, ammo: 40, heat };
  });
}

function guests(second: number): object[] {
  const { count, second: from } = PLANTED.storm;
  if (second < from) return [];
  return Array.from({ length: count }, (_, i) => ({
    ...{ id: `guest-${i + 1}`, kind: "guest", name: `guest number ${i + 1} of the bus` },
    ...{ x: i * 8, y: 0, health: 100 },
  }));
}

function eventsAt(frame: number): object[] {
  const { burst, noise, shot, storm } = PLANTED;
  const events: object[] = [];
  if (frame === noise.second * RATE) events.push({ ev: noise.event, turret: noise.entity });
  if (frame === burst.second * RATE) events.push({ ev: burst.event, state: "pulled" });
  if (frame === storm.second * RATE) {
    for (let i = 1; i <= storm.count; i++) events.push({ ev: storm.event, who: `guest-${i}` });
  }
  if (SHOT_SECONDS.some((second) => frame === second * RATE + 5)) {
    const timeMs = frame * STEP_MS;
    const seen = placeOf(1, timeMs - shot.pingMs);
    events.push({
      ...{ ev: "shot", by: shot.shooter, hit: shot.victim, ping: shot.pingMs },
      ...{ from: placeOf(0, timeMs), to: seen },
    });
  }
  return events;
}

/**
 * The fate of every datagram: most of those of the burst do not arrive. The first states go in more
 * than one, so that a row is some frames before its number.
 */
function traceLines(): string[] {
  const first = PLANTED.burst.second * RATE + 3;
  const rows = Array.from({ length: SECONDS * RATE }, (_, i) => {
    const isLost = i >= first && i < first + RATE - 4;
    return `${i},${i * STEP_MS}.000,${isLost ? "" : "40.000"},${isLost ? 1 : 0}`;
  });
  return ["packet,send_ms,delay_ms,lost", ...rows];
}

/** Numbers of 0 to 1 with all their bits. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const high = state;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (high + state / 2 ** 32) / 2 ** 32;
  };
}
