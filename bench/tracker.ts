/** Times `append` along three paths, against a port of the seed, and shared encodes; see README.md. */
import {
  defineSchema,
  type Encoder,
  type FieldSpec,
  Snapshot,
  SnapshotCodec,
  SnapshotLayout,
  Tracker,
} from "../mod.ts";
import { SeedTracker } from "./seed_port.ts";
import { type Unit, UNIT_FIELDS } from "./unit.ts";
import { UnitEncoder } from "./unit_encoder.ts";

const ENTITIES = 64;
const BASELINE_AGE = 6;
const PERIOD = 240;
const ROUNDS = 25;

let word = 1;
/** Words of a fixed sequence, so that every run times the same states. */
function roll(sides: number): number {
  word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
  return (word >>> 9) % sides;
}

/** Worlds of 64 x 12 in which about one field in twenty changes from frame to frame. */
function makeWorlds(): Unit[][] {
  const live = Array.from(
    { length: ENTITIES },
    () => Object.fromEntries(UNIT_FIELDS.map((field) => [field, roll(1000)])) as unknown as Unit,
  );
  return Array.from({ length: PERIOD }, () => {
    for (const state of live) {
      for (const field of UNIT_FIELDS) if (roll(20) === 0) state[field] += roll(41) - 20;
    }
    return live.map((state) => ({ ...state }));
  });
}

/** Best time of several rounds in ns per step: the least disturbed by others on the machine. */
function bestNs(steps: number, step: () => void): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < steps; i++) step();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1e6 / steps;
}

const worlds = makeWorlds();
const table = Object.fromEntries(UNIT_FIELDS.map((field): [string, FieldSpec] => [field, "i32"]));
const kind = defineSchema("unit", table);
const rows = worlds.map((world) => world.map((state) => kind.pack({ ...state })));
const layout = new SnapshotLayout({ kinds: [kind.kind] });
const snapshots = worlds.map((world, frame) =>
  Snapshot.of(layout, {
    frame,
    timeMs: 0,
    entities: world.map((unit, id) => ({ id, kind: "unit", fields: { ...unit } })),
  })
);

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
  const tracker = new Tracker<Snapshot>(new SnapshotCodec(layout, "varint"));
  let frame = 0;
  return () => {
    const bytes = tracker.append("a", frame, snapshots[frame % PERIOD]!).length;
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

const PATHS: [string, () => number][] = [
  ["port of the Go seed", seed()],
  ["object encoder, tracker per entity", perEntity(new UnitEncoder(), worlds)],
  ["compiled rows, tracker per entity", perEntity(kind.encoder, rows)],
  ["snapshots, one tracker", whole()],
];
console.log(
  `append, ${ENTITIES} entities x ${UNIT_FIELDS.length} fields, baseline ${BASELINE_AGE} back`,
);
let seedNs = 0;
for (const [name, step] of PATHS) {
  const ns = bestNs(200, step) / ENTITIES;
  seedNs ||= ns;
  const bytes = step();
  const ratio = (seedNs / ns).toFixed(1);
  console.log(
    `  ${name.padEnd(36)} ${ns.toFixed(0).padStart(5)} ns/entity  x ${
      ratio.padStart(4)
    }  ${bytes} B`,
  );
}

/** A frame for all consumers; acks are 3 to 8 frames late, one in twenty never comes. */
function crowd(consumers: number, trackerOf: (consumer: number) => Tracker<Snapshot, number>) {
  let frame = 0;
  return () => {
    let bytes = 0;
    for (let c = 0; c < consumers; c++) {
      const tracker = trackerOf(c);
      bytes += tracker.append(c, frame, snapshots[frame % PERIOD]!).length;
      if (Math.imul(frame + c * 7, 0x9e3779b1) >>> 0 > 0x0ccccccc) {
        tracker.ack(c, frame - 3 - c % 6);
      }
    }
    frame++;
    return bytes;
  };
}

console.log("frames for many consumers: one tracker, and one tracker each");
for (const consumers of [1, 10, 100, 1000]) {
  const codec = new SnapshotCodec(layout, "varint");
  const one = new Tracker<Snapshot, number>(codec);
  const each = Array.from({ length: consumers }, () => new Tracker<Snapshot, number>(codec));
  const shared = crowd(consumers, () => one);
  const naive = crowd(consumers, (c) => each[c]!);
  for (let frame = 0; frame < 30; frame++) {
    if (shared() !== naive()) throw new Error("shared and naive packets differ");
  }
  const before = one.encodes;
  const steps = Math.max(2, 200 / consumers);
  const sharedUs = bestNs(steps, shared) / 1000;
  const baselines = (one.encodes - before) / (Math.ceil(steps) * ROUNDS);
  const naiveUs = bestNs(steps, naive) / 1000;
  console.log(
    `  ${String(consumers).padStart(4)} consumers  ${sharedUs.toFixed(1).padStart(7)} us shared  ${
      naiveUs.toFixed(1).padStart(7)
    } us naive  x ${(naiveUs / sharedUs).toFixed(1).padStart(5)}  ${
      baselines.toFixed(1)
    } encodes a frame`,
  );
}
