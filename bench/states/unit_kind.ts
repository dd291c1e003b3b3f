import { defineSchema, type FieldSpec } from "../../mod.ts";
import { UNIT_FIELDS } from "./unit.ts";

const table = Object.fromEntries(UNIT_FIELDS.map((field): [string, FieldSpec] => [field, "i32"]));

/** Units as rows of twelve `i32` fields. */
export const UNIT_KIND = defineSchema("unit", table);
