import type { Column } from "../../terminal/text_table.ts";

/** Column of texts. */
export function left(title: string): Column {
  return { title, align: "left" };
}

/** Column of numbers. */
export function right(title: string): Column {
  return { title, align: "right" };
}
