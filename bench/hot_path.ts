/** Times the hot path against the version before; see README.md. */
import assert from "node:assert/strict";
import process from "node:process";
import {
  Receiver,
  Snapshot,
  SnapshotLayout,
  type StateFrame,
  ViewPlanner,
  WorldReader,
  WorldTracker,
} from "../mod.ts";
import { Receiver as ReceiverBefore } from "./before/receiver.ts";
import { type RowVersion, RowVersions } from "./before/row_version.ts";
import { Snapshot as SnapshotBefore, SnapshotLayout as LayoutBefore } from "./before/snapshot.ts";
import type { StateFrame as FrameBefore } from "./before/schema.ts";
import { SnapshotCodec } from "./before/snapshot_codec.ts";
import { Tracker as TrackerBefore } from "./before/tracker.ts";
import { ViewTracker } from "./before/view_tracker.ts";
import { runApart } from "./run_apart.ts";
import { actorWorld, ENTITIES, PERIOD, unitWorld, type World } from "./worlds.ts";

const BASELINE_AGE = 6;
const ROUNDS = 25;
const WARM_UP_ROUNDS = 30;
const ROUND_MS = 5;
const PROCESSES = 3;
const CROWD = 50;

/** Runs some frames and returns the milliseconds of what is to be timed. */
type Path = (frames: number) => number;

/** A path, and what it is compared with. */
interface Duel {
  readonly base: Path;
  readonly path: Path;
  /** What a frame's time is divided by. */
  readonly parts: number;
}

/** States of a world, as both versions keep them. */
class Worlds {
  readonly frames: readonly StateFrame[];
  readonly layout: SnapshotLayout;
  readonly snapshots: readonly Snapshot[];
  readonly layoutBefore: LayoutBefore;
  readonly snapshotsBefore: readonly SnapshotBefore[];

  constructor({ schema, frames }: World) {
    const schemaBefore = schema as ConstructorParameters<typeof LayoutBefore>[0];
    this.frames = frames;
    this.layout = new SnapshotLayout(schema);
    this.snapshots = frames.map((frame) => Snapshot.of(this.layout, frame));
    this.layoutBefore = new LayoutBefore(schemaBefore);
    this.snapshotsBefore = frames.map((frame) => SnapshotBefore.of(this.layoutBefore, frame));
  }

  tracker(): WorldTracker<number> {
    return new WorldTracker<number>(this.layout, "varint", { schemaHash: false });
  }

  trackerBefore(): TrackerBefore<number> {
    return new TrackerBefore<number>(new SnapshotCodec(this.layoutBefore, "varint"));
  }

  receiver(): Receiver<Snapshot> {
    return new Receiver(new WorldReader(this.layout, "varint"), { schemaHash: false });
  }

  receiverBefore(): ReceiverBefore {
    return new ReceiverBefore(new SnapshotCodec(this.layoutBefore, "varint"));
  }

  /** Snapshot of any frame, which bears its number. */
  at(frame: number): Snapshot {
    const snapshot = this.snapshots[frame % PERIOD]!;
    snapshot.frame = frame;
    return snapshot;
  }

  atBefore(frame: number): SnapshotBefore {
    return this.snapshotsBefore[frame % PERIOD]!;
  }
}

/** Times whole frames, all of each. */
function timed(step: () => void): Path {
  return (frames) => {
    const start = performance.now();
    for (let i = 0; i < frames; i++) step();
    return performance.now() - start;
  };
}

/** Acks of a consumer are 3 to 8 frames late, one in twenty never comes. */
function isAcked(consumer: number, frame: number): boolean {
  return Math.imul(frame + consumer * 7, 0x9e3779b1) >>> 0 > 0x0ccccccc;
}

function ackedBy(consumer: number, frame: number): number {
  return frame - 3 - consumer % 6;
}

/** What one of 50 consumers of their own halves of the world is shown. */
function isShown(consumer: number, id: number): boolean {
  return (Math.imul(consumer * ENTITIES + id + 1, 0x9e3779b1) >>> 16 & 1) === 1;
}

const everything = () => true;

