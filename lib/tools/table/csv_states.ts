import type { Kind, Schema } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import { cellCategory } from "../../ingest/rows/csv_cell.ts";
import { numberText } from "../rows/json_value.ts";
import type { RowIds } from "../rows/row_ids.ts";
import type { RowKeys } from "../rows/row_keys.ts";
import type { StateText } from "../rows/state_texts.ts";
import { fieldNames } from "../select/selected_schema.ts";
import { csvLine, textCell } from "./csv_cell.ts";

interface KindPlan {
  readonly name: string;
  readonly cell: string;
  /** By column the index of the kind's field, -1 where it has none. */
  readonly fields: readonly number[];
  /** By field whether a text of it was seen. */
  readonly hasText: boolean[];
}

/** States as the end of a line of CSV, what follows frame and time. */
export class CsvStates {
  readonly #columns: readonly string[];
  readonly #keys: RowKeys;
  readonly #ids: RowIds;
  readonly #plans: ReadonlyMap<string, KindPlan>;
  readonly #mistakable: string[] = [];

  /** States of a schema. @param ids those of their entities */
  constructor({ kinds }: Schema, keys: RowKeys, ids: RowIds) {
    this.#ids = ids;
    this.#columns = fieldNames(kinds);
    this.#keys = keys;
    this.#plans = new Map(kinds.map((kind) => [kind.name, planOf(kind, this.#columns)]));
  }

  /** First line of the table. */
  get header(): string {
    const { frame, time, id, kind } = this.#keys;
    const { lifeKey } = this.#ids;
    const life = lifeKey === undefined ? [] : [lifeKey];
    return csvLine([frame, time, id, kind, ...life, ...this.#columns].map(textCell));
  }

  /** Fields whose first text reads as a number or a truth value, each with its kind. */
  get mistakable(): readonly string[] {
    return this.#mistakable;
  }

  /** End of the line of a state. */
  readonly textOf = ({ id, kind, fields }: EntityState): StateText => {
    const plan = this.#plans.get(kind)!;
    const named = this.#ids.of(id);
    let text = typeof named === "number" ? numberText(named) : textCell(named);
    text += `,${plan.cell}`;
    if (this.#ids.lifeKey !== undefined) text += `,${this.#ids.lifeOf(id)}`;
    let nonFinite = 0;
    let broken = typeof named === "number" || named.isWellFormed() ? 0 : 1;
    for (let c = 0; c < this.#columns.length; c++) {
      text += ",";
      const index = plan.fields[c]!;
      if (index < 0) continue;
      const name = this.#columns[c]!;
      if (!Object.hasOwn(fields, name)) continue;
      const value = fields[name]!;
      if (typeof value === "string") {
        if (!plan.hasText[index]) this.#addText(plan, index, name, value);
        if (!value.isWellFormed()) broken++;
        text += textCell(value);
      } else if (typeof value === "boolean") text += value ? "true" : "false";
      else if (typeof value === "bigint") text += value;
      else if (Number.isFinite(value)) text += numberText(value);
      else {
        text += String(value);
        nonFinite++;
      }
    }
    return { text: `${text}\r\n`, nonFinite, broken };
  };

  /** The first text of a field tells readers what all of its cells are. */
  #addText(plan: KindPlan, index: number, name: string, text: string): void {
    plan.hasText[index] = true;
    if (cellCategory(text) !== "text") this.#mistakable.push(`${plan.name}.${name}`);
  }
}

function planOf(kind: Kind, columns: readonly string[]): KindPlan {
  const indexes = new Map(kind.fields.map(({ name }, i) => [name, i]));
  return {
    name: kind.name,
    cell: textCell(kind.name),
    fields: columns.map((name) => indexes.get(name) ?? -1),
    hasText: kind.fields.map(() => false),
  };
}
