import { parseSchemaFile } from "../../lib/ingest/schema_file.ts";
import type { RunOptions } from "../../lib/report.ts";
import { UnsendableError } from "../../lib/bandwidth/meter/unsendable_error.ts";
import { CommandError, usageError } from "../exit_code.ts";
import { NONE } from "./audience.ts";
import { factError } from "./fact_error.ts";

/** Wire schema of a run. */
export type WireSpec = NonNullable<RunOptions["wire"]>;

/** Says that values are sent by the schema that the recording holds. */
export const SERVER = "server";

/** A wire schema with what messages call it. */
export interface NamedWire {
  /** Undefined where values are sent as recorded. */
  readonly spec: WireSpec | undefined;
  /** Path as it was given, or where else the schema stands. */
  readonly label: string;
}

/** Schema that a recording holds. @throws {InputSyntaxError} */
export function serverWire(path: string, text: string): NamedWire {
  const label = serverLabel(path);
  return { spec: { name: SERVER, schema: parseSchemaFile(text, label) }, label };
}

function serverLabel(path: string): string {
  return `the wire schema in ${path}`;
}

/**
 * Wire schemas by their files. Each goes by the name of its file, or by the whole path where two
 * files have one name.
 *
 * @param server what `server` stands for; `none` where the recording says nothing, undefined where
 *   nobody knows yet
 * @throws {CommandError | InputSyntaxError}
 */
export function namedWires(
  texts: readonly string[],
  server: NamedWire | "none" | undefined,
  readText: (path: string) => string,
): NamedWire[] {
  const asRecorded = { spec: undefined, label: NONE };
  const known = new Map<string, NamedWire>([[NONE, asRecorded]]);
  if (server !== "none") known.set(SERVER, server ?? asRecorded);
  const files = new Set(texts.filter((text) => text !== NONE && text !== SERVER));
  for (const file of files) {
    const name = fileName(file);
    const isShared = [...files].some((other) => other !== file && fileName(other) === name);
    const schema = parseSchemaFile(readText(file), file);
    known.set(file, { spec: { name: isShared ? file : name, schema }, label: file });
  }
  return texts.map((text) => {
    const wire = known.get(text);
    if (wire !== undefined) return wire;
    throw usageError(
      `--wire is ${SERVER}, but the recording holds no wire schema of its server; name a schema file (./${SERVER} for one of that name)`,
    );
  });
}

function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/**
 * Sends by wire schemas; one that cannot is told as it was given.
 *
 * @param path of the recording, which is blamed for the schema that it holds
 * @param labels what messages call wire schemas, by their names
 * @throws {CommandError} naming wire schema and frame
 */
export async function sendingBy<T>(
  path: string,
  labels: ReadonlyMap<string, string>,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof UnsendableError)) throw error;
    const { frame, reason, wire } = error;
    const what = frame === undefined ? "the recording" : `frame ${frame}`;
    const label = labels.get(wire) ?? wire;
    if (label === serverLabel(path)) {
      throw factError(path, `Cannot send ${what} by ${label}: ${reason}`);
    }
    throw new CommandError(
      `Cannot send ${what} by ${label}: ${reason}; correct it (info --schema prints one that fits)`,
    );
  }
}
