import {
  type AckPolicy,
  type ByteReader,
  type ByteWriter,
  type Decoded,
  defineSchema,
  type Encoder,
  Mask,
  Receiver,
  Tracker,
} from "../../mod.ts";
import {
  type EntityState,
  Snapshot,
  SnapshotLayout,
  WorldReader,
  WorldTracker,
} from "../../lib/world.ts";

/** One way of using an end of a stream, step by step: a step is a frame. */
export interface SteadyState {
  /** What runs, and the policy. */
  readonly name: string;
  /** Packets of one step, written or received. */
  readonly packets: number;
  /** Runs one frame. */
  step(): void;
}

/** A live object that is changed in place. */
interface Body {
  x: number;
  y: number;
  /** In 65 536ths of a turn. */
  angle: number;
  hp: number;
}

const eighth = (value: number) => Math.round(value * 8) / 8 + 0;

/** An encoder as a user would write it. */
export class BodyEncoder implements Encoder<Body> {
  readonly fieldCount: number = 4;

  snapshot(state: Body, reuse: Body = { x: 0.5, y: 0.5, angle: 0, hp: 0 }): Body {
    reuse.x = eighth(state.x);
    reuse.y = eighth(state.y);
    reuse.angle = state.angle;
    reuse.hp = state.hp;
    return reuse;
  }

  diff(state: Body, baseline: Body | undefined, mask: Mask): Mask {
    if (baseline === undefined) return mask.fill(4);
    if (state.x !== baseline.x) mask.set(0);
    if (state.y !== baseline.y) mask.set(1);
    if (state.angle !== baseline.angle) mask.set(2);
    if (state.hp !== baseline.hp) mask.set(3);
    return mask;
  }

  encode(state: Body, baseline: Body | undefined, mask: Mask, out: ByteWriter): void {
    out.u8(mask.lo);
    if (mask.has(0)) out.zigzag(((state.x - (baseline === undefined ? 0 : baseline.x)) * 8) | 0);
    if (mask.has(1)) out.zigzag(((state.y - (baseline === undefined ? 0 : baseline.y)) * 8) | 0);
    if (mask.has(2)) out.u16(state.angle);
    if (mask.has(3)) out.u8(state.hp);
  }

  decode(input: ByteReader, baseline: Body | undefined): Decoded<Body> {
    const state = { ...(baseline ?? { x: 0, y: 0, angle: 0, hp: 0 }) };
    const mask = new Mask();
    mask.lo = input.u8();
    if (mask.lo > 15) input.refuse("the mask names a field that a body lacks");
    if (mask.has(0)) state.x += input.zigzag() / 8;
    if (mask.has(1)) state.y += input.zigzag() / 8;
    if (mask.has(2)) state.angle = input.u16();
    if (mask.has(3)) state.hp = input.u8();
    return { state, mask };
  }

  merge(held: Body | undefined, patch: Body, mask: Mask): Body {
    const base = held ?? { x: 0, y: 0, angle: 0, hp: 0 };
    return {
      x: mask.has(0) ? patch.x : base.x,
      y: mask.has(1) ? patch.y : base.y,
      angle: mask.has(2) ? patch.angle : base.angle,
      hp: mask.has(3) ? patch.hp : base.hp,
    };
  }
}

/** Frames after which the states come round again. */
const PERIOD = 64;

const row = defineSchema("body", {
  x: { type: "fixed", step: 0.125 },
  y: "f32",
  angle: "f64",
  hp: "u8",
  item: { type: "u16", optional: true },
});

const crate = defineSchema("crate", {
  x: "i16",
  lid: { type: "enum", values: ["shut", "open"] },
  isFull: "bool",
});

const rows = Array.from(
  { length: PERIOD },
  (_, k) =>
    row.pack({ x: k >> 1, y: k >> 2, angle: k / 3, hp: k >> 4, ...(k & 8 ? { item: k } : {}) }),
);

const layout = new SnapshotLayout({ kinds: [row.kind, crate.kind] });

/** Of 16 entities, 12 at a time; an id comes again as the other kind. */
const worlds = Array.from({ length: PERIOD }, (_, k) => {
  const entities = Array.from({ length: 16 }, (_, id) => entityAt(k, id))
    .filter((_, id) => ((k >> 1) + id * 5) % 16 < 12);
  return Snapshot.of(layout, { frame: k, timeMs: 0, entities });
});

function entityAt(k: number, id: number): EntityState {
  if (((k + id * 10) & 32) !== 0) {
    const lid = (k + id) & 4 ? "open" : "shut";
    return { id, kind: "crate", fields: { x: (k >> 1) * id, lid, isFull: (k & 2) === 0 } };
  }
  const fields = { x: (k + id) % 5, y: (k >> 2) + id, angle: k / 3, hp: (k >> 4) + id };
  return { id, kind: "body", fields: (k + id) & 8 ? { ...fields, item: id } : fields };
}

/** Rows of `defineSchema`. */
export function compiledPath(policy: AckPolicy): SteadyState {
  return single("compiled rows", policy, row.encoder, (k) => rows[k % PERIOD]!);
}

