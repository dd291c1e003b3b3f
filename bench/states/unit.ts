/** A state of twelve fields, with code written out as one would by hand for speed. */
export interface Unit {
  x: number;
  y: number;
  z: number;
  yaw: number;
  pitch: number;
  roll: number;
  hp: number;
  ammo: number;
  team: number;
  anim: number;
  item: number;
  flags: number;
}

/** Field names in the order of the mask's bits. */
export const UNIT_FIELDS: readonly (keyof Unit)[] = [
  "x",
  "y",
  "z",
  "yaw",
  "pitch",
  "roll",
  "hp",
  "ammo",
  "team",
  "anim",
  "item",
  "flags",
];

/** Copies one unit into another. */
export function copyUnit<T extends Unit>(from: Unit, to: T): T {
  to.x = from.x;
  to.y = from.y;
  to.z = from.z;
  to.yaw = from.yaw;
  to.pitch = from.pitch;
  to.roll = from.roll;
  to.hp = from.hp;
  to.ammo = from.ammo;
  to.team = from.team;
  to.anim = from.anim;
  to.item = from.item;
  to.flags = from.flags;
  return to;
}
