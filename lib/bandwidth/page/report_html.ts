import type { OptionNaming } from "../../core/remedy.ts";
import { visibleText } from "../../core/visible_text.ts";
import { htmlText } from "../../page/html_escape.ts";
import { htmlPage } from "../../page/html_page.ts";
import { pageHeader, pageNotices } from "../../page/page_parts.ts";
import { PLOT_SCRIPT, PLOT_STYLE, SCRIPT, STYLE } from "./assets.ts";
import { boundReport } from "./bounded_report.ts";
import { figuresTable } from "./figures_table.ts";
import { findingList } from "./finding_list.ts";
import { runList } from "./run_list.ts";
import { costSections } from "./sections/cost_sections.ts";
import { runsSections } from "./sections/runs_sections.ts";
import { section } from "./sections/section.ts";
import { timeSections } from "./sections/time_sections.ts";
import { recordedText } from "../report/recorded_text.ts";
import { egressText } from "../report/run_figures.ts";
import { seedsText, sharedSettings } from "../report/setting_text.ts";
import type { PageEvents, PageShots } from "../moments/page_events.ts";
import type { PacketCommands } from "../moments/packet_commands.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import type { BandwidthReport, RunReport } from "../report/run_report.ts";

/** What a page shows beside the report. */
export interface ReportPageOptions {
  /** What options are called where the page is read; as the library does unless given. */
  readonly nameOf?: OptionNaming;
  /** What the runs are made of, one element a run of the report. */
  readonly moments?: readonly RunMoments[];
  /** Events of the recording. */
  readonly events?: PageEvents;
  /** Shots of a page of `rewind`, to be linked. */
  readonly shots?: PageShots;
  /** How a packet that a page has no contents of is taken apart where the page is read. */
  readonly packetCommands?: PacketCommands;
  /** When the recording was made, in words, and how that is known. */
  readonly recordedOn?: string;
}

/**
 * The report as one page that needs nothing else. It holds every figure of the report, in tables and
 * for its scripts. Names from the recording are text wherever they stand.
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
  { events, moments, nameOf = (key) => key, packetCommands, shots }: ReportPageOptions = {},
): string {
  const { report: shown, omissions } = boundReport(report);
  const body = `${pageHeader("hindcast · bandwidth report", shown.recording, factsOf(shown))}
<main>
${pageNotices(omissions)}
<noscript><p class="notice">The charts need JavaScript; the tables do not.</p></noscript>
${findingsSection(shown)}${pageSections(shown.runs, nameOf, events)}
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
    data: {
      id: "data",
      value: { report: shown, moments, events, shots, packetCommands },
      isPacked: true,
    },
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

function pageSections(
  runs: readonly RunReport[],
  nameOf: OptionNaming,
  events: PageEvents | undefined,
): string {
  const unverified = runs.filter((run) => !run.verified).length;
  if (unverified === runs.length) {
    const what = runs.length === 0 ? "The report has no run." : "No run is verified.";
    return `${section("Runs", "", runList(runs))}<p class="notice">${what}</p>`;
  }
  return [
    runsSections(runs, nameOf),
    timeSections(runs, events),
    costSections(runs),
    section("All figures", "As in the JSON of the report.", figuresTable(runs)),
  ].join("\n");
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
