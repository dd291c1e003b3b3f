import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Ring } from "../../core/time/ring.ts";
import { Snapshot } from "../../core/state/snapshot.ts";
import { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { StateEvent, StateFrame } from "../../core/state/state.ts";
import { PoseHistory } from "../past/pose_history.ts";
import { givenTeleports } from "../past/given_teleports.ts";
import { parseRewindPolicy } from "../policy/policy_text.ts";
import { JudgedRecording } from "../report/judged_recording.ts";
import { readRecordedShots } from "../report/recorded_shots.ts";
import { parseHitModel } from "../shape/hit_model.ts";
import { rayBetween } from "../shape/ray.ts";
import { LIVE_SHOTS } from "../shot/live_shots.ts";
import { type LiveShot, rewind, type RewindAnswer } from "./live_rewind.ts";
import { readRewindFacts, rewindFacts } from "./rewind_facts.ts";
import { shotEvent } from "./shot_event.ts";

const layout = new SnapshotLayout({
  kinds: [{
    name: "player",
    fields: [
      { name: "x", type: "f32" },
      { name: "y", type: "f64" },
      { name: "z", type: "fixed", step: 0.125 },
      { name: "dead", type: "bool" },
      { name: "team", type: "u8" },
    ],
  }],
});

const POLICIES = [
  "none",
  "ping",
  "ping*0.5+20",
  "rtt+interp",
  "ms:500",
  "frames:3",
  "unity:delay=2,history=8",
  "source",
  "source:maxunlag=100,stop=3",
  "stamped:150",
  "acked:ahead=20",
  "interval*2",
];

/** A server's frames, its shots, and how it rewinds. */
interface Session {
  readonly frames: readonly StateFrame[];
  /** By index of the frame after which they come. */
  readonly shots: ReadonlyMap<number, readonly LiveShot[]>;
  readonly policy: string;
  readonly ringFrames: number;
  readonly teleportUnits: number | undefined;
  readonly alive: string | undefined;
}

function countsIntervals(policy: string): boolean {
  return /source|interval/.test(policy);
}

const coordinate = fc.integer({ min: -40, max: 40 }).map((k) => k / 4);
const place = fc.tuple(coordinate, coordinate, coordinate);

const sessions: fc.Arbitrary<Session> = fc.record({
  length: fc.integer({ min: 1, max: 24 }),
  stepMs: fc.constantFrom(10, 16.6875, 33),
  first: fc.constantFrom(0, 700, 0xfffffff0),
  paths: fc.array(
    fc.record({
      from: place,
      step: place.map(([x, y, z]) => [x / 8, y / 8, z / 8] as const),
      jumpAt: fc.nat(40),
      bornAt: fc.nat(6),
      diesAt: fc.integer({ min: 3, max: 40 }),
      goneAt: fc.integer({ min: 4, max: 40 }),
    }),
    { minLength: 2, maxLength: 5 },
  ),
  gaps: fc.array(fc.nat(24), { maxLength: 3 }),
  shots: fc.array(
    fc.record({
      at: fc.nat(23),
      shooter: fc.nat(4),
      start: place,
      end: place,
      radius: fc.constantFrom(0, 0.5, 2),
      ping: fc.integer({ min: 0, max: 300 }),
      interp: fc.integer({ min: 0, max: 60 }),
      // What lies ahead of a server it dates by its own pace, and a recording by what came.
      back: fc.integer({ min: 0, max: 200 }).map((k) => k / 10),
      lateMs: fc.constantFrom(undefined, 0, 3, 40),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  policy: fc.constantFrom(...POLICIES),
  ringFrames: fc.integer({ min: 1, max: 30 }),
  teleportUnits: fc.constantFrom(undefined, 3),
  alive: fc.constantFrom(undefined, "dead=false", "dead=0&team!=shooter.team"),
}).map(({ length, stepMs, first, paths, gaps, shots, ...rest }) => {
  const frames: StateFrame[] = [];
  for (let i = 0; i < length; i++) {
    if (gaps.includes(i) && i > 0) continue;
    const entities = paths.flatMap(({ from, step, jumpAt, bornAt, diesAt, goneAt }, id) => {
      // The first never leaves: a shooter has to be known.
      if (id > 0 && (i < bornAt || i >= goneAt)) return [];
      const jump = i >= jumpAt ? 6 : 0;
      const at = (k: 0 | 1 | 2) => from[k] + step[k] * i + jump;
      const fields = {
        x: Math.fround(at(0)),
        y: at(1) / 3,
        z: Math.round(at(2) * 8) / 8 + 0,
        dead: i >= diesAt,
        team: id % 2,
      };
      return [{ id, kind: "player", fields }];
    });
    frames.push({ frame: (first + i) >>> 0, timeMs: 1000 + i * stepMs, entities });
  }
  const byFrame = new Map<number, LiveShot[]>();
  for (const { at, shooter, start, end, radius, ping, interp, back, lateMs } of shots) {
    const index = at % frames.length;
    // Of one frame nobody knows an interval.
    if (countsIntervals(rest.policy) && index === 0) continue;
    const { frame, timeMs, entities } = frames[index]!;
    const ray = start.every((value, k) => value === end[k])
      ? rayBetween([0, 0, 0], [1, 2, 3], { radiusUnits: radius })
      : rayBetween(start, end, { radiusUnits: radius, reachUnits: 5 });
    const shot: LiveShot = {
      shooter: entities[shooter % entities.length]!.id,
      ray,
      numbers: new Map([["ping", ping], ["interp", interp], ["stamp", frame - back]]),
      ...(lateMs === undefined ? {} : { timeMs: timeMs + lateMs }),
    };
    byFrame.set(index, [...byFrame.get(index) ?? [], shot]);
  }
  const ringFrames = Math.max(rest.ringFrames, countsIntervals(rest.policy) ? 8 : 1);
  return { ...rest, ringFrames, frames, shots: byFrame };
});

/** Plays a session as a server does, and gives what it decided and what it recorded. */
function play({ alive, frames, policy, ringFrames, shots, teleportUnits }: Session) {
  const options = { model: parseHitModel(["player=box:-3,-3,-2,3,3,4"], alive), teleportUnits };
  const rule = parseRewindPolicy(policy);
  const ring = new Ring<Snapshot>(ringFrames);
  const answers: RewindAnswer[] = [];
  const events: StateEvent[] = [];
  frames.forEach((frame, index) => {
    ring.push(frame.frame, Snapshot.of(layout, frame));
    for (const shot of shots.get(index) ?? []) {
      const answer = rewind(ring, rule, shot, options as { model: typeof options.model });
      answers.push(answer);
      events.push(JSON.parse(JSON.stringify(shotEvent(shot, answer))));
    }
  });
  const given = teleportUnits === undefined ? {} : { teleportUnits };
  const facts = rewindFacts({ model: options.model, ...given, policy: rule, ringFrames });
  return { answers, events, facts };
}

test("a recorded shot is judged as the server decided it, by what the recording says alone", () => {
  let hits = 0;
  let misses = 0;
  let clamped = 0;
  fc.assert(
    fc.property(sessions, (session) => {
      const { answers, events, facts } = play(session);
      const read = readRewindFacts(new Map(Object.entries(facts)))!;
      const source = new PoseHistory(read.model);
      for (const frame of session.frames) source.addFrame(frame);
      const found = readRecordedShots(source, read.model, { events, map: LIVE_SHOTS });
      const recording = new JudgedRecording({
        source,
        model: read.model,
        shots: found.shots,
        policies: [read.policy!],
        ringFrames: read.ringFrames,
        teleport: givenTeleports(source, read.model, read.teleport!),
      });
      const { details, policies } = recording.report({ details: true });
      assert.equal(policies[0]!.accuracy, answers.length === 0 ? null : 1);
      answers.forEach((answer, i) => {
        const detail = details![i]!;
        assert.deepEqual(
          [detail.victim, detail.usedMs, detail.usedFrame],
          [answer.victim, answer.usedMs, answer.usedFrame],
        );
        if (answer.victim === null) misses++;
        else hits++;
        if (answer.clamp !== null) clamped++;
      });
    }),
    { numRuns: 600 },
  );
  assert.ok(hits > 200 && misses > 100 && clamped > 100, `${hits} ${misses} ${clamped}`);
});
