import { isNotFiniteWord } from "../../core/vector_text.ts";
import { cellNumber } from "../rows/csv_cell.ts";
import type { DecimalMark } from "../input/decimal_mark.ts";

/** What tables print where there is no number. */
const BLANK =
  /^(?:|-{1,3}|–|—|null|nil|none|nan|-nan|nan\(ind\)|-nan\(ind\)|n\.? ?def\.?|non num[eé]rique|n\/a|#n\/a|na)$/i;
/** Characters that such words have at most. */
export const BLANK_MAX: number = 13;
/** A number behind the sign of Unicode. */
const MINUS = /^\u2212[\d.,]/;
/** Fields with such texts that are kept in mind. */
const FIELDS_MAX = 4096;

/** What an earlier reading found, and takes what this one finds. */
interface BlankFacts {
  /** Columns of numbers that begin with such words, and those of them with other texts as well. */
  readonly blanks: Set<string>;
  readonly unblanks: Set<string>;
}

/** What the tables of an input share. */
interface BlankRules {
  readonly undo: { add(step: () => void): void };
  readonly facts: { addLate(facts: Set<string>, path: string): () => void };
}

/** A cell that stands for others like it. */
export interface NotedCells {
  /** The first of them. */
  readonly cell: string;
  /** Its line. */
  readonly line: number;
  /** How many there are. */
  count: number;
}

/** A column of texts so far: whether all are such words or numbers, and whether some are numbers. */
interface TextColumn {
  isOpen: boolean;
  hasNumbers: boolean;
}

/**
 * Cells, or texts of JSON, that say that there is no number: in a column of numbers they are
 * absence.
 */
export class BlankCells {
  /** Words that were taken for absence, by column. */
  readonly absent: Map<string, NotedCells> = new Map();
  /** Numbers behind the sign U+2212, which are texts, by column. */
  readonly minuses: Map<string, NotedCells> = new Map();
  readonly #columns = new Map<string, TextColumn>();
  readonly #known: BlankFacts;
  readonly #rules: BlankRules;
  readonly #isWord: (text: string) => boolean;

  /** None yet. @param form of the rows that have them */
  constructor(known: BlankFacts, rules: BlankRules, form: "cells" | "values" = "cells") {
    this.#known = known;
    this.#rules = rules;
    this.#isWord = form === "cells" ? isBlank : isNotFiniteWord;
  }

  /** True for a word in the place of the first number of a column, which is known to follow. */
  isFirst(name: string, cell: string, line: number): boolean {
    const { blanks, unblanks } = this.#known;
    return blanks.has(name) && !unblanks.has(name) && this.isAbsent(name, cell, line);
  }

  /** True for a word in a column of numbers. */
  isAbsent(name: string, cell: string, line: number): boolean {
    if (!this.#isWord(cell)) return false;
    this.#note(this.absent, name, cell, line);
    return true;
  }

  /** Looks at a cell of a column of texts. */
  look(name: string, cell: string, mark: DecimalMark | undefined, line: number): void {
    const known = this.#columns.get(name);
    if (known?.isOpen === false) return;
    const isMinus = MINUS.test(cell);
    if (isMinus) this.#note(this.minuses, name, cell, line);
    const isWord = BLANK.test(cell);
    if (known === undefined) {
      if (this.#columns.size >= FIELDS_MAX) return;
      this.#columns.set(name, { isOpen: isWord || isMinus, hasNumbers: false });
      this.#rules.undo.add(() => this.#columns.delete(name));
    } else if (!isWord && !isMinus) this.#lookAtText(name, cell, mark, known);
  }

  #lookAtText(
    name: string,
    cell: string,
    mark: DecimalMark | undefined,
    column: TextColumn,
  ): void {
    const { undo, facts } = this.#rules;
    if (typeof cellNumber(cell, mark) !== "number") {
      column.isOpen = false;
      undo.add(() => column.isOpen = true);
      if (column.hasNumbers) undo.add(facts.addLate(this.#known.unblanks, name));
    } else if (!column.hasNumbers) {
      column.hasNumbers = true;
      undo.add(() => column.hasNumbers = false);
      if (!this.minuses.has(name)) undo.add(facts.addLate(this.#known.blanks, name));
    }
  }

  #note(noted: Map<string, NotedCells>, name: string, cell: string, line: number): void {
    const known = noted.get(name);
    if (known !== undefined) {
      known.count++;
      this.#rules.undo.add(() => known.count--);
    } else if (noted.size < FIELDS_MAX) {
      noted.set(name, { cell, line, count: 1 });
      this.#rules.undo.add(() => noted.delete(name));
    }
  }
}

function isBlank(cell: string): boolean {
  const unit = cell.charCodeAt(0);
  // Most cells are numbers.
  return !(unit >= 0x30 && unit <= 0x39) && BLANK.test(cell);
}
