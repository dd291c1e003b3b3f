import { idText, type ReadonlyEntityNames } from "../../core/names/entity_names.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import type { Schema } from "../../core/state/schema.ts";
import { listed } from "../select/listed.ts";
import { numberText } from "./json_value.ts";
import type { RowNote } from "./row_note.ts";

/** Column that tells apart the entities of one id, unless a field is called so. */
const LIFE = "life";
/** Fact of a recording: field that tells them apart already. */
const GENERATION_KEY = "record.generationKey";

/** What of a recording ids of rows are made of. */
interface NamedEntities {
  /** Ids of its entities. */
  readonly names: ReadonlyEntityNames;
  /** Facts about its source. */
  readonly source: ReadonlyMap<string, string>;
}

/** Ids of the entities of rows, and which of its id's entities each is. */
export class RowIds {
  /**
   * Key under which rows say which of the entities of its id they are of, counted from 0; undefined
   * where no id has several, or a field says it.
   */
  readonly lifeKey: string | undefined;
  /** Field that says it; undefined where none does. */
  readonly #generationKey: string | undefined;
  readonly #names: ReadonlyEntityNames;
  readonly #lives = new Map<number, number>();
  readonly #shared: string[] = [];

  /** Ids of a recording. @param taken keys that rows have besides its fields */
  constructor({ names, source }: NamedEntities, { kinds }: Schema, taken: readonly string[]) {
    this.#names = names;
    const counts = new Map<string, number>();
    for (const { entity, id, kind } of names.list) {
      const key = kind === undefined ? String(id) : `${kind.length} ${kind}${id}`;
      const [first] = names.entitiesOf(id);
      // A number is the first entity of itself, without a name.
      const before = counts.get(key) ?? (kind === undefined && names.placeOf(first!) < 0 ? 1 : 0);
      if (before === 1) this.#shared.push(idText(id));
      if (before > 0) this.#lives.set(entity, before);
      counts.set(key, before + 1);
    }
    if (this.#lives.size === 0) return;
    const used = new Set([...taken, ...kinds.flatMap((kind) => kind.fields.map((f) => f.name))]);
    const generationKey = source.get(GENERATION_KEY);
    if (kinds.some(({ fields }) => fields.some(({ name }) => name === generationKey))) {
      this.#generationKey = generationKey;
      return;
    }
    let key = LIFE;
    for (let n = 2; used.has(key); n++) key = `${LIFE}_${n}`;
    this.lifeKey = key;
  }

  /** True when every id is an integer that a double holds. */
  get areIntegers(): boolean {
    return this.#names.list.every(({ id }) => Number.isSafeInteger(id));
  }

  /** Id of an entity as JSON, in its first spelling. */
  jsonOf(entity: number): string {
    const id = this.#names.idOf(entity);
    return typeof id === "number" ? numberText(id) : JSON.stringify(id);
  }

  /** Id of an entity. */
  of(entity: number): string | number {
    return this.#names.idOf(entity);
  }

  /** Which of the entities of its id one is, from 0. */
  lifeOf(entity: number): number {
    return this.#lives.get(entity) ?? 0;
  }

  /** What readers of the rows have to be told about ids. */
  notes(): RowNote[] {
    const notes: RowNote[] = [];
    if (this.#names.list[0]?.kind !== undefined) {
      notes.push({
        code: "ids-by-kind",
        problem: "an id names an entity in each kind",
        remedy: remedy`record it with ${optionKey("idsByKind")}`,
      });
    }
    const key = this.lifeKey ?? this.#generationKey;
    if (key !== undefined) {
      const ids = listed(this.#shared);
      notes.push({
        code: "ids-taken-again",
        problem: `several entities had the id ${ids} in turn, which the key ` +
          `${JSON.stringify(key)} tells apart`,
        remedy: remedy`record it with ${optionKey("generationKey")} ${key}`,
      });
    }
    return notes;
  }
}
