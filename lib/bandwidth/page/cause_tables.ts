import { KEYFRAME_REASONS, type KeyframeReason } from "../../core/wire/shared_packet.ts";
import type { RunReport } from "../report/run_report.ts";
import { htmlText } from "../../page/html_escape.ts";
import { swatch } from "./run_list.ts";

type Column = readonly [heading: string, value: (run: RunReport) => string];

const REASON_TEXTS: Readonly<Record<KeyframeReason, string>> = {
  "no-ack": "since nothing was acked yet",
  evicted: "since the baseline had left the history",
  reset: "after a reset",
  interval: "since one was due",
};

/** Runs whose table stands open; that of more is folded. */
const OPEN_MAX = 8;

/** True when every keyframe was for a consumer that joined. */
function hasOnlyJoinKeyframes(runs: readonly RunReport[]): boolean {
  return runs.every((run) =>
    !run.verified ||
    (run.keyframeReasons.evicted === 0 && run.keyframeReasons.interval === 0 &&
      run.keyframes <= (run.timeToFirstStateMs?.joins ?? run.consumers))
  );
}

/** Why keyframes were sent, and the part of the payload that they took. */
export function keyframeCauses(runs: readonly RunReport[]): string {
  const isOnlyJoins = hasOnlyJoinKeyframes(runs);
  const sentence = isOnlyJoins
    ? "A keyframe was sent to consumers that joined, at most one a join, and for no other reason."
    : keyframesText(runs.filter((run) => run.verified));
  return `<p>${sentence}</p>` + causeTable(runs, "keyframes", isOnlyJoins, [
    ["keyframes", (run) => String(run.keyframes)],
    ["of payload", (run) => percent(run.keyframeShare)],
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
  return `<p>${packetsText(runs.filter((run) => run.verified))}</p>` +
    causeTable(runs, "packets", false, [
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
    "sizes",
    true,
    (["mean", "p50", "p95", "p99", "max"] as const).map((figure): Column => [
      `${figure} B`,
      (run) => String(run.bytesPerFrame[figure]),
    ]),
  );
}

function keyframesText(runs: readonly RunReport[]): string {
  const count = sumOf(runs, (run) => run.keyframes);
  const reasons = KEYFRAME_REASONS.map((reason) => ({
    reason,
    share: sumOf(runs, (run) => run.keyframeReasons[reason]) / Math.max(1, count),
  })).filter(({ share }) => share > 0).sort((a, b) => b.share - a.share);
  return `${percent(count / Math.max(1, sumOf(runs, (run) => run.packets)))} of all packets of ${
    runsText(runs)
  } are keyframes: ${
    reasons.map(({ reason, share }) => `${percent(share)} of them ${REASON_TEXTS[reason]}`).join(
      ", ",
    )
  }.`;
}

function packetsText(runs: readonly RunReport[]): string {
  const packets = Math.max(1, sumOf(runs, (run) => run.packets));
  const part = (count: (run: RunReport) => number) => percent(sumOf(runs, count) / packets);
  return `Of all packets of ${runsText(runs)}, ${part((run) => run.lost)} were lost, ${
    part((run) => run.late)
  } came late, ${part((run) => run.discarded)} were discarded, late ones included, and ${
    part((run) => run.overMtu)
  } were larger than the MTU.`;
}

function runsText({ length }: readonly RunReport[]): string {
  return length === 1 ? "the run" : `the ${length} runs`;
}

function sumOf(runs: readonly RunReport[], value: (run: RunReport) => number): number {
  return runs.reduce((sum, run) => sum + value(run), 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function causeTable(
  runs: readonly RunReport[],
  what: string,
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
    ? `<details><summary>The ${what} of ${
      rows.length === 1 ? "the run" : "each run"
    }</summary>${table}</details>`
    : table;
}
