import type { OptionNaming } from "../../core/remedy.ts";
import { htmlPage } from "../../page/html_page.ts";
import { MAIN_ID, pageContents, pageNotices } from "../../page/page_parts.ts";
import { PLOT_SCRIPT, PLOT_STYLE, SCRIPT, STYLE } from "./assets.ts";
import { PAGE_BOUNDS } from "./bounded_report.ts";
import { figuresSection } from "./figures_table.ts";
import { findingList } from "./finding_list.ts";
import {
  DATA_BOUNDS,
  pageBytesMax,
  showData,
  type ShownData,
  tighterBounds,
} from "./page_bounds.ts";
import { reportHeader } from "./report_header.ts";
import { runList } from "./run_list.ts";
import { runsView } from "./runs/runs_view.ts";
import { costSections } from "./sections/cost_sections.ts";
import { runsSections } from "./sections/runs_sections.ts";
import { section } from "./sections/section.ts";
import { timeSections } from "./sections/time_sections.ts";
import type { PageEvents, PageShots } from "../moments/page_events.ts";
import type { PacketCommands } from "../moments/packet_commands.ts";
import type { RunMoments } from "../moments/run_moments.ts";
import { withWayBack } from "./way_back.ts";
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
 * The report as one page that needs nothing else. It holds the figures of the report, in tables
 * and for its scripts; of a report too large for a page a part of them, and says which are missing. Names from the recording are text wherever they stand.
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
  { moments, ...options }: ReportPageOptions = {},
): string {
  const bytesMax = pageBytesMax(Math.min(report.runs.length, PAGE_BOUNDS.runs));
  let bounds = DATA_BOUNDS;
  for (let round = 1;; round++) {
    const html = pageOf(showData(report, moments, bounds), options);
    const excess = bytesOf(html) - bytesMax;
    if (excess <= 0 || round === ROUNDS_MAX) return html;
    bounds = tighterBounds(report, moments, bounds, excess * MARGIN);
  }
}

/** Pages that are made until one is small enough. */
const ROUNDS_MAX = 4;
/** Bytes that are given up by the byte that is too much, as they can only be estimated. */
const MARGIN = 1.15;

function bytesOf(html: string): number {
  return new TextEncoder().encode(html).length;
}

function pageOf(
  { isWhole, moments, omissions, report }: ShownData,
  { nameOf = (key) => key, recordedOn, ...page }: Omit<ReportPageOptions, "moments">,
): string {
  const linked = page.shots && withWayBack(page.shots);
  const sections = `${findingsSection(report)}${pageSections(report.runs, nameOf, page.events)}`;
  const body = `${reportHeader(report, recordedOn)}
${pageContents(sections)}
<main id="${MAIN_ID}" tabindex="-1">
${pageNotices([...omissions, ...linked?.omissions ?? []])}
<noscript><p class="notice">The charts need JavaScript; the tables of runs and findings do not.</p></noscript>
${sections}
</main>
<footer>${
    isWhole
      ? `<a id="save" download="report.json">Save the JSON of this report</a>, which ` +
        `a later report can be compared with`
      : ""
  }</footer>`;
  return htmlPage({
    title: `${report.recording} · bandwidth report`,
    styles: [PLOT_STYLE, STYLE],
    body,
    data: {
      id: "data",
      value: {
        ...{ report, view: runsView(report.runs), moments, ...page },
        ...(linked && { shots: linked.shots }),
      },
      isPacked: true,
    },
    scripts: [PLOT_SCRIPT, SCRIPT],
  });
}

function findingsSection({ findings, runs }: BandwidthReport): string {
  if (findings === undefined) return "";
  const counts = (["error", "warning", "note"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  const hint = `What stands out, worst first, and what to change${
    counts.length === 0 ? "" : `: ${counts.join(", ")}`
  }.`;
  return `${section("Findings", hint, findingList(findings, runs.length))}\n`;
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
    figuresSection(runs),
  ].join("\n");
}
