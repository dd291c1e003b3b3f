import { DEFAULT_KIND } from "../input/row_kind.ts";
import { type EntityId, EntityNames } from "../../core/names/entity_names.ts";
import { optionKey, remedy } from "../../core/remedy.ts";
import { FRAME_MAX, isFrame } from "../../core/time/frame.ts";
import { describe, excerpt } from "../input/excerpt.ts";
import { RowFault } from "../input/row_fault.ts";
import { Generations } from "./generations.ts";
import { SessionValue } from "./session_value.ts";
import { inexactNumber } from "../rows/exact_number.ts";
import { type FlatRow, literalAt, type RowKeys } from "../rows/flat_row.ts";

export { DEFAULT_KIND };

const NONE: readonly number[] = [];
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** Entities of rows by their ids: of any ids where names are kept, else of unsigned integers. */
export class EntityIds {
  readonly #keys: RowKeys;
  /** Ids of a session, which are none of the next: each is a recording of its own. */
  readonly #session: SessionValue<EntityNames | undefined>;
  /** Names of the sessions that began and were not asked for. */
  readonly #begun: EntityNames[] = [];
  /** Values by which the holders of one id are told apart; undefined where none are. */
  readonly generations: Generations | undefined;

  /**
   * Ids as rows have them under a key.
   *
   * @param names takes those of the first session
   * @param generationKey field whose value changes when an id comes to another entity
   */
  constructor(keys: RowKeys, names: EntityNames | undefined, generationKey?: string) {
    this.#keys = keys;
    this.#session = new SessionValue(names);
    this.generations = generationKey === undefined ? undefined : new Generations(generationKey);
  }

  /** Leaves a session. */
  restart(): void {
    this.generations?.values.restart(new Map());
    const { isByKind } = this;
    this.#session.restart(this.#names && new EntityNames({ isByKind }));
  }

  /** Stays with a session of which a row was taken. */
  settle(): void {
    this.generations?.values.settle();
    if (this.#session.settle() && this.#names !== undefined) this.#begun.push(this.#names);
  }

  /** Goes back to the session before, since no row of another was taken. */
  unsettle(): void {
    this.generations?.values.unsettle();
    this.#session.unsettle();
  }

  /** Names of the next session that began, each once; undefined where no names are kept. */
  nextNames(): EntityNames | undefined {
    return this.#begun.shift();
  }

  /** True when an id is another entity in each kind. */
  get isByKind(): boolean {
    return this.#names?.isByKind === true;
  }

  /** True when an id may come to another entity. */
  get canRenew(): boolean {
    return this.#names !== undefined;
  }

  /** Entity that a row is of. @throws {RowFault} when it has no id that can be one */
  entity(row: FlatRow, kind: string): number {
    const { id } = row;
    const names = this.#names;
    if (typeof id === "number" && id !== 0 && names !== undefined && names.isKnown(id)) return id;
    if (isFrame(id) && (id !== 0 || !row.mayUnderflow)) {
      return names === undefined ? id + 0 : this.#named(row, id, kind);
    }
    return names === undefined ? this.#number(row) : this.#named(row, this.#read(row), kind);
  }

  /**
   * Entity of a row that names no kind: the one that lives, whatever its kind.
   *
   * @throws {RowFault} likewise, and when several live
   */
  livingEntity(row: FlatRow, isLiving: (entity: number) => boolean): number {
    const ids = this.#names?.isByKind ? this.#names.entitiesOf(this.#read(row)) : NONE;
    const living = ids.filter(isLiving);
    if (living.length === 0) return this.entity(row, DEFAULT_KIND);
    if (living.length === 1) return living[0]!;
    throw new RowFault(
      `the id ${this.describe(living[0]!)} is of ${living.length} kinds, and the row names none`,
      remedy`name the kind in each row, or its key with ${optionKey("kindKey")}`,
      undefined,
      { code: "bad-kind", field: this.#keys.kind },
    );
  }

  /**
   * Entity of an id that was removed, or is another's now, and came again.
   *
   * @throws {RangeError} when there are too many
   */
  renew(entity: number, kind: string): number {
    return this.#names!.renew(this.#names!.idOf(entity), kind);
  }

  /** An entity as messages name it. */
  describe(entity: number): string {
    const id = this.#names?.idOf(entity) ?? entity;
    return typeof id === "string" && !INTEGER.test(id) ? excerpt(id) : String(id);
  }

  get #names(): EntityNames | undefined {
    return this.#session.current;
  }

  #named(row: FlatRow, id: EntityId, kind: string): number {
    try {
      return this.#names!.entity(id, kind);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw this.#fault(row, error.message, "bad-id");
    }
  }

  #read(row: FlatRow): EntityId {
    const { id } = row;
    if (typeof id === "string") return id;
    if (Number.isSafeInteger(id) && id !== 0) return id as number;
    if (typeof id !== "number") return this.#refuse(row, "a text or a number");
    const literal = literalAt(row.text, row.path(this.#keys.id));
    if (INTEGER.test(literal)) return id === 0 ? 0 : literal;
    const fault = inexactNumber(id, literal || String(id));
    if (fault !== undefined) throw this.#fault(row, fault.problem, "inexact-number");
    return Number.isInteger(id) && id !== 0 ? BigInt(id).toString() : id + 0;
  }

  /** Entity of an id where no names are kept: an integer, or a text that spells one. */
  #number(row: FlatRow): number {
    const { id } = row;
    const number = typeof id === "string" && INTEGER.test(id) ? Number(id) : id;
    return isFrame(number) ? number + 0 : this.#refuse(row, `an integer from 0 to ${FRAME_MAX}`);
  }

  #refuse(row: FlatRow, expected: string): never {
    const key = this.#keys.id;
    if (row.id === undefined) {
      throw new RowFault(
        `the entity id ${JSON.stringify(key)} is missing`,
        remedy`name its key with ${optionKey("idKey")}`,
        undefined,
        { code: "no-id", field: key },
      );
    }
    throw this.#fault(
      row,
      `the entity id ${JSON.stringify(key)} is ${
        describe(row.spelt(key, row.id))
      }, expected ${expected}`,
      row.id === null ? "no-id" : "bad-id",
    );
  }

  #fault(row: FlatRow, problem: string, code: string): RowFault {
    return new RowFault(
      problem,
      this.#names === undefined
        ? remedy`number the entities, or name another key with ${optionKey("idKey")}`
        : remedy`name each entity by a text or an integer, or name another key with ${
          optionKey("idKey")
        }`,
      { path: row.path(this.#keys.id), part: "value" },
      { code, field: this.#keys.id },
    );
  }
}
