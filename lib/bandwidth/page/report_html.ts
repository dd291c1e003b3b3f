import type { OptionNaming } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";
import { htmlText } from "../../page/html_escape.ts";
import { htmlPage } from "../../page/html_page.ts";
import { pageHeader, pageNotices, pageSection } from "../../page/page_parts.ts";
import { PLOT_SCRIPT, PLOT_STYLE, SCRIPT, STYLE } from "./assets.ts";
import { boundReport } from "./bounded_report.ts";
import { keyframeTable, lossTable } from "./cause_tables.ts";
import { figuresTable } from "./figures_table.ts";
import { findingList } from "./finding_list.ts";
import { runList, swatch } from "./run_list.ts";
import { holesRemark } from "../report/table/holes_remark.ts";
import { recordedText } from "../report/recorded_text.ts";
import { egressText } from "../report/run_figures.ts";
import { seedsText, sharedSettings } from "../report/setting_text.ts";
import type { BandwidthReport, RunReport } from "../report/run_report.ts";

/**
 * The report as one page that needs nothing else. It holds every figure of the report, in tables and
 * as JSON. Names from the recording are text wherever they stand.
 *
 * @param options `nameOf` for what options are called where the page is read, as the library does
 *   unless given
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { reportHtml } from "@hindcast/hindcast/report";
 *
 * const page = reportHtml({ recording: "<duel>.mcap", seed: 1, runs: [] });
 * assert.ok(page.includes("&lt;duel&gt;.mcap"));
 * ```
 */
export function reportHtml(
  report: BandwidthReport,
  { nameOf = (key) => key }: { readonly nameOf?: OptionNaming } = {},
): string {
  const { report: shown, omissions } = boundReport(report);
  const body = `${pageHeader("hindcast · bandwidth report", shown.recording, factsOf(shown))}
<main>
${pageNotices(omissions)}
<noscript><p class="notice">The charts need JavaScript; the tables do not.</p></noscript>
${findingsSection(shown)}${pageSections(shown.runs, nameOf)}
</main>
<footer>${madeBy(report)}${
    omissions.length === 0
      ? `<a id="save" download="report.json">Save the JSON of this report</a>`
      : ""
  }</footer>`;
  return htmlPage({
    title: `${shown.recording} · bandwidth report`,
    styles: [PLOT_STYLE, STYLE],
    body,
    data: { id: "report", value: shown },
    scripts: [PLOT_SCRIPT, SCRIPT],
  });
}

function factsOf({ recorded, seed, runs }: BandwidthReport): [name: string, value: string][] {
  const verified = runs.filter((run) => run.verified);
  return [
    ["frames", alike(verified, (run) => String(run.frames))],
    ["duration", alike(verified, (run) => durationText(run.durationSeconds))],
    ["consumers", alike(runs, (run) => String(run.consumers))],
    ["egress", verified.length === 0 ? "–" : egressText(verified)],
    ["MTU", alike(verified, (run) => `${run.mtuBytes} B`)],
    ["seed", seedsText(seed, runs).replace(/^seeds? /, "")],
    ["runs", String(runs.length)],
    ...facts("settings", sharedSettings(runs).map((text) => visibleText(text, 200)).join(" · ")),
    ...facts("recorded", recorded === undefined ? "" : recordedText(recorded)),
  ];
}

/** A fact, or none where there is nothing to say. */
function facts(name: string, value: string): [name: string, value: string][] {
  return value === "" ? [] : [[name, value]];
}

/** Which version made the report, and by which command. */
function madeBy({ command, version }: BandwidthReport): string {
  if (version === undefined) return "";
  const how = command === undefined ? "" : `: <code>${htmlText(command)}</code>`;
  return `<p>made by hindcast ${htmlText(version)}${how}</p>`;
}

function findingsSection({ findings }: BandwidthReport): string {
  if (findings === undefined) return "";
  const hint = "What stands out, worst first, and what to change.";
  return `${section("Findings", hint, findingList(findings))}\n`;
}

