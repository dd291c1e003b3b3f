import type { FieldValue } from "../../core/state/schema.ts";
import type { Snapshot } from "../../core/state/snapshot.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";
import type { EntityState, StateFrame } from "../../core/state/state.ts";
import type { PacketLog } from "../../replication/packet/packet_log.ts";
import { ReplicationRun } from "../../replication/replication_run.ts";
import type { RunOptions } from "../../replication/run_options.ts";
import type { FigureOptions } from "../report/run_settings.ts";

/** How a field of a kind is drawn: by its line, its arc in units of a turn, or not at all. */
export type Way = "line" | "degrees" | "radians" | "step" | "match" | "rotation";

/** What a world is made of, by hand: by kind, the ways of its fields, its position and rotation. */
export type WorldWays = Readonly<
  Record<string, {
    readonly fields: Readonly<Record<string, Way>>;
    readonly position: readonly string[];
    readonly rotation: readonly string[];
  }>
>;

/** One error that was met. */
export interface ModelError {
  readonly value: number;
  readonly entity: number;
  readonly frame: number;
}

/** All errors by `kind field`, and what was missing. */
export interface ModelErrors {
  readonly drawn: Map<string, ModelError[]>;
  readonly now: Map<string, ModelError[]>;
  readonly missing: { entities: number; absent: number; values: number; absentValues: number };
}

interface Held {
  readonly arrivalUs: number;
  readonly state: StateFrame;
}

interface Time {
  readonly joinedUs: number;
  leftUs: number;
  readonly held: Held[];
}

/** Who was connected when, and held what since when, as the run tells it. */
function timesOf(
  layout: SnapshotLayout,
  sent: readonly Snapshot[],
  options: RunOptions,
): Time[][] {
  const times: Time[][] = Array.from({ length: options.consumers }, () => []);
  const log: PacketLog = {
    joined: (consumer, nowUs) =>
      times[consumer]!.push({ joinedUs: nowUs, leftUs: Infinity, held: [] }),
    left: (consumer, nowUs) => times[consumer]!.at(-1)!.leftUs = nowUs,
    sent: () => {},
    lost: () => {},
    arrived: (consumer, _packet, arrivalUs, outcome) => {
      if (outcome !== "applied") return;
      times[consumer]!.at(-1)!.held.push({ arrivalUs, state: run.heldBy(consumer)!.toFrame() });
    },
    wrongFor: () => {},
    stale: () => {},
    framed: () => {},
    encoded: () => {},
  };
  const run = new ReplicationRun(layout, options, log);
  sent.forEach((frame, i) => run.step(frame, sent[i + 1]?.timeMs));
  run.finish();
  return times;
}

/**
 * Draws and compares everything anew, moment by moment, from lists of objects.
 *
 * @param isLookedAt whether a consumer is, at a recorded frame of that index
 */
export function modelErrors(
  ways: WorldWays,
  recorded: readonly Snapshot[],
  sent: readonly Snapshot[],
  sentLayout: SnapshotLayout,
  options: RunOptions,
  { freezeMs, interpMs }: Omit<FigureOptions, "figures">,
  isLookedAt: (consumer: number, index: number) => boolean = () => true,
): ModelErrors {
  const truths = recorded.map((frame) => frame.toFrame());
  const clock = new Map<number, number>();
  let holesMs = 0;
  truths.forEach(({ frame, timeMs }, i) => {
    const sinceMs = i === 0 ? 0 : timeMs - truths[i - 1]!.timeMs;
    if (sinceMs > freezeMs) holesMs += sinceMs;
    clock.set(frame, timeMs - holesMs);
  });
  const times = timesOf(sentLayout, sent, options);
  const errors: ModelErrors = {
    drawn: new Map(),
    now: new Map(),
    missing: { entities: 0, absent: 0, values: 0, absentValues: 0 },
  };
  truths.forEach((now, i) => {
    const momentMs = clock.get(now.frame)! - interpMs;
    const truth = drawn(ways, truths.slice(0, i + 1), momentMs, clock)!;
    const nowUs = now.timeMs * 1000;
    for (const [consumer, stays] of times.entries()) {
      if (!isLookedAt(consumer, i)) continue;
      const time = stays.find(({ joinedUs, leftUs }) => joinedUs <= nowUs && nowUs < leftUs);
      if (time === undefined) continue;
      const held = time.held.filter(({ arrivalUs }) => arrivalUs <= nowUs);
      const seen = drawn(ways, held.map(({ state }) => state), momentMs, clock);
      compare(ways, seen ?? [], truth, now.frame, errors.drawn, errors.missing);
      if (seen !== undefined) compare(ways, seen, now.entities, now.frame, errors.now);
    }
  });
  return errors;
}

