import { existsSync } from "node:fs";
import type { CheckedOptions } from "../../../lib/ingest.ts";
import { CommandError, EXIT } from "../../exit_code.ts";
import { jsonText } from "../../terminal/json_text.ts";
import { print, printLines, visible } from "../../terminal/terminal.ts";
import type { GivenRecordOptions } from "../options.ts";
import { checkedInput } from "./checked_input.ts";
import { checkJson, checkLines, skippedGroups } from "./check_text.ts";
import { outputWords } from "./output_words.ts";
import { recordCommandText, schemaCommandText } from "./command_text.ts";

/** `hindcast record --check`: reads an input and tells all that is in the way of recording it. */
export async function checkInput(path: string, options: GivenRecordOptions): Promise<void> {
  const check = await checkedInput(path, options);
  const { skipped, states } = check;
  const isSkipping = skippedGroups(check).length > 0;
  const made = check.schema === undefined ? undefined : freeName("schema", ".json");
  const mended: CheckedOptions = { ...check.options, ...(isSkipping ? { skipBad: true } : {}) };
  const parts = {
    input: path,
    output: options.output ?? outputOf(path),
    isForced: options.force === true && options.output !== undefined,
    events: options.events,
    schema: made ?? options.schema,
    outputWords: outputWords(options),
  };
  const command = states === undefined ? undefined : recordCommandText(parts, mended);
  const { fromFile } = check;
  const fileCommand = fromFile &&
    recordCommandText({ ...parts, input: "FILE", schema: options.schema }, fromFile.options);
  const schemaCommand = made === undefined || command === undefined
    ? undefined
    : schemaCommandText(path, mended, options.schema, made);
  const checked = { check, command, schemaCommand, fileCommand };
  if (options.json === true) await print(jsonText(checkJson(checked)) + "\n");
  else await printLines(checkLines(path, checked));
  if (check.faults.length === 0) return;
  const lost = command === undefined
    ? ""
    : check.ending !== undefined
    ? ", nor what stands behind that fault with the proposed options"
    : isSkipping
    ? `, nor ${skipped} ${skipped === 1 ? "line" : "lines"} of it with the proposed options`
    : "";
  throw new CommandError(`Cannot record ${visible(path)} as it is${lost}`, EXIT.fault);
}

/** Name of a recording of an input, that no file has. */
function outputOf(path: string): string {
  const name = path.split(/[\\/]/).at(-1)!;
  const base = path === "-" ? "out" : name.replace(/\.gz$/, "").replace(/(.)\.[^.]*$/, "$1");
  return freeName(base, ".mcap");
}

function freeName(base: string, ending: string): string {
  let name = `${base}${ending}`;
  for (let i = 2; i < 1000 && existsSync(name); i++) name = `${base}-${i}${ending}`;
  return name;
}
