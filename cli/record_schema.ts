import type { Schema } from "../mod.ts";
import { usageError } from "./exit_code.ts";
import { type Input, readText } from "./files.ts";
import type { RecordInput } from "./record_input.ts";
import type { RecordOptions } from "./record_options.ts";
import type { Progress } from "./terminal.ts";

/** Declared schema, else the one inferred from the whole input if that can be read twice. */
export async function inputSchema(
  states: Input,
  options: RecordOptions,
  input: RecordInput,
  progress: Progress,
): Promise<Schema | undefined> {
  const { InputSyntaxError, parseSchemaFile, SchemaError, SchemaInference } = await import(
    "../mod.ts"
  );
  const { schema: path } = options;
  const declared = path === undefined ? undefined : parseSchemaFile(readText(path), path);
  const isOpen = declared?.kinds.some(({ fields }) =>
    fields.some((field) => field.type === "enum" && field.values === undefined)
  );
  if (isOpen && !states.isRepeatable) {
    throw usageError(
      `${path} has an enum without values, which needs an input that can be read twice; list the values`,
    );
  }
  if ((declared !== undefined && !isOpen) || !states.isRepeatable) return declared;
  const inference = new SchemaInference();
  const frameRead = progress.counter((count) => `reading: ${count} frames`);
  try {
    for await (const frame of await input.frames(declared, () => {}, () => {})) {
      inference.observe(frame);
      frameRead();
    }
  } catch (error) {
    // The second reading meets it again and says so, with everything before it recorded.
    if (!(error instanceof InputSyntaxError || error instanceof SchemaError)) throw error;
  }
  return declared === undefined ? inference.schema() : inference.widen(declared);
}
