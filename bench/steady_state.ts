import {
  type ByteReader,
  type ByteWriter,
  type Decoded,
  defineSchema,
  type DeltaCodec,
  type Encoder,
  Mask,
  type Policy,
  Snapshot,
  SnapshotCodec,
  SnapshotLayout,
  Tracker,
} from "../mod.ts";

/** One way of using a tracker, step by step: a step is a frame for two consumers with acks. */
export interface SteadyState {
  /** Path and policy. */
  readonly name: string;
  /** Appends of one step. */
  readonly appends: number;
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

/** Rows of `defineSchema`. */
export function compiledPath(policy: Policy, firstFrame: number = 1): SteadyState {
  const rows = Array.from(
    { length: PERIOD },
    (_, k) =>
      row.pack({ x: k >> 1, y: k >> 2, angle: k / 3, hp: k >> 4, ...(k & 8 ? { item: k } : {}) }),
  );
  return steady("compiled rows", policy, firstFrame, row.encoder, (k) => rows[k % PERIOD]!);
}

/** An object with a user's encoder; the object is changed in place. */
export function objectPath(policy: Policy, firstFrame: number = 1): SteadyState {
  const body: Body = { x: 0.1, y: 0.1, angle: 0, hp: 0 };
  return steady("object", policy, firstFrame, new BodyEncoder(), (k) => {
    body.x = (k % PERIOD) * 0.3;
    if (k % 3 === 0) body.y = (k % PERIOD) * 0.7;
    if (k % 5 === 0) body.angle = (k % PERIOD) * 1000;
    body.hp = (k >> 3) & 7;
    return body;
  });
}

/** Snapshots of 32 entities that stay. */
export function snapshotPath(policy: Policy, firstFrame: number = 1): SteadyState {
  const layout = new SnapshotLayout({ kinds: [row.kind] });
  const snapshots = Array.from({ length: PERIOD }, (_, k) =>
    Snapshot.of(layout, {
      frame: k,
      timeMs: 0,
      entities: Array.from({ length: 32 }, (_, id) => ({
        id,
        kind: "body",
        fields: {
          x: (k + id) % 5,
          y: (k >> 2) + id,
          angle: id / 3,
          hp: (k >> 4) + id,
          ...((k + id) & 8 ? { item: id } : {}),
        },
      })),
    }));
  const codec = new SnapshotCodec(layout, "varint");
  return steady("snapshots", policy, firstFrame, codec, (k) => snapshots[k % PERIOD]!);
}

/**
 * Two consumers: acks of `near` come three frames late, those of `far` five frames late, and each
 * seventh packet to `far` is lost. Everything repeats, so that buffers reach their final sizes.
 */
function steady<S>(
  name: string,
  policy: Policy,
  firstFrame: number,
  codec: Encoder<S> | DeltaCodec<S>,
  stateAt: (k: number) => S,
): SteadyState {
  const tracker = new Tracker<S>(codec, { policy });
  let k = 0;
  let frame = firstFrame;
  return {
    name: `${name}, ${policy}`,
    appends: 2,
    step(): void {
      const state = stateAt(k);
      tracker.append("near", frame, state);
      tracker.append("far", frame, state);
      tracker.ack("near", (frame - 3) >>> 0, -1);
      if ((k - 5) % 7 !== 0) tracker.ack("far", (frame - 5) >>> 0, lossBits(k - 5));
      k++;
      frame = (frame + 1) >>> 0;
    },
  };
}

/** Applied bits of packet `k`: each packet whose number is a multiple of 7 is missing. */
function lossBits(k: number): number {
  let bits = -1;
  for (let lost = (k + 6) % 7; lost < 32; lost += 7) bits &= ~(1 << lost);
  return bits;
}