function pageSections(runs: readonly RunReport[], nameOf: OptionNaming): string {
  const unverified = runs.filter((run) => !run.verified).length;
  if (unverified === runs.length) {
    const what = runs.length === 0 ? "The report has no run." : "No run is verified.";
    return `${section("Runs", "", runList(runs))}<p class="notice">${what}</p>`;
  }
  return `${
    section(
      "Runs",
      `Click a run to show or hide it everywhere, shift-click to see it alone. ` +
        `<span class="best">best</span> and <span class="worst">worst</span> of a column are marked; ` +
        `times are in frames.${holesHint(runs, nameOf)}`,
      runList(runs),
    )
  }
${chipBar(runs)}
${
    section(
      "Bandwidth over time",
      "kbps on the wire of one connected consumer, headers included, mean over the consumers. " +
        "Drag to zoom, double-click to go back. A last second that is not whole is left out.",
      chart("kbps", 280),
    )
  }
<div class="columns">
${
    section(
      "Packet sizes",
      "Payload bytes of a packet; the tail is the share of packets at least so large.",
      `${views("sizes", false)}${chart("sizes", 240)}`,
    )
  }
${
    section(
      "Baseline age",
      "Frames between a packet and what it is encoded against; keyframes do not count.",
      `${views("ages", true)}${chart("ages", 240, "tail")}`,
    )
  }
</div>
${
    section(
      "Where the bytes go",
      "What a mean packet consists of on the wire. Click a part to line it up at the left and sort by it.",
      `${ORDERS}<div id="field-bars"></div>`,
    )
  }
<div class="columns wide-left">
${
    section(
      "Divergence",
      "Fields that consumers saw wrong at frames they applied: sum over all consumers and each second's packets.",
      chart("wrong", 240),
    )
  }
${
    section(
      "Time to heal",
      "Frames until a wrong field was right again, median to longest.",
      `<div id="heal-ranges"></div>`,
    )
  }
</div>
<div class="columns">
${
    section(
      "Keyframes",
      "Sent in each second to all consumers; linear below 1, then logarithmic.",
      `${chart("keyframes", 200)}${keyframeTable(runs)}`,
    )
  }
${
    section(
      "Losses",
      "Packets of each second that did not arrive, all consumers.",
      `${chart("losses", 200)}${lossTable(runs)}`,
    )
  }
</div>
${section("All figures", "As in the JSON of the report.", figuresTable(runs))}`;
}

function holesHint(runs: readonly RunReport[], nameOf: OptionNaming): string {
  const remark = holesRemark(runs.filter((run) => run.verified));
  return remark === undefined ? "" : ` ${htmlText(remark.render(nameOf))}.`;
}

function section(title: string, hint: string, content: string): string {
  return pageSection({ title, hint, content });
}

function chart(name: string, height: number, view: string = ""): string {
  return `<div class="chart" data-chart="${name}" data-height="${height}" data-view="${view}" ` +
    `style="height:${height}px"></div>`;
}

function views(name: string, isTail: boolean): string {
  const button = (view: string, isPressed: boolean) =>
    `<button type="button" data-view-of="${name}" data-view="${view}" ` +
    `aria-pressed="${isPressed}">${view}</button>`;
  return `<div class="switch">${button("distribution", !isTail)}${button("tail", isTail)}</div>`;
}

const ORDERS = `<div class="switch">${
  ["given", "bytes", "name"].map((order) =>
    `<button type="button" data-order="${order}" aria-pressed="${order === "given"}">${
      order === "given" ? "as given" : `by ${order}`
    }</button>`
  ).join("")
}</div>`;

/** Legend that stays in sight. */
function chipBar(runs: readonly RunReport[]): string {
  const chips = runs.map((run, index) =>
    run.verified
      ? `<button type="button" data-run="${index}" aria-pressed="true">${swatch(index)}${
        htmlText(run.name)
      }</button>`
      : ""
  );
  return `<nav class="chips toggles" aria-label="Runs shown">${chips.join("")}
<span><button type="button" id="show-all">all</button><button type="button" id="show-none">none</button></span></nav>`;
}

function alike(runs: readonly RunReport[], text: (run: RunReport) => string): string {
  const texts = [...new Set(runs.map(text))];
  if (texts.length === 0) return "–";
  return texts.length > 3 ? `${texts.length} values` : texts.join(", ");
}

function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${Math.round(seconds * 10) / 10} s` : `${minutes} min ${whole % 60} s`;
}
