// Helpers of the tests beside this file: the worlds of testdata/rewind, and worlds made in place.
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { StateEvent, StateFrame } from "../core/state/state.ts";
import { type HitModel, parseHitModel } from "./shape/hit_model.ts";
import { PoseHistory } from "./past/pose_history.ts";
import { rayBetween } from "./shape/ray.ts";
import type { Shot } from "./shot/shot.ts";
import type { Vector } from "./shape/vector.ts";

export const QUAKE_MODEL: HitModel = parseHitModel(["player=box:-16,-16,-24,16,16,32"], "dead=0");

export function readTestdata(name: string): Uint8Array {
  return readFileSync(new URL(`../../testdata/rewind/${name}`, import.meta.url));
}

interface Row {
  readonly f: number;
  readonly t: number;
  readonly [field: string]: unknown;
}

function rowsOf(name: string): Row[] {
  const bytes = readTestdata(name);
  const text = new TextDecoder().decode(name.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  return text.trim().split("\n").map((line) => JSON.parse(line));
}

/** State and events of `testdata/rewind/NAME`. */
export function readWorld(
  name: string,
  suffix: string,
  model: HitModel = QUAKE_MODEL,
): { history: PoseHistory; events: StateEvent[] } {
  const history = new PoseHistory(model);
  const frames = new Map<number, StateFrame & { entities: StateFrame["entities"][number][] }>();
  for (const row of rowsOf(`${name}.state.${suffix}`)) {
    const frame = frames.get(row.f) ?? { frame: row.f, timeMs: row.t, entities: [] };
    frames.set(row.f, frame);
    const { f: _f, t: _t, id, kind, ...fields } = row;
    frame.entities.push({
      id: id as number,
      kind: kind as string,
      fields: fields as Record<string, number>,
    });
  }
  for (const frame of frames.values()) history.addFrame(frame);
  const events = rowsOf(`${name}.events.${suffix}`).map((row) => ({
    frame: row.f,
    timeMs: row.t,
    name: "shot",
    data: row,
  }));
  return { history, events };
}

/** A place of an entity: x, y, z, dead. */
export type Place = readonly [x: number, y: number, z: number, dead?: number];

/** History with a frame every `frameMs`, of entities given as functions of the frame. */
export function makeHistory(
  frames: readonly number[],
  frameMs: number,
  entities: Readonly<Record<number, (frame: number) => Place | undefined>>,
  model: HitModel = QUAKE_MODEL,
): PoseHistory {
  const history = new PoseHistory(model);
  frames.forEach((frame, i) => {
    const states = [];
    for (const [id, place] of Object.entries(entities)) {
      const at = place(frame);
      if (at === undefined) continue;
      const [x, y, z, dead = 0] = at;
      states.push({ id: Number(id), kind: "player", fields: { x, y, z, dead } });
    }
    history.addFrame({ frame, timeMs: i * frameMs, entities: states });
  });
  return history;
}

/** Frames `from` to `to`, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Shot of entity 1. */
export function makeShot(
  frame: number,
  timeMs: number,
  from: Vector,
  to: Vector,
  numbers: Readonly<Record<string, number>> = {},
  verdict: Shot["verdict"] = undefined,
): Shot {
  return {
    index: 0,
    frame,
    timeMs,
    shooter: 1,
    ray: rayBetween(from, to),
    verdict,
    numbers: new Map(Object.entries(numbers)),
  };
}
