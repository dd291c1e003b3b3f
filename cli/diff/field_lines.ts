import type { FieldSpread, RecordingDiff } from "../../lib/recording.ts";
import { fittedText } from "../terminal/fitted_text.ts";
import type { Column } from "../terminal/text_table.ts";
import { eventText } from "./difference_text.ts";
import { fittedTable } from "./fitted_table.ts";
import { pairTexts, shortNumber } from "./value_text.ts";

/** Longest text of a value in a table, unless it takes more to tell two numbers apart. */
const VALUE_MAX = 10;

const SPREAD = "first, last: frames; ids: how many entities differ";
const FIRST = "; id, A, B: at the first";
const GROWTH =
  "growing: the mean |difference| of up to 64 spans of time rises (Kendall's tau at least 0.6 and 5 deviations above chance) and is twice as large in the last third; - where that cannot be told";

/** Lines on values that differ by more than a tolerance; none when there are none. */
export function fieldLines({ fields }: RecordingDiff): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ kind, field, first, largest, growing, ...spread }) => [
    nameText(kind, field),
    ...spreadCells({ first, ...spread }),
    first.id === null ? "-" : String(first.id),
    ...pairTexts(first.a, first.b, VALUE_MAX),
    largest === null ? "-" : shortNumber(largest.difference),
    growingText(growing),
  ]);
  return ["values that differ:", ...fittedTable(FIELD_COLUMNS, rows, "fields")];
}

/** Lines on values that differ within a tolerance; none when there are none. */
export function driftLines({ drift }: RecordingDiff): string[] {
  if (drift.length === 0) return [];
  const rows = drift.map(({ kind, field, tolerance, largest, growing, ...spread }) => [
    nameText(kind, field),
    ...spreadCells(spread),
    shortNumber(tolerance),
    shortNumber(largest),
    growingText(growing),
  ]);
  return [
    "drift within a tolerance, which is no difference:",
    ...fittedTable(DRIFT_COLUMNS, rows, "fields"),
  ];
}

/** Lines on what columns mean; none when there are none of values. */
export function columnLines({ fields, drift }: RecordingDiff): string[] {
  const all = [...fields, ...drift];
  return [
    ...(all.length > 0 ? fittedText(SPREAD + (fields.length > 0 ? FIRST : "")) : []),
    ...(all.some(({ growing }) => growing !== null) ? fittedText(GROWTH) : []),
  ];
}

function spreadCells(spread: FieldSpread): string[] {
  const { count, first, lastFrame, entities, moreEntities } = spread;
  const ids = entities === null ? "-" : `${entities}${moreEntities ? "+" : ""}`;
  return [String(count), String(first.frame), String(lastFrame), ids];
}

/** Lines on events that differ; none when there are none. */
export function eventLines({ events }: RecordingDiff): string[] {
  if (events.length === 0) return [];
  const rows = events.map(({ event, changed, onlyInA, onlyInB, first }) => [
    event,
    String(changed),
    String(onlyInA),
    String(onlyInB),
    String(first.frame),
  ]);
  const details = events.map(({ first }) => eventText(first));
  return ["events that differ:", ...fittedTable(EVENT_COLUMNS, rows, "names", details)];
}

function nameText(kind: string | null, field: string): string {
  return kind === null ? `(${field})` : `${kind}.${field}`;
}

function growingText(growing: boolean | null): string {
  return growing === null ? "-" : growing ? "yes" : "no";
}

const FIELD_COLUMNS: readonly Column[] = [
  { title: "field", align: "left" },
  { title: "count", align: "right" },
  { title: "first", align: "right" },
  { title: "last", align: "right" },
  { title: "ids", align: "right" },
  { title: "id", align: "right" },
  { title: "A", align: "right" },
  { title: "B", align: "right" },
  { title: "largest", align: "right" },
  { title: "growing", align: "left" },
];

const DRIFT_COLUMNS: readonly Column[] = [
  { title: "field", align: "left" },
  { title: "count", align: "right" },
  { title: "first", align: "right" },
  { title: "last", align: "right" },
  { title: "ids", align: "right" },
  { title: "tolerance", align: "right" },
  { title: "largest", align: "right" },
  { title: "growing", align: "left" },
];

const EVENT_COLUMNS: readonly Column[] = [
  { title: "event", align: "left" },
  { title: "changed", align: "right" },
  { title: "only in A", align: "right" },
  { title: "only in B", align: "right" },
  { title: "first at", align: "right" },
];
