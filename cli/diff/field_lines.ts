import type { RecordingDiff } from "../../lib/recording.ts";
import type { Column } from "../terminal/text_table.ts";
import { differenceText } from "./difference_text.ts";
import { fittedTable, tableWidth } from "./fitted_table.ts";
import { cut, pairTexts, shortNumber } from "./value_text.ts";

const GROWTH =
  "growing: the mean |difference| of up to 64 spans of time rises (Kendall's tau at least 0.6 and 5\n" +
  "  deviations above chance) and is twice as large in the last third; - where that cannot be told";

/** Lines on values that differ by more than a tolerance; none when there are none. */
export function fieldLines({ fields }: RecordingDiff): string[] {
  if (fields.length === 0) return [];
  const rows = fields.map(({ kind, field, count, first, largest, growing }) => [
    nameText(kind, field),
    String(count),
    String(first.frame),
    first.id === null ? "-" : String(first.id),
    ...pairTexts(first.a, first.b, tableWidth() < 100 ? 10 : 12),
    largest === null ? "-" : shortNumber(largest.difference),
    growingText(growing),
  ]);
  return ["values that differ:", ...fittedTable(FIELD_COLUMNS, rows, "fields")];
}

/** Lines on values that differ within a tolerance; none when there are none. */
export function driftLines({ drift }: RecordingDiff): string[] {
  if (drift.length === 0) return [];
  const rows = drift.map(({ kind, field, count, tolerance, largest, firstFrame, growing }) => [
    nameText(kind, field),
    String(count),
    String(firstFrame),
    shortNumber(tolerance),
    shortNumber(largest),
    growingText(growing),
  ]);
  return [
    "drift within a tolerance, which is no difference:",
    ...fittedTable(DRIFT_COLUMNS, rows, "fields"),
  ];
}

/** Line on what grows means; none when nothing is said to grow or not. */
export function growthLines({ fields, drift }: RecordingDiff): string[] {
  return [...fields, ...drift].some(({ growing }) => growing !== null) ? GROWTH.split("\n") : [];
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
    cut(differenceText(first).replace(/^event .*?(?:, |: )/, ""), 40),
  ]);
  return ["events that differ:", ...fittedTable(EVENT_COLUMNS, rows, "names")];
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
  { title: "first at", align: "right" },
  { title: "id", align: "right" },
  { title: "A", align: "right" },
  { title: "B", align: "right" },
  { title: "largest", align: "right" },
  { title: "growing", align: "left" },
];

const DRIFT_COLUMNS: readonly Column[] = [
  { title: "field", align: "left" },
  { title: "count", align: "right" },
  { title: "first at", align: "right" },
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
  { title: "first", align: "left" },
];
