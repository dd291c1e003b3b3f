import type { OptionNaming } from "../../core/remedy.ts";
import { htmlPage } from "../../page/html_page.ts";
import { MAIN_ID, pageContents, pageNotices } from "../../page/page_parts.ts";
import { PLOT_SCRIPT, PLOT_STYLE, SCRIPT, STYLE } from "./assets.ts";
import { type BoundedMoments, boundMoments } from "./bounded_moments.ts";
import { boundReport, pointStep } from "./bounded_report.ts";
import { figuresSection } from "./figures_table.ts";
import { findingList } from "./finding_list.ts";
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
  { moments, nameOf = (key) => key, recordedOn, ...page }: ReportPageOptions = {},
): string {
  const { report: shown, omissions } = boundReport(report);
  const made = moments === undefined ? undefined : momentsOf(moments, report, shown);
  const sections = `${findingsSection(shown)}${pageSections(shown.runs, nameOf, page.events)}`;
  const body = `${reportHeader(shown, recordedOn)}
${pageContents(sections)}
<main id="${MAIN_ID}" tabindex="-1">
${pageNotices([...omissions, ...(made?.omissions ?? [])])}
<noscript><p class="notice">The charts need JavaScript; the tables of runs and findings do not.</p></noscript>
${sections}
</main>
<footer>${
    omissions.length === 0
      ? `<a id="save" download="report.json">Save the JSON of this report</a>, which ` +
        `a later report can be compared with`
      : ""
  }</footer>`;
  return htmlPage({
    title: `${shown.recording} · bandwidth report`,
    styles: [PLOT_STYLE, STYLE],
    body,
    data: {
      id: "data",
      value: { report: shown, view: runsView(shown.runs), moments: made?.moments, ...page },
      isPacked: true,
    },
    scripts: [PLOT_SCRIPT, SCRIPT],
  });
}

/** Moments of the runs that are shown, at the points that their series are put together to. */
function momentsOf(
  moments: readonly RunMoments[],
  { runs }: BandwidthReport,
  { runs: shown }: BandwidthReport,
): BoundedMoments {
  const none: RunMoments = { startMs: 0, seconds: [], freezes: [] };
  return boundMoments(
    shown.map(({ verified }, i) => verified ? moments[i] ?? none : none),
    shown.map(({ verified }, i) =>
      verified ? pointStarts(runs[i]!.series, shown.length) : undefined
    ),
  );
}

/** The second at which the point of each second begins; undefined where each is its own. */
function pointStarts(
  series: RunReport["series"],
  runs: number,
): ReadonlyMap<number, number> | undefined {
  const step = pointStep(series.length, runs);
  if (step === 1) return undefined;
  return new Map(series.map(({ second }, i) => [second, series[i - (i % step)]!.second]));
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
