import type { BandwidthReport, MeasureListeners, WindowRow } from "../../mod.ts";
import { openOutput, type Output, warnWritten } from "../files/output.ts";

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
  readonly #rows: RowSink[] = [];
  #html: Output | undefined;

  private constructor(paths: ReportPaths) {
    this.#paths = paths;
  }

  /** Opens what the options name. @throws {CommandError} when a file cannot be opened */
  static async open(paths: ReportPaths): Promise<ReportFiles> {
    const files = new ReportFiles(paths);
    const { csv, parquet, html } = paths;
    try {
      if (csv !== undefined) files.#rows.push(await csvRows(await files.#open(csv)));
      if (parquet !== undefined) files.#rows.push(await parquetRows(await files.#open(parquet)));
      if (html !== undefined) files.#html = await files.#open(html);
    } catch (error) {
      files.discard();
      throw error;
    }
    return files;
  }

  /** What has to be listened to for them. */
  get listeners(): MeasureListeners {
    if (this.#rows.length === 0) return {};
    return { onWindowRow: (row) => this.#rows.forEach((sink) => sink.add(row)) };
  }

  /** Writes what is left, ends the files and says so. @throws {CommandError} */
  async finish(report: BandwidthReport): Promise<void> {
    for (const sink of this.#rows) await sink.finish();
    if (this.#html !== undefined) {
      const { reportHtml } = await import("../../mod.ts");
      await this.#html.write(new TextEncoder().encode(await reportHtml(report)));
    }
    const { csv, parquet, html } = this.#paths;
    for (const path of [csv, parquet, html]) {
      if (path === undefined) continue;
      this.#outputs.shift()!.close();
      warnWritten(path);
    }
  }

  /** Leaves what was there, after a failure. */
  discard(): void {
    for (const output of this.#outputs.splice(0)) output.discard();
  }

  async #open(path: string): Promise<Output> {
    const output = await openOutput(path);
    this.#outputs.push(output);
    return output;
  }
}

interface RowSink {
  add(row: WindowRow): void;
  finish(): Promise<void>;
}

/** Text that is gathered before it is written. */
const TEXT_LENGTH = 1 << 16;

async function csvRows(output: Output): Promise<RowSink> {
  const { csvHeader, csvRow } = await import("../../mod.ts");
  const encoder = new TextEncoder();
  let text = csvHeader();
  let written: void | Promise<void>;
  const flush = () => {
    const bytes = encoder.encode(text);
    text = "";
    written = written === undefined ? output.write(bytes) : written.then(() => output.write(bytes));
  };
  return {
    add: (row) => {
      text += csvRow(row);
      if (text.length >= TEXT_LENGTH) flush();
    },
    finish: async () => {
      flush();
      await written;
    },
  };
}

async function parquetRows(output: Output): Promise<RowSink> {
  const { openParquet } = await import("../../mod.ts");
  let written: void | Promise<void>;
  const rows = await openParquet((bytes) => {
    written = written === undefined ? output.write(bytes) : written.then(() => output.write(bytes));
  });
  return {
    add: (row) => rows.add(row),
    finish: async () => {
      rows.finish();
      await written;
    },
  };
}
