/** Looking up the state of a frame. */
import { Vault } from "@geckos.io/snapshot-interpolation";
import { Ring } from "../../mod.ts";
import type { BenchCase, Candidate } from "../harness/bench_case.ts";
import { behindGo } from "../harness/go_seed.ts";
import { ResultHash } from "../harness/result_hash.ts";
import { timed } from "../harness/timed.ts";
import { addUnit, makeUnits, PERIOD, roller } from "../states/seed_states.ts";
import type { Unit } from "../states/unit.ts";

const SIZE = 128;
const units = makeUnits();
const roll = roller();
/** Frames that are asked for, one in nine older than the ring. */
const asked = units.map(() => PERIOD - 1 - roll(SIZE + SIZE / 8));

/** Something of a state, as bench/go adds it up. */
function something(unit: Unit | undefined): number {
  return unit === undefined ? 0 : unit.x + unit.flags;
}

function found(look: (frame: number) => Unit | undefined): string {
  const hash = new ResultHash();
  for (const frame of asked) {
    const unit = look(frame);
    if (unit === undefined) hash.word(frame);
    else addUnit(hash, unit);
  }
  return String(hash);
}

function ringOfAll(): Ring<Unit> {
  const ring = new Ring<Unit>(SIZE);
  units.forEach((unit, frame) => ring.push(frame, unit));
  return ring;
}

// Loops of their own: one that all share would call what it times through a pointer. The period is a
// power of two, which Go's compiler makes use of, and engines cannot.

function get(): Candidate {
  const ring = ringOfAll();
  const runSteps = (steps: number) => {
    let sum = 0;
    for (let i = 0; i < steps; i++) sum = (sum + something(ring.get(asked[i & (PERIOD - 1)]!))) | 0;
    return sum;
  };
  return timed("Ring.get", runSteps, { result: found((frame) => ring.get(frame)) });
}

function at(): Candidate {
  const ring = ringOfAll();
  const stateAt = (frame: number) => {
    const answer = ring.at(frame);
    return answer.found ? answer.state : undefined;
  };
  const runSteps = (steps: number) => {
    let sum = 0;
    for (let i = 0; i < steps; i++) sum = (sum + something(stateAt(asked[i & (PERIOD - 1)]!))) | 0;
    return sum;
  };
  return timed("Ring.at", runSteps, { result: found(stateAt) });
}

/** Any other look-up. */
function lookUps(name: string, look: (frame: number) => Unit | undefined): Candidate {
  const runSteps = (steps: number) => {
    let sum = 0;
    for (let i = 0; i < steps; i++) sum = (sum + something(look(asked[i & (PERIOD - 1)]!))) | 0;
    return sum;
  };
  return timed(name, runSteps, { result: found(look) });
}

/** Snapshots in geckos' vault, found by their time, which is the frame, or by their id. */
function vaults(): Candidate[] {
  const vault = new Vault();
  vault.setMaxSize(SIZE);
  units.forEach((unit, frame) => {
    vault.add({ id: String(frame), time: frame, state: [{ id: "unit", ...unit }] });
  });
  const unitOf = (snapshot: { readonly state: unknown } | undefined) =>
    (snapshot?.state as Unit[] | undefined)?.[0];
  return [
    lookUps("geckos Vault.get", (frame) => unitOf(vault.get(frame)?.older)),
    lookUps("geckos Vault.getById", (frame) => unitOf(vault.getById(String(frame)))),
  ];
}

/** A ring of 128 frames. */
export const RING_CASES: readonly BenchCase[] = [{
  name: "ring",
  title: `the state of one of the last ${SIZE} frames, or none for an older one`,
  unit: "ns a look-up",
  reach: [{ candidate: "Ring.get", against: "seed in Go", ratioMax: 0.8 }],
  prepare: (setting) => behindGo("ring", [get(), at(), ...vaults()], setting),
}];
