import type {
  BandwidthReport,
  ReportPageOptions,
  WindowRow,
  WindowRowWriter,
} from "../../lib/report.ts";
import { openCsv } from "../../lib/bandwidth/report/report_csv.ts";
import { openParquet } from "../../lib/bandwidth/report/report_parquet.ts";
import { reportHtml } from "../../lib/bandwidth/page/report_html.ts";
import { openOutput, type Output, warnWritten } from "../files/output.ts";
import { flagOf } from "../option_flags.ts";
import { warn } from "../terminal/terminal.ts";

/** Paths of them; `-` is standard output. */
export interface ReportPaths {
  readonly csv?: string;
  readonly parquet?: string;
  readonly html?: string;
}

/**
 * Files that a report writes beside its table, opened before anything is measured; they take their
 * places when all of them are whole.
 */
export class ReportFiles {
  readonly #paths: ReportPaths;
  readonly #outputs: Output[] = [];
  readonly #rows: { add(row: WindowRow): void; finish(): Promise<void> }[] = [];
  #html: Output | undefined;
  /** Bytes in all rows. */
  #rowBytes = 0;

  private constructor(paths: ReportPaths) {
    this.#paths = paths;
  }

  /** Opens what the options name. @throws {CommandError} when a file cannot be opened */
  static async open(paths: ReportPaths): Promise<ReportFiles> {
    const files = new ReportFiles(paths);
    const { csv, parquet, html } = paths;
    try {
      if (csv !== undefined) await files.#openRows(csv, openCsv);
      if (parquet !== undefined) await files.#openRows(parquet, openParquet);
      if (html !== undefined) files.#html = await files.#open(html);
    } catch (error) {
      files.discard();
      throw error;
    }
    return files;
  }

  /** What has to be listened to for them. */
  get listeners(): { onWindowRow?: (row: WindowRow) => void } {
    if (this.#rows.length === 0) return {};
    return {
      onWindowRow: (row) => {
        this.#rowBytes += row.wireBytes;
        for (const sink of this.#rows) sink.add(row);
      },
    };
  }

  /** Writes what is left, ends the files and says so. @throws {CommandError} */
  async finish(report: BandwidthReport, page: ReportPageOptions = {}): Promise<void> {
    for (const sink of this.#rows) await sink.finish();
    if (this.#html !== undefined) {
      await this.#html.write(
        new TextEncoder().encode(reportHtml(report, { ...page, nameOf: flagOf })),
      );
    }
    const { csv, parquet, html } = this.#paths;
    for (const path of [csv, parquet, html]) {
      if (path === undefined) continue;
      this.#outputs.shift()!.close();
      warnWritten(path);
    }
    // A run that is not verified lacks rows for another reason.
    const isWhole = report.runs.every(({ verified }) => verified);
    if (this.#rows.length > 0 && isWhole) this.#noteWithoutRow(report);
  }

  /** Says what was sent in a last second that is not whole, whose kbps nobody could compare. */
  #noteWithoutRow({ runs }: BandwidthReport): void {
    const sent = runs.reduce((sum, { wireBytes }) => sum + wireBytes, 0);
    const left = sent - this.#rowBytes;
    if (left <= 0) return;
    const { csv, parquet } = this.#paths;
    const paths = [csv, parquet].filter((path) => path !== undefined);
    warn(
      `note: the last second is not whole and has no row in ${
        paths.join(" or ")
      }: ${left} of ${sent} bytes are in none`,
    );
  }

  /** Leaves what was there, after a failure. */
  discard(): void {
    for (const output of this.#outputs.splice(0)) output.discard();
  }

  /** Opens a file of rows; what it holds is written as fast as the output takes it. */
  async #openRows(
    path: string,
    open: (write: (bytes: Uint8Array) => void) => WindowRowWriter | Promise<WindowRowWriter>,
  ): Promise<void> {
    const output = await this.#open(path);
    let written: void | Promise<void>;
    const rows = await open((bytes) => {
      written = written === undefined
        ? output.write(bytes)
        : written.then(() => output.write(bytes));
    });
    this.#rows.push({
      add: (row) => rows.add(row),
      finish: async () => {
        rows.finish();
        await written;
      },
    });
  }

  async #open(path: string): Promise<Output> {
    const output = await openOutput(path);
    this.#outputs.push(output);
    return output;
  }
}
