import type { BandwidthReport, MeasureListeners, WindowRow } from "../mod.ts";
import { openOutput, type Output } from "./output.ts";

/** Files that a report writes beside its table, opened before anything is measured. */
export class ReportFiles {
  /** What has to be listened to for them. */
  readonly listeners: MeasureListeners;
  readonly #finish: (report: BandwidthReport) => Promise<void>;

  private constructor(
    listeners: MeasureListeners,
    finish: (report: BandwidthReport) => Promise<void>,
  ) {
    this.listeners = listeners;
    this.#finish = finish;
  }

  /** Opens what the options name. @throws {CommandError} when a file cannot be opened */
  static async open(
    paths: { readonly csv?: string; readonly parquet?: string; readonly html?: string },
  ): Promise<ReportFiles> {
    const csv = paths.csv === undefined ? undefined : await openOutput(paths.csv);
    const parquet = paths.parquet === undefined ? undefined : await openOutput(paths.parquet);
    const html = paths.html === undefined ? undefined : await openOutput(paths.html);
    const rows = [
      csv && await csvRows(csv),
      parquet && await parquetRows(parquet),
    ].filter((sink) => sink !== undefined);
    const listeners = rows.length === 0 ? {} : {
      onWindowRow: (row: WindowRow) => rows.forEach((sink) => sink.add(row)),
    };
    return new ReportFiles(listeners, async (report) => {
      for (const sink of rows) await sink.finish();
      if (html !== undefined) {
        const { reportHtml } = await import("../mod.ts");
        await html.write(new TextEncoder().encode(await reportHtml(report)));
        html.close();
      }
    });
  }

  /** Writes what is left and closes them. */
  async finish(report: BandwidthReport): Promise<void> {
    await this.#finish(report);
  }
}

interface RowSink {
  add(row: WindowRow): void;
  finish(): Promise<void>;
}

/** Text that is gathered before it is written. */
const TEXT_LENGTH = 1 << 16;

async function csvRows(output: Output): Promise<RowSink> {
  const { csvHeader, csvRow } = await import("../mod.ts");
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
      output.close();
    },
  };
}

async function parquetRows(output: Output): Promise<RowSink> {
  const { openParquet } = await import("../mod.ts");
  let written: void | Promise<void>;
  const rows = await openParquet((bytes) => {
    written = written === undefined ? output.write(bytes) : written.then(() => output.write(bytes));
  });
  return {
    add: (row) => rows.add(row),
    finish: async () => {
      rows.finish();
      await written;
      output.close();
    },
  };
}