function encode(worlds: Worlds): Duel {
  const before = worlds.trackerBefore();
  const tracker = worlds.tracker();
  let frame = 0;
  let frameBefore = 0;
  return {
    base: timed(() => {
      before.append(0, frameBefore, worlds.atBefore(frameBefore));
      before.ack(0, ++frameBefore - BASELINE_AGE);
    }),
    path: timed(() => {
      tracker.begin(worlds.at(frame));
      tracker.append(0);
      tracker.ack(0, ++frame - BASELINE_AGE);
    }),
    parts: ENTITIES,
  };
}

/** Packets of two periods, of which the second goes on from its own end as from the first. */
function packetsOf(worlds: Worlds): Uint8Array[] {
  const tracker = worlds.tracker();
  return Array.from({ length: 2 * PERIOD }, (_, frame) => {
    tracker.begin(worlds.at(frame));
    const packet = tracker.append(0).slice();
    tracker.ack(0, frame + 1 - BASELINE_AGE);
    return packet;
  });
}

/** Receives the first period, then the second over and over under new frame numbers. */
function decoding(
  packets: readonly Uint8Array[],
  receive: (packet: Uint8Array) => { readonly outcome: string },
): Path {
  let frame = 0;
  const step = () => {
    const packet = packets[frame < PERIOD ? frame : PERIOD + frame % PERIOD]!;
    for (let i = 0; i < 4; i++) packet[1 + i] = frame >>> (8 * i);
    if (receive(packet).outcome !== "decoded") throw new Error(`frame ${frame} is not decoded`);
    frame++;
  };
  for (let i = 0; i < PERIOD; i++) step();
  return timed(step);
}

function decode(worlds: Worlds): Duel {
  const before = worlds.receiverBefore();
  const receiver = worlds.receiver();
  const packets = packetsOf(worlds);
  return {
    base: decoding(packets, (packet) => before.receive(packet)),
    path: decoding(packets, (packet) => receiver.receive(packet)),
    parts: ENTITIES,
  };
}

function fill(worlds: Worlds): Duel {
  const before = new SnapshotBefore(worlds.layoutBefore);
  const snapshot = new Snapshot(worlds.layout);
  const { frames } = worlds;
  let frame = 0;
  let frameBefore = 0;
  return {
    base: timed(() => void before.fill(frames[frameBefore++ % PERIOD] as FrameBefore)),
    path: timed(() => void snapshot.fill(frames[frame++ % PERIOD]!)),
    parts: ENTITIES,
  };
}

/** Frames for consumers that all see the whole world. */
function shared(worlds: Worlds, consumers: number): Path {
  const tracker = worlds.tracker();
  let frame = 0;
  return timed(() => {
    tracker.begin(worlds.at(frame));
    for (let c = 0; c < consumers; c++) {
      tracker.append(c);
      if (isAcked(c, frame)) tracker.ack(c, ackedBy(c, frame));
    }
    frame++;
  });
}

function sharedBefore(worlds: Worlds, consumers: number): Path {
  const tracker = worlds.trackerBefore();
  let frame = 0;
  return timed(() => {
    for (let c = 0; c < consumers; c++) {
      tracker.append(c, frame, worlds.atBefore(frame));
      if (isAcked(c, frame)) tracker.ack(c, ackedBy(c, frame));
    }
    frame++;
  });
}

/** Frames for 50 consumers, each with a view that is there before the clock runs on. */
function ready(
  worlds: Worlds,
  shows: (consumer: number, id: number) => boolean,
  check?: (consumer: number, packet: Uint8Array) => void,
): Path {
  const tracker = worlds.tracker();
  const views = Array.from({ length: CROWD }, () => tracker.view());
  let frame = 0;
  return (frames) => {
    let ms = 0;
    for (let i = 0; i < frames; i++, frame++) {
      const start = performance.now();
      const world = tracker.begin(worlds.at(frame));
      ms += performance.now() - start;
      views.forEach((view, c) => {
        view.clear(frame, 0);
        for (let k = 0; k < world.count; k++) {
          if (shows(c, world.ids[k]!)) view.show(world, k);
        }
      });
      const from = performance.now();
      for (let c = 0; c < CROWD; c++) {
        const packet = tracker.append(c, views[c]);
        if (check !== undefined) check(c, packet);
        if (isAcked(c, frame)) tracker.ack(c, ackedBy(c, frame));
      }
      ms += performance.now() - from;
    }
    return ms;
  };
}

