// What is said of a shot in several places is one and the same: the verdict, the intervals, the
// margin and the sentence, under many policies and rules, on recordings of real games.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { emptyDecision, goBackMs } from "../policy/decision.ts";
import { eventTeleports } from "../past/event_teleports.ts";
import type { ExplainedPolicy, Explanation } from "../report/explanation/explanation.ts";
import { explainShot } from "../report/explanation/explain_shot.ts";
import type { HitInterval } from "./hit_interval.ts";
import { type HitModel, parseHitModel } from "../shape/hit_model.ts";
import { readHitModel } from "../shape/hit_model_json.ts";
import { emptyVerdict } from "./verdict.ts";
import { Judge } from "./judge.ts";
import { RayCaster } from "./ray_caster.ts";
import { planOf } from "../shape/model_plan.ts";
import type { RewindPolicy } from "../policy/policy.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { PoseHistory } from "../past/pose_history.ts";
import { rayBetween } from "../shape/ray.ts";
import type { RewindReportOptions } from "../report/report_options.ts";
import { rewindShots } from "../report/rewind_report.ts";
import type { ShotDetail } from "../report/shot_detail.ts";
import { shotAgesMs } from "../shot/shooter_path.ts";
import type { GameVerdict, Shot } from "../shot/shot.ts";
import { QUAKEWORLD } from "../shot/quakeworld.ts";
import { readShots } from "../shot/shot_reader.ts";
import { judgeShot, type ShotResult } from "./shot_result.ts";
import { emptyTargetPose } from "./target_pose.ts";
import { TargetPoses } from "./target_poses.ts";
import type { Vector } from "../shape/vector.ts";
import { makeHistory, makeShot, range } from "../worlds_test_helper.ts";

const SLOW = { timeout: 120_000 };

const POLICIES = [
  "none",
  "ping",
  "ping-13",
  "acked",
  "ms:37.3",
  "ms:100",
  "frames:2",
  "frames:7",
  "unity:delay=3",
  "source:latency=ping",
  "source:latency=ping,interval=13",
  "half-rtt+interp",
  "age+ping-32",
].map(parseRewindPolicy);

/** Milliseconds within which rounding may decide. */
const ROUNDING = 1e-6;

// ------------------------------------------------------------------ recordings

interface Row {
  readonly f: number;
  readonly t: number;
  readonly [field: string]: unknown;
}

