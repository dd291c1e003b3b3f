import { isNumber, poseFields } from "../../core/geometry/pose_fields.ts";
import type { Field, Kind } from "../../core/state/schema.ts";
import type { SnapshotLayout } from "../../core/state/snapshot_layout.ts";

/** How values of a column are drawn between two states, and compared. */
export const COLUMN = {
  /** A number that steps from one state to the next. */
  step: 0,
  /** A number on the straight line between the states. */
  linear: 1,
  /** An angle by the shorter arc. */
  angle: 2,
  /** One of four of a quaternion. */
  quaternion: 3,
  /** What is right or wrong: truth values, texts. */
  match: 4,
  /** The same in two words: `u64`. */
  wideMatch: 5,
  /** An angle in radians, as it turned out not to be. */
  off: 6,
} as const;

/** A turn in radians. */
export const TURN_RADIANS = 6.283185307179586;

/** Units of columns. */
export type ColumnUnit = "deg" | "rad" | "mismatch" | undefined;

/** Column of values that are drawn one way; an angle whose unit is not known has two. */
export interface Column {
  /** Field of the sent kind. */
  readonly field: number;
  /** First place in a row of values. */
  readonly slot: number;
  /** Which of {@linkcode COLUMN}. */
  readonly way: number;
  /** A whole turn, of an angle. */
  readonly turn: number;
  /** Unit of its errors; undefined for the game's own. */
  readonly unit: ColumnUnit;
  /** True for radians that may be degrees: the column before it has the same field as degrees. */
  readonly isDoubtful: boolean;
}

/** How entities of a sent kind are drawn and compared. */
export interface KindPlan {
  /** Kind as it is sent. */
  readonly kind: Kind;
  /** The same as it was recorded, and the index of that. */
  readonly recorded: Kind;
  readonly recordedIndex: number;
  /** By sent field, index of the recorded one. */
  readonly recordedFields: readonly number[];
  /** By sent field, first place in a row of values; the row's length. */
  readonly slots: readonly number[];
  readonly width: number;
  readonly columns: readonly Column[];
  /** Columns of two words. */
  readonly wide: readonly number[];
  /** Sent fields of the position; empty for none, or where one of its axes is not sent. */
  readonly position: readonly number[];
  /** Rotations of which all four fields are sent. */
  readonly rotations: readonly PlannedRotation[];
  /** The kind's errors: that of its position; those of its rotations; then one a column. */
  readonly positionError: number;
  readonly firstRotationError: number;
  readonly firstColumnError: number;
  /** How many these are. */
  readonly errors: number;
}

/** A rotation of a sent kind. */
export interface PlannedRotation {
  /** What the report calls it. */
  readonly name: string;
  /** Sent fields of x, y, z and w. */
  readonly fields: readonly number[];
}

/**
 * How everything that is sent is drawn and compared, one plan a sent kind. What a field is says its
 * recorded type: a coordinate that is sent in whole units is still a coordinate.
 *
 * @param position names of the coordinates where they are known
 */
export function drawnPlan(
  recorded: SnapshotLayout,
  sent: SnapshotLayout,
  position: readonly string[] | undefined,
): KindPlan[] {
  let firstError = 0;
  return sent.schema.kinds.map((kind) => {
    const recordedIndex = recorded.kindIndex(kind.name);
    const plan = planKind(kind, recorded.schema.kinds[recordedIndex]!, position);
    const firstRotationError = firstError + 1;
    const firstColumnError = firstRotationError + plan.rotations.length;
    const errors = 1 + plan.rotations.length + plan.columns.length;
    const positionError = firstError;
    firstError += errors;
    return { ...plan, recordedIndex, positionError, firstRotationError, firstColumnError, errors };
  });
}

function planKind(
  kind: Kind,
  recorded: Kind,
  named: readonly string[] | undefined,
): Omit<
  KindPlan,
  "recordedIndex" | "positionError" | "firstRotationError" | "firstColumnError" | "errors"
> {
  const recordedFields = kind.fields.map(({ name }) =>
    recorded.fields.findIndex((field) => field.name === name)
  );
  const types = kind.fields.map((sent, i): Field => {
    const field = recorded.fields[recordedFields[i]!]!;
    return isNumber(sent) ? field : { ...field, type: sent.type };
  });
  // What belongs together says the recording; what of it is not sent as a number is not there.
  const pose = poseFields(recorded, named);
  const sentFields = (fields: readonly number[]) =>
    fields.map((field) => recordedFields.indexOf(field))
      .filter((field) => field >= 0 && isNumber(types[field]!));
  const axes = sentFields(pose.position ?? []);
  const position = axes.length === pose.position?.length ? axes : [];
  const rotations = pose.rotations.map(({ stem, fields }, i) => ({
    name: i === 0 ? "rotation" : `${stem}.rotation`,
    fields: sentFields(fields),
  })).filter(({ fields }) => fields.length === 4);
  const isTurned = new Set(rotations.flatMap(({ fields }) => fields));
  // Axes without the others are numbers on a line.
  const lone = new Set([...axes, ...pose.rotations.flatMap(({ fields }) => sentFields(fields))]);
  const slots: number[] = [];
  const columns: Column[] = [];
  let width = 0;
  for (const [field, { type }] of types.entries()) {
    slots.push(width);
    const add = (way: number, unit?: ColumnUnit, turn = 0, isDoubtful = false) => {
      columns.push({ field, slot: width, way, turn, unit, isDoubtful });
      width += way === COLUMN.wideMatch ? 2 : 1;
    };
    const angle = pose.angles.find((entry) => entry.field === recordedFields[field]);
    if (type === "u64" || kind.fields[field]!.type === "u64") add(COLUMN.wideMatch, "mismatch");
    else if (!isNumber({ name: "", type })) add(COLUMN.match, "mismatch");
    else if (isTurned.has(field)) add(COLUMN.quaternion);
    else if (lone.has(field)) add(COLUMN.linear);
    else if (angle?.unit === "rad") add(COLUMN.angle, "rad", TURN_RADIANS);
    else if (angle !== undefined) {
      add(COLUMN.angle, "deg", 360);
      if (angle.unit === undefined) add(COLUMN.angle, "rad", TURN_RADIANS, true);
    } else add(isFraction(type) ? COLUMN.linear : COLUMN.step);
  }
  const wide = columns.flatMap(({ way }, i) => way === COLUMN.wideMatch ? [i] : []);
  return { kind, recorded, recordedFields, slots, width, columns, wide, position, rotations };
}

function isFraction(type: Field["type"]): boolean {
  return type === "f32" || type === "f64" || type === "fixed";
}
