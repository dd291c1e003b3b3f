import type { StatesCheck } from "../../../lib/ingest.ts";
import { checkStates } from "../../../lib/ingest/check/check_states.ts";
import { parseSchemaFile } from "../../../lib/ingest/schema_file.ts";
import { type Input, inputOf, readText } from "../../files/files.ts";
import { Progress, warn } from "../../terminal/terminal.ts";
import type { InputOptions } from "../options.ts";
import { readOptions } from "../read_options.ts";
import { repeatableBytes } from "./repeatable_bytes.ts";

/** Files beside the states. */
export interface CheckedFiles {
  readonly schema?: string | undefined;
  readonly events?: string | undefined;
}

/** Checks an input. @throws {CommandError} when it cannot be read */
export async function checkedInput(
  path: string,
  options: InputOptions & CheckedFiles,
): Promise<StatesCheck> {
  const { schema, events } = options;
  const declared = schema === undefined ? undefined : parseSchemaFile(readText(schema), schema);
  const states = inputOf(path);
  const progress = new Progress();
  const bytes = await repeatableBytes(shown(states, progress));
  const eventsInput = events === undefined ? undefined : inputOf(events);
  const eventBytes = eventsInput === undefined ? undefined : await repeatableBytes(eventsInput);
  const isOnce = !bytes.isRepeatable || eventBytes?.isRepeatable === false;
  if (isOnce) warn(`${states.name} is too long to be kept: it is read once, and nothing is tried`);
  const check = checkStates(
    {
      isRepeatable: !isOnce,
      isRecordedOnce: !states.isRepeatable,
      states: () => bytes.open() as AsyncIterable<Uint8Array<ArrayBuffer>>,
      events: eventBytes && (() => eventBytes.open() as AsyncIterable<Uint8Array<ArrayBuffer>>),
      eventSource: eventsInput?.name,
    },
    {
      ...readOptions(options, states.name),
      idsByKind: options.idsByKind,
      schema: declared,
    },
  );
  return await check.finally(() => progress.clear());
}

/** An input that shows how far each reading of it has come. */
function shown(input: Input, progress: Progress): Input {
  const { name, isRepeatable, sizeBytes } = input;
  return {
    name,
    isRepeatable,
    sizeBytes,
    async *open() {
      const onBytes = sizeBytes === undefined
        ? () => {}
        : progress.bar("checking", sizeBytes, "bytes");
      for await (const chunk of input.open()) {
        onBytes(chunk.length);
        yield chunk;
      }
    },
  };
}
