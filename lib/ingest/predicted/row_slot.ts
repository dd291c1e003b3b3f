import { MASK_FIELDS_MAX } from "../../core/bytes/mask.ts";
import type { KindTable } from "../kinds/kind_table.ts";
import type { RowKeys } from "../rows/flat_row.ts";

/** Forms of values, as numbers: engines compare texts far slower. */
export const NUMBER = 0;
export const TEXT = 1;
export const BOOLEAN = 2;
export const DESPAWN = 3;
export const TEXT_ID = 4;
export const VECTOR = 5;
export const WIDE = 6;

const FORMS = { integer64: WIDE, number: NUMBER, text: TEXT, boolean: BOOLEAN } as const;

/** Where a table keeps what of a row is no field, behind the values of the fields. */
export const FRAME_PLACE: number = MASK_FIELDS_MAX;
export const TIME_PLACE: number = MASK_FIELDS_MAX + 1;
export const ID_PLACE: number = MASK_FIELDS_MAX + 2;

/** A value of a row and where it goes. */
export interface Slot {
  readonly form: number;
  /** Place of the value in the row of the table, or behind it. */
  readonly place: number;
  readonly isOptional: boolean;
  /** Names of the numbers of a vector, joined by commas, and their places. */
  readonly names: string;
  readonly places: readonly number[];
}

/** A value that differs from row to row. */
export interface Part {
  readonly path: string;
  readonly isText: boolean;
}

/** Where a value goes; undefined where it has no place in the table as it is by now. */
export function slotOf({ path, isText }: Part, table: KindTable, keys: RowKeys): Slot | undefined {
  const head = { isOptional: false, names: "", places: [] };
  if (path === keys.frame) return { form: NUMBER, place: FRAME_PLACE, ...head };
  if (path === keys.time) return { form: NUMBER, place: TIME_PLACE, ...head };
  if (path === keys.id) return { form: isText ? TEXT_ID : NUMBER, place: ID_PLACE, ...head };
  if (path === keys.despawn) return { form: DESPAWN, place: 0, ...head };
  const place = table.indexOf(path);
  if (place === undefined) {
    const field = table.vectors.fieldOf(path);
    if (field === undefined) return undefined;
    const { names, places } = field;
    return { form: VECTOR, place: 0, isOptional: areOptional(places, table), names, places };
  }
  const { category, isOptional } = table.fields[place]!;
  return { form: FORMS[category], place, isOptional, names: "", places: [] };
}

function areOptional(places: readonly number[], { fields }: KindTable): boolean {
  return places.every((place) => fields[place]!.isOptional);
}
