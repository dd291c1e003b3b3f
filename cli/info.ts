import process from "node:process";
import { type Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { RecordingDescription, RecordingReader } from "../lib/recording.ts";
import { describeRecording } from "../lib/recording/describe_recording.ts";
import { jsonText } from "./terminal/json_text.ts";
import { EXIT, usageError } from "./exit_code.ts";
import { type DamageFlags, NO_DAMAGE } from "./files/damage_option.ts";
import { damageJson } from "./files/damage_text.ts";
import { openRecording } from "./files/open_recording.ts";
import { schemaText } from "./info/schema_text.ts";
import { addInputOptions, inputOptionsOf } from "./record/input_options.ts";
import type { CheckedFiles } from "./record/check/checked_input.ts";
import type { InputOptions } from "./record/options.ts";
import { headCells, textWidth } from "../lib/bandwidth/report/text_width.ts";
import { counted } from "./terminal/counted.ts";
import { terminalColumns } from "./terminal/columns.ts";
import { fittedLines, fittedText } from "./terminal/fitted_text.ts";
import { print, printLines, Progress, visible } from "./terminal/terminal.ts";
import { type Column, textTable } from "./terminal/text_table.ts";

type CheckedOptions = InputOptions & CheckedFiles & DamageFlags;

interface InfoOptions extends DamageFlags {
  readonly json?: true;
  readonly schema?: true;
  readonly checksums?: true;
}

/** `hindcast info`: what a recording holds. */
export function infoCommand(command: Command): CommandUnknownOpts {
  const own = command
    .argument("<recording>", "MCAP file that hindcast record wrote")
    .option("--json", "print JSON")
    .addOption(
      new Option(
        "--schema",
        "print a schema file for record --schema or report --wire, to be edited",
      )
        .conflicts(["json", "checksums"]),
    )
    .option(
      "--checksums",
      "print one checksum a frame, by which two machines compare their worlds without the files",
    )
    .addOption(
      new Option(
        "--propose-schema",
        "likewise, also from what record reads, with the options of record that say how",
      )
        .conflicts(["json", "schema", "checksums"]),
    )
    .option(
      "--declared <file>",
      "with --propose-schema: schema file to widen by what does not fit",
    )
    .option("--no-damage", NO_DAMAGE)
    .addHelpText("after", EXAMPLES);
  const shown = own.options.length;
  addInputOptions(own);
  const ofInput = own.options.slice(shown);
  for (const option of ofInput) option.hideHelp();
  return own.action((path, options) => {
    const { proposeSchema: isProposal, declared } = options;
    if (isProposal) {
      const { damage } = options;
      return proposeSchema(path, { ...inputOptionsOf(own), schema: declared, damage });
    }
    if (declared !== undefined) throw usageError("--declared needs --propose-schema");
    const given = ofInput.find((option) =>
      own.getOptionValueSource(option.attributeName()) === "cli"
    );
    if (given !== undefined) throw usageError(`${given.long} needs --propose-schema`);
    return info(path, options);
  });
}

async function proposeSchema(path: string, options: CheckedOptions): Promise<void> {
  const { printProposedSchema } = await import("./info/propose_schema.ts");
  await printProposedSchema(path, options);
}

const EXAMPLES = `
Figures are those that the writer left as it closed the file, where it did; --checksums reads and
checks every block, as all other commands do with those that they need.

Two machines ran the same inputs; where do their worlds part?
  hindcast info a.mcap --checksums > a.txt      on one of them
  hindcast info b.mcap --checksums > b.txt      on the other
  diff a.txt b.txt | head                       then hindcast diff, where one has both files`;

async function info(path: string, options: InfoOptions): Promise<void> {
  const reader = await openRecording(path, options);
  if (options.schema) return await print(schemaText(reader.schema));
  if (options.checksums) {
    const { printChecksums } = await import("./info/print_checksums.ts");
    return await printChecksums(reader, options.json === true);
  }
  const summary = await summarize(path, reader);
  if (options.json) await print(jsonText(summary) + "\n");
  else await printLines(infoLines(summary));
  // As verify and recover say it: nothing in it can be read.
  const { damage, frameCount, eventCounts } = reader;
  if (damage !== undefined && frameCount === 0 && eventCounts.size === 0) {
    process.exitCode = EXIT.fault;
  }
}

/** What `info --json` prints. */
interface InfoSummary extends RecordingDescription {
  readonly path: string;
  /** What of the file is not read; left out where all is. */
  readonly damage?: object;
}

type FieldSummary = InfoSummary["kinds"][number]["fields"][number];

async function summarize(path: string, reader: RecordingReader): Promise<InfoSummary> {
  const progress = new Progress();
  const onFrame = progress.bar("reading", reader.frameCount);
  const description = await describeRecording(reader, onFrame).finally(() => progress.clear());
  const { damage } = reader;
  return { path, ...description, ...(damage === undefined ? {} : { damage: damageJson(damage) }) };
}

function infoLines(summary: InfoSummary): string[] {
  const { frames, firstFrame, lastFrame, gaps, missingFrames } = summary;
  const rate = summary.rateHz === null ? "unknown rate" : `${summary.rateHz} Hz`;
  const path = visible(summary.path);
  const lines = [
    ...fittedText(`${path}: ${summary.bytes} bytes in ${counted(summary.blocks, "block")}`, {
      keep: path,
    }),
    ...fittedText(
      `${counted(frames, "frame")}, ${firstFrame ?? "-"} to ${lastFrame ?? "-"}, ${
        (summary.durationMs / 1000).toFixed(3)
      } s, ${rate}, ${
        gaps === 0
          ? "no gaps"
          : `${counted(gaps, "gap")} (${counted(missingFrames, "frame")} missing)`
      }`,
    ),
  ];
  for (const kind of summary.kinds) {
    lines.push(
      "",
      ...fittedText(
        `${visible(kind.name)}: ${entities(kind.entities)}, ${counted(kind.rows, "state")}`,
      ),
    );
    lines.push(...textTable(FIELD_COLUMNS, kind.fields.map(fieldCells)));
  }
  const events = Object.entries(summary.events);
  if (events.length > 0) {
    lines.push("", "events:");
    lines.push(...textTable(EVENT_COLUMNS, events.map(([name, count]) => [name, String(count)])));
  }
  return [
    ...lines,
    ...factLines("source", summary.source),
    ...factLines("replication", summary.replication),
    ...factLines("rewind", summary.rewind),
  ];
}

function entities(count: number): string {
  return count === 1 ? "1 entity" : `${count} entities`;
}

/** Facts that the writer was given, a line each. */
function factLines(title: string, facts: Readonly<Record<string, string>> = {}): string[] {
  const entries = Object.entries(facts);
  if (entries.length === 0) return [];
  return [
    "",
    `${title}:`,
    ...entries.flatMap(([name, fact]) => {
      const head = `  ${visible(name)}: `;
      const cells = Math.max(FACT_CELLS_MIN, terminalColumns() - textWidth(head));
      return fittedLines([head + headCells(visible(fact), Math.min(FACT_CELLS_MAX, cells))]);
    }),
  ];
}

/** Cells of the beginning of a fact that would take lines; `--json` has it whole. */
const FACT_CELLS_MIN = 24;
const FACT_CELLS_MAX = 72;

const FIELD_COLUMNS: readonly Column[] = [
  { title: "field", align: "left" },
  { title: "type", align: "left" },
  { title: "min", align: "right" },
  { title: "max", align: "right" },
  { title: "step", align: "right" },
  { title: "distinct", align: "right" },
];

const EVENT_COLUMNS: readonly Column[] = [
  { title: "name", align: "left" },
  { title: "count", align: "right" },
];

function fieldCells(field: FieldSummary): string[] {
  const number = (value: number | bigint | null) => value === null ? "" : String(value);
  return [
    field.name,
    field.type + (field.optional ? "?" : ""),
    number(field.min),
    number(field.max),
    number(field.step),
    (field.distinctIsLowerBound ? ">= " : "") + field.distinct,
  ];
}
