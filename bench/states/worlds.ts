import type { EntityState, StateFrame } from "../../lib/world.ts";
import type { Field, FieldValue, Schema } from "../../mod.ts";
import { UNIT_FIELDS } from "./unit.ts";

/** Entities of a world. */
export const ENTITIES = 64;
/** Frames after which a world comes round again. */
export const PERIOD = 240;

/** A schema of one kind, and the frames of a world of it. */
export interface World {
  /** The schema. */
  readonly schema: Schema;
  /** {@linkcode PERIOD} frames, from frame 0 on. */
  readonly frames: readonly StateFrame[];
}

const UNIT: readonly Field[] = UNIT_FIELDS.map((name) => ({ name, type: "i32" }));

const TEXTS = ["idle", "walk", "run", "jump", "fall", "aim", "fire", "down"];

const ACTOR: readonly Field[] = [
  { name: "x", type: "f32" },
  { name: "y", type: "f32" },
  { name: "z", type: "fixed", step: 2 ** -6 },
  { name: "yaw", type: "fixed", step: 2 ** -8 },
  { name: "hp", type: "u8" },
  { name: "ammo", type: "u8" },
  { name: "armor", type: "u8" },
  { name: "anim", type: "enum", values: TEXTS },
  { name: "pose", type: "enum", values: TEXTS },
  { name: "isAlive", type: "bool" },
  { name: "isFiring", type: "bool" },
  { name: "target", type: "u16", optional: true },
];

let word = 1;
/** Words of a fixed sequence, so that every run times the same states. */
function roll(sides: number): number {
  word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
  return (word >>> 9) % sides;
}

/** Value that a field may have after another; undefined for an absent one. */
function next(field: Field, value: FieldValue | undefined): FieldValue | undefined {
  const change = roll(41) - 20;
  switch (field.type) {
    case "bool":
      return change > 0;
    case "enum":
      return field.values![roll(field.values!.length)]!;
    case "f32":
      return Math.fround(Number(value ?? roll(1000)) + change / 8);
    case "fixed":
      return Number(value ?? roll(1000)) + change * field.step!;
    case "u8":
      return roll(256);
    case "u16":
      return change > 10 ? undefined : roll(ENTITIES);
    default:
      return Number(value ?? roll(1000)) + change;
  }
}

function makeWorld(kind: string, fields: readonly Field[]): World {
  const first = (field: Field): [string, FieldValue][] => {
    const value = next(field, undefined);
    return value === undefined ? [] : [[field.name, value]];
  };
  const live = Array.from(
    { length: ENTITIES },
    (): Record<string, FieldValue> => Object.fromEntries(fields.flatMap(first)),
  );
  const step = (state: Record<string, FieldValue>, field: Field) => {
    const value = next(field, state[field.name]);
    if (value === undefined) delete state[field.name];
    else state[field.name] = value;
  };
  const frames = Array.from({ length: PERIOD }, (_, frame): StateFrame => {
    for (const state of live) {
      for (const field of fields) if (roll(20) === 0) step(state, field);
    }
    const entities = live.map((state, id): EntityState => ({ id, kind, fields: { ...state } }));
    return { frame, timeMs: frame * 50, entities };
  });
  return { schema: { kinds: [{ name: kind, fields }] }, frames };
}

/** 64 units of twelve i32 fields; about one field in twenty changes from frame to frame. */
export function unitWorld(): World {
  word = 1;
  return makeWorld("unit", UNIT);
}

/** The same of f32, fixed, u8, enum, bool and optional u16 fields, twelve as well. */
export function actorWorld(): World {
  word = 1;
  return makeWorld("actor", ACTOR);
}
