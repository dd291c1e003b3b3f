import type { HitShape } from "./hit_shape.ts";
import type { Pose } from "./pose.ts";
import {
  fieldOf,
  shapeFlaw,
  type ShapeNumber,
  shapeNumbers,
  SHAPES_MAX,
  type TargetShape,
} from "./target_shape.ts";

/**
 * The shapes of one kind as they stand at a pose, and between two poses.
 *
 * A shape without conditions and fields is itself at every pose. Between two poses the numbers of a
 * shape that is in force at both move in proportion; one that is in force at the earlier alone is
 * paired with the shape of the same form and name that takes its place, so that a target that ducks
 * grows shorter; without a pair it stays as it is until the later pose. A box that its fields turn
 * inside out, and a radius below 0, are no shape.
 */
export class KindShapes {
  /** Shapes of the model. */
  readonly shapes: readonly TargetShape[];
  /** Fields that the shapes take numbers from, each once; a pose's `numbers` are in this order. */
  readonly fields: readonly string[];
  readonly #numbers: readonly (readonly ShapeNumber[])[];
  /** Shapes whose numbers are plain. */
  readonly #fixed: readonly (HitShape | undefined)[];
  /** True for a shape that may be no shape at some pose. */
  readonly #isDoubtful: readonly boolean[];
  readonly #scratch: readonly HitShape[];
  /** Shapes that are only looked at, so that those handed out stay as they are. */
  readonly #looked: readonly HitShape[];
  readonly #values: number[] = [];

  /** Shapes of one kind. @throws {RangeError} when there are more than 32 */
  constructor(shapes: readonly TargetShape[]) {
    if (shapes.length > SHAPES_MAX) {
      throw new RangeError(`A kind has ${shapes.length} shapes, at most ${SHAPES_MAX} are kept`);
    }
    this.shapes = shapes;
    this.#numbers = shapes.map(shapeNumbers);
    const names = this.#numbers.flat().map(fieldOf).filter((name) => name !== undefined);
    this.fields = [...new Set(names)];
    this.#fixed = shapes.map((shape, i) =>
      this.#numbers[i]!.some((value) => typeof value === "string") ? undefined : shape as HitShape
    );
    this.#isDoubtful = shapes.map((shape, i) =>
      this.#fixed[i] === undefined || shapeFlaw(shape) !== undefined
    );
    this.#scratch = shapes.map((shape) => emptyShape(shape));
    this.#looked = shapes.map((shape) => emptyShape(shape));
  }

  /** Number of shapes, in force or not. */
  get length(): number {
    return this.shapes.length;
  }

  /** Fields that one shape takes numbers from. */
  fieldsOf(index: number): readonly string[] {
    return this.#numbers[index]!.map(fieldOf).filter((name) => name !== undefined);
  }

  /** Shape at a pose, or undefined when it is not in force; the next call may use it again. */
  at(index: number, pose: Pose): HitShape | undefined {
    return this.#at(index, pose, this.#scratch[index]!);
  }

  /** True when a shape is in force at a pose, and is one. */
  #isInForce(index: number, pose: Pose): boolean {
    return this.#at(index, pose, this.#looked[index]!) !== undefined;
  }

  #at(index: number, pose: Pose, out: HitShape): HitShape | undefined {
    if ((pose.shapes & (1 << index)) === 0) return undefined;
    const fixed = this.#fixed[index];
    const shape = fixed ?? out;
    if (fixed === undefined) this.#fill(index, pose, index, pose, 0, out);
    return this.#isDoubtful[index] && shapeFlaw(shape) !== undefined ? undefined : shape;
  }

  /** Shape at a part of the way from one pose to the next; undefined when it is not in force. */
  between(index: number, from: Pose, to: Pose, part: number): HitShape | undefined {
    if (this.isRigid(index, from, to)) return this.at(index, from);
    this.#fill(index, from, this.partner(index, from, to), to, part, this.#scratch[index]!);
    return this.#scratch[index];
  }

  /** True when a shape keeps its numbers from one pose to the next. */
  isRigid(index: number, from: Pose, to: Pose): boolean {
    const next = this.partner(index, from, to);
    return next < 0 || (next === index && this.#fixed[index] !== undefined);
  }

  /**
   * Shape that a shape turns into at the next pose: itself, its pair, or -1 when there is none, or
   * one of the two is not in force or no shape.
   */
  partner(index: number, from: Pose, to: Pose): number {
    if (!to.isAlive || to.kind !== from.kind || !this.#isInForce(index, from)) return -1;
    if (this.#isInForce(index, to)) return index;
    const { name, shape: form } = this.shapes[index]!;
    return this.shapes.findIndex((other, i) =>
      other.shape === form && other.name === name && this.#isInForce(i, to) &&
      (from.shapes & (1 << i)) === 0
    );
  }

  #fill(
    index: number,
    from: Pose,
    next: number,
    to: Pose,
    part: number,
    out: HitShape,
  ): void {
    const early = this.#numbers[index]!;
    const late = this.#numbers[next]!;
    const values = this.#values;
    for (let i = 0; i < early.length; i++) {
      const at = this.#value(early[i]!, from);
      values[i] = part === 0 ? at : at + (this.#value(late[i]!, to) - at) * part;
    }
    fillShape(out, values);
  }

  #value(value: ShapeNumber, pose: Pose): number {
    if (typeof value === "number") return value;
    const found = pose.numbers[this.fields.indexOf(fieldOf(value)!)]!;
    return value.startsWith("-") ? -found : found;
  }
}

type Numbers = [number, number, number];

function emptyShape(shape: TargetShape): HitShape {
  const { name, turns } = shape;
  const common = {
    ...(name === undefined ? {} : { name }),
    ...(turns === undefined ? {} : { turns }),
  };
  const zero = (): Numbers => [0, 0, 0];
  switch (shape.shape) {
    case "sphere":
      return { ...common, shape: "sphere", center: zero(), radius: 0 };
    case "capsule":
      return { ...common, shape: "capsule", from: zero(), to: zero(), radius: 0 };
    default:
      return { ...common, shape: "box", min: zero(), max: zero() };
  }
}

/** Writes numbers in the order of {@linkcode shapeNumbers} into a shape of {@linkcode emptyShape}. */
function fillShape(shape: HitShape, values: readonly number[]): void {
  const copy = (out: readonly number[], first: number): void => {
    for (let k = 0; k < 3; k++) (out as Numbers)[k] = values[first + k]!;
  };
  if (shape.shape === "sphere") {
    copy(shape.center, 0);
    (shape as { radius: number }).radius = values[3]!;
  } else if (shape.shape === "capsule") {
    copy(shape.from, 0);
    copy(shape.to, 3);
    (shape as { radius: number }).radius = values[6]!;
  } else {
    copy(shape.min, 0);
    copy(shape.max, 3);
  }
}
