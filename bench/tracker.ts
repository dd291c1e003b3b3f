/** Times `append` along three paths, against a port of the seed, and shared encodes; see README.md. */
import process from "node:process";
import { defineSchema, type Encoder, type FieldSpec } from "../mod.ts";
import { Snapshot } from "../lib/world.ts";
import { SnapshotLayout, WorldTracker } from "../lib/world.ts";
import { Tracker } from "../mod.ts";
import { runApart } from "./run_apart.ts";
import { SeedTracker } from "./seed_port.ts";
import { type Unit, UNIT_FIELDS } from "./unit.ts";
import { UnitEncoder } from "./unit_encoder.ts";
import { ENTITIES, PERIOD, unitWorld } from "./worlds.ts";

const BASELINE_AGE = 6;
const ROUNDS = 50;
const PROCESSES = 3;

/**
 * Best time of each path over several rounds in ns per step: the least disturbed by others on the
 * machine, in which the paths take turns.
 */
function bestNs(steps: number, paths: readonly (() => number)[]): number[] {
  const best = paths.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    paths.forEach((step, p) => {
      const start = performance.now();
      for (let i = 0; i < steps; i++) step();
      best[p] = Math.min(best[p]!, performance.now() - start);
    });
  }
  return best.map((ms) => ms * 1e6 / steps);
}

const { schema, frames } = unitWorld();
const worlds = frames.map((frame) =>
  frame.entities.map(({ fields }) => ({ ...fields }) as unknown as Unit)
);
const table = Object.fromEntries(UNIT_FIELDS.map((field): [string, FieldSpec] => [field, "i32"]));
const kind = defineSchema("unit", table);
const rows = worlds.map((world) => world.map((state) => kind.pack({ ...state })));
const layout = new SnapshotLayout(schema);
const snapshots = frames.map((frame) => Snapshot.of(layout, frame));

/** Snapshot of any frame, which bears its number. */
function snapshotAt(frame: number): Snapshot {
  const snapshot = snapshots[frame % PERIOD]!;
  snapshot.frame = frame;
  return snapshot;
}

/** A tracker for each entity, as the seed's users have, over rows or objects. */
function perEntity<S>(encoder: Encoder<S>, states: S[][]): () => number {
  const trackers = Array.from({ length: ENTITIES }, () => new Tracker<S>(encoder));
  let frame = 0;
  return () => {
    const world = states[frame % PERIOD]!;
    let bytes = 0;
    for (let i = 0; i < ENTITIES; i++) {
      bytes += trackers[i]!.append("a", frame, world[i]!).length;
      trackers[i]!.ack("a", frame - BASELINE_AGE + 1);
    }
    frame++;
    return bytes;
  };
}

function whole(): () => number {
  const tracker = new WorldTracker(layout, "varint");
  let frame = 0;
  return () => {
    tracker.begin(snapshotAt(frame));
    const bytes = tracker.append("a").length;
    tracker.ack("a", ++frame - BASELINE_AGE);
    return bytes;
  };
}

function seed(): () => number {
  const tracker = new SeedTracker(BASELINE_AGE);
  const maps = worlds.map((world) => new Map(world.map((state, id) => [BigInt(id), state])));
  let frame = 0;
  return () => tracker.append(maps[frame++ % PERIOD]!).length;
}

const PATHS: [string, () => () => number][] = [
  ["port of the Go seed", seed],
  ["object encoder, tracker per entity", () => perEntity(new UnitEncoder(), worlds)],
  ["compiled rows, tracker per entity", () => perEntity(kind.encoder, rows)],
  ["snapshots, one WorldTracker", whole],
];

/** Time per entity in ns and bytes of a path. */
function timePath(index: number): [ns: number, bytes: number] {
  const step = PATHS[index]![1]();
  const [ns] = bestNs(100, [step]);
  return [ns! / ENTITIES, step()];
}

function reportPaths(): void {
  console.log(
    `append, ${ENTITIES} entities x ${UNIT_FIELDS.length} fields, baseline ${BASELINE_AGE} back`,
  );
  let seedNs = NaN;
  PATHS.forEach(([name], p) => {
    const [ns, bytes] = runApart(import.meta.url, String(p), PROCESSES) as [number, number];
    if (p === 0) seedNs = ns;
    const ratio = (seedNs / ns).toFixed(1).padStart(4);
    console.log(
      `  ${name.padEnd(36)} ${ns.toFixed(0).padStart(5)} ns/entity  x ${ratio}  ${bytes} B`,
    );
  });
}

/** A frame for all consumers; acks are 3 to 8 frames late, one in twenty never comes. */
function crowd(consumers: number, trackers: readonly WorldTracker<number>[]) {
  let frame = 0;
  return () => {
    let bytes = 0;
    for (const tracker of trackers) tracker.begin(snapshotAt(frame));
    for (let c = 0; c < consumers; c++) {
      const tracker = trackers[c % trackers.length]!;
      bytes += tracker.append(c).length;
      if (Math.imul(frame + c * 7, 0x9e3779b1) >>> 0 > 0x0ccccccc) {
        tracker.ack(c, frame - 3 - c % 6);
      }
    }
    frame++;
    return bytes;
  };
}

function reportCrowds(): void {
  console.log("frames for many consumers: one tracker, and one tracker each");
  for (const consumers of [1, 10, 100, 1000]) {
    const one = new WorldTracker<number>(layout, "varint");
    const each = Array.from(
      { length: consumers },
      () => new WorldTracker<number>(layout, "varint"),
    );
    const shared = crowd(consumers, [one]);
    const naive = crowd(consumers, each);
    for (let frame = 0; frame < 30; frame++) {
      if (shared() !== naive()) throw new Error("shared and naive packets differ");
    }
    const before = one.encodes;
    const steps = Math.max(2, Math.ceil(200 / consumers));
    const [sharedUs, naiveUs] = bestNs(steps, [shared, naive]).map((ns) => ns / 1000) as [
      number,
      number,
    ];
    const baselines = (one.encodes - before) / (steps * ROUNDS);
    console.log(
      `  ${String(consumers).padStart(4)} consumers  ${
        sharedUs.toFixed(1).padStart(7)
      } us shared  ${naiveUs.toFixed(1).padStart(7)} us naive  x ${
        (naiveUs / sharedUs).toFixed(1).padStart(5)
      }  ${baselines.toFixed(1)} encodes a frame`,
    );
  }
}

const [path] = process.argv.slice(2);
if (path === undefined) {
  reportPaths();
  reportCrowds();
} else console.log(JSON.stringify(timePath(Number(path))));
