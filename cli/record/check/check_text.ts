import type { CheckedOptions, FaultGroup, StatesCheck } from "../../../lib/ingest.ts";
import { flagOf, messageOf } from "../../option_flags.ts";
import { counted } from "../../terminal/counted.ts";
import { fittedText } from "../../terminal/fitted_text.ts";
import { noteText } from "../../terminal/input_notes.ts";
import { visible } from "../../terminal/terminal.ts";
import { type Column, textTable } from "../../terminal/text_table.ts";
import type { CheckedRecord } from "./checked_record.ts";

/** What `record --check --json` prints. */
export function checkJson({ check, command, schemaCommand, fileCommand }: CheckedRecord) {
  return {
    faults: check.faults.map(faultJson),
    command: command ?? null,
    ...(fileCommand === undefined ? {} : { fileCommand }),
    ...(check.schema === undefined ? {} : { schema: check.schema, schemaCommand }),
    left: check.left.map(faultJson),
    skippedLines: check.skipped,
    notes: check.notes.map(({ code, problem, remedy }) => ({
      code,
      problem,
      remedy: remedy?.render(flagOf) ?? null,
    })),
    records: statesJson(check),
  };
}

function faultJson({ code, kind, field, count, first }: FaultGroup) {
  const { source, line, column } = first.place;
  return {
    code,
    kind: kind ?? null,
    field: field ?? null,
    count,
    first: { file: source, line: line ?? null, column: column ?? null },
    problem: first.problem,
    remedy: first.remedy.render(flagOf),
  };
}

function statesJson({ states }: StatesCheck) {
  if (states === undefined) return null;
  return {
    frames: states.frames,
    sessions: states.sessions,
    events: states.events,
    kinds: states.kinds.map(({ name, entities, rows, fields }) => ({
      name,
      entities,
      rows,
      fields: fields.length,
    })),
  };
}

/** What `record --check` prints for people. */
export function checkLines(path: string, checked: CheckedRecord): string[] {
  const { check } = checked;
  const { faults, notes } = check;
  const keep = visible(path);
  const what = faults.length === 0 ? "nothing is" : `${counted(faults.length, "sort")} of faults`;
  const lines = fittedText(`${keep}: ${what} in the way of recording it`, { keep });
  if (faults.length > 0) {
    lines.push("", ...textTable(COLUMNS, faults.map(faultCells)), "");
    lines.push(...faults.flatMap(({ first }) => fittedText(messageOf(first), { keep })));
  }
  if (notes.length > 0) {
    lines.push("", ...notes.flatMap((note) => fittedText(visible(`note: ${noteText(note)}`))));
  }
  return [...lines, "", ...commandLines(checked), ...fileLines(checked), ...statesLines(check)];
}

const COLUMNS: readonly Column[] = [
  { title: "fault", align: "left" },
  { title: "kind", align: "left" },
  { title: "field", align: "left" },
  { title: "count", align: "right" },
  { title: "first", align: "left" },
];

function faultCells({ code, kind, field, count, first: { place } }: FaultGroup): string[] {
  const { line, column } = place;
  const at = line === undefined ? "" : `line ${line}`;
  const where = column === undefined ? at : `${at}, column ${column}`;
  return [code, kind ?? "", field ?? "", String(count), where];
}

/** What is in the way still and costs lines, which is not what ends the input. */
export function skippedGroups({ left, ending, eventsEnding }: StatesCheck): FaultGroup[] {
  const ends = [ending, eventsEnding].filter((error) => error !== undefined);
  return left.filter(({ code, count, first }) =>
    count > 1 ||
    !ends.some(({ sort, place }) => sort.code === code && place.line === first.place.line)
  );
}

function commandLines({ check, command, schemaCommand }: CheckedRecord): string[] {
  const { eventsEnding } = check;
  if (command === undefined) {
    return fittedText(
      eventsEnding === undefined
        ? "No option was found that mends it: nothing would be recorded. Mend the input as said above."
        : `No option passes over what ends the events (${eventsEnding.sort.code}): ` +
          `mend ${visible(eventsEnding.place.source)} first, as said above.`,
    );
  }
  return [
    ...fittedText(whatIsRecorded(check)),
    ...(schemaCommand === undefined ? [] : [`  ${visible(schemaCommand)}`]),
    `  ${visible(command)}`,
  ];
}

function whatIsRecorded(check: StatesCheck): string {
  const { skipped, faults, ending, options } = check;
  if (faults.length === 0) return "Record it with:";
  const lost = skippedGroups(check);
  const lines = lost.length > 0 ? `${counted(skipped, "line")} (${codesOf(lost)})` : undefined;
  const what = ending !== undefined
    ? `what stands before the fault at which it ends (${ending.sort.code})`
    : lines !== undefined
    ? "it"
    : "all of it";
  const end = ending === undefined ? "" : ", and ends with exit code 1";
  return `This records ${what}${lossText(check, lines, options)}${end}:`;
}

/** What a file of the same bytes takes, which is read twice. */
function fileLines({ check, fileCommand }: CheckedRecord): string[] {
  const { fromFile, ending } = check;
  if (fromFile === undefined || fileCommand === undefined) return [];
  const { skipped, options } = fromFile;
  const what = ending === undefined ? "all of it" : "what stands before that fault";
  const lines = skipped > 0 ? counted(skipped, "line") : undefined;
  const loss = lossText(check, lines, options);
  const comma = loss.endsWith(" left out") ? "," : "";
  return [
    "",
    ...fittedText(`From a file, which is read twice, ${what}${loss}${comma} is recorded:`),
    `  ${visible(fileCommand)}`,
  ];
}

/** What is not recorded: lines that are skipped, and what options leave out. */
function lossText(
  { given }: StatesCheck,
  lines: string | undefined,
  { leaveOut = [] }: CheckedOptions,
): string {
  const paths = leaveOut === given.leaveOut ? [] : leaveOut;
  const skipped = lines === undefined ? "" : ` but for ${lines}`;
  if (paths.length === 0) return skipped;
  const are = paths.length === 1 ? "is" : "are";
  const joint = lines === undefined ? " but" : " and";
  return `${skipped}${joint} ${visible(paths.join(", "))}, which ${are} left out`;
}

function statesLines({ states }: StatesCheck): string[] {
  if (states === undefined) return [];
  const { frames, sessions, events, kinds } = states;
  const parts = [
    counted(frames, "frame"),
    ...(sessions > 1 ? [counted(sessions, "session")] : []),
    ...(events > 0 ? [counted(events, "event")] : []),
  ];
  const rows = kinds.map(({ name, entities, rows, fields }) => [
    name,
    String(entities),
    String(rows),
    String(fields.length),
  ]);
  return ["", ...fittedText(`It holds ${parts.join(", ")}:`), ...textTable(KIND_COLUMNS, rows)];
}

const KIND_COLUMNS: readonly Column[] = [
  { title: "kind", align: "left" },
  { title: "entities", align: "right" },
  { title: "states", align: "right" },
  { title: "fields", align: "right" },
];

function codesOf(groups: readonly FaultGroup[]): string {
  return [...new Set(groups.map(({ code }) => code))].join(", ");
}
