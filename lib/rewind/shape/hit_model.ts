import { type Condition, parseConditions } from "./condition.ts";
import type { HitShape } from "./hit_shape.ts";
import { shapeFlaw, SHAPES_MAX, type TargetShape } from "./target_shape.ts";
import type { Vector } from "./vector.ts";

/** How entities of one kind are hit. */
export interface HitKind {
  /** Name of the kind. */
  readonly kind: string;
  /** Fields of the position. */
  readonly position: readonly [x: string, y: string, z: string];
  /** Field of the yaw, in degrees by the right-hand rule unless said; for shapes that turn. */
  readonly yaw: string | {
    /** Name of the field. */
    readonly field: string;
    /** Unit of its values; default degrees. */
    readonly unit?: "deg" | "rad" | "turn";
    /**
     * Sense: 1, the default, turns by the right-hand rule about the up axis: from +x to +y where z is
     * up, from +z to +x where y is up, from +y to +z where x is up. -1 turns the other way.
     */
    readonly sign?: 1 | -1;
    /** Turn of the value 0, in the field's unit and by sign 1; default 0. */
    readonly zero?: number;
  };
  /** Fields of a quaternion x, y, z, w, which takes the place of the yaw. */
  readonly rotation?: readonly [x: string, y: string, z: string, w: string];
  /** All must hold for a target to be one; empty when every entity of the kind is. */
  readonly alive: readonly Condition[];
  /** All must hold for a target to be rewound; who fails stands at now. Left out: all are. */
  readonly rewinds?: readonly Condition[];
  /** Shapes; empty for a kind that shoots and cannot be hit. */
  readonly shapes: readonly TargetShape[];
}

/** Field of a yaw, and how its values are meant. */
export type YawField = Exclude<HitKind["yaw"], string>;

/** What can be hit, by kind; kinds that are not named are no targets. */
export interface HitModel {
  /** Kinds in the order in which poses number them. */
  readonly kinds: readonly HitKind[];
  /** Axis that points up; default z. */
  readonly up?: "x" | "y" | "z";
  /**
   * Which hand the axes make, thumb, forefinger and middle finger along x, y and z; default right. No
   * verdict depends on it: it says what is left and right in a picture.
   */
  readonly handed?: "left" | "right";
  /** Field whose value says that a row was reached by a teleport ({@linkcode TeleportRule}). */
  readonly teleportField?: string;
}

/** Index of the up axis of a model. */
export function upAxis(model: HitModel): number {
  return "xyz".indexOf(model.up ?? "z");
}

/** Position fields of a kind that names none. */
export const POSITION_FIELDS: readonly [string, string, string] = ["x", "y", "z"];

/**
 * Hit model of shapes as text, one shape each.
 *
 * @param shapes `kind=SHAPE` or `kind/name=SHAPE`, where SHAPE is
 *   `box:minx,miny,minz,maxx,maxy,maxz`, `yawbox:` with the same six (turned by the field `yaw`),
 *   `sphere:r`, `sphere:x,y,z,r`, or `capsule:x1,y1,z1,x2,y2,z2,r`
 * @param alive who is a target, for all kinds, as `dead=0`; see {@linkcode parseConditions}
 * @param rewinds who of them is rewound, as `team!=shooter.team`; default all
 * @throws {SyntaxError} naming the shape and what it lacks
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parseHitModel } from "@hindcast/hindcast/rewind";
 *
 * const model = parseHitModel(["player=box:-16,-16,-24,16,16,32", "player/head=sphere:0,0,22,8"]);
 * assert.equal(model.kinds[0].shapes.length, 2);
 * ```
 */
export function parseHitModel(
  shapes: readonly string[],
  alive?: string,
  rewinds?: string,
): HitModel {
  const tests = alive === undefined ? [] : parseConditions(alive);
  const rewound = rewinds === undefined ? {} : { rewinds: parseConditions(rewinds) };
  const byKind = new Map<string, HitShape[]>();
  for (const text of shapes) {
    const [kind, shape] = parseShape(text);
    const list = byKind.get(kind);
    if (list === undefined) byKind.set(kind, [shape]);
    else if (list.push(shape) > SHAPES_MAX) {
      throw new SyntaxError(
        `Cannot read shape ${
          JSON.stringify(text)
        }: the kind has more than ${SHAPES_MAX} shapes; leave some out`,
      );
    }
  }
  return {
    kinds: [...byKind].map(([kind, list]) => ({
      kind,
      position: POSITION_FIELDS,
      yaw: "yaw",
      alive: tests,
      ...rewound,
      shapes: list,
    })),
  };
}

/**
 * Reads one `kind=SHAPE`; the grammar is that of {@linkcode parseHitModel}.
 *
 * @throws {SyntaxError} naming the shape and what it lacks
 */
export function parseShape(text: string): [kind: string, shape: HitShape] {
  const refuse = (why: string): never => {
    throw new SyntaxError(`Cannot read shape ${JSON.stringify(text)}: ${why}`);
  };
  const match = /^([^=/]+)(?:\/([^=]+))?=([a-z]+):(.*)$/.exec(text);
  if (match === null) refuse("expected kind=box:..., kind=sphere:... or kind/name=capsule:...");
  const [, kind, name, type, list] = match!;
  const n = list!.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  if (n.some((value) => !Number.isFinite(value))) refuse(`${list} is not a list of numbers`);
  const named = name === undefined ? {} : { name };
  const at = (i: number): Vector => [n[i]!, n[i + 1]!, n[i + 2]!];
  let shape: HitShape | undefined;
  if ((type === "box" || type === "yawbox") && n.length === 6) {
    shape = { shape: "box", ...named, min: at(0), max: at(3), turns: type === "yawbox" };
  } else if (type === "sphere" && (n.length === 1 || n.length === 4)) {
    const center = n.length === 1 ? [0, 0, 0] as const : at(0);
    shape = { shape: "sphere", ...named, center, radius: n[n.length - 1]! };
  } else if (type === "capsule" && n.length === 7) {
    shape = { shape: "capsule", ...named, from: at(0), to: at(3), radius: n[6]! };
  }
  if (shape === undefined) {
    return refuse(
      `${type} with ${n.length} numbers; expected box or yawbox with 6, sphere with 1 ` +
        `or 4, capsule with 7`,
    );
  }
  const flaw = shapeFlaw(shape);
  return flaw === undefined ? [kind!, shape] : refuse(flaw);
}
