import { visibleText } from "../../core/visible_text.ts";
import type { RunReport } from "./run_report.ts";
import { middleCut, type Paint } from "./table_text.ts";

const BAR_CELLS = 40;
const FIELDS_MAX = 10;

/** Part of the payload that tables of texts take, 0 to 1. */
function tablesShare({ overheadBits, payloadBytes }: RunReport): number {
  return payloadBytes === 0 ? 0 : overheadBits.tables / (payloadBytes * 8);
}

/** The ten most expensive fields as bars; an empty text when nothing was sent. */
export function fieldBars(runs: readonly RunReport[], paint: Paint): string {
  const shares = new Map<string, { name: string; share: number }>();
  for (const { fields } of runs) {
    for (const { kind, field, share } of fields) {
      const key = JSON.stringify([kind, field]);
      const entry = shares.get(key) ?? { name: `${kind}.${field}`, share: 0 };
      entry.share += share / runs.length;
      shares.set(key, entry);
    }
  }
  const tables = runs.reduce((sum, run) => sum + tablesShare(run), 0) / runs.length;
  shares.set("", { name: "enum tables, at a join", share: tables });
  const top = [...shares.values()].sort((a, b) => b.share - a.share).slice(0, FIELDS_MAX)
    .filter(({ share }) => share > 0);
  if (top.length === 0) return "";
  const names = top.map(({ name }) => middleCut(visibleText(name, 1000), 40));
  const width = Math.max(...names.map((name) => name.length));
  const lines = top.map(({ share }, i) => {
    const cells = Math.max(1, Math.round((share / top[0]!.share) * BAR_CELLS));
    const percent = `${(share * 100).toFixed(1)} %`.padStart(7);
    return `${names[i]!.padEnd(width)} ${percent} ${"█".repeat(cells)}`;
  });
  const what = runs.length === 1 ? "share of the payload" : `mean share over ${runs.length} runs`;
  return [paint("bold", `most expensive fields, ${what}`), ...lines].join("\n");
}