function drawn(
  ways: WorldWays,
  states: readonly StateFrame[],
  momentMs: number,
  clock: ReadonlyMap<number, number>,
): readonly EntityState[] | undefined {
  if (states.length === 0) return undefined;
  const before = states.filter(({ frame }) => clock.get(frame)! <= momentMs);
  if (before.length === 0) return states[0]!.entities;
  const earlier = before.at(-1)!;
  const later = states[before.length];
  if (later === undefined) return earlier.entities;
  const startMs = clock.get(earlier.frame)!;
  const part = (momentMs - startMs) / (clock.get(later.frame)! - startMs);
  return earlier.entities.map((entity) => {
    const next = later.entities.find(({ id }) => id === entity.id);
    return next?.kind === entity.kind ? between(ways, entity, next, part) : entity;
  });
}

function between(ways: WorldWays, a: EntityState, b: EntityState, part: number): EntityState {
  const fields: Record<string, FieldValue> = { ...a.fields };
  const { fields: wayOf, rotation } = ways[a.kind]!;
  for (const [name, way] of Object.entries(wayOf)) {
    const [from, to] = [a.fields[name], b.fields[name]];
    if (typeof from !== "number" || typeof to !== "number") continue;
    if (way === "line") fields[name] = from * (1 - part) + to * part;
    else if (way === "degrees") fields[name] = from + part * arc(from, to, 360);
    else if (way === "radians") fields[name] = from + part * arc(from, to, 2 * Math.PI);
  }
  if (rotation.length > 0) {
    const from = quaternion(a, rotation);
    const to = quaternion(b, rotation);
    const dot = from.reduce((sum, value, i) => sum + value * to[i]!, 0);
    const sign = dot < 0 ? -1 : 1;
    const angle = Math.acos(Math.min(1, Math.abs(dot)));
    if (Math.sin(angle) > 1e-6) {
      rotation.forEach((name, i) => {
        fields[name] = (Math.sin((1 - part) * angle) * from[i]! +
          sign * Math.sin(part * angle) * to[i]!) / Math.sin(angle);
      });
    }
  }
  return { ...a, fields };
}

function compare(
  ways: WorldWays,
  seen: readonly EntityState[],
  truth: readonly EntityState[],
  frame: number,
  errors: Map<string, ModelError[]>,
  missing?: ModelErrors["missing"],
): void {
  const ids = new Set([...seen, ...truth].map(({ id }) => id));
  for (const id of [...ids].sort((a, b) => a - b)) {
    const a = seen.find((entity) => entity.id === id);
    const b = truth.find((entity) => entity.id === id);
    if (missing !== undefined) missing.entities++;
    if (a === undefined || b === undefined || a.kind !== b.kind) {
      if (missing !== undefined) missing.absent++;
      continue;
    }
    const { fields, position, rotation } = ways[a.kind]!;
    const add = (name: string, value: number) => {
      const key = `${a.kind} ${name}`;
      if (!errors.has(key)) errors.set(key, []);
      errors.get(key)!.push({ value, entity: id, frame });
    };
    if (position.length > 0) {
      const steps = position.map((name) => Number(a.fields[name]) - Number(b.fields[name]));
      add("position", Math.hypot(...steps));
    }
    let sign = 1;
    if (rotation.length > 0) {
      const [p, q] = [quaternion(a, rotation), quaternion(b, rotation)];
      const dot = p.reduce((sum, value, i) => sum + value * q[i]!, 0);
      sign = dot < 0 ? -1 : 1;
      // By the chord, which knows small angles.
      const chord = Math.hypot(...p.map((value, i) => sign * value - q[i]!));
      add("rotation", 4 * Math.asin(Math.min(1, chord / 2)) * 180 / Math.PI);
    }
    for (const [name, way] of Object.entries(fields)) {
      const [was, is] = [a.fields[name], b.fields[name]];
      if (was === undefined && is === undefined) continue;
      if (missing !== undefined) missing.values++;
      if (was === undefined || is === undefined) {
        if (missing !== undefined) missing.absentValues++;
        continue;
      }
      if (way === "match") add(name, was === is ? 0 : 1);
      else if (way === "degrees") add(name, Math.abs(arc(was as number, is as number, 360)));
      else if (way === "radians") {
        add(name, Math.abs(arc(was as number, is as number, 2 * Math.PI)));
      } else if (way === "rotation") add(name, Math.abs(sign * (was as number) - (is as number)));
      else add(name, Math.abs((was as number) - (is as number)));
    }
  }
}

/** Of unit length; four zeros, as a consumer may have that missed a spawn, are no turn. */
function quaternion({ fields }: EntityState, names: readonly string[]): number[] {
  const values = names.map((name) => fields[name] as number);
  const length = Math.hypot(...values);
  return length === 0 ? [0, 0, 0, 1] : values.map((value) => value / length);
}

/** From minus half a turn, not included, to half a turn. */
function arc(from: number, to: number, turn: number): number {
  const rest = ((to - from) % turn + turn) % turn;
  return rest > turn / 2 ? rest - turn : rest;
}
