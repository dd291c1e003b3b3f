import { visible } from "./terminal.ts";

/** Column of a table of text. */
export interface Column {
  /** Heading. */
  readonly title: string;
  /** Side to which cells are aligned. */
  readonly align: "left" | "right";
}

/** Longest cell that is shown in full. */
const CELL_MAX = 60;

/** Lines of a plain table, indented by two spaces; control characters in cells are spelt out. */
export function textTable(columns: readonly Column[], rows: readonly string[][]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, i) =>
    cells.reduce((most, row) => Math.max(most, row[i]!.length), 0)
  );
  return cells.map((row) =>
    "  " +
    row.map((cell, i) =>
      columns[i]!.align === "left" ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)
    ).join("  ").trimEnd()
  );
}

function shown(cell: string): string {
  const text = visible(cell);
  return text.length <= CELL_MAX ? text : `${text.slice(0, CELL_MAX - 1)}…`;
}
