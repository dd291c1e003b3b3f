import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { FileSink, RecordingWriter } from "../../lib/recording.ts";
import { type EntityId, EntityNames } from "../../lib/world.ts";
import { hindcast, hindcastJson, inFolder, unwrapped } from "../run_cli_test_helper.ts";

/** The same four players by number, and by ids that games give. */
const NUMBERS: readonly EntityId[] = [1, 2, 3, 4];
const IDS: readonly EntityId[] = ["q8Zk2LmA1", "76561198000000001", "<img src=x>", "bell\u0007"];
/** What people read of those, in the same order. */
const VISIBLE = ["q8Zk2LmA1", "76561198000000001", "<img src=x>", "bell\\u{7}"];
/** Whom a shot hits that nobody recorded. */
const NOBODY: readonly [EntityId, EntityId] = [99, "ghost"];

const FRAME_MS = 20;

/** Where a player is: each runs on a circle of its own. */
function placeOf(player: number, timeMs: number): readonly [x: number, y: number] {
  const turn = timeMs / (900 + 150 * player) + player;
  return [400 * player + 120 * Math.cos(turn), 120 * Math.sin(turn)];
}

/**
 * Records players by ids: every third frame one of them shoots at where another was a ping ago, and
 * the game says now a hit, now a miss, now a hit on who was not recorded.
 */
async function recordPlayers(folder: string, ids: readonly EntityId[], nobody: EntityId) {
  await mkdir(folder);
  const path = join(folder, "players.mcap");
  const sink = new FileSink(path);
  const names = new EntityNames();
  const entities = ids.map((id) => names.entity(id));
  const writer = await RecordingWriter.open(sink, { rateHz: 50, names });
  for (let frame = 0; frame < 240; frame++) {
    const timeMs = frame * FRAME_MS;
    const at = entities.map((id, player) => {
      const [x, y] = placeOf(player, timeMs);
      // Teams are told by who leads them.
      return {
        id,
        kind: "player",
        fields: { x, y, leader: String(ids[player % 2 === 0 ? 0 : 1]) },
      };
    });
    await writer.write({ frame, timeMs, entities: at });
    if (frame < 30 || frame % 3 !== 0) continue;
    const shooter = (frame / 3) % 4;
    const target = (shooter + 1 + frame % 2) % 4;
    const ping = 35 + 20 * shooter + frame % 5;
    const [sx, sy] = placeOf(shooter, timeMs);
    const [ex, ey] = placeOf(target, timeMs - ping);
    const hit = frame % 21 === 0 ? null : frame % 30 === 0 ? nobody : ids[target];
    const data = { who: ids[shooter], sx, sy, ex, ey, ez: 0, hit, ping, interp: 40 };
    await writer.writeEvent({ frame, timeMs, name: "shot", data });
  }
  await writer.close();
  sink.close();
  return path;
}

const MAP = "who,from=sx,sy,ez,to=ex,ey,ez,verdict=hit,ping=ping,interp=interp";
const OPTIONS = [
  ...["--shots", "shot", "--shot-map", `shooter=${MAP}`, "--shape", "player=sphere:12"],
  ...["none", "ping", "rtt+interp", "ms:60"].flatMap((policy) => ["--policy", policy]),
];

/** The text with numbers of players in the places of ids. */
function numbered(text: string): string {
  return [...IDS, ...VISIBLE, NOBODY[1]].reduce<string>(
    (rest, id, i) => rest.replaceAll(String(id), String([...NUMBERS, ...NUMBERS, NOBODY[0]][i])),
    text,
  );
}

/** JSON as it is for players by number: every id is a text of its own. */
function numberedJson(value: unknown): unknown {
  if (typeof value === "string") {
    const place = [...IDS, NOBODY[1]].indexOf(value);
    return place < 0 ? numbered(value) : [...NUMBERS, NOBODY[0]][place];
  }
  if (Array.isArray(value)) return value.map(numberedJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [numbered(key), numberedJson(item)]),
  );
}

/** JSON without those numbers of the event that are ids. */
function withoutOwnNumbers(value: object): unknown {
  const isId = (key: string) => key === "who" || key === "hit";
  return JSON.parse(JSON.stringify(value), (key, item) => isId(key) ? undefined : item);
}

interface Answer {
  readonly recording: string;
  readonly notes?: readonly string[];
  readonly policies: readonly { readonly fn: number; readonly tp: number }[];
  readonly [key: string]: unknown;
}

/** Runs both recordings, with and without ids. */
async function both(
  folder: string,
): Promise<{ readonly numbers: string; readonly ids: string }> {
  return {
    numbers: await recordPlayers(join(folder, "numbers"), NUMBERS, NOBODY[0]),
    ids: await recordPlayers(join(folder, "ids"), IDS, NOBODY[1]),
  };
}

for (
  const [what, more] of [
    ["policies, details, a sweep and shooters", [
      "--details",
      "--by",
      "shooter",
      "--sweep",
      "0..150/5",
    ]],
    ["conditions that read ids", [
      ...["--alive", "leader!=shooter.id", "--rewinds", "id!=shooter.leader", "--details"],
    ]],
    ["an explanation, with what the shooter saw", [
      ...["--explain", "7", "--net", "delay=30,loss=3%", "--details"],
    ]],
    ["teleports by event", ["--teleport", "event:shot:who", "--details"]],
  ] as const
) {
  test(`rewind says the same of players by any id as by number: ${what}`, () =>
    inFolder(async (folder) => {
      const paths = await both(folder);
      const [numbers, ids] = await Promise.all(
        [paths.numbers, paths.ids].map((path) =>
          hindcastJson<Answer>(["rewind", path, ...OPTIONS, ...more, "--json"])
        ),
      ) as [Answer, Answer];
      // That policies hit and miss, so that the answers say something.
      assert.ok(numbers.policies.every(({ fn, tp }) => tp >= 30 && fn >= 10));
      const { notes: [note, ...others] = [], recording: _, ...rest } = ids;
      assert.match(note!, /^6 of 70 shots, the first is 0, hit whom nobody in the recording is/);
      const { notes = [], recording: __, ...expected } = numbers;
      assert.deepEqual(
        numberedJson({ ...rest, notes: others }),
        withoutOwnNumbers({ ...expected, notes }),
      );
      assert.ok(JSON.stringify(rest).includes('"q8Zk2LmA1"'));
    }));
}