/** An object with a user's encoder; the object is changed in place. */
export function objectPath(policy: AckPolicy): SteadyState {
  const body: Body = { x: 0.1, y: 0.1, angle: 0, hp: 0 };
  return single("object", policy, new BodyEncoder(), (k) => {
    body.x = (k % PERIOD) * 0.3;
    if (k % 3 === 0) body.y = (k % PERIOD) * 0.7;
    if (k % 5 === 0) body.angle = (k % PERIOD) * 1000;
    body.hp = (k >> 3) & 7;
    return body;
  });
}

function single<S>(
  name: string,
  policy: AckPolicy,
  encoder: Encoder<S>,
  stateAt: (k: number) => S,
): SteadyState {
  const tracker = new Tracker<S>(encoder, { policy });
  return steady(`Tracker, ${name}, ${policy}`, tracker, (k, frame) => {
    const state = stateAt(k);
    tracker.append("near", frame, state);
    tracker.append("far", frame, state);
  });
}

/** The whole world. */
export function worldPath(policy: AckPolicy): SteadyState {
  const tracker = new WorldTracker(layout, "varint", { policy });
  return steady(`WorldTracker, snapshots, ${policy}`, tracker, (k, frame) => {
    tracker.begin(worldAt(k, frame));
    tracker.append("near");
    tracker.append("far");
  });
}

/** Views that are handed in: one of the whole world, one of a part that changes. */
export function viewsPath(policy: AckPolicy): SteadyState {
  const tracker = new WorldTracker(layout, "varint", { policy });
  const all = tracker.view();
  const some = tracker.view();
  return steady(`WorldTracker, views, ${policy}`, tracker, (k, frame) => {
    const world = tracker.begin(worldAt(k, frame));
    all.clear(frame, 0);
    some.clear(frame, 0);
    for (let i = 0; i < world.count; i++) {
      all.show(world, i);
      if ((world.ids[i]! + (k >> 3)) % 3 !== 0) some.show(world, i);
    }
    tracker.append("near", all);
    tracker.append("far", some);
  });
}

function worldAt(k: number, frame: number): Snapshot {
  const world = worlds[k % PERIOD]!;
  world.frame = frame;
  return world;
}

/**
 * Two consumers: acks of `near` come three frames late, those of `far` five frames late, and each
 * seventh packet to `far` is lost. Everything repeats, so that buffers reach their final sizes.
 */
function steady(
  name: string,
  tracker: { ack(consumer: string, frame: number, appliedBits: number): boolean },
  append: (k: number, frame: number) => void,
): SteadyState {
  let k = 0;
  let frame = 1;
  return {
    name,
    packets: 2,
    step(): void {
      append(k, frame);
      tracker.ack("near", (frame - 3) >>> 0, -1);
      if ((k - 5) % 7 !== 0) tracker.ack("far", (frame - 5) >>> 0, lossBits(k - 5, 7));
      k++;
      frame = (frame + 1) >>> 0;
    },
  };
}

/** Applied bits of packet `k`: each packet whose number is a multiple of `every` is missing. */
function lossBits(k: number, every: number): number {
  let bits = -1;
  for (let lost = (k + every - 1) % every; lost < 32; lost += every) bits &= ~(1 << lost);
  return bits;
}

/** Rows at the far end. */
export function compiledReceiverPath(policy: AckPolicy): SteadyState {
  const tracker = new Tracker<Int32Array>(row.encoder, { policy, keyframeEveryFrames: 16 });
  const receiver = new Receiver(row.encoder);
  const append = (frame: number) => tracker.append("far", frame, rows[frame % PERIOD]!);
  return receiving(`Receiver, compiled rows, ${policy}`, tracker, append, receiver);
}

/** Worlds at the far end. */
export function worldReceiverPath(policy: AckPolicy): SteadyState {
  const tracker = new WorldTracker(layout, "varint", { policy, keyframeEveryFrames: 16 });
  const receiver = new Receiver(new WorldReader(layout, "varint"));
  const append = (frame: number) => {
    tracker.begin(worldAt(frame, frame));
    return tracker.append("far");
  };
  return receiving(`Receiver, worlds, ${policy}`, tracker, append, receiver);
}

/**
 * A client that loses each eighth packet. The packets are those of the second period, over and over
 * under new frame numbers: deltas or patches, and a keyframe every 16 frames.
 */
function receiving<S>(
  name: string,
  tracker: { ack(consumer: string, frame: number, appliedBits: number): boolean },
  append: (frame: number) => Uint8Array,
  receiver: Receiver<S>,
): SteadyState {
  const packets = Array.from({ length: 2 * PERIOD }, (_, k) => {
    const packet = append(k).slice();
    if (k >= 3 && k % 8 !== 0) tracker.ack("far", k - 3, lossBits(k, 8));
    return packet;
  });
  let k = 0;
  return {
    name,
    packets: 1,
    step(): void {
      const packet = packets[k < PERIOD ? k : PERIOD + k % PERIOD]!;
      for (let i = 0; i < 4; i++) packet[1 + i] = k >>> (8 * i);
      const isLost = (k + 3) % 8 === 0;
      if (!isLost && receiver.receive(packet).outcome !== "decoded") throw new Error(name);
      k++;
    },
  };
}

/** Every path, under each policy. */
export const PATHS: readonly ((policy: AckPolicy) => SteadyState)[] = [
  compiledPath,
  objectPath,
  worldPath,
  viewsPath,
  compiledReceiverPath,
  worldReceiverPath,
];
