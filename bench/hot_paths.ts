import assert from "node:assert/strict";
import { Receiver } from "../mod.ts";
import {
  Snapshot,
  SnapshotLayout,
  type StateFrame,
  ViewPlanner,
  WorldReader,
  WorldTracker,
} from "../lib/world.ts";
import { ENTITIES, PERIOD, type World } from "./worlds.ts";

/** Consumers of the lines that look at views. */
export const CROWD = 50;

const BASELINE_AGE = 6;

/** Runs some frames and returns the milliseconds of what is to be timed. */
export type Path = (frames: number) => number;

/** Which entity a consumer is shown. */
export type Shows = (consumer: number, id: number) => boolean;

/** States of a world, ready to be sent. */
export class Worlds {
  /** The states as objects. */
  readonly frames: readonly StateFrame[];
  readonly #layout: SnapshotLayout;
  readonly #snapshots: readonly Snapshot[];

  /** States of a world. */
  constructor({ schema, frames }: World) {
    this.frames = frames;
    this.#layout = new SnapshotLayout(schema);
    this.#snapshots = frames.map((frame) => Snapshot.of(this.#layout, frame));
  }

  /** Empty snapshot. */
  snapshot(): Snapshot {
    return new Snapshot(this.#layout);
  }

  /** Tracker without consumers. */
  tracker(): WorldTracker<number> {
    return new WorldTracker<number>(this.#layout, "varint", { schemaHash: false });
  }

  /** The far end of one consumer. */
  receiver(): Receiver<Snapshot> {
    return new Receiver(new WorldReader(this.#layout, "varint"), { schemaHash: false });
  }

  /** Snapshot of any frame, which bears its number. */
  at(frame: number): Snapshot {
    const snapshot = this.#snapshots[frame % PERIOD]!;
    snapshot.frame = frame;
    return snapshot;
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
function ack(tracker: WorldTracker<number>, consumer: number, frame: number): void {
  const isLost = Math.imul(frame + consumer * 7, 0x9e3779b1) >>> 0 <= 0x0ccccccc;
  if (!isLost) tracker.ack(consumer, frame - 3 - consumer % 6);
}

/** Shows everything. */
export const everything: Shows = () => true;

/** Shows each consumer a half of its own. */
export const halves: Shows = (consumer, id) =>
  (Math.imul(consumer * ENTITIES + id + 1, 0x9e3779b1) >>> 16 & 1) === 1;

/** Packets for one consumer, against what it held six frames ago. */
export function encode(worlds: Worlds): Path {
  const tracker = worlds.tracker();
  let frame = 0;
  return timed(() => {
    tracker.begin(worlds.at(frame));
    tracker.append(0);
    tracker.ack(0, ++frame - BASELINE_AGE);
  });
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
export function decode(worlds: Worlds): Path {
  const receiver = worlds.receiver();
  const packets = packetsOf(worlds);
  let frame = 0;
  const step = () => {
    const packet = packets[frame < PERIOD ? frame : PERIOD + frame % PERIOD]!;
    for (let i = 0; i < 4; i++) packet[1 + i] = frame >>> (8 * i);
    if (receiver.receive(packet).outcome !== "decoded") {
      throw new Error(`frame ${frame} is not decoded`);
    }
    frame++;
  };
  for (let i = 0; i < PERIOD; i++) step();
  return timed(step);
}

/** Objects into a snapshot. */
export function fill(worlds: Worlds): Path {
  const snapshot = worlds.snapshot();
  let frame = 0;
  return timed(() => void snapshot.fill(worlds.frames[frame++ % PERIOD]!));
}

/** Frames for consumers that all see the whole world. */
export function shared(worlds: Worlds, consumers: number): Path {
  const tracker = worlds.tracker();
  let frame = 0;
  return timed(() => {
    tracker.begin(worlds.at(frame));
    for (let c = 0; c < consumers; c++) {
      tracker.append(c);
      ack(tracker, c, frame);
    }
    frame++;
  });
}

/** Frames for consumers each with a view, which is there before the clock runs on. */
export function ready(
  worlds: Worlds,
  shows: Shows,
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
        for (let k = 0; k < world.count; k++) if (shows(c, world.ids[k]!)) view.show(world, k);
      });
      const from = performance.now();
      for (let c = 0; c < CROWD; c++) {
        const packet = tracker.append(c, views[c]);
        if (check !== undefined) check(c, packet);
        ack(tracker, c, frame);
      }
      ms += performance.now() - from;
    }
    return ms;
  };
}

/** Frames for consumers whose views are computed by distance. */
export function planned(worlds: Worlds, radius: number): Path {
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
      ack(tracker, c, frame);
    }
    frame++;
  });
}

/** Makes sure that consumers hold what they are shown, along each path of views. */
export function assertDecoded(worlds: Worlds): void {
  for (const shows of [everything, halves]) {
    const receivers = Array.from({ length: CROWD }, () => worlds.receiver());
    let frame = 0;
    const run = ready(worlds, shows, (consumer, packet) => {
      const received = receivers[consumer]!.receive(packet);
      assert.ok(received.outcome === "decoded");
      const entities = worlds.frames[frame]!.entities.filter(({ id }) => shows(consumer, id));
      assert.deepEqual(received.state.toFrame().entities, entities);
    });
    for (; frame < 60; frame++) run(1);
  }
}