function rowsOf(name: string): Row[] {
  const bytes = readFileSync(new URL(`../../../testdata/${name}`, import.meta.url));
  const text = new TextDecoder().decode(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

/** Frames of `testdata/NAME`, with entities of some kinds. */
function readFrames(name: string, kinds: readonly string[]): StateFrame[] {
  const frames = new Map<number, { timeMs: number; entities: StateFrame["entities"][number][] }>();
  for (const { f, t, id, kind, ...fields } of rowsOf(name)) {
    if (!frames.has(f)) frames.set(f, { timeMs: t, entities: [] });
    if (!kinds.includes(kind as string)) continue;
    const values = fields as Record<string, number | string>;
    frames.get(f)!.entities.push({ id: id as number, kind: kind as string, fields: values });
  }
  return [...frames].map(([frame, rest]) => ({ frame, ...rest }));
}

function readEvents(name: string): StateEvent[] {
  return rowsOf(name).map((data) => ({
    frame: data.f,
    timeMs: data.t,
    name: data.ev as string,
    data,
  }));
}

function historyOf(frames: readonly StateFrame[], model: HitModel): PoseHistory {
  const history = new PoseHistory(model);
  for (const frame of frames) history.addFrame(frame);
  return history;
}

const QUAKE = [
  ["rewind/qw-povdmm4-cut", "ndjson.gz"],
  ["duel/duel", "ndjson.gz"],
  ["recording/qw-duel-povdmm4-f690-789", "ndjson"],
].map(([name, suffix]) => ({
  frames: readFrames(`${name}.state.${suffix}`, ["player"]),
  events: readEvents(`${name}.events.${suffix}`),
}));

// ------------------------------------------------------------------ what has to agree

function contains({ fromMs, toMs }: HitInterval, ms: number): boolean {
  return fromMs <= ms && ms <= toMs;
}

/** Whether a victim is what the game decided. */
function isGames(verdict: GameVerdict, victim: number | null): boolean {
  return verdict === "hit" ? victim !== null : verdict === victim;
}

function idsOf(history: PoseHistory): number[] {
  const ids = new Set<number>();
  for (let index = 0; index < history.length; index++) {
    for (let i = 0; i < history.countAt(index); i++) ids.add(history.idAt(index, i));
  }
  return [...ids].sort((a, b) => a - b);
}

/** Targets that a shot hits at its decision as if each were alone. */
function hitAlone(result: ShotResult, ids: readonly number[]): number[] {
  const { decision, model, moment, rules, shot } = result;
  const pose = emptyTargetPose();
  return ids.filter((id) => {
    if (id === shot.shooter) return false;
    const poses = new TargetPoses(moment, rules, planOf(model));
    if (!poses.at(decision, id, pose)) return false;
    const own = emptyVerdict();
    if (poses.isTarget(pose)) new RayCaster(planOf(model), shot.ray).hit(pose, id, own);
    return own.victim === id;
  });
}

/** Whom a shot hits at another rewind than its policy's. */
function victimAt({ model, moment, rules, shot }: ShotResult, ms: number): number | null {
  const decision = emptyDecision();
  const verdict = emptyVerdict();
  goBackMs(moment, Math.max(ms, 0), decision);
  new Judge(new TargetPoses(moment, rules, planOf(model)), shot).judge(decision, verdict);
  return verdict.victim;
}

const GAME = "(misses|hits(?: (\\d+))?)";
const SENTENCES = [
  new RegExp("^Policy and game agree: the shot (misses|hits (\\d+))\\."),
  new RegExp(`^The policy (misses|hits (\\d+)), the game ${GAME}: `),
  new RegExp("^The policy (misses|hits (\\d+)); what the game decided is unknown\\."),
] as const;

/** Checks that a sentence says of a shot what is so. */
function checkSentence(sentence: string, victim: number | null, { verdict }: Shot): void {
  const [agree, differ, unknown] = SENTENCES.map((form) => form.exec(sentence));
  const said = (agree ?? differ ?? unknown)!;
  assert.ok(said !== null, sentence);
  assert.equal(said[1] === "misses" ? null : Number(said[2]), victim, sentence);
  assert.equal(unknown !== null, verdict === undefined, sentence);
  assert.equal(agree !== null, verdict !== undefined && isGames(verdict, victim), sentence);
  if (differ === null) return;
  const game = verdict === null ? "misses" : verdict === "hit" ? "hits" : `hits ${verdict}`;
  assert.equal(differ![3], game, sentence);
}

/** Checks that a rewind at which policy and game would agree is one, or that there is none. */
function checkCause(result: ShotResult, told: ExplainedPolicy): void {
  const { verdict } = result.shot;
  // What the ring evicted may be what the game went by.
  const full = { ...result, moment: result.fullMoment };
  const agreesAt = (ms: number) =>
    isGames(verdict, victimAt(result, ms)) || isGames(verdict, victimAt(full, ms));
  if (told.cause?.rule === "other-time") {
    const ms = told.cause.agreeingMs!;
    assert.ok([0, -ROUNDING, ROUNDING].some((more) => agreesAt(ms + more)), `at ${ms} ms`);
  }
  if (told.cause?.rule === "no-time") {
    for (let ms = 0; ms < 1000; ms += 2.3) assert.ok(!agreesAt(ms), `at ${ms} ms`);
  }
}

interface Tally {
  details: number;
  hits: number;
  behind: number;
}

function checkDetail(
  detail: ShotDetail,
  result: ShotResult,
  told: ExplainedPolicy,
  explanation: Explanation,
  ids: readonly number[],
  tally: Tally,
): void {
  const { intervals, marginUnits, usedMs, victim } = detail;
  const { shot } = explanation;
  const alone = hitAlone(result, ids);
  tally.details++;
  if (victim !== null) tally.hits++;
  if (alone.length > 1) tally.behind++;

  assert.deepEqual([result.verdict.victim, result.decision.usedMs], [victim, usedMs]);
  assert.equal(victim === null, alone.length === 0);
  assert.ok(victim === null || alone.includes(victim));
  const inside = intervals.filter((span) => contains(span, usedMs)).map(({ target }) => target);
  if (victim !== null) assert.ok(inside.includes(victim), "no interval of the victim");
  for (const id of inside) assert.ok(alone.includes(id), `an interval of ${id}, which is missed`);
  for (const id of alone) assert.ok(inside.includes(id), `no interval of ${id}, which is hit`);
  intervals.forEach(({ fromMs, target, toMs }, i) => {
    const last = intervals[i - 1];
    assert.ok(fromMs >= 0 && fromMs <= toMs, "an interval upside down");
    if (last === undefined) return;
    const follows = last.target < target || (last.target === target && last.toMs < fromMs);
    assert.ok(follows, "intervals out of order");
  });

  assert.equal(detail.expected, shot.verdict);
  if (victim !== null) assert.ok(marginUnits !== null && marginUnits <= 0, "hit, yet beside");
  if (shot.verdict === null) {
    assert.equal(marginUnits !== null && marginUnits <= 0, victim !== null, `${marginUnits}`);
  }
  assert.equal(detail.cause === "agrees", detail.cause !== null && isGames(shot.verdict, victim));

  assert.deepEqual([told.policy, told.victim, told.usedMs], [detail.policy, victim, usedMs]);
  assert.deepEqual(told.intervals, intervals);
  checkSentence(told.sentence, victim, shot);
  checkCause(result, told);
  const hit = told.targets.filter(({ isAlive, isEligible, marginUnits }) =>
    isAlive && isEligible !== false && marginUnits <= 0
  );
  assert.deepEqual(hit.map(({ id }) => id), alone);
  // The spans are those of poses between neighbouring frames, without a rule of the policy's own.
  const { index, nextIndex } = result.decision;
  if (result.rules.stopUnits !== undefined || nextIndex > index + 1) return;
  const spans = explanation.spans.filter(({ fromMs, toMs }) =>
    fromMs - ROUNDING <= usedMs && usedMs <= toMs + ROUNDING
  );
  assert.ok(spans.some((span) => span.victim === victim), "another victim in the flip map");
}

/** Checks all that is said of shots, and returns how much that was. */
function check(
  history: PoseHistory,
  shots: readonly Shot[],
  options: RewindReportOptions = {},
  all: readonly RewindPolicy[] = POLICIES,
): Tally {
  const { model } = history;
  const tally: Tally = { details: 0, hits: 0, behind: 0 };
  const { details } = rewindShots(history, shots, all, model, {
    ...options,
    details: true,
    skipBad: true,
  });
  const ids = idsOf(history);
  const ages = shotAgesMs(history, shots);
  shots.forEach((shot, i) => {
    const ofShot = details!.filter((detail) => detail.shot === shot.index);
    // Where nobody's age can be told, a policy that asks for it is left out.
    const policies = all.filter(({ name }) => ofShot.some(({ policy }) => policy === name));
    const age = ages.found === 0 ? {} : { ageMs: ages.agesMs[i]!, medianAgeMs: ages.medianMs };
    const explanation = explainShot(history, shot, policies, model, { ...options, ...age });
    policies.forEach((policy, k) => {
      const result = judgeShot(history, shot, policy, model, { ...options, ...age });
      const detail = ofShot.find((one) => one.policy === policy.name)!;
      try {
        checkDetail(detail, result, explanation.policies[k]!, explanation, ids, tally);
      } catch (error) {
        const { message } = error as Error;
        throw new Error(`shot ${shot.index} under ${policy.name}: ${message}`, { cause: error });
      }
    });
  });
  return tally;
}

// ------------------------------------------------------------------ QuakeWorld

const BOX = "player=box:-16,-16,-24,16,16,32";
const PLAIN = parseHitModel([BOX], "dead=0");

interface Way {
  readonly model?: HitModel;
  readonly options?: RewindReportOptions;
  /** A teleport rule by the events of that name. */
  readonly teleportEvents?: string;
  readonly radiusUnits?: number;
}

const WAYS: Readonly<Record<string, Way>> = {
  "as it is": {},
  "events first": { options: { eventsFirst: true } },
  "a ring of 16 frames": { options: { ringFrames: 16 } },
  "events first, in a ring of 4 frames": { options: { eventsFirst: true, ringFrames: 4 } },
  "a thick ray": { radiusUnits: 5 },
  "who holds a lightning gun is not rewound": {
    model: parseHitModel([BOX], "dead=0", "weapon!=lg"),
  },
  "who has more armor than the shooter is not rewound": {
    model: parseHitModel([BOX, "player/head=sphere:0,0,26,9"], "dead=0", "armor<=shooter.armor"),
  },
  "who has more health than the shooter is no target": {
    model: parseHitModel([BOX], "dead=0&health<=shooter.health"),
    options: { ringFrames: 8 },
  },
  "half of the steps are teleports by units, of a box that turns": {
    model: parseHitModel(["player=yawbox:-24,-8,-24,24,8,32"], "dead=0"),
    options: { teleportUnits: 4 },
  },
  "no step is a teleport, of a box that turns under a thick ray": {
    model: parseHitModel(["player=yawbox:-24,-8,-24,24,8,32"], "dead=0"),
    options: { teleportUnits: Infinity, eventsFirst: true },
    radiusUnits: 3,
  },
  "teleports by speed, events first, in a ring": {
    model: parseHitModel(["player=capsule:0,0,-16,0,0,24,16"], "dead=0"),
    options: {
      teleport: { by: "speed", unitsPerSecond: 320 },
      eventsFirst: true,
      ringFrames: 16,
    },
  },
  "teleports by a change of the animation": {
    model: { ...PLAIN, teleportField: "anim" },
    options: { teleport: { by: "field", as: "change" } },
  },
  "teleports by events, and some are not rewound": {
    model: parseHitModel([BOX], "dead=0", "weapon!=rl"),
    teleportEvents: "hurt",
  },
  "shapes that depend on the weapon": {
    model: readHitModel({
      kinds: {
        player: {
          alive: "dead=0",
          shapes: [
            { shape: "box", min: [-16, -16, -24], max: [16, 16, 32], when: "weapon!=rl" },
            { shape: "box", min: [-16, -16, -24], max: [16, 16, 4], when: "weapon=rl" },
            { shape: "sphere", name: "cloud", center: [0, 0, 40], radius: "anim", when: "anim<40" },
          ],
        },
      },
    }),
  },
};

for (
  const [name, { model = PLAIN, options, radiusUnits, teleportEvents }] of Object.entries(WAYS)
) {
  test(`details, intervals, margins and sentences agree in QuakeWorld: ${name}`, SLOW, () => {
    let hits = 0;
    for (const { events, frames } of QUAKE) {
      const history = historyOf(frames, model);
      const fired = events.filter((event) => event.name === "lg_shot");
      const radius = radiusUnits === undefined ? {} : { radiusUnits };
      const { shots: all } = readShots(fired, QUAKEWORLD.shots, history, radius);
      const shots = all.filter((_, i) => name === "as it is" || i % 2 === 0);
      const marks = events.filter((event) => event.name === teleportEvents);
      const tally = check(history, shots, {
        ...options,
        ...(marks.length === 0 ? {} : { teleport: eventTeleports(history, marks, "victim") }),
      });
      assert.equal(tally.details, shots.length * POLICIES.length);
      hits += tally.hits;
    }
    assert.ok(hits > 500, `${hits} hits`);
  });
}

// ------------------------------------------------------------------ a moment alone

test("explainShot: whom only rewind 0 hits is in the flip map", () => {
  // The step into the shot's own frame is a teleport: nobody was there a moment before.
  const history = makeHistory(range(0, 20), 10, {
    2: (frame) => [300, frame < 20 ? 50 : 0, 0],
  }, PLAIN);
  const shot = makeShot(20, 200, [0, 0, 0], [600, 0, 0], { ping: 40 }, 2);
  const policies = ["none", "ping"].map(parseRewindPolicy);
  const { intervals, policies: told, spans } = explainShot(history, shot, policies, PLAIN, {
    teleportUnits: 20,
  });
  assert.deepEqual(intervals, [{ target: 2, fromMs: 0, toMs: 0 }]);
  assert.deepEqual(spans.map(({ victim }) => victim), [2, null]);
  assert.deepEqual([spans[0]!.fromMs, spans[0]!.toMs], [0, 0]);
  assert.deepEqual(told.map(({ victim }) => victim), [2, null]);
  // Not "they agree at no rewind": at rewind 0 they do.
  assert.equal(told[1]!.cause?.rule, "other-time");
  assert.equal(told[1]!.cause?.agreeingMs, 0);
});

test("rewindShots: a leap between frames far apart has the interval of its own path", () => {
  // From y = -100 at frame 2 to y = 100 at frame 12: within 16 of the ray from 42 to 58 % of it.
  const history = makeHistory(range(0, 20), 10, {
    2: (frame) => [300, frame === 2 ? -100 : frame === 12 ? 100 : 900, 0],
  }, PLAIN);
  const stamp = { "stamp.src": 2, "stamp.dst": 12, "stamp.fraction": 0.5 };
  const shot = makeShot(20, 200, [0, 0, 0], [600, 0, 0], stamp);
  // What is looked at ends at 50 ms, which is between the two.
  const { details } = rewindShots(history, [shot], [parseRewindPolicy("stamped")], PLAIN, {
    details: true,
    teleportUnits: 300,
  });
  const [{ intervals, usedMs, victim }] = details as [ShotDetail];
  assert.deepEqual([usedMs, victim], [130, 2]);
  const rounded = intervals.map(({ fromMs, toMs }) => [fromMs, toMs].map((ms) => Math.round(ms)));
  assert.deepEqual(rounded, [[122, 138]]);
});

test("rewindShots: the margin of a ray through a corner has the sign of its verdict", () => {
  const models = [BOX, "player=sphere:0,0,0,5", "player=capsule:0,0,-10,0,0,10,5"].map((shape) =>
    parseHitModel([shape], "dead=0")
  );
  const steps = range(-6, 6).map((step) => step * 7);
  const corners: Vector[] = [[16, -16, -24], [16, 16, 32], [-5, 0, 7], [0, 5, 0]];
  // From points of a grid through the corner, and as far beyond.
  const shots = corners.flatMap((corner) =>
    steps.flatMap((x) =>
      steps.flatMap((y) =>
        [-63, -35, -28, 35, 63].map((z): Shot => {
          const end = [x, y, z].map((value, k) => 2 * corner[k]! - value);
          return makeShot(0, 0, [x, y, z], end as unknown as Vector, {}, null);
        })
      )
    )
  );
  for (const model of models) {
    const fields = { x: 0, y: 0, z: 0, dead: 0 };
    const entities = [{ id: 2, kind: "player", fields }];
    const history = historyOf([{ frame: 0, timeMs: 0, entities }], model);
    const { details } = rewindShots(history, shots, [parseRewindPolicy("none")], model, {
      details: true,
    });
    for (const [i, { marginUnits, victim }] of details!.entries()) {
      const from = shots[i]!.ray.origin.join(" ");
      assert.equal(
        marginUnits! <= 0,
        victim === 2,
        `from ${from}: ${victim}, margin ${marginUnits}`,
      );
    }
  }
});

// ------------------------------------------------------------------ many targets

/** Shots at where somebody was a while ago, with verdicts of all sorts, and off by a little. */
function makeShots(frames: readonly StateFrame[], offUnits: number, count: number): Shot[] {
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const placeOf = ({ fields: { x, y, z } }: StateFrame["entities"][number]): Vector => [
    x as number + (random() - 0.5) * offUnits,
    y as number + (random() - 0.5) * offUnits,
    (z ?? 0) as number + (random() - 0.5) * offUnits / 4,
  ];
  return Array.from({ length: count }, (_, index) => {
    const now = 8 + Math.floor(random() * (frames.length - 9));
    const { entities, frame, timeMs } = frames[now]!;
    const shooter = pick(entities);
    const others = frames[now - Math.floor(random() * 8)]!.entities.filter(({ id }) =>
      id !== shooter.id
    );
    const target = pick(others);
    const stepMs = frames[now + 1]!.timeMs - timeMs;
    // At its frame, between two, or with a clock that is up to two frames early or late.
    const way = random();
    const isBetween = way < 0.25;
    const offMs = way < 0.5 ? random() * stepMs : way < 0.75 ? (random() - 0.5) * 4 * stepMs : 0;
    return {
      index,
      frame,
      timeMs: timeMs + offMs,
      ...(isBetween ? { isBetweenFrames: true as const } : {}),
      shooter: shooter.id,
      ray: rayBetween(placeOf(shooter), placeOf(target), {
        reachUnits: offUnits * 20,
        radiusUnits: random() < 0.3 ? offUnits / 8 : 0,
      }),
      verdict: pick<GameVerdict>([null, "hit", target.id, pick(others).id, undefined]),
      numbers: new Map([
        ["ping", Math.round(random() * 250)],
        ["interp", 40],
        ["stamp.src", frames[now - 6]!.frame],
        ["stamp.dst", frames[now - Math.floor(random() * 6)]!.frame],
        ["stamp.fraction", random()],
      ]),
    };
  });
}

// A pair of frames that need not follow one another is what only these shots have.
const MORE_POLICIES = [...POLICIES, parseRewindPolicy("stamped:500")];

test(
  "details, intervals, margins and sentences agree among the players of a soccer game",
  SLOW,
  () => {
    const frames = readFrames("sets/soccer.state.ndjson.gz", ["ball", "player"]);
    const models = [
      parseHitModel(["player=capsule:0,0,0.3,0,0,1.5,0.6", "ball=sphere:0.5"], "id!=shooter.id"),
      parseHitModel(["player=box:-1,-1,0,1,1,1.8"], undefined, "team!=shooter.team"),
    ];
    for (const model of models) {
      const shots = makeShots(frames, 2, 40);
      for (const options of [{ teleportUnits: 0.2 }, { eventsFirst: true, ringFrames: 4 }]) {
        const { behind, hits } = check(historyOf(frames, model), shots, options, MORE_POLICIES);
        assert.ok(hits > 100 && behind >= 10, `${hits} hits, ${behind} with others behind`);
      }
    }
  },
);

test("details, intervals, margins and sentences agree among cars that tumble", SLOW, () => {
  const frames = readFrames("sets/rl-duel.state.ndjson.gz", ["ball", "car"]);
  const rotation = ["qx", "qy", "qz", "qw"];
  const model = readHitModel({
    kinds: {
      ball: { shapes: [{ shape: "sphere", radius: 92 }] },
      car: {
        rotation,
        alive: "id!=shooter.id",
        shapes: [
          { shape: "box", min: [-60, -42, -18], max: [60, 42, 18] },
          { shape: "capsule", from: [0, 0, 20], to: [60, 0, 40], radius: 10, when: "boosting=1" },
          { shape: "sphere", name: "flame", center: [-70, 0, 0], radius: 30, when: "boosting=1" },
          { shape: "sphere", name: "flame", center: [-60, 0, 0], radius: 5, when: "boosting=0" },
        ],
      },
    },
  });
  const shots = makeShots(frames, 80, 150);
  for (const options of [{}, { eventsFirst: true, ringFrames: 6 }, { teleportUnits: 30 }]) {
    const { hits } = check(historyOf(frames, model), shots, options, MORE_POLICIES);
    assert.ok(hits > 300, `${hits} hits`);
  }
});
