import { KEYFRAME_REASONS } from "../../core/wire/shared_packet.ts";
import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { swatch } from "./run_list.ts";

type Column = readonly [heading: string, value: (run: RunReport) => string];

/** Runs whose table stands open; that of more is folded. */
const OPEN_MAX = 8;

/** Why keyframes were sent, and the part of the payload that they took. */
export function keyframeCauses(runs: readonly RunReport[]): string {
  const isOnlyJoins = runs.every((run) =>
    !run.verified ||
    (run.keyframeReasons.evicted === 0 && run.keyframeReasons.interval === 0 &&
      run.keyframes <= (run.timeToFirstStateMs?.joins ?? run.consumers))
  );
  const sentence = isOnlyJoins
    ? "<p>A keyframe was sent to consumers that joined, at most one a join, and for no other reason.</p>"
    : "";
  return sentence + causeTable(runs, isOnlyJoins, [
    ["keyframes", (run) => String(run.keyframes)],
    ["of payload", (run) => `${Number((run.keyframeShare * 100).toPrecision(3))} %`],
    ...KEYFRAME_REASONS.map((
      reason,
    ): Column => [reason, (run) => String(run.keyframeReasons[reason])]),
  ]);
}

/** What became of the packets on their way; a sentence where all of them arrived in time. */
export function lossCauses(runs: readonly RunReport[]): string {
  const isWhole = runs.every((run) =>
    !run.verified ||
    run.lost + run.late + run.discarded + run.overMtu + run.consumersWithoutState === 0
  );
  if (isWhole) {
    return "<p>Every packet arrived in one piece and in time and was applied, in every run.</p>";
  }
  return causeTable(runs, false, [
    ["lost", (run) => String(run.lost)],
    ["mean run", (run) => String(run.lossRuns.mean)],
    ["longest", (run) => String(run.lossRuns.max)],
    ["late", (run) => String(run.late)],
    ["discarded", (run) => String(run.discarded)],
    ["over MTU", (run) => String(run.overMtu)],
    ["consumers without state", (run) => String(run.consumersWithoutState)],
  ]);
}

/** Payload bytes of a packet, as the chart of sizes shows them. */
export function sizeTable(runs: readonly RunReport[]): string {
  return causeTable(
    runs,
    true,
    (["mean", "p50", "p95", "p99", "max"] as const).map((figure): Column => [
      `${figure} B`,
      (run) => String(run.bytesPerFrame[figure]),
    ]),
  );
}

function causeTable(
  runs: readonly RunReport[],
  isFolded: boolean,
  columns: readonly Column[],
): string {
  const heads = columns.map(([heading]) =>
    `<th scope="col" class="number">${htmlText(heading)}</th>`
  );
  const rows = runs.map((run, index) => {
    if (!run.verified) return "";
    const cells = columns.map(([, value]) => `<td class="number">${htmlText(value(run))}</td>`);
    return `<tr data-run="${index}"><th scope="row" title="${htmlText(run.name)}">${swatch(index)}${
      htmlText(run.name)
    }</th>${cells.join("")}</tr>`;
  });
  const table =
    `<div class="scroll"><table class="causes sortable"><thead><tr><th scope="col">run</th>${
      heads.join("")
    }</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
  return isFolded || rows.length > OPEN_MAX
    ? `<details><summary>Table of ${
      rows.length === 1 ? "the run" : "the runs"
    }</summary>${table}</details>`
    : table;
}