function readyBefore(
  worlds: Worlds,
  shows: (consumer: number, id: number) => boolean,
  check?: (consumer: number, packet: Uint8Array) => void,
): Path {
  const tracker = new ViewTracker<number>(worlds.layoutBefore, "varint");
  const versions = new RowVersions(worlds.layoutBefore);
  const views: RowVersion[][] = [];
  let frame = 0;
  return (frames) => {
    let ms = 0;
    for (let i = 0; i < frames; i++, frame++) {
      const start = performance.now();
      const world = versions.update(worlds.atBefore(frame));
      ms += performance.now() - start;
      for (let c = 0; c < CROWD; c++) views[c] = world.filter(({ id }) => shows(c, id));
      const from = performance.now();
      for (let c = 0; c < CROWD; c++) {
        const packet = tracker.append(c, frame, views[c]!);
        if (check !== undefined) check(c, packet.bytes);
        if (isAcked(c, frame)) tracker.ack(c, ackedBy(c, frame));
      }
      ms += performance.now() - from;
    }
    return ms;
  };
}

/** Frames for 50 consumers whose views are computed by distance. */
function planned(worlds: Worlds, radius: number): Path {
  const tracker = worlds.tracker();
  const interest = { radius, position: ["x", "y", "z"], ownKind: "unit" };
  const planner = new ViewPlanner(tracker, { interest });
  let frame = 0;
  return timed(() => {
    tracker.begin(worlds.at(frame));
    planner.begin(frame * 50);
    for (let c = 0; c < CROWD; c++) {
      const plan = planner.plan(c)!;
      tracker.append(c, plan.view, plan.omitted);
      if (isAcked(c, frame)) tracker.ack(c, ackedBy(c, frame));
    }
    frame++;
  });
}

type Rows = Pick<Snapshot, "count" | "ids" | "kinds" | "wordCount" | "words">;

function assertSameRows(a: Rows, b: Rows): void {
  assert.deepEqual(a.ids.slice(0, a.count), b.ids.slice(0, b.count));
  assert.deepEqual(a.kinds.slice(0, a.count), b.kinds.slice(0, b.count));
  assert.deepEqual(a.words.slice(0, a.wordCount), b.words.slice(0, b.wordCount));
}

/** Both versions have to write the same bytes, and read the same states from them. */
function assertSameStreams(worlds: Worlds): void {
  const tracker = worlds.tracker();
  const before = worlds.trackerBefore();
  const receivers = Array.from({ length: 10 }, () => worlds.receiver());
  const receiversBefore = receivers.map(() => worlds.receiverBefore());
  for (let frame = 0; frame < PERIOD + 60; frame++) {
    tracker.begin(worlds.at(frame));
    receivers.forEach((receiver, c) => {
      const packet = tracker.append(c);
      assert.deepEqual(packet, before.append(c, frame, worlds.atBefore(frame)));
      const received = receiver.receive(packet);
      const receivedBefore = receiversBefore[c]!.receive(packet);
      assert.ok(received.outcome === "decoded" && receivedBefore.outcome === "decoded");
      assertSameRows(received.state, receivedBefore.state);
      assertSameRows(received.state, worlds.at(frame));
      if (!isAcked(c, frame)) return;
      assert.equal(tracker.ack(c, ackedBy(c, frame)), before.ack(c, ackedBy(c, frame)));
    });
  }
  assert.equal(tracker.encodes, before.encodes);
}

/** Likewise for views. */
function assertSameViews(
  worlds: Worlds,
  shows: (consumer: number, id: number) => boolean,
): void {
  const expected: Uint8Array[] = [];
  readyBefore(worlds, shows, (_, packet) => expected.push(packet.slice()))(60);
  let at = 0;
  ready(worlds, shows, (_, packet) => assert.deepEqual(packet, expected[at++]))(60);
  assert.equal(at, 60 * CROWD);
}

/** Best times in milliseconds per frame, of rounds that alternate. */
function best({ base, path }: Duel): [base: number, path: number] {
  const frames = [base, path].map((run) => {
    run(20);
    return Math.max(1, Math.round(20 * ROUND_MS / run(20)));
  });
  let bestBase = Infinity;
  let bestPath = Infinity;
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const a = base(frames[0]!) / frames[0]!;
    const b = path(frames[1]!) / frames[1]!;
    if (round < 0) continue;
    bestBase = Math.min(bestBase, a);
    bestPath = Math.min(bestPath, b);
  }
  return [bestBase, bestPath];
}

