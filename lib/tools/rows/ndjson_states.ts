import { jsonInteger } from "../../core/json_integer.ts";
import type { Kind, Schema } from "../../core/state/schema.ts";
import type { EntityState } from "../../core/state/state.ts";
import { numberText } from "./json_value.ts";
import type { RowIds } from "./row_ids.ts";
import type { RowKeys } from "./row_keys.ts";
import type { StateText } from "./state_texts.ts";

interface KindPlan {
  readonly name: string;
  /** Between the id and the first field. */
  readonly head: string;
  readonly fields: readonly FieldPlan[];
}

interface FieldPlan {
  readonly name: string;
  /** Before the value. */
  readonly head: string;
  readonly isOptional: boolean;
}

/** States as the end of a line of NDJSON, what follows frame and time. */
export class NdjsonStates {
  readonly #idHead: string;
  readonly #ids: RowIds;
  readonly #lifeHead: string | undefined;
  readonly #plans: ReadonlyMap<string, KindPlan>;
  /** Fields with integers that are texts, as `kind.field`. */
  readonly wide: Set<string> = new Set();

  /** States of a schema. @param ids those of their entities */
  constructor({ kinds }: Schema, keys: RowKeys, ids: RowIds) {
    this.#ids = ids;
    this.#lifeHead = ids.lifeKey && `,${JSON.stringify(ids.lifeKey)}:`;
    this.#idHead = `,${JSON.stringify(keys.id)}:`;
    this.#plans = new Map(kinds.map((kind) => [kind.name, planOf(kind, keys)]));
  }

  /** End of the line of a state. Numbers that JSON cannot spell are texts of their names. */
  readonly textOf = ({ id, kind, fields }: EntityState): StateText => {
    const plan = this.#plans.get(kind)!;
    let text = this.#idHead + this.#ids.jsonOf(id) + plan.head;
    if (this.#lifeHead !== undefined) text += this.#lifeHead + this.#ids.lifeOf(id);
    let nonFinite = 0;
    for (let i = 0; i < plan.fields.length; i++) {
      const { name, head, isOptional } = plan.fields[i]!;
      if (isOptional && !Object.hasOwn(fields, name)) continue;
      const value = fields[name]!;
      if (typeof value === "string") text += head + JSON.stringify(value);
      else if (typeof value === "boolean") text += value ? `${head}true` : `${head}false`;
      else if (typeof value === "bigint") {
        const spelt = jsonInteger(value);
        if (typeof spelt === "string") this.wide.add(`${kind}.${name}`);
        text += head + JSON.stringify(spelt);
      } else if (Number.isFinite(value)) text += head + numberText(value);
      else {
        text += `${head}"${value}"`;
        nonFinite++;
      }
    }
    return { text: `${text}}\n`, nonFinite, broken: 0 };
  };
}

function planOf(kind: Kind, keys: RowKeys): KindPlan {
  return {
    name: kind.name,
    head: `,${JSON.stringify(keys.kind)}:${JSON.stringify(kind.name)}`,
    fields: kind.fields.map(({ name, optional }) => ({
      name,
      head: `,${JSON.stringify(name)}:`,
      isOptional: optional === true,
    })),
  };
}
