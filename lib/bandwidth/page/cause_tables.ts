import { KEYFRAME_REASONS } from "../../core/wire/shared_packet.ts";
import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { swatch } from "./run_list.ts";

type Column = readonly [heading: string, value: (run: RunReport) => string];

/** Why keyframes were sent, and the part of the payload that they took. */
export function keyframeTable(runs: readonly RunReport[]): string {
  return causeTable(runs, [
    ["keyframes", (run) => String(run.keyframes)],
    ["of payload", (run) => `${Number((run.keyframeShare * 100).toPrecision(3))} %`],
    ...KEYFRAME_REASONS.map((
      reason,
    ): Column => [reason, (run) => String(run.keyframeReasons[reason])]),
  ]);
}

/** What became of the packets on their way. */
export function lossTable(runs: readonly RunReport[]): string {
  return causeTable(runs, [
    ["lost", (run) => String(run.lost)],
    ["mean run", (run) => String(run.lossRuns.mean)],
    ["longest", (run) => String(run.lossRuns.max)],
    ["late", (run) => String(run.late)],
    ["discarded", (run) => String(run.discarded)],
    ["over MTU", (run) => String(run.overMtu)],
    ["consumers without state", (run) => String(run.consumersWithoutState)],
  ]);
}

function causeTable(runs: readonly RunReport[], columns: readonly Column[]): string {
  const heads = columns.map(([heading]) => `<th class="number">${htmlText(heading)}</th>`);
  const rows = runs.map((run, index) => {
    if (!run.verified) return "";
    const cells = columns.map(([, value]) => `<td class="number">${htmlText(value(run))}</td>`);
    return `<tr data-run="${index}"><th scope="row" title="${htmlText(run.name)}">${swatch(index)}${
      htmlText(run.name)
    }</th>${cells.join("")}</tr>`;
  });
  return `<div class="scroll"><table class="causes sortable"><thead><tr><th>run</th>${
    heads.join("")
  }</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}
