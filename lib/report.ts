/**
 * What a recording costs to send: runs over simulated networks, and their figures.
 *
 * @module
 */

export * from "./replication/run_options.ts";
export type { ChurnSpec } from "./replication/churn.ts";
export * from "./bandwidth/meter/measure_bandwidth.ts";
export * from "./bandwidth/report/run_report.ts";
export * from "./bandwidth/report/window_row.ts";
export * from "./bandwidth/report/report_table.ts";
export * from "./bandwidth/page/report_html.ts";
export * from "./bandwidth/report/report_csv.ts";
export * from "./bandwidth/report/report_parquet.ts";
export * from "./bandwidth/report/read_report.ts";
export * from "./bandwidth/report/compare_reports.ts";
