import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import type { FieldFacts, KindFacts, RecordingReader } from "../mod.ts";
import { jsonText } from "./terminal/json_text.ts";
import { openRecording } from "./files/open_recording.ts";
import { print, printLines, Progress, visible } from "./terminal/terminal.ts";
import { type Column, textTable } from "./terminal/text_table.ts";

interface InfoOptions {
  readonly json?: true;
  readonly schema?: true;
}

/** `hindcast info`: what a recording holds. */
export function infoCommand(): CommandUnknownOpts {
  return new Command("info")
    .description("Say what a recording holds: kinds, fields, ranges, steps, gaps, events.")
    .argument("<recording>", "MCAP file that hindcast record wrote")
    .option("--json", "print JSON")
    .addOption(
      new Option(
        "--schema",
        "print a schema file for record --schema or report --wire, to be edited",
      )
        .conflicts("json"),
    )
    .action(info);
}

async function info(path: string, options: InfoOptions): Promise<void> {
  const reader = await openRecording(path);
  if (options.schema) return await print(schemaText(reader));
  const summary = await summarize(path, reader);
  if (options.json) await print(jsonText(summary) + "\n");
  else await printLines(infoLines(summary));
}

/** What `info --json` prints. */
interface InfoSummary {
  readonly path: string;
  readonly bytes: number;
  /** Version of the file format. */
  readonly format: number;
  readonly rateHz: number | null;
  readonly frames: number;
  readonly firstFrame: number | null;
  readonly lastFrame: number | null;
  readonly durationMs: number;
  /** Runs of frames that are missing, and the frames in them. */
  readonly gaps: number;
  readonly missingFrames: number;
  readonly blocks: number;
  readonly kinds: readonly KindSummary[];
  readonly events: Readonly<Record<string, number>>;
}

interface KindSummary {
  readonly name: string;
  readonly entities: number;
  readonly rows: number;
  readonly fields: readonly FieldSummary[];
}

interface FieldSummary {
  readonly name: string;
  readonly type: string;
  readonly optional?: true;
  readonly min: number | null;
  readonly max: number | null;
  readonly distinct: number;
  readonly distinctIsLowerBound?: true;
  readonly step: number | null;
}

async function summarize(path: string, reader: RecordingReader): Promise<InfoSummary> {
  const { FrameObjects, SchemaInference } = await import("../mod.ts");
  const inference = new SchemaInference();
  const objects = new FrameObjects(reader.layout);
  const progress = new Progress();
  const frameRead = progress.counter((count) => {
    return `reading: ${count} of ${reader.frameCount} frames`;
  });
  for await (const snapshot of reader.snapshots()) {
    inference.observe(objects.next(snapshot));
    frameRead();
  }
  progress.clear();
  let gaps = 0;
  for await (const _gap of reader.gaps()) gaps++;
  const facts = new Map(inference.facts().map((kind) => [kind.name, kind]));
  return {
    path,
    bytes: reader.bytes,
    format: reader.format,
    rateHz: reader.rateHz === undefined ? null : Math.round(reader.rateHz * 1000) / 1000,
    frames: reader.frameCount,
    firstFrame: reader.firstFrame ?? null,
    lastFrame: reader.lastFrame ?? null,
    durationMs: reader.durationMs,
    gaps,
    missingFrames: reader.missingFrames,
    blocks: reader.blocks.length,
    kinds: reader.schema.kinds.map(({ name, fields }) => {
      const types = new Map(fields.map((field) => [field.name, field]));
      return kindSummary(name, facts.get(name), (field) => types.get(field)!.type);
    }),
    events: Object.fromEntries(reader.eventCounts),
  };
}

function kindSummary(
  name: string,
  facts: KindFacts | undefined,
  typeOf: (field: string) => string,
): KindSummary {
  return {
    name,
    entities: facts?.entities ?? 0,
    rows: facts?.rows ?? 0,
    fields: (facts?.fields ?? []).map((field) => fieldSummary(field, typeOf(field.name))),
  };
}

function fieldSummary(facts: FieldFacts, type: string): FieldSummary {
  return {
    name: facts.name,
    type,
    ...(facts.optional ? { optional: true } : {}),
    min: facts.min ?? null,
    max: facts.max ?? null,
    distinct: facts.distinct,
    ...(facts.isDistinctExact ? {} : { distinctIsLowerBound: true }),
    step: facts.step ?? null,
  };
}

function infoLines(summary: InfoSummary): string[] {
  const { frames, firstFrame, lastFrame, gaps, missingFrames } = summary;
  const rate = summary.rateHz === null ? "unknown rate" : `${summary.rateHz} Hz`;
  const lines = [
    `${visible(summary.path)}: ${summary.bytes} bytes in ${summary.blocks} blocks`,
    `${frames} frames, ${firstFrame ?? "-"} to ${lastFrame ?? "-"}, ${
      (summary.durationMs / 1000).toFixed(3)
    } s, ${rate}, ${gaps === 0 ? "no gaps" : `${gaps} gaps (${missingFrames} frames missing)`}`,
  ];
  for (const kind of summary.kinds) {
    lines.push("", `${visible(kind.name)}: ${kind.entities} entities, ${kind.rows} states`);
    lines.push(...textTable(FIELD_COLUMNS, kind.fields.map(fieldCells)));
  }
  const events = Object.entries(summary.events);
  if (events.length > 0) {
    lines.push("", "events:");
    lines.push(...textTable(EVENT_COLUMNS, events.map(([name, count]) => [name, String(count)])));
  }
  return lines;
}

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
  const number = (value: number | null) => value === null ? "" : String(value);
  return [
    field.name,
    field.type + (field.optional ? "?" : ""),
    number(field.min),
    number(field.max),
    number(field.step),
    (field.distinctIsLowerBound ? ">= " : "") + field.distinct,
  ];
}

/** The recorded schema as a schema file, one field a line. */
function schemaText(reader: RecordingReader): string {
  const kinds = reader.schema.kinds.map(({ name, fields }) => {
    const lines = fields.map((field) => `    ${JSON.stringify(field)}`).join(",\n");
    return `  {"name": ${JSON.stringify(name)}, "fields": [\n${lines}\n  ]}`;
  });
  return `{"kinds": [\n${kinds.join(",\n")}\n]}\n`;
}
