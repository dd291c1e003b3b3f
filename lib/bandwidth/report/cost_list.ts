import { visibleText } from "../../core/visible_text.ts";
import { shortNumber } from "./run_figures.ts";
import type { CostPart, RunReport } from "./run_report.ts";
import { COLUMNS, type Paint, titleLines } from "./table_text.ts";
import { cutApart, padCells, textWidth } from "./text_width.ts";

const BAR_CELLS = 30;
const LINES_MAX = 10;
const NAME_CELLS = 40;
const BAR_CELLS_MIN = 10;
/** A share, and the spaces before and behind it. */
const SHARE_CELLS = 9;

/** Names of what is no field; IP and UDP go together, since none comes without the other. */
const NAMES: Readonly<Record<Exclude<CostPart["part"], "field">, string>> = {
  ip: "IP and UDP headers",
  udp: "IP and UDP headers",
  pieces: "headers of pieces above the MTU",
  packet: "packet headers",
  entity: "entity ids and kinds",
  mask: "masks",
  tables: "enum tables, at a join",
};

/** What several runs spend on one thing. */
interface Cost {
  readonly name: string;
  /** Mean of its shares. */
  share: number;
  /** Bits of a field and how often it was sent, over all runs. */
  bits: number;
  sends: number;
}

/** Where the bytes on the wire go, ten lines with bars and the rest; an empty text for no bytes. */
export function costList(
  runs: readonly RunReport[],
  paint: Paint,
  cells: number = COLUMNS,
): string {
  const sorted = costsOf(runs);
  if (sorted.length === 0) return "";
  const top = sorted.slice(0, LINES_MAX);
  const rest = sorted.slice(LINES_MAX);
  const eachs = top.map(({ bits, sends }) =>
    sends === 0 ? "" : ` ${shortNumber(bits / sends)} bits a send`
  );
  const room = cells - SHARE_CELLS - Math.max(...eachs.map(textWidth));
  const names = cutApart(top.map(({ name }) => name), Math.min(NAME_CELLS, room - BAR_CELLS_MIN));
  const restName = rest.length === 0 ? "" : `the other ${rest.length}`;
  const width = Math.max(restName.length, ...names.map(textWidth));
  const barCells = Math.min(BAR_CELLS, room - width);
  const lines = top.map(({ share }, i) => {
    const bar = "█".repeat(Math.max(1, Math.round((share / top[0]!.share) * barCells)));
    return `${padCells(names[i]!, width)} ${percentText(share)} ${bar}${eachs[i]}`;
  });
  if (rest.length > 0) {
    const share = rest.reduce((sum, cost) => sum + cost.share, 0);
    lines.push(`${padCells(restName, width)} ${percentText(share)}`);
  }
  const what = runs.length === 1 ? "share of the wire" : `mean share over ${runs.length} runs`;
  return [...titleLines(`where the bytes go, ${what}`, [], cells, paint), ...lines].join("\n");
}

/** A share for a column of shares. */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(7);
}

function costsOf(runs: readonly RunReport[]): Cost[] {
  const costs = new Map<string, Cost>();
  for (const { costs: parts, fields } of runs) {
    for (const cost of parts) {
      const name = cost.part === "field" ? fieldName(cost) : NAMES[cost.part];
      const key = cost.part === "field" ? keyOf(cost) : name;
      const known = costs.get(key) ?? { name, share: 0, bits: 0, sends: 0 };
      known.share += cost.share / runs.length;
      costs.set(key, known);
    }
    for (const field of fields) {
      const known = costs.get(keyOf(field));
      if (known === undefined) continue;
      known.bits += field.bits;
      known.sends += field.changes;
    }
  }
  return [...costs.values()].sort((a, b) => b.share - a.share);
}

function keyOf({ kind, field }: Pick<CostPart, "kind" | "field">): string {
  return JSON.stringify([kind, field]);
}

function fieldName({ kind, field }: CostPart): string {
  return visibleText(`${kind}.${field}`, 3000);
}
