import type { Schema } from "../../lib/ingest.ts";
import { BadLines } from "../../lib/ingest/frames/bad_lines.ts";
import { hasOpenEnum } from "../../lib/schema/open_enum.ts";
import { ShapeFacts } from "../../lib/ingest/kinds/shape_facts.ts";
import { InputSyntaxError } from "../../lib/ingest/input/input_error.ts";
import { KeptStates } from "../../lib/ingest/kept_states.ts";
import { SchemaInference } from "../../lib/schema/infer.ts";
import { usageError } from "../exit_code.ts";
import { type Input, readText } from "../files/files.ts";
import type { RecordInput } from "./input.ts";
import type { RecordOptions } from "./options.ts";
import { readingProgress } from "./reading_progress.ts";
import type { Progress } from "../terminal/terminal.ts";

/** Schemas of a session. */
export interface InputSchemas {
  /** What rows must fit: what the user declares; undefined when the rows themselves say it. */
  readonly declared: Schema | undefined;
  /** What is recorded: the declared one with the texts that came, or the inferred one. */
  readonly recorded: Schema | undefined;
  /** What the reading for the schema kept of the input; undefined when it has to be read. */
  readonly kept?: KeptStates | undefined;
}

/**
 * Declared schema, and the one that the whole input needs if that can be read twice. What was read
 * is kept where it takes little memory, and else read again.
 *
 * Rows are held against the declared one both times. Against the texts of the first reading, which
 * ends at a fault, a good row before that fault would be refused in its place.
 */
export async function inputSchema(
  states: Input,
  options: RecordOptions,
  input: RecordInput,
  progress: Progress,
): Promise<InputSchemas> {
  const { schema: path } = options;
  const declared = path === undefined ? undefined : await declaredSchema(path);
  const isOpen = declared !== undefined && hasOpenEnum(declared);
  if (isOpen && !states.isRepeatable) {
    throw usageError(
      `${path} has an enum without values, which needs an input that can be read twice; record it from a file, or list the values`,
    );
  }
  if ((declared !== undefined && !isOpen) || !states.isRepeatable) {
    return { declared, recorded: declared };
  }
  let reading = await firstReading(states, options, input, progress, declared);
  // Rows are read anew by what rows behind them say, such as that a list grows.
  for (let more = ShapeFacts.MORE_READINGS_MAX; input.shapes.isLate && more > 0; more--) {
    reading = await firstReading(states, options, input, progress, declared);
  }
  const { inference, kept } = reading;
  const recorded = declared === undefined ? inference.schema() : inference.widen(declared);
  return { declared, recorded, kept: kept?.isWhole === true ? kept : undefined };
}

/** A reading that looks at all values, as far as the input can be read. */
async function firstReading(
  states: Input,
  options: RecordOptions,
  input: RecordInput,
  progress: Progress,
  declared: Schema | undefined,
): Promise<{ readonly inference: SchemaInference; readonly kept: KeptStates | undefined }> {
  const inference = new SchemaInference({ counts: false, declared });
  // What frames lack for lines that are skipped is told of objects, which takes a second reading.
  const kept = options.skipBad === true ? undefined : new KeptStates();
  const reading = readingProgress(progress, states, options.output, "reading");
  const onBytes = (bytes: number) => {
    reading.onBytes(bytes);
    kept?.addPiece(bytes);
  };
  const ignore = () => {};
  try {
    const onNote = kept === undefined ? undefined : ignore;
    const watch = { bad: new BadLines(), onEvent: ignore, onWarning: ignore, onNote, onBytes };
    await input.observe(declared, inference, watch, kept);
  } catch (error) {
    // It is met again, and said, with everything before it recorded.
    if (!(error instanceof InputSyntaxError)) throw error;
  }
  return { inference, kept };
}

/** Schema of a file, whose reader is loaded for it alone. */
async function declaredSchema(path: string): Promise<Schema> {
  const { parseSchemaFile } = await import("../../lib/ingest/schema_file.ts");
  return parseSchemaFile(readText(path), path);
}
