import type { KindWatch } from "./kind_watch.ts";
import type { ShapeFacts } from "./shape_facts.ts";
import type { TextBudget } from "../texts/text_budget.ts";
import type { TextCopies } from "../texts/text_copies.ts";
import type { UndoLog } from "./undo_log.ts";

/** What the tables of an input share. */
export interface TableRules {
  /** Bound on the texts of open enums. */
  readonly budget: TextBudget;
  /** Texts that are kept. */
  readonly copies: TextCopies;
  /** How to take back what a bad record did. */
  readonly undo: UndoLog;
  /** What an earlier reading found, and what this one finds. */
  readonly facts: ShapeFacts;
  /** Number of lists that are known, in the tables of all kinds. */
  readonly lists: { count: number };
  /** True when a field that a row lacks keeps its value. */
  readonly isSparse: boolean;
  /** Makes the watch over a kind's values; undefined where no notes are asked for. */
  readonly watch: (() => KindWatch) | undefined;
}
