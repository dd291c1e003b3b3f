/** `Tracker.append` and `ack` against the seed in Go, on the states that bench/go makes as well. */
import { type AckPolicy, type Encoder, Receiver, Tracker } from "../../mod.ts";
import type { BenchCase, Candidate, Setting } from "../harness/bench_case.ts";
import { behindGo } from "../harness/go_seed.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { timed } from "../harness/timed.ts";
import { addUnit, makeUnits, PERIOD } from "../states/seed_states.ts";
import { applyPacket, SeedTracker } from "../states/seed_tracker.ts";
import { copyUnit, type Unit } from "../states/unit.ts";
import { UnitEncoder } from "../states/unit_encoder.ts";
import { UNIT_KIND } from "../states/unit_kind.ts";

const CROWD = 1000;
/** Frames whose states are hashed, as many as bench/go hashes; fewer without it. */
const HASHED_FRAMES = 2048;
const HASHED_FRAMES_SHORT = 16;
const units = makeUnits();

/** How a tracker is given the state of a frame, and what a receiver makes of it. */
interface Form<S> {
  readonly encoder: Encoder<S>;
  readonly stateAt: (frame: number) => S;
  readonly unitOf: (state: S) => Unit;
}

function rowForm(): Form<Int32Array> {
  const packed = units.map((unit) => UNIT_KIND.pack({ ...unit }));
  return {
    encoder: UNIT_KIND.encoder,
    stateAt: (frame) => packed[frame % PERIOD]!,
    unitOf: (row) => UNIT_KIND.unpack(row) as unknown as Unit,
  };
}

function objectForm(): Form<Unit> {
  return {
    encoder: new UnitEncoder(),
    stateAt: (frame) => units[frame % PERIOD]!,
    unitOf: (unit) => unit,
  };
}

/** A live object, packed into a row for each frame. */
function packForm(): Form<Int32Array> {
  const live = { ...units[0]! };
  const row = UNIT_KIND.pack({ ...live });
  const stateAt = (frame: number) =>
    UNIT_KIND.pack(copyUnit(units[frame % PERIOD]!, live) as never, row);
  return { ...rowForm(), stateAt };
}

/** Who is sent a state, under which policy, and how many frames late acks come. */
interface Stream extends Setting {
  readonly consumers: number;
  readonly policy: AckPolicy;
  readonly lateFrames: number;
}

/** Candidate whose steps are appends. */
function appends<S>(name: string, form: Form<S>, stream: Stream): Candidate {
  const { consumers, policy, lateFrames } = stream;
  const tracker = new Tracker<S, number>(form.encoder, { policy });
  let frame = lateFrames;
  const runSteps = (steps: number) => {
    let bytes = 0;
    for (let done = 0; done < steps; done += consumers) {
      frame++;
      const state = form.stateAt(frame);
      for (let c = 0; c < consumers; c++) {
        bytes += tracker.append(c, frame, state).length;
        tracker.ack(c, frame - (lateFrames > 0 ? lateFrames + (c & 3) : 0));
      }
    }
    return bytes;
  };
  return timed(name, runSteps, { result: held(form, stream), stepsMin: consumers });
}

/** Hash of what the last consumer holds, frame after frame. */
function held<S>(form: Form<S>, { consumers, policy, isShort }: Stream): string {
  const tracker = new Tracker<S, number>(form.encoder, { policy });
  const receiver = new Receiver<S>(form.encoder);
  const hash = new ResultHash();
  const frames = isShort ? HASHED_FRAMES_SHORT : HASHED_FRAMES;
  for (let frame = 1; frame <= frames; frame++) {
    const state = form.stateAt(frame);
    for (let c = 0; c < consumers; c++) {
      const packet = tracker.append(c, frame, state);
      tracker.ack(c, frame);
      if (c < consumers - 1) continue;
      const received = receiver.receive(packet);
      if (received.outcome !== "decoded") throw new Error(received.outcome);
      addUnit(hash, form.unitOf(received.state));
    }
  }
  return String(hash);
}

/** Candidate that does what the seed does, in this runtime: what of the ratio is the language. */
function seedsWay({ consumers, isShort }: Setting & { readonly consumers: number }): Candidate {
  const tracker = new SeedTracker();
  let frame = 0;
  const runSteps = (steps: number) => {
    let bytes = 0;
    for (let done = 0; done < steps; done += consumers) {
      frame++;
      const state = units[frame % PERIOD]!;
      for (let c = 0; c < consumers; c++) {
        bytes += tracker.append(c, frame, state).length;
        tracker.ack(c, frame);
      }
    }
    return bytes;
  };
  const heldLast = new SeedTracker();
  const hash = new ResultHash();
  let held = units[0]!;
  for (let at = 1; at <= (isShort ? HASHED_FRAMES_SHORT : HASHED_FRAMES); at++) {
    held = applyPacket(heldLast.append(0, at, units[at % PERIOD]!), held);
    addUnit(hash, held);
  }
  const result = String(hash);
  return timed("the seed's way in JavaScript", runSteps, { result, stepsMin: consumers });
}

const ONE = { consumers: 1, policy: "strict", lateFrames: 0 } as const;
const MANY = { ...ONE, consumers: CROWD } as const;
const UNIT = "ns an append";

function against<S>(name: string, form: () => Form<S>, ratioMax: number): BenchCase {
  return {
    name: `append-${name}`,
    title: `Tracker.append and ack of ${name}, 12 fields, one in ten changes, 1 consumer`,
    unit: UNIT,
    reach: [{ candidate: name, against: "seed in Go", ratioMax }],
    prepare: (setting) =>
      behindGo("append", [
        appends(name, form(), { ...setting, ...ONE }),
        appends(`${name}, policy append`, form(), { ...setting, ...ONE, policy: "append" }),
        seedsWay({ ...setting, ...ONE }),
      ], setting),
  };
}

function crowd<S>(
  name: string,
  of: string,
  form: () => Form<S>,
  ratioMax?: number,
): BenchCase {
  return {
    name,
    title: `Tracker.append and ack of one state, ${of}, for ${CROWD} consumers`,
    unit: UNIT,
    reach: ratioMax === undefined ? [] : [{ candidate: of, against: "seed in Go", ratioMax }],
    prepare: (setting) =>
      behindGo("crowd", [
        appends(of, form(), { ...setting, ...MANY }),
        appends(`${of}, acks 3 to 6 late`, form(), { ...setting, ...MANY, lateFrames: 3 }),
        appends(`${of}, policy append`, form(), { ...setting, ...MANY, policy: "append" }),
        seedsWay({ ...setting, ...MANY }),
      ], setting),
  };
}

/** One consumer, whose tracker takes rows, objects, or rows packed of objects; and a thousand. */
export const APPEND_CASES: readonly BenchCase[] = [
  against("rows", rowForm, 1.3),
  against("objects", objectForm, 1.3),
  against("pack", packForm, 2.5),
  crowd("crowd", "rows", rowForm, 0.35),
  crowd("crowd-objects", "objects", objectForm),
];
