import type { FrameHead } from "../core/state/state.ts";
import type { FrameParts } from "./collections/collections.ts";
import { DEFAULT_KIND } from "./input/row_kind.ts";
import type { FrameAssembler } from "./frames/frame_assembler.ts";
import { RowFault } from "./input/row_fault.ts";
import type { KindTable } from "./kinds/kind_table.ts";
import { PredictedFrames } from "./predicted/predicted_frames.ts";
import { PredictedRows } from "./predicted/predicted_rows.ts";
import type { RowShape } from "./predicted/row_shape.ts";
import { FlatRow, type RowKeys } from "./rows/flat_row.ts";
import type { LineBatch } from "./rows/line_batch.ts";

/** Takes lines that look like lines before them from their bytes. */
export class PredictedLines<T extends FrameHead> {
  /** True when the line that was read last was a row. */
  isRow = false;
  readonly #assembler: FrameAssembler<T>;
  readonly #row: FlatRow;
  /** Lines that the row is of; what is wrong with one is told by who reads it as a whole. */
  #batch: LineBatch | undefined;
  readonly #rows: PredictedRows;
  readonly #frames: PredictedFrames;
  readonly #isOfKind = (shape: RowShape): boolean => {
    if (shape.kind !== undefined) return true;
    this.#row.id = shape.id;
    return this.#assembler.isOfKind(this.#row, shape.table.name);
  };
  readonly #placed = () => this.#frames.shape;

  /** No lines so far. @param isLearning false for lines of which something is left out */
  constructor(keys: RowKeys, assembler: FrameAssembler<T>, isLearning: boolean) {
    this.#assembler = assembler;
    this.#row = new FlatRow(keys, "values");
    this.#rows = new PredictedRows(keys, isLearning);
    const tables = {
      find: (kind: string) => assembler.tables.find(kind),
      isOfKind: (row: FlatRow, kind: string) => assembler.isOfKind(row, kind),
      kind: DEFAULT_KIND,
    };
    this.#frames = new PredictedFrames(keys, tables, isLearning);
  }

  /**
   * Reads the line at hand.
   *
   * @returns frames that are complete by now; undefined when the line looks like none before it,
   *   which changes nothing
   */
  read(batch: LineBatch): readonly T[] | undefined {
    try {
      const frames = this.#readRow(batch);
      this.isRow = frames !== undefined;
      return frames ?? this.#readFrame(batch);
    } catch (fault) {
      // What is wrong, and where, is found by reading the line as a whole.
      if (fault instanceof RowFault) return undefined;
      throw fault;
    }
  }

  /** Learns from the line at hand, a row that was taken. */
  learnRow(batch: LineBatch, table: KindTable): void {
    this.#rows.learn(batch, table);
  }

  /** Learns from the line at hand, a whole frame that was taken. */
  learnFrame(batch: LineBatch, parts: FrameParts): void {
    this.#frames.learn(batch, parts);
  }

  #readRow(batch: LineBatch): readonly T[] | undefined {
    const row = this.#row;
    if (batch !== this.#batch) {
      this.#batch = batch;
      row.clear(batch, batch.line, "");
    }
    const shape = this.#rows.read(batch, this.#isOfKind);
    if (shape === undefined) return undefined;
    row.frame = shape.frame;
    row.time = shape.time;
    row.id = shape.id;
    row.kind = shape.kind;
    row.despawn = shape.despawn;
    const ended = this.#assembler.addRow(row, shape);
    return ended === undefined ? NONE : [ended];
  }

  #readFrame(batch: LineBatch): readonly T[] | undefined {
    const rows = this.#frames.begin(batch);
    if (rows === undefined) return undefined;
    return this.#assembler.addFrame(this.#frames.head, rows, { placed: this.#placed });
  }
}

const NONE: readonly never[] = [];