/** A line of a table. */
interface Line {
  readonly name: string;
  /** Largest ratio that is aimed at. */
  readonly target?: number;
  readonly duel: (units: Worlds, actors: Worlds) => Duel;
}

/** A table. */
interface Table {
  readonly title: string;
  readonly columns: readonly [base: string, path: string];
  readonly lines: readonly Line[];
}

const TABLES: readonly Table[] = [
  {
    title: `${ENTITIES} entities x 12 fields, ns per entity`,
    columns: ["before", "now"],
    lines: [
      { name: "encode, i32", target: 0.5, duel: (units) => encode(units) },
      { name: "encode, mixed types", target: 0.5, duel: (_, actors) => encode(actors) },
      { name: "decode, i32", target: 0.2, duel: (units) => decode(units) },
      { name: "decode, mixed types", target: 0.2, duel: (_, actors) => decode(actors) },
      { name: "Snapshot.fill, i32", target: 0.25, duel: (units) => fill(units) },
      { name: "Snapshot.fill, mixed types", target: 0.25, duel: (_, actors) => fill(actors) },
    ],
  },
  {
    title: "a frame of i32 for many consumers, ns per consumer",
    columns: ["before", "now"],
    lines: [
      ...[1, 10, 100, 1000, 10_000].map((consumers): Line => ({
        name: `shared path, ${consumers}`,
        target: 1,
        duel: (units) => ({
          base: sharedBefore(units, consumers),
          path: shared(units, consumers),
          parts: consumers,
        }),
      })),
      {
        name: `ready views of everything, ${CROWD}`,
        duel: (units) => ({
          base: readyBefore(units, everything),
          path: ready(units, everything),
          parts: CROWD,
        }),
      },
      {
        name: `ready views of halves, ${CROWD}`,
        duel: (units) => ({
          base: readyBefore(units, isShown),
          path: ready(units, isShown),
          parts: CROWD,
        }),
      },
    ],
  },
  {
    title: `a frame of i32 for ${CROWD} consumers, ns per consumer`,
    columns: ["shared", "this"],
    lines: [
      {
        name: "ready views of everything",
        target: 1.5,
        duel: (units) => againstShared(units, ready(units, everything)),
      },
      {
        name: "interest computed, all in reach",
        duel: (units) => againstShared(units, planned(units, Infinity)),
      },
      {
        name: "interest computed, some in reach",
        duel: (units) => againstShared(units, planned(units, 400)),
      },
      {
        name: "ready views of halves",
        duel: (units) => againstShared(units, ready(units, isShown)),
      },
    ],
  },
];

function againstShared(worlds: Worlds, path: Path): Duel {
  return { base: shared(worlds, CROWD), path, parts: CROWD };
}

function timeHere(key: string): [base: number, path: number] {
  const [table, line] = key.split(".").map(Number);
  const { duel: make } = TABLES[table!]!.lines[line!]!;
  const duel = make(new Worlds(unitWorld()), new Worlds(actorWorld()));
  const [base, path] = best(duel);
  return [base * 1e6 / duel.parts, path * 1e6 / duel.parts];
}

/** Prints the lines whose names hold a word. */
function main(word: string): void {
  for (const world of [unitWorld(), actorWorld()]) {
    const worlds = new Worlds(world);
    assertSameStreams(worlds);
    assertSameViews(worlds, everything);
    assertSameViews(worlds, isShown);
  }
  console.log("before and now write the same bytes and read the same states");
  TABLES.forEach(({ title, columns, lines }, t) => {
    console.log(`\n${title.padEnd(54)}${columns.map((c) => c.padStart(9)).join("")}   ratio  aim`);
    lines.forEach(({ name, target }, l) => {
      if (!name.includes(word)) return;
      const [base, path] = runApart(import.meta.url, `${t}.${l}`, PROCESSES) as [number, number];
      const ratio = path / base;
      const aim = target === undefined ? "" : `<= ${target}${ratio <= target ? "" : " missed"}`;
      console.log(
        `  ${name.padEnd(52)}${base.toFixed(1).padStart(9)}${path.toFixed(1).padStart(9)}${
          ratio.toFixed(2).padStart(8)
        }  ${aim}`,
      );
    });
  });
}

const [argument] = process.argv.slice(2);
if (argument !== undefined && /^\d+\.\d+$/.test(argument)) {
  console.log(JSON.stringify(timeHere(argument)));
} else main(argument ?? "");
