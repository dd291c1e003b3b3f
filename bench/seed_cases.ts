import { type AckPolicy, defineSchema, type FieldSpec, Receiver, Ring, Tracker } from "../mod.ts";
import { Digest, makeUnits, PERIOD, roller } from "./seed_states.ts";
import { copyUnit, type Unit, UNIT_FIELDS } from "./unit.ts";
import { UnitEncoder } from "./unit_encoder.ts";

const CROWD = 1000;
const RING_SIZE = 128;
const HASHED_FRAMES = 2048;

/** One case of `go/main.go`: what is timed, and the hash of what it comes to. */
export interface SeedCase {
  /** Runs some operations; returns something of their results. */
  run(operations: number): number;
  /** Hash of what consumers hold; that of the seed in Go is the same. */
  hash(): string;
}

const units = makeUnits();
const table = Object.fromEntries(UNIT_FIELDS.map((field): [string, FieldSpec] => [field, "i32"]));
const kind = defineSchema("unit", table);
const packed = units.map((unit) => kind.pack({ ...unit }));

/** How a tracker is given the state of a frame. */
interface Form<S> {
  readonly encoder: () => ConstructorParameters<typeof Tracker<S, number>>[0];
  readonly stateAt: (frame: number) => S;
  readonly unitOf: (state: S) => Unit;
}

const unpack = (row: Int32Array) => kind.unpack(row) as unknown as Unit;

const rows: Form<Int32Array> = {
  encoder: () => kind.encoder,
  stateAt: (frame) => packed[frame % PERIOD]!,
  unitOf: unpack,
};

const objects: Form<Unit> = {
  encoder: () => new UnitEncoder(),
  stateAt: (frame) => units[frame % PERIOD]!,
  unitOf: (unit) => unit,
};

const row = kind.pack({ ...units[0] });
const live = copyUnit(units[0]!, { ...units[0]! });

/** A live object, packed into a row each frame. */
const packs: Form<Int32Array> = {
  ...rows,
  stateAt: (frame) => kind.pack(copyUnit(units[frame % PERIOD]!, live) as never, row),
};

/** Appends the state of each frame to all consumers, who ack it some frames later. */
function appends<S>(form: Form<S>, consumers: number, policy: AckPolicy, late: number): SeedCase {
  const makeTracker = () => new Tracker<S, number>(form.encoder(), { policy });
  const tracker = makeTracker();
  let frame = late;
  return {
    run(operations) {
      let sum = 0;
      for (let i = 0; i < operations; i += consumers) {
        frame++;
        const state = form.stateAt(frame);
        for (let c = 0; c < consumers; c++) {
          sum += tracker.append(c, frame, state).length;
          tracker.ack(c, frame - (late > 0 ? late + (c & 3) : 0));
        }
      }
      return sum;
    },
    hash() {
      const tracker = makeTracker();
      const receiver = new Receiver<S>(form.encoder());
      const digest = new Digest();
      for (let frame = 1; frame <= HASHED_FRAMES; frame++) {
        const state = form.stateAt(frame);
        for (let c = 0; c < consumers; c++) {
          const packet = tracker.append(c, frame, state);
          tracker.ack(c, frame);
          if (c < consumers - 1) continue;
          const received = receiver.receive(packet);
          if (received.outcome !== "decoded") throw new Error(received.outcome);
          digest.addUnit(form.unitOf(received.state));
        }
      }
      return String(digest);
    },
  };
}

function ring(look: (ring: Ring<Unit>, frame: number) => Unit | undefined): SeedCase {
  const ring = new Ring<Unit>(RING_SIZE);
  for (let frame = 0; frame < PERIOD; frame++) ring.push(frame, units[frame]!);
  const roll = roller();
  const asked = units.map(() => PERIOD - 1 - roll(RING_SIZE + RING_SIZE / 8));
  return {
    run(operations) {
      let sum = 0;
      for (let i = 0; i < operations; i++) {
        const unit = look(ring, asked[i % PERIOD]!);
        if (unit !== undefined) sum = (sum + unit.x + unit.flags) | 0;
      }
      return sum;
    },
    hash() {
      const digest = new Digest();
      for (const frame of asked) {
        const unit = look(ring, frame);
        if (unit === undefined) digest.add(frame);
        else digest.addUnit(unit);
      }
      return String(digest);
    },
  };
}

/** Cases by name, each with that of `go/main.go` that it is held against. */
export const SEED_CASES: Readonly<Record<string, readonly [seed: string, make: () => SeedCase]>> = {
  "rows": ["append", () => appends(rows, 1, "strict", 0)],
  "rows, policy append": ["append", () => appends(rows, 1, "append", 0)],
  "objects": ["append", () => appends(objects, 1, "strict", 0)],
  "objects, policy append": ["append", () => appends(objects, 1, "append", 0)],
  "pack and rows": ["append", () => appends(packs, 1, "strict", 0)],
  "1000 consumers, rows": ["crowd", () => appends(rows, CROWD, "strict", 0)],
  "1000 consumers, rows, acks 3 to 6 late": ["crowd", () => appends(rows, CROWD, "strict", 3)],
  "1000 consumers, rows, policy append": ["crowd", () => appends(rows, CROWD, "append", 0)],
  "1000 consumers, objects": ["crowd", () => appends(objects, CROWD, "strict", 0)],
  "Ring.get": ["ring", () => ring((ring, frame) => ring.get(frame))],
  "Ring.at": ["ring", () =>
    ring((ring, frame) => {
      const answer = ring.at(frame);
      return answer.found ? answer.state : undefined;
    })],
};