test("rewind prints ids as the game spells them, in tables, sentences and explanations", () =>
  inFolder(async (folder) => {
    const paths = await both(folder);
    const words = (text: string) =>
      numbered(unwrapped(text)).replace(/[ ─-]+/g, " ").split("\n").slice(1);
    for (const more of [["--by", "shooter"], ["--explain", "7"], ["--explain", "10"]]) {
      const [numbers, ids] = await Promise.all(
        [paths.numbers, paths.ids].map((path) => hindcast(["rewind", path, ...OPTIONS, ...more])),
      );
      assert.deepEqual([numbers!.code, ids!.code], [0, 0]);
      assert.deepEqual(words(ids!.stdout), words(numbers!.stdout));
      assert.match(ids!.stdout, /bell\\u\{7\}|76561198000000001/);
      assert.ok(!ids!.stdout.includes("\u0007"));
    }
  }));

test("rewind --html: a page names players by their ids, as text", () =>
  inFolder(async (folder) => {
    const { ids } = await both(folder);
    const page = join(folder, "page.html");
    const { code } = await hindcast(["rewind", ids, ...OPTIONS, "--html", page]);
    assert.equal(code, 0);
    const html = readFileSync(page, "utf8");
    assert.doesNotMatch(html, /<img src=x>/);
    const [, json] = /<script type="application\/json" id="page">([^<]*)<\/script>/.exec(html)!;
    const { names, shots } = JSON.parse(json!);
    assert.deepEqual(Object.values(names).sort(), [...VISIBLE, "ghost"].sort());
    // Shot 0 is that of frame 30: 30 / 3 modulo 4 is the third player.
    assert.equal(names[shots[0].shooter], "<img src=x>");
    assert.equal(names[shots[0].game], "ghost");
  }));

test("rewind --shot takes ids by their text", () =>
  inFolder(async (folder) => {
    const { ids } = await both(folder);
    const shape = ["--shape", "player=sphere:30", "--policy", "none"];
    const [x, y] = placeOf(0, 1000);
    const shot = (shooter: string, verdict: string) =>
      `frame=50,shooter=${shooter},from=${x - 50},${y},0,to=${x + 50},${y},0,verdict=${verdict}`;
    const judge = (...shots: string[]) =>
      hindcast([
        ...["rewind", ids, ...shape, "--details", "--json"],
        ...shots.flatMap((text) => ["--shot", text]),
      ]);
    const { stdout } = await judge(
      shot("76561198000000001", "q8Zk2LmA1"),
      shot("76561198000000001", "-1"),
      shot("<img src=x>", "true"),
      shot("q8Zk2LmA1", "null"),
    );
    const { details } = JSON.parse(stdout);
    assert.deepEqual(
      details.map((
        { cause, expected, victim }: Record<string, unknown>,
      ) => [victim, expected, cause]),
      [
        ["q8Zk2LmA1", "q8Zk2LmA1", "agrees"],
        ["q8Zk2LmA1", null, details[1].cause],
        ["q8Zk2LmA1", "hit", "agrees"],
        [null, null, "agrees"],
      ],
    );
    assert.notEqual(details[1].cause, "agrees");
    for (const nobody of ["0", "q8zk2lma1", "76561198000000000"]) {
      const { code, stderr } = await judge(shot(nobody, "-1"));
      assert.equal(code, 1);
      assert.match(
        stderr,
        new RegExp(`Cannot judge shot 0: shooter ${nobody} is not in the recording`),
      );
    }
  }));

test("rewind --repro keeps ids in the cut, and says whose they are", () =>
  inFolder(async (folder) => {
    const { ids } = await both(folder);
    const repro = join(folder, "repro");
    const { code, stderr } = await hindcast([
      ...["rewind", ids, ...OPTIONS, "--shot", "7", "--repro", repro],
    ]);
    assert.equal(code, 0, stderr);
    // Shot 7 is that of frame 51: 51 / 3 modulo 4 is the second player, who aims at the fourth.
    const text = readFileSync(join(repro, "shot-7_test.ts"), "utf8");
    assert.match(text, /^\/\/ Shot 7 of .*, frame 51, by 76561198000000001\.$/m);
    assert.match(text, /^\/\/ Entity 3 is bell\\u\{7\}\.$/m);
    assert.match(readFileSync(join(repro, "shot-7.md"), "utf8"), /by 76561198000000001/);
    const cut = join(repro, "shot-7.mcap");
    const answers = await Promise.all(
      [["--explain", "0"], ["--explain", "7"]].map((explain, i) =>
        hindcastJson<{ explanation: { policies: { victim: unknown; sentence: string }[] } }>([
          ...["rewind", [cut, ids][i]!, ...OPTIONS, ...explain, "--json"],
        ])
      ),
    );
    const [part, whole] = answers.map(({ explanation }) =>
      explanation.policies.map(({ victim }) => victim)
    );
    assert.deepEqual(part, whole);
    // By hand: the ray passes the third player, who stands between, 2 units from his middle.
    assert.deepEqual(whole, Array(4).fill("<img src=x>"));
  }));
