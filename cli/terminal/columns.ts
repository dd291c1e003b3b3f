import process from "node:process";

/** Columns of a text that goes to a pipe or a file, or to a terminal that does not tell its own. */
const COLUMNS = 80;
/** Columns that texts have room for, however narrow a terminal is. */
const COLUMNS_MIN = 60;

/** Columns that a text on standard output has: those of the terminal, 60 at least. */
export function terminalColumns(): number {
  const { columns, isTTY } = process.stdout;
  return isTTY === true && columns > 0 ? Math.max(COLUMNS_MIN, columns) : COLUMNS;
}
