import type { CheckedOptions } from "../../../lib/ingest.ts";
import { shellWord } from "../../terminal/shell_word.ts";

/** What a command that records an input names besides the options of its reading. */
export interface CommandParts {
  readonly input: string;
  readonly output: string;
  readonly events?: string | undefined;
  readonly schema?: string | undefined;
  /** True to replace the output. */
  readonly isForced?: boolean | undefined;
  /** Options of how it is recorded, as they are typed. */
  readonly outputWords?: readonly string[];
}

/** Command line that records an input. */
export function recordCommandText(parts: CommandParts, options: CheckedOptions): string {
  const words = [
    "hindcast",
    "record",
    parts.input,
    ...given("--events", parts.events),
    ...inputWords(options),
    ...given("--schema", parts.schema),
    "-o",
    parts.output,
    ...flag("--force", parts.isForced),
    ...parts.outputWords ?? [],
  ];
  return words.map(shellWord).join(" ");
}

/**
 * Command line that prints the schema of an input.
 *
 * @param declared schema file that is widened; undefined without one
 * @param schema schema file that is written
 */
export function schemaCommandText(
  input: string,
  options: CheckedOptions,
  declared: string | undefined,
  schema: string,
): string {
  const words = [
    ...["hindcast", "info", "--propose-schema", input],
    ...inputWords(options),
    ...given("--declared", declared),
  ];
  return `${words.map(shellWord).join(" ")} > ${shellWord(schema)}`;
}

/** Options of a reading that are not what they are by themselves. */
function inputWords(options: CheckedOptions): string[] {
  const unless = (value: string | undefined, usual: string) => value === usual ? undefined : value;
  return [
    ...given("--format", options.format),
    ...given("--frame-key", unless(options.frameKey, "f")),
    ...given("--time-key", unless(options.timeKey, "t")),
    ...given("--time-unit", unless(options.timeUnit, "ms")),
    ...given("--rate", options.rateHz),
    ...given("--id-key", unless(options.idKey, "id")),
    ...given("--kind-key", unless(options.kindKey, "kind")),
    ...given("--entities", options.entities?.join(",")),
    ...given("--leave-out", options.leaveOut?.join(",")),
    ...given("--exclude", options.exclude?.join(",")),
    ...flag("--ids-by-kind", options.idsByKind),
    ...given("--generation-key", options.generationKey),
    ...flag("--sparse", options.sparse),
    ...given("--every", options.every),
    ...given("--despawn-key", options.despawnKey),
    ...given("--frame-bits", options.frameBits),
    ...given("--frame-offset", options.frameOffset),
    ...given("--on-restart", unless(options.onRestart, "stop")),
    ...given("--event-window", options.eventWindowMs === 5000 ? undefined : options.eventWindowMs),
    ...given("--event-key", unless(options.eventKey, "ev")),
    ...given("--decimal", options.decimal),
    ...flag("--skip-bad", options.skipBad),
  ];
}

function given(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [name, String(value)];
}

function flag(name: string, isSet: boolean | undefined): string[] {
  return isSet === true ? [name] : [];
}
