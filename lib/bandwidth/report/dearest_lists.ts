import { visibleText } from "../../core/visible_text.ts";
import { percentText } from "./cost_list.ts";
import { shortNumber } from "./run_figures.ts";
import type { RunReport } from "./run_report.ts";
import { COLUMNS, type Paint, titleLines } from "./table_text.ts";
import { cutApart, padCells, textWidth } from "./text_width.ts";

const LINES_MAX = 5;
/** A share, and the spaces before it and the name. */
const SHARE_CELLS = 9;
/** So many times what a mean entity costs, an entity is dear. */
const DEAR = 1.5;

/** What each kind costs, the five most expensive; an empty text where one kind is all there is. */
export function kindList(
  runs: readonly RunReport[],
  paint: Paint,
  cells: number = COLUMNS,
): string {
  const kinds = new Map<
    string,
    { share: number; bits: number; framing: number; records: number }
  >();
  for (const run of runs) {
    for (const { kind, share, bits, framingBits, records } of run.kinds) {
      if (records === 0) continue;
      const known = kinds.get(kind) ?? { share: 0, bits: 0, framing: 0, records: 0 };
      known.share += share / runs.length;
      known.bits += bits;
      known.framing += framingBits;
      known.records += records;
      kinds.set(kind, known);
    }
  }
  if (kinds.size < 2) return "";
  const sorted = [...kinds].sort(([, a], [, b]) => b.share - a.share).slice(0, LINES_MAX);
  const texts = sorted.map(([, { share, bits, framing, records }]) => {
    const part = `${((framing / bits) * 100).toFixed(1)} % ids and masks`;
    return ` ${percentText(share)}  ${shortNumber(bits / records)} bits a record (${part})`;
  });
  const room = cells - Math.max(...texts.map(textWidth));
  const names = cutApart(sorted.map(([kind]) => visibleText(kind, 1000)), Math.min(36, room));
  const width = Math.max(...names.map(textWidth));
  const lines = texts.map((text, i) => padCells(names[i]!, width) + text);
  const count = `${kinds.size} kinds`;
  const which = kinds.size > sorted.length ? `dearest ${sorted.length} of ${count}` : count;
  const what = runs.length === 1 ? "share of the payload" : `mean share over ${runs.length} runs`;
  return [...titleLines(`${which}, ${what}`, [], cells, paint), ...lines].join("\n");
}

/**
 * The five entities that cost the first run most; an empty text where none costs half as much again
 * as they do in the mean.
 */
export function entityList(
  runs: readonly RunReport[],
  paint: Paint,
  cells: number = COLUMNS,
): string {
  const [first] = runs;
  if (first === undefined || first.entities.length === 0) return "";
  const bits = first.kinds.reduce((sum, kind) => sum + kind.bits, 0);
  if (first.entities[0]!.bits < (DEAR * bits) / first.entityCount) return "";
  const top = first.entities.slice(0, LINES_MAX);
  const half = Math.floor(cells / 2);
  const ids = cutApart(
    top.map(({ id }) => id === "" ? '""' : visibleText(String(id), 1100)),
    Math.min(40, half),
  );
  const kinds = cutApart(
    top.map(({ kind }) => visibleText(kind, 1000)),
    Math.min(30, cells - half - SHARE_CELLS),
  );
  const [idWidth, kindWidth] = [ids, kinds].map((texts) => Math.max(...texts.map(textWidth)));
  const lines = top.map(({ share }, i) =>
    `${padCells(ids[i]!, idWidth!)} ${padCells(kinds[i]!, kindWidth!)} ${percentText(share)}`
  );
  const which = top.length < first.entityCount ? `dearest ${top.length} of` : "all";
  const of = runs.length === 1 ? "" : " of the first run";
  const title = `${which} ${first.entityCount} entities, share of the payload${of}`;
  return [...titleLines(title, [], cells, paint), ...lines].join("\n");
}
