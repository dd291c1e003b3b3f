import { optionKey, remedy } from "../../core/remedy.ts";
import type { Schema } from "../../core/state/schema.ts";
import { hasOpenEnum, isOpenEnum } from "../../schema/open_enum.ts";
import { InputSyntaxError } from "../input/input_error.ts";

/** How often an input can be read. */
interface ReadInput {
  readonly isRepeatable: boolean;
  readonly isRecordedOnce?: boolean | undefined;
}

/** True for an input that a recording reads once, so that no row is read by what rows behind it say. */
export function isReadOnce({ isRepeatable, isRecordedOnce }: ReadInput): boolean {
  return isRecordedOnce === true || !isRepeatable;
}

/** True where a recording reads the input again by what the reading before it found. */
export function isReadAgain(input: ReadInput, schema: Schema | undefined): boolean {
  return !isReadOnce(input) && (schema === undefined || hasOpenEnum(schema));
}

/** What a schema needs a second reading for: its enums without values. */
export function openEnumFaults(schema: Schema, source: string): InputSyntaxError[] {
  return schema.kinds.flatMap(({ name: kind, fields }) =>
    fields.filter(isOpenEnum).map(({ name: field }) =>
      new InputSyntaxError(
        { source },
        `the field ${JSON.stringify(field)} of ${
          JSON.stringify(kind)
        } is an enum without values by the schema, which needs an input that can be read twice`,
        remedy`record it from a file, or list the values in the ${optionKey("schema")} file`,
        { code: "open-enum", kind, field },
      )
    )
  );
}
