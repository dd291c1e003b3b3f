/**
 * What a recording costs to send: runs over simulated networks, and their figures.
 *
 * @module
 */

export {
  assertRunOptions,
  RUN_DEFAULTS,
  type RunOptions,
  type WireSpec,
} from "./replication/run_options.ts";
export { replicationFacts, type ReplicationFactsOptions } from "./replication/replication_facts.ts";
export { RUN_RANGES } from "./replication/run_ranges.ts";
export type { ChurnSpec } from "./replication/churn.ts";
export { UnsendableError } from "./bandwidth/meter/unsendable_error.ts";
export { measureBandwidth, type MeasureOptions } from "./bandwidth/meter/measure_bandwidth.ts";
export type { BandwidthReport, CostPart, RunReport } from "./bandwidth/report/run_report.ts";
export type {
  DrawnFigures,
  FieldError,
  SeenFigures,
  TimeSpread,
} from "./bandwidth/report/seen_figures.ts";
export { type TraceOptions, tracePacket } from "./bandwidth/meter/trace_packet.ts";
export type {
  BitPart,
  EarlierPacket,
  FieldAnatomy,
  MissingReason,
  NoPacket,
  Outcome,
  PacketAnatomy,
  PacketFate,
  RecordAnatomy,
  RecordType,
  SentAgain,
} from "./bandwidth/anatomy/packet_anatomy.ts";
export { anatomyText } from "./bandwidth/anatomy/anatomy_text.ts";
export { findFindings, type FindingSources } from "./bandwidth/findings/find_findings.ts";
export { RecordingWatch } from "./bandwidth/facts/recording_watch.ts";
export type { FieldFacts, FieldNoise, RecordingFacts } from "./bandwidth/facts/recording_facts.ts";
export type { Finding, FindingSeverity } from "./bandwidth/report/finding.ts";
export { reportTable } from "./bandwidth/report/report_table.ts";
export { reportHtml, type ReportPageOptions } from "./bandwidth/page/report_html.ts";
export { EventList, type FramedEvent } from "./bandwidth/moments/event_list.ts";
export type {
  FreezeMoment,
  LargestPacket,
  PacketContents,
  RunMoments,
  SecondMoments,
} from "./bandwidth/moments/run_moments.ts";
export type { PacketCommands } from "./bandwidth/moments/packet_commands.ts";
export type {
  PageEvent,
  PageEvents,
  PageShotLink,
  PageShots,
} from "./bandwidth/moments/page_events.ts";
export { readShotsPage, type ShotsPage } from "./bandwidth/moments/shots_page.ts";
export { openCsv } from "./bandwidth/report/report_csv.ts";
export { openParquet } from "./bandwidth/report/report_parquet.ts";
export type { WindowRow, WindowRowWriter } from "./bandwidth/report/window_row.ts";
export {
  readReport,
  type ReportFigures,
  ReportSyntaxError,
} from "./bandwidth/report/read_report.ts";
export {
  compareReports,
  type FigureChange,
  type ReportComparison,
  reportDifferences,
  type RunChange,
} from "./bandwidth/compare/compare_reports.ts";
export type { ComparedRun, SettingDifference } from "./bandwidth/compare/setting_differences.ts";
export { comparisonText } from "./bandwidth/compare/comparison_text.ts";
export { type MatchedRuns, matchRuns } from "./bandwidth/compare/match_runs.ts";
export { type NamedRun, namedRuns } from "./bandwidth/report/run_name.ts";
export {
  FIGURE_DEFAULTS,
  FIGURE_RANGES,
  FIGURE_SETS,
  type FigureOptions,
  type FigureSet,
  type RunSettings,
} from "./bandwidth/report/run_settings.ts";
export { cutApart, cutCells, headCells, textWidth } from "./bandwidth/report/text_width.ts";
export { shortNames } from "./bandwidth/report/table/short_names.ts";
