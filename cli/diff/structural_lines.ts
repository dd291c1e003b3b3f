import type { DiffRuns, RecordingDiff } from "../../lib/recording.ts";
import { fittedText } from "../terminal/fitted_text.ts";
import { visible } from "../terminal/terminal.ts";
import type { Column } from "../terminal/text_table.ts";
import { SIDE_NAMES } from "./difference_text.ts";
import { fittedTable } from "./fitted_table.ts";
import { cut } from "./value_text.ts";

type Structural = RecordingDiff["structural"];

/** Runs of frames that a line tells. */
const FRAME_RUNS_MAX = 4;
/** Length of the cell that says how states differ. */
const HOW_MAX = 20;
/** Length of the runs that a cell tells. */
const RUNS_LENGTH = 34;

/** Lines on frames that one recording lacks; none when both have the same. */
export function loneFrameLines({ frames }: Structural): string[] {
  return [...loneFramesOf(frames.onlyInA, "A"), ...loneFramesOf(frames.onlyInB, "B")];
}

/** Lines on states that are missing in one recording, or of another kind; none when none are. */
export function structuralLines({ entities, kinds, fields }: Structural): string[] {
  const rows = [
    ...entities.map((sort) => ({ what: sort.kind, how: onlyText(sort.onlyIn), sort })),
    ...fields.map((sort) => {
      return { what: `${sort.kind}.${sort.field}`, how: onlyText(sort.onlyIn), sort };
    }),
    ...kinds.map((sort) => ({ what: sort.a, how: `is ${sort.b} in B`, sort })),
  ];
  if (rows.length === 0) return [];
  const cells = rows.map(({ what, how, sort }) => [
    what,
    cut(visible(how), HOW_MAX),
    String(sort.count),
    String(sort.firstFrame),
    runsText(sort),
  ]);
  return [
    "states and fields that are missing, or of another kind:",
    ...fittedTable(COLUMNS, cells, "rows"),
  ];
}

const COLUMNS: readonly Column[] = [
  { title: "what", align: "left" },
  { title: "how", align: "left" },
  { title: "states", align: "right" },
  { title: "first at", align: "right" },
  { title: "id: frames", align: "left" },
];

function onlyText(side: "a" | "b"): string {
  return `only in ${SIDE_NAMES[side]}`;
}

function loneFramesOf(
  { count, runs }: Structural["frames"]["onlyInA"],
  side: "A" | "B",
): string[] {
  if (count === 0) return [];
  const shown = runs.slice(0, FRAME_RUNS_MAX);
  const texts = shown.map((run) => {
    // Of another number of frames than there are numbers in between, some are in neither.
    const isWhole = run.count === ((run.to - run.from) >>> 0) + 1;
    return spanText(run, " to ") + (isWhole ? "" : ` (${run.count} frames)`);
  });
  const more = count - shown.reduce((sum, run) => sum + run.count, 0);
  const rest = more > 0 ? `, and ${more} more` : "";
  const frames = count === 1 ? "frame" : `${count} frames`;
  return fittedText(`${frames} only in ${side}: ${texts.join(", ")}${rest}`);
}

/** Runs by entity as far as they fit: `3: 5-9, 12; 7: 5-9; +34`, where 34 states are not told. */
function runsText({ count, runs }: DiffRuns): string {
  let text = "";
  let told = 0;
  let lastId: DiffRuns["runs"][number]["id"] | undefined;
  for (const run of runs) {
    const span = spanText(run, "-");
    const next = run.id === lastId ? `, ${span}` : `${text === "" ? "" : "; "}${run.id}: ${span}`;
    if (text !== "" && text.length + next.length > RUNS_LENGTH) break;
    text += next;
    told += run.count;
    lastId = run.id;
  }
  return told < count ? `${text}; +${count - told}` : text;
}

function spanText({ from, to }: { readonly from: number; readonly to: number }, dash: string) {
  return from === to ? String(from) : `${from}${dash}${to}`;
}
